// Break-even in input size. Tests: tests/measure/size_break_even_test.cpp.

#include "measure/size_break_even.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "frontend/check.h"
#include "measure/distributions.h"
#include "measure/quantile.h"

namespace measure {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<double> Logarithms(std::span<const double> values) {
  std::vector<double> logs;
  for (const double value : values) {
    logs.push_back(std::log(value));
  }
  return logs;
}

// The closest rising values in the sense of least squares.
std::vector<double> Rising(std::span<const double> values) {
  struct Pool {
    double sum;
    size_t count;
    double Mean() const { return sum / static_cast<double>(count); }
  };
  std::vector<Pool> pools;
  for (const double value : values) {
    Pool pool = {.sum = value, .count = 1};
    while (!pools.empty() && pools.back().Mean() > pool.Mean()) {
      pool.sum += pools.back().sum;
      pool.count += pools.back().count;
      pools.pop_back();
    }
    pools.push_back(pool);
  }
  std::vector<double> rising;
  for (const Pool& pool : pools) {
    rising.insert(rising.end(), pool.count, pool.Mean());
  }
  return rising;
}

double Root(std::span<const SizeCosts> sweep, std::span<const double> values) {
  const std::vector<double> rising = Rising(values);
  if (rising.front() >= 0) {
    return 0;
  }
  if (!(rising.back() >= 0)) {
    return kInfinity;
  }
  const auto above =
      static_cast<size_t>(std::lower_bound(rising.begin(), rising.end(), 0.0) - rising.begin());
  const double share = rising[above - 1] / (rising[above - 1] - rising[above]);
  const double below_log = std::log(sweep[above - 1].size);
  return std::exp(below_log + (std::log(sweep[above].size) - below_log) * share);
}

}  // namespace

SizeBreakEven FindSizeBreakEven(std::span<const SizeCosts> sweep, double confidence) {
  LAB_CHECK(!sweep.empty());
  std::vector<double> gains;
  std::vector<double> lower;
  std::vector<double> upper;
  bool single_process = false;
  for (const SizeCosts& point : sweep) {
    const std::vector<double> a = Logarithms(point.a_seconds);
    const std::vector<double> b = Logarithms(point.b_seconds);
    const size_t fewest = std::min(a.size(), b.size());
    single_process |= fewest < 2;
    const double error = std::sqrt(SampleVariance(a) / static_cast<double>(a.size()) +
                                   SampleVariance(b) / static_cast<double>(b.size()));
    const double half_width =
        fewest < 2 ? 0 : StudentTwoSided(confidence, static_cast<double>(fewest - 1)) * error;
    gains.push_back(Mean(a) - Mean(b));
    lower.push_back(gains.back() - half_width);
    upper.push_back(gains.back() + half_width);
  }
  const Interval whole = {.low = 0, .high = kInfinity};
  return {.size = Root(sweep, gains),
          .interval = single_process
                          ? whole
                          : Interval{.low = Root(sweep, upper), .high = Root(sweep, lower)}};
}

}  // namespace measure
