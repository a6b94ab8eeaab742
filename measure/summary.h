#pragma once
// What the samples of a run say: everything that a comparison table, a plot or a report shows, as
// data. A pure function of the results: the same samples give the same summary.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/break_even.h"
#include "measure/comparison.h"
#include "measure/interval.h"
#include "measure/results.h"
#include "measure/warmup.h"

namespace measure {

// The iterations of one process, analysed.
struct ProcessSummary {
  uint32_t round;
  std::vector<double> seconds;  // of a call, by iteration
  std::vector<uint64_t> calls;  // that each iteration stands for
  WarmupAnalysis warmup;
  std::optional<std::vector<PlacedEvent>> events;  // as ProcessRun has them
  // Iterations that count as steady, and their mean: those of warmup.steady, without outliers; when
  // there is no steady state, all of the last quarter.
  size_t steady_from;
  double steady_seconds;
};

// A row of the table.
struct CellSummary {
  uint32_t cell;  // index in Plan::cells
  std::vector<ProcessSummary> processes;
  std::vector<Doubt> doubts;
  std::string left_out;  // why it was not measured; empty: it was, or nobody knows
  // Folded away, not measured, or below what the clock can tell: its times are not compared.
  bool is_void = false;

  // Medians over the processes.
  double startup_seconds = 0;  // process start and everything before the first iteration
  double build_seconds = 0;    // of an executable, once, before anything was measured; 0: none
  double compile_seconds = 0;  // what the engine needed of its own: the sum of `engine`
  std::vector<runtime::PhaseTime> before;  // phases before the first iteration, one after the other
  std::vector<runtime::PhaseTime> engine;  // the engine's own, before or during the iterations
  double first_seconds = 0;
  double peak_bytes = 0;

  // Over the processes that have a class; none when no process has enough iterations.
  std::optional<WarmupSummary> warmup;
  // Of the processes with a steady state: the run (call of the bench) that it begins with, counted
  // from 1, and what the runs before it took. None when there is no such process.
  std::optional<double> steady_iteration;
  std::optional<double> seconds_to_steady;

  double steady_seconds = 0;              // mean over processes
  Interval steady_interval = kUnbounded;  // 99%
  // What ran, with the share of calls: "native -O2", or "tree, fused 98 %, ..." for a mix.
  std::string tiers;
  uint64_t involuntary_switches = 0;  // of all processes
};

// What a reader must know about the row: why it was not measured, and every doubt. Each follows
// "raw(n=1000) on jit: ".
std::vector<std::string> Remarks(const CellSummary& cell);

// One row against the row that it is compared with.
struct PairSummary {
  uint32_t base;  // indices in Summary::cells
  uint32_t other;
  Comparison comparison;  // of steady times: other / base
  // After how many runs the one with the faster steady runs (`late`, one of the two) has made up
  // for its start.
  uint32_t late;
  BreakEven break_even;
};

struct Summary {
  std::vector<CellSummary> cells;  // by cell of the plan
  // Same work, the base engine against each other engine.
  std::vector<PairSummary> engines;
  // Same program, engine and parameters and the same value: the base bench against its variants.
  std::vector<PairSummary> variants;
  double confidence = 0.95;  // of all comparisons together
  size_t comparisons = 0;
  uint32_t rounds = 0;  // complete ones
  // What a reader should know before trusting the table; sentences.
  std::vector<std::string> warnings;
};

Summary Summarise(const Results& results);

}  // namespace measure
