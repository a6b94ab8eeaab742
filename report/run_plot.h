#pragma once
// The run-sequence plot of one process: the time of each iteration in order, the levels found, and
// where the steady part begins. What plots in a terminal and as SVG share.

#include <string>
#include <vector>

#include "measure/warmup.h"

namespace report {

struct RunPlot {
  std::string title;            // one line, shown above
  std::vector<double> seconds;  // by iteration, at least one
  measure::WarmupAnalysis warmup;
};

// The times that the plot shows, the levels of long segments among them; what lies above is drawn
// at the upper edge and listed, so that one slow first iteration does not flatten all others.
struct RunScale {
  double low;
  double high;
};

RunScale ScaleOf(const RunPlot& plot);
// Iterations above the scale, ascending.
std::vector<size_t> OffScale(const RunPlot& plot, const RunScale& scale);
// "off the scale: run 1 (18.3 ms), run 40 (9.1 ms) and 3 more"; empty when there are none.
std::string OffScaleText(const RunPlot& plot, const RunScale& scale);
// "2 outliers, left out of the levels"; empty when there are none.
std::string OutliersText(const measure::WarmupAnalysis& warmup);
// "warmup; steady from run 2, after 18.3 ms; 5.98 ms a run", as far as it is known.
std::string RunSummaryText(const measure::WarmupAnalysis& warmup);

}  // namespace report
