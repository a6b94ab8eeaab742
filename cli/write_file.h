#pragma once
// Files that a command makes.

#include <string>
#include <string_view>

#include "cli/env.h"

namespace cli {

// Writes the file as a whole: it is made under another name and then renamed, so that nobody ever
// sees half of it; a pipe or a device is written to, and "-" is standard output. False: `status` is
// set and the reason has been shown.
bool WriteFile(const std::string& path, std::string_view text, frontend::Color color, Env& env,
               int* status);

}  // namespace cli
