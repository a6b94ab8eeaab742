#pragma once
// A program's text from a file, a pipe or standard input.

#include <cstdint>
#include <string>
#include <variant>

#include "cli/complaint.h"

namespace cli {

// `path` "-" is the descriptor `standard_input`. Reads at most one byte more than `max_bytes`;
// never waits on a device.
std::variant<std::string, Complaint> ReadSource(const std::string& path, int standard_input,
                                                uint64_t max_bytes);

}  // namespace cli
