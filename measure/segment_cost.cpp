// Prefix sums in double-double arithmetic (Dekker 1971, Knuth's TwoSum): with plain doubles one
// slow first iteration would leave its rounding error in every later variance. Tests:
// tests/measure/segment_cost_test.cpp.

#include "measure/segment_cost.h"

#include <algorithm>

#include "measure/quantile.h"

namespace measure {
namespace {

// total + rest grows by value + value_rest.
void Add(double value, double value_rest, double& total, double& rest) {
  const double sum = total + value;
  const double from_value = sum - total;
  rest += (total - (sum - from_value)) + (value - from_value) + value_rest;
  total = sum;
}

}  // namespace

SegmentCost::SegmentCost(std::span<const double> series, double min_variance, VarianceFloor floor)
    : min_variance_(std::max(min_variance, std::numeric_limits<double>::min())),
      log_min_variance_(std::log(min_variance_)),
      floor_(floor) {
  if (!series.empty()) {
    centre_ = Median(series);
  }
  sums_.reserve(series.size() + 1);
  Sums sums = {};
  sums_.push_back(sums);
  for (const double value : series) {
    const double x = value - centre_;
    const double square = x * x;
    Add(x, 0, sums.sum, sums.sum_rest);
    Add(square, std::fma(x, x, -square), sums.squares, sums.squares_rest);
    sums_.push_back(sums);
  }
}

double SegmentCost::Mean(size_t begin, size_t end) const {
  return centre_ + Sum(begin, end) / static_cast<double>(end - begin);
}

double SegmentCost::Variance(size_t begin, size_t end) const {
  const auto count = static_cast<double>(end - begin);
  return std::max(Scatter(begin, end, count), 0.0) / count;
}

}  // namespace measure
