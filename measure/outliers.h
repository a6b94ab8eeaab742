#pragma once
// Values far from what surrounds them.

#include <cstddef>
#include <span>
#include <vector>

namespace measure {

// What becomes of the first iterations, up to half a window, whose window is cut off at the front.
enum class FirstIterations {
  // Never outliers: they are warm-up. As in Barrett et al.
  Exempt,
  // Judged by the first whole window (or the whole series, of 11 values at least), and outliers
  // only after one that is not: a slow iteration after a normal one is no warm-up.
  Judged,
};

// Indices, ascending, of the values of a run sequence that lie further from the median of the
// window around them than three times the distance between its 10th and 90th percentiles: the rule
// of Barrett et al. 2017, section 3.4, as their program applies it. The window of i is [i - h, i +
// h) with h = window / 2, cut off at the ends. `series` is finite. A window of fewer than 11 values
// cannot see a single outlier.
std::vector<size_t> FindOutliers(std::span<const double> series, size_t window,
                                 FirstIterations first);

// A tenth of the series, as Barrett et al. took 200 of 2,000 iterations.
constexpr size_t DefaultOutlierWindow(size_t count) { return count / 10; }

// Distance of each value from the median of all, in units of the median of these distances
// (Iglewicz and Hoaglin 1993, without their factor 0.6745). hyperfine calls a value an outlier when
// this exceeds kModifiedZLimit on either side. For runs whose order does not matter.
std::vector<double> ModifiedZScores(std::span<const double> values);
inline constexpr double kModifiedZLimit = 14.826;

}  // namespace measure
