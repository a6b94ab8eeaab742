#pragma once
// The verdict on two competitors, `other` against `base`, from rounds in which one process of each
// ran. docs/decisions/0014-process-pairs.md has the reasons and the error rates.

#include <cstddef>
#include <span>

#include "measure/interval.h"
#include "measure/rank_test.h"
#include "measure/ratio.h"

namespace measure {

// The steady mean of one process; at most one process of a competitor in each round.
struct ProcessMean {
  int round;
  double seconds;
};

// ln(other / base) of two blocks of iterations that ran next to each other in one round.
struct BlockPair {
  int round;
  double log_ratio;
};

enum class Verdict { Faster, Slower, CannotTell, TooFewProcesses };  // `other`, than `base`

enum class Witness {
  None,         // too few rounds
  Student,      // the mean of the log ratios, when the rounds do not suffice for the exact test
  SignedRanks,  // the exact test
};

struct ComparisonOptions {
  double confidence = 0.95;  // of all comparisons of the table together
  size_t comparisons = 1;
};

struct Comparison {
  Verdict verdict;
  Witness witness;  // what `ratio` and `interval` are made of
  size_t rounds;    // that both took part in
  double ratio;     // other / base; not a number without a round
  Interval
      interval;  // Faster or Slower exactly when it leaves out 1; unbounded for TooFewProcesses
  RatioEstimate fieller;  // of the plain means of the rounds, for show
  SignTest signs;         // of the logarithms of the rounds' ratios, for show
};

// Fewer rounds get Verdict::TooFewProcesses.
inline constexpr size_t kFewestRounds = 5;

// Each round is one observation: the median of its block pairs where it has any, since these stand
// closest to each other in time, and else the ratio of its two means. Blocks of one round share
// their processes, so more of them sharpen the observation and do not count as more observations.
// Rounds in which one competitor is missing are left out.
Comparison Compare(std::span<const ProcessMean> base, std::span<const ProcessMean> other,
                   std::span<const BlockPair> blocks, const ComparisonOptions& options);

}  // namespace measure
