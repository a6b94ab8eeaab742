#pragma once
// A summary as JSON, for programs. docs/report.md describes the fields.

#include <string>

#include "measure/results.h"
#include "measure/summary.h"

namespace report {

// The version of the object; it changes when a field goes or changes its meaning.
inline constexpr int kSummarySchema = 1;

// Everything the table shows, in SI units, as one indented object with a newline at its end.
// `summary` is of `results`. The same input gives the same bytes.
std::string SummaryJson(const measure::Results& results, const measure::Summary& summary);

}  // namespace report
