#pragma once
// The tables of the HTML page. They are part of the page's text: it shows them without its script.

#include <string>
#include <vector>

#include "measure/results.h"
#include "measure/summary.h"
#include "report/cost_curve.h"

namespace report {

// One row a cell.
std::string ComparisonTable(const measure::Results& results, const measure::Summary& summary);
// One row a pair: engines, then variants.
std::string RatioTable(const measure::Results& results, const measure::Summary& summary);
// One row a process.
std::string ProcessTable(const measure::Results& results, const measure::Summary& summary);
// One row a number of runs, one column an engine.
std::string CostTable(const measure::Results& results, const CostChart& chart, size_t index);
std::string SweepTable(const SizeSweep& sweep, size_t index);
// One row a cell, one column a phase.
std::string PhaseTable(const measure::Results& results, const measure::Summary& summary);
// `environment` is a JSON object; what is nested becomes "cpu.model".
std::string EnvironmentTable(const std::string& environment);

}  // namespace report
