#pragma once
// The command lines of `lab time` and `lab timeit`.

#include "cli/parse_options.h"

namespace cli {

Parsed<TimeOptions> ParseTime(const std::vector<std::string>& args);
Parsed<TimeitOptions> ParseTimeit(const std::vector<std::string>& args);

}  // namespace cli
