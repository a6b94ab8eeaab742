// The sign test and the signed-rank test with their intervals. Tests: tests/measure/rank_test.cpp.

#include "measure/rank_test.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "frontend/check.h"
#include "measure/distributions.h"
#include "measure/quantile.h"

namespace measure {
namespace {

// The error probability that `confidence` leaves, widened by its rounding: 1 - 0.95 is to be 0.05.
double Alpha(double confidence) { return (1 - confidence) * (1 + 1e-9); }

// P(W <= w) for w = 0, 1, ...: W is the sum of those ranks 1 ... n that a fair coin picks.
std::vector<double> SignedRankCdf(size_t n) {
  const size_t highest = n * (n + 1) / 2;
  std::vector<double> probability(highest + 1, 0);
  probability[0] = 1;
  size_t reached = 0;
  for (size_t rank = 1; rank <= n; ++rank) {
    reached += rank;
    for (size_t sum = reached + 1; sum-- > 0;) {
      const double with_rank = sum >= rank ? probability[sum - rank] : 0;
      probability[sum] = 0.5 * (probability[sum] + with_rank);
    }
  }
  for (size_t sum = 1; sum <= highest; ++sum) {
    probability[sum] += probability[sum - 1];
  }
  return probability;
}

// The interval from the k-th smallest to the k-th largest of `sorted`; unbounded for k = 0.
Interval BetweenRanks(std::span<const double> sorted, size_t k) {
  if (k == 0) {
    return kUnbounded;
  }
  return {.low = sorted[k - 1], .high = sorted[sorted.size() - k]};
}

// How many of `sorted` stand against the side that has more.
size_t CountAgainst(std::span<const double> sorted) {
  const auto at_most_zero =
      static_cast<size_t>(std::upper_bound(sorted.begin(), sorted.end(), 0.0) - sorted.begin());
  const auto at_least_zero =
      static_cast<size_t>(sorted.end() - std::lower_bound(sorted.begin(), sorted.end(), 0.0));
  return std::min(at_most_zero, at_least_zero);
}

}  // namespace

SignTest TestSigns(std::span<const double> differences, double confidence) {
  LAB_CHECK(!differences.empty());
  std::vector<double> sorted(differences.begin(), differences.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<int64_t>(sorted.size());
  int64_t rank = 0;
  while (rank < n / 2 && 2 * FairCoinCdf(n, rank) <= Alpha(confidence)) {
    ++rank;
  }
  return {.median = QuantileOfSorted(sorted, 0.5),
          .interval = BetweenRanks(sorted, static_cast<size_t>(rank)),
          .rank = rank,
          .p_value = std::min(1.0, 2 * FairCoinCdf(n, static_cast<int64_t>(CountAgainst(sorted)))),
          .ties = std::count(sorted.begin(), sorted.end(), 0.0)};
}

SignedRankTest TestSignedRanks(std::span<const double> differences, double confidence) {
  LAB_CHECK(!differences.empty());
  // The number of Walsh averages (x_i + x_j) / 2, i <= j, at or below a centre is distributed as
  // the sum of ranks (Tukey 1949), so that their order statistics are the bounds of the interval.
  std::vector<double> averages;
  averages.reserve(differences.size() * (differences.size() + 1) / 2);
  for (size_t i = 0; i < differences.size(); ++i) {
    for (size_t j = i; j < differences.size(); ++j) {
      averages.push_back((differences[i] + differences[j]) / 2);
    }
  }
  std::sort(averages.begin(), averages.end());
  const std::vector<double> cdf = SignedRankCdf(differences.size());
  size_t rank = 0;
  while (rank < averages.size() / 2 && 2 * cdf[rank] <= Alpha(confidence)) {
    ++rank;
  }
  return {.centre = QuantileOfSorted(averages, 0.5),
          .interval = BetweenRanks(averages, rank),
          .p_value = std::min(1.0, 2 * cdf[CountAgainst(averages)])};
}

int64_t FewestDifferences(double confidence) {
  int64_t count = 1;
  while (std::ldexp(1.0, static_cast<int>(1 - count)) > Alpha(confidence)) {
    ++count;
  }
  return count;
}

}  // namespace measure
