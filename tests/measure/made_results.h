#pragma once
// Results that were made up, and what a file would hold of them.

#include <string>
#include <vector>

#include "measure/results.h"

namespace measure {

// One program, two engines, three rounds; every field has a value of its own.
Results MadeResults();

// The records of a measurement that gave `results`.
std::string RecordsOf(const Results& results, const std::string& attempt);

// Each with its line break.
std::vector<std::string> LinesOf(const std::string& text);

}  // namespace measure
