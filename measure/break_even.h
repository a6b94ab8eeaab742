#pragma once
// After how many runs a competitor B that starts slowly has caught up with A.
//
// C(k) is what k runs cost in a fresh process: the start, with what is compiled before the first
// run, and the first k iterations. B breaks even at the smallest k* from which on C_B(k) <= C_A(k).
// Past the end of a process's series its steady mean goes on.
//
// Intervals come from inverting a test, as Fieller's does: they hold every k* for which the gap
// C_B - C_A, taken over processes, cannot be told from zero by Student's t. Nothing is drawn at
// random, and with ten processes it covers what it promises, where percentiles of resampled
// processes fall short (docs/decisions/0014-process-pairs.md has figures for both).

#include <cstdint>
#include <span>
#include <vector>

#include "measure/interval.h"

namespace measure {

struct ProcessCost {
  double startup_seconds;                 // process start and compiling before the first run
  std::vector<double> iteration_seconds;  // in order, at least one
  double steady_seconds;                  // mean of the steady iterations
};

enum class Pairing {
  Independent,
  Rounds,  // the processes of A and B at the same index ran in the same round
};

struct BreakEvenOptions {
  Pairing pairing = Pairing::Independent;
  // What the table says about the steady means, B / A; where it holds 1, what comes after the
  // measured runs is open.
  Interval steady_ratio = kUnbounded;
  double confidence = 0.95;           // of the intervals
  double decision_confidence = 0.99;  // for calling B ahead where the steady means do not settle it
};

enum class BreakEvenState {
  AheadFromFirstRun,  // k* = 1
  Crosses,            // within the measured runs
  Extrapolated,       // past the shortest series
  LosesAgain,         // B was ahead for a while; its steady runs are slower
  Never,              // B's steady runs are slower and it was not ahead before
  Undecided,  // not ahead within the measured runs, and the steady runs cannot be told apart
};

struct BreakEven {
  BreakEvenState state;
  // The first four states: k*, and its interval, whose end may be infinite. For LosesAgain the
  // first crossing. Infinite, with an unbounded interval, for the other states.
  double runs;
  Interval runs_interval;
  // C_A at those numbers of runs.
  double seconds;
  Interval seconds_interval;
  // Earlier than `runs` when B was ahead, fell behind and caught up again.
  double first_crossing_runs;
  // LosesAgain: the run from which on A is ahead for good; else infinite.
  double lost_at_runs;
  // The one-sided confidence that B's steady runs are not faster, so that no lead of B lasts; 1/2
  // where there is a single process.
  double never_probability;
};

// At least one process each; as many of A as of B for Pairing::Rounds.
BreakEven FindBreakEven(std::span<const ProcessCost> a, std::span<const ProcessCost> b,
                        const BreakEvenOptions& options);

}  // namespace measure
