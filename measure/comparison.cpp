// Joins the processes of two competitors by round and asks whether they differ. Tests:
// tests/measure/comparison_test.cpp, coverage_test.cpp.

#include "measure/comparison.h"

#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "measure/family.h"
#include "measure/hierarchy.h"
#include "measure/quantile.h"

namespace measure {
namespace {

struct Round {
  std::optional<double> base_seconds;
  std::optional<double> other_seconds;
  std::vector<double> block_log_ratios;

  bool HasBothMeans() const { return base_seconds && other_seconds; }
};

// What the rounds say: all of them as log ratios, and the means of those that have both.
struct Observations {
  std::vector<double> log_ratios;
  std::vector<double> base_seconds;
  std::vector<double> other_seconds;
};

Observations Observe(std::span<const ProcessMean> base, std::span<const ProcessMean> other,
                     std::span<const BlockPair> blocks) {
  std::map<int, Round> rounds;
  for (const ProcessMean& process : base) {
    rounds[process.round].base_seconds = process.seconds;
  }
  for (const ProcessMean& process : other) {
    rounds[process.round].other_seconds = process.seconds;
  }
  for (const BlockPair& block : blocks) {
    rounds[block.round].block_log_ratios.push_back(block.log_ratio);
  }
  Observations seen;
  for (const auto& [number, round] : rounds) {
    if (!round.block_log_ratios.empty()) {
      seen.log_ratios.push_back(Median(round.block_log_ratios));
    } else if (round.HasBothMeans()) {
      seen.log_ratios.push_back(std::log(*round.other_seconds / *round.base_seconds));
    }
    if (round.HasBothMeans()) {
      seen.base_seconds.push_back(*round.base_seconds);
      seen.other_seconds.push_back(*round.other_seconds);
    }
  }
  return seen;
}

Interval Exp(const Interval& interval) {
  return {.low = std::exp(interval.low), .high = std::exp(interval.high)};
}

}  // namespace

Comparison Compare(std::span<const ProcessMean> base, std::span<const ProcessMean> other,
                   std::span<const BlockPair> blocks, const ComparisonOptions& options) {
  constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
  const double confidence = FamilyConfidence(options.confidence, options.comparisons);
  const Observations seen = Observe(base, other, blocks);
  Comparison result = {
      .verdict = Verdict::TooFewProcesses,
      .witness = Witness::None,
      .rounds = seen.log_ratios.size(),
      .ratio = kNotANumber,
      .interval = kUnbounded,
      .fieller = {.ratio = kNotANumber, .interval = kUnbounded},
      .signs = {.median = kNotANumber, .interval = kUnbounded, .rank = 0, .p_value = 1, .ties = 0}};
  if (!seen.base_seconds.empty()) {
    result.fieller = PairedFiellerRatio(seen.other_seconds, seen.base_seconds, confidence);
  }
  if (seen.log_ratios.empty()) {
    return result;
  }
  result.signs = TestSigns(seen.log_ratios, confidence);
  const SignedRankTest ranks = TestSignedRanks(seen.log_ratios, confidence);
  result.ratio = std::exp(ranks.centre);
  if (result.rounds < kFewestRounds) {
    return result;
  }
  if (ranks.interval.IsBounded()) {
    result.witness = Witness::SignedRanks;
    result.interval = Exp(ranks.interval);
  } else {
    result.witness = Witness::Student;
    result.ratio = std::exp(Mean(seen.log_ratios));
    result.interval = Exp(MeanInterval(seen.log_ratios, confidence));
  }
  if (result.interval.high < 1) {
    result.verdict = Verdict::Faster;
  } else if (result.interval.low > 1) {
    result.verdict = Verdict::Slower;
  } else {
    result.verdict = Verdict::CannotTell;
  }
  return result;
}

}  // namespace measure
