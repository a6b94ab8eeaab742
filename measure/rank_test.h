#pragma once
// Exact tests and intervals for paired differences, here logarithms of ratios, one for each round.
// They hold for any noise: when two competitors are the same and their order within rounds is
// balanced, a difference is as likely to have either sign, and nothing else is assumed.

#include <cstdint>
#include <span>

#include "measure/interval.h"

namespace measure {

struct SignTest {
  double median;
  // Between the k-th smallest and the k-th largest difference; unbounded, from minus to plus
  // infinity, when there are too few for the confidence asked for.
  Interval interval;
  int64_t rank;    // that k, or 0
  double p_value;  // two-sided; at most 1 - confidence exactly when the interval leaves out zero
  int64_t ties;    // differences of zero; they count for neither side
};

// Assumes nothing but independence of the differences (see J. D. Gibbons and S. Chakraborti,
// "Nonparametric Statistical Inference", on the sign test and the interval for the median).
SignTest TestSigns(std::span<const double> differences, double confidence);

struct SignedRankTest {
  double centre;      // Hodges and Lehmann (1963): the median of the means of all pairs
  Interval interval;  // between two of those means; unbounded as above
  double p_value;     // agrees with the interval as above
};

// Wilcoxon's signed-rank test (1945), from the exact distribution. Assumes that differences are
// distributed symmetrically about their centre, and finds smaller ones than the signs alone do.
SignedRankTest TestSignedRanks(std::span<const double> differences, double confidence);

// The fewest differences with which either test can reach `confidence`: 2^(1 - n) <= 1 -
// confidence.
int64_t FewestDifferences(double confidence);

}  // namespace measure
