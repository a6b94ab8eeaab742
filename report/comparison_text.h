#pragma once
// The comparison as tables for a terminal.

#include <string>

#include "measure/summary.h"

namespace report {

// The same results and summary give the same text, byte for byte.
std::string ComparisonText(const measure::Results& results, const measure::Summary& summary);

}  // namespace report
