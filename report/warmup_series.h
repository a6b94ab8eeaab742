#pragma once
// What `lab warmup` says of each process, as tables and as JSON.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/results.h"
#include "measure/warmup.h"
#include "report/run_plot.h"

namespace report {

// The iterations of one process.
struct WarmupSeries {
  std::string row;       // "raw(n=1000) on jit"; of an import: its name
  uint32_t process = 0;  // counted from 1 within the row
  std::vector<double> seconds;
  measure::WarmupAnalysis warmup;
  std::vector<uint64_t> calls = {};  // by iteration
  // None: nobody knows what the engine did.
  std::optional<std::vector<measure::PlacedEvent>> events = {};
};

// Row by row, process by process. `rule` decides; the first iteration of a process that the lab has
// measured stands apart (measure::FirstIteration).
std::vector<WarmupSeries> SeriesOf(const measure::Results& results, measure::WarmupRule rule,
                                   measure::FirstIteration first);

RunPlot PlotOf(const WarmupSeries& series);

// "raw(n=1000) on jit, process 2".
std::string TitleOf(const WarmupSeries& series);

// A line for each process and one for each row. For engines that tell what they do, what the time
// before the steady part went to, and what stands behind each change of level.
std::string WarmupTable(const std::vector<WarmupSeries>& all);

// An array with an object for each process; docs/warmup.md describes the fields.
std::string WarmupJson(const std::vector<WarmupSeries>& all);

}  // namespace report
