#pragma once
// A table makes several comparisons at once. These keep the chance that any of them is wrong at
// what one comparison is allowed, however they depend on each other.
//
// A table that prints intervals uses FamilyConfidence: each interval is made at that confidence and
// the verdict is whether it leaves out 1, so that numbers and verdicts cannot disagree. Holm's
// procedure finds a little more, but its intervals say nothing about what it has rejected
// (Strassburger and Bretz 2008); it serves where only p-values are shown.

#include <cstddef>
#include <span>
#include <vector>

namespace measure {

// The confidence of each of `comparisons` >= 1 intervals that hold together with `confidence`
// (Bonferroni).
double FamilyConfidence(double confidence, size_t comparisons);

// Adjusted p-values in the order given: a difference is found when its own is at most alpha (S.
// Holm, "A simple sequentially rejective multiple test procedure", 1979).
std::vector<double> HolmAdjusted(std::span<const double> p_values);

}  // namespace measure
