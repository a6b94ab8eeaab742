#pragma once
// The comparison and its samples as CSV, for spreadsheets and data frames. Numbers are in SI units
// with all their digits. docs/export_formats.md describes the columns.

#include <string>

#include "measure/summary.h"

namespace report {

// A line a row of the table. `summary` is of `results`. What is not known is empty, what has no end
// is "inf".
std::string ComparisonCsv(const measure::Results& results, const measure::Summary& summary);

// A line an iteration, of all rows, in the order of the results.
std::string SamplesCsv(const measure::Results& results);

}  // namespace report
