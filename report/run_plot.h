#pragma once
// The run-sequence plot of one process: the time of each iteration in order, the levels found, and
// where the steady part begins. What plots in a terminal and as SVG share.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "measure/results.h"
#include "measure/warmup.h"

namespace report {

// What the engine did, drawn below the iteration in which it did it; the later ones matter more.
enum class PlotMarkKind : uint8_t { Hot, Compiling, Entered };

struct PlotMark {
  PlotMarkKind kind;
  size_t first;  // iterations
  size_t last;
  std::string text;  // "run 3: machine code of the loop at line 12 of raw was entered"
};

struct RunPlot {
  std::string title;            // one line, shown above
  std::vector<double> seconds;  // by iteration, at least one
  measure::WarmupAnalysis warmup;
  std::vector<PlotMark> marks = {};  // in the order of time
};

// The marks of a process. What happened before the first iteration stands at that one.
std::vector<PlotMark> MarksOf(const std::vector<measure::PlacedEvent>& events);
// What an event means, without when: "the loop at line 12 of raw became hot".
std::string EventText(const runtime::Event& event);
// The letter of a kind, in plots that have no colour: "h", "c" and "E".
std::string_view LetterOf(PlotMarkKind kind);
// What the letters mean: "h hot, c compiling, E machine code entered"; those of `plot` only.
std::string MarkLegend(const RunPlot& plot);

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
