#pragma once
// The command line of `lab why`.

#include "cli/parse_options.h"

namespace cli {

Parsed<WhyOptions> ParseWhy(const std::vector<std::string>& args);

}  // namespace cli
