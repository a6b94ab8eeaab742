#pragma once
// `lab why` in words, and as JSON (docs/why.md).

#include <string>
#include <string_view>

#include "report/why.h"

namespace report {

// A table of functions and loops, then what is boxed or refused, with the edits that would help.
// Control characters of the program are escaped.
std::string WhyTable(const Why& why);

// Each item in full. `source`: the text of the line.
std::string WhyLine(const Why& why, uint32_t line, std::string_view source);

// `line`: 0 for the whole program.
std::string WhyJson(const Why& why, uint32_t line);

}  // namespace report
