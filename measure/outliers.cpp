// The window is kept sorted while it moves along: a value enters, a value leaves. Tests:
// tests/measure/outliers_test.cpp.

#include "measure/outliers.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "measure/quantile.h"

namespace measure {
namespace {

// The fewest values whose 90th percentile is not moved by the largest.
constexpr size_t kMinJudging = 11;

bool IsFarFrom(std::span<const double> sorted, double value) {
  const double reach = 3 * (QuantileOfSorted(sorted, 0.9) - QuantileOfSorted(sorted, 0.1));
  return std::abs(value - QuantileOfSorted(sorted, 0.5)) > reach;
}

}  // namespace

std::vector<size_t> FindOutliers(std::span<const double> series, size_t window,
                                 FirstIterations first) {
  const size_t half = window / 2;
  std::vector<size_t> outliers;
  if (half == 0) {
    return outliers;
  }
  const std::span<const double> front = series.first(std::min(series.size(), window));
  std::vector<double> sorted_front(front.begin(), front.end());
  std::sort(sorted_front.begin(), sorted_front.end());
  bool normal_seen = false;

  std::vector<double> sorted;
  size_t begin = 0;
  size_t end = 0;
  for (size_t i = 0; i < series.size(); ++i) {
    for (; end < std::min(series.size(), i + half); ++end) {
      sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), series[end]), series[end]);
    }
    for (; begin + half < i; ++begin) {
      sorted.erase(std::lower_bound(sorted.begin(), sorted.end(), series[begin]));
    }
    if (begin > 0 || end >= window) {
      if (IsFarFrom(sorted, series[i])) {
        outliers.push_back(i);
      }
    } else if (first == FirstIterations::Judged && front.size() >= kMinJudging) {
      if (!IsFarFrom(sorted_front, series[i])) {
        normal_seen = true;
      } else if (normal_seen) {
        outliers.push_back(i);
      }
    }
  }
  return outliers;
}

std::vector<double> ModifiedZScores(std::span<const double> values) {
  std::vector<double> scores(values.begin(), values.end());
  if (values.empty()) {
    return scores;
  }
  const double median = Median(values);
  std::vector<double> distances;
  for (const double value : values) {
    distances.push_back(std::abs(value - median));
  }
  double unit = Median(distances);
  if (unit == 0) {
    unit = std::numeric_limits<double>::epsilon();
  }
  for (double& score : scores) {
    score = (score - median) / unit;
  }
  return scores;
}

}  // namespace measure
