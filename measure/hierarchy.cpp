// Variances of nested samples and what follows from them. Tests: tests/measure/hierarchy_test.cpp.

#include "measure/hierarchy.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "frontend/check.h"
#include "measure/distributions.h"
#include "measure/quantile.h"

namespace measure {

std::vector<LevelVariance> LevelVariances(std::span<const double> values,
                                          std::span<const size_t> repetitions) {
  std::vector<LevelVariance> levels;
  std::vector<double> units(values.begin(), values.end());
  for (const size_t count : repetitions) {
    LAB_CHECK(count >= 2 && units.size() % count == 0);
    std::vector<double> parents;
    double variance_sum = 0;
    for (size_t first = 0; first < units.size(); first += count) {
      const std::span<const double> group = std::span(units).subspan(first, count);
      parents.push_back(Mean(group));
      variance_sum += SampleVariance(group);
    }
    const double biased = variance_sum / static_cast<double>(parents.size());
    const double from_below =
        levels.empty() ? 0
                       : levels.back().biased / static_cast<double>(repetitions[levels.size() - 1]);
    levels.push_back({.biased = biased, .unbiased = biased - from_below});
    units = std::move(parents);
  }
  LAB_CHECK(units.size() == 1);
  return levels;
}

std::vector<double> OptimalRepetitions(std::span<const LevelVariance> variances,
                                       std::span<const double> costs) {
  LAB_CHECK(variances.size() == costs.size());
  std::vector<double> repetitions;
  for (size_t i = 0; i + 1 < variances.size(); ++i) {
    const double here = std::max(variances[i].unbiased, 0.0);
    const double above = std::max(variances[i + 1].unbiased, 0.0);
    repetitions.push_back(above == 0
                              ? std::numeric_limits<double>::infinity()
                              : std::max(1.0, std::sqrt(costs[i + 1] / costs[i] * here / above)));
  }
  return repetitions;
}

Interval MeanInterval(std::span<const double> process_means, double confidence) {
  if (process_means.size() < 2) {
    return kUnbounded;
  }
  const auto count = static_cast<double>(process_means.size());
  const double mean = Mean(process_means);
  const double half_width =
      StudentTwoSided(confidence, count - 1) * std::sqrt(SampleVariance(process_means) / count);
  return {.low = mean - half_width, .high = mean + half_width};
}

}  // namespace measure
