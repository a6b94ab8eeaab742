#pragma once
// The data that the script of the HTML page draws from.

#include <string>
#include <vector>

#include "measure/results.h"
#include "measure/summary.h"
#include "report/cost_curve.h"

namespace report {

// One object: `summary` as SummaryJson has it; `series`, the iterations of each process of each
// cell; `costs` and `sweeps`. Fit to stand within a <script> element: it holds no <, > or & and
// nothing beyond ASCII.
std::string PageJson(const measure::Results& results, const measure::Summary& summary,
                     const std::vector<CostChart>& costs, const std::vector<SizeSweep>& sweeps);

}  // namespace report
