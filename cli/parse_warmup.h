#pragma once

#include <string>
#include <vector>

#include "cli/parse_options.h"

namespace cli {

// `args` stand after the command's name.
Parsed<WarmupOptions> ParseWarmup(const std::vector<std::string>& args);

}  // namespace cli
