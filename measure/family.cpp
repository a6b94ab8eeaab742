// Corrections for several comparisons at once. Tests: tests/measure/family_test.cpp.

#include "measure/family.h"

#include <algorithm>
#include <numeric>

#include "frontend/check.h"

namespace measure {

double FamilyConfidence(double confidence, size_t comparisons) {
  LAB_CHECK(comparisons > 0);
  return 1 - (1 - confidence) / static_cast<double>(comparisons);
}

std::vector<double> HolmAdjusted(std::span<const double> p_values) {
  std::vector<size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double highest = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const double scaled = p_values[order[i]] * static_cast<double>(order.size() - i);
    highest = std::max(highest, std::min(scaled, 1.0));
    adjusted[order[i]] = highest;
  }
  return adjusted;
}

}  // namespace measure
