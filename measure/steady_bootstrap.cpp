// Two draws come out of each random word: 32 bits times the size, upper half. The indices of a
// segment of n iterations are uneven by n / 2^32 at most, far below what resampling can show.
// Tests: tests/measure/steady_bootstrap_test.cpp.

#include "measure/steady_bootstrap.h"

#include <algorithm>

#include "frontend/check.h"
#include "measure/quantile.h"

namespace measure {
namespace {

std::vector<double> ValuesOf(std::span<const double> seconds, const IterationRange& range,
                             std::span<const size_t> outliers) {
  std::vector<double> values;
  for (size_t i = range.begin; i < range.end; ++i) {
    if (!std::binary_search(outliers.begin(), outliers.end(), i)) {
      values.push_back(seconds[i]);
    }
  }
  return values;
}

double SumOfDraws(std::span<const double> values, Random& random) {
  double sum = 0;
  const auto draw = [&](uint64_t bits) { return values[bits * values.size() >> 32]; };
  size_t left = values.size();
  for (; left >= 2; left -= 2) {
    const uint64_t word = random.Next();
    sum += draw(word >> 32);
    sum += draw(word & 0xffffffff);
  }
  if (left == 1) {
    sum += draw(random.Next() >> 32);
  }
  return sum;
}

}  // namespace

Slice MiddleSlice(size_t count, unsigned per_mille) {
  LAB_CHECK(per_mille > 0 && per_mille < 1000);
  return {.begin = (1000 - per_mille) * count / 2000,
          .end = ((1000 + per_mille) * count + 1999) / 2000};
}

std::vector<double> ResampleSteadyMean(std::span<const double> seconds,
                                       const WarmupAnalysis& analysis, size_t resamples,
                                       Random& random) {
  LAB_CHECK(analysis.steady.has_value());
  std::vector<std::vector<double>> parts;
  size_t count = 0;
  for (const IterationRange& range : analysis.steady->ranges) {
    parts.push_back(ValuesOf(seconds, range, analysis.outliers));
    count += parts.back().size();
  }
  std::vector<double> means;
  means.reserve(resamples);
  for (size_t i = 0; i < resamples; ++i) {
    double sum = 0;
    for (const std::vector<double>& part : parts) {
      sum += SumOfDraws(part, random);
    }
    means.push_back(sum / static_cast<double>(count));
  }
  return means;
}

SteadyMean BootstrapSteadyMean(std::span<const double> seconds, const WarmupAnalysis& analysis,
                               const SteadyBootstrapOptions& options) {
  LAB_CHECK(options.resamples > 0);
  Random random(options.seed);
  std::vector<double> means = ResampleSteadyMean(seconds, analysis, options.resamples, random);
  std::sort(means.begin(), means.end());
  const Slice slice = MiddleSlice(means.size(), options.per_mille);
  return {.median = QuantileOfSorted(means, 0.5),
          .interval = {.low = means[slice.begin], .high = means[slice.end - 1]}};
}

}  // namespace measure
