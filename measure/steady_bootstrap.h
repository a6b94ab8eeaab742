#pragma once
// How well the steady iterations of one process determine their mean.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "measure/interval.h"
#include "measure/random.h"
#include "measure/warmup.h"

namespace measure {

// The part [begin, end) of a number of ascending draws that holds the middle `per_mille` of 1000:
// from floor((1 - level) / 2 * count) to ceil((1 + level) / 2 * count), in whole numbers, since
// 0.95 has no exact double. 0 < per_mille < 1000; not empty when there are draws.
struct Slice {
  size_t begin;
  size_t end;
};
Slice MiddleSlice(size_t count, unsigned per_mille);

struct SteadyBootstrapOptions {
  unsigned per_mille = 990;
  size_t resamples = 10'000;
  uint64_t seed = 1;
};

struct SteadyMean {
  double median;  // of the resampled means
  Interval interval;
};

// The means of steady parts made anew by drawing as many iterations with replacement from each
// steady segment as it has, never across segments, whose levels differ; outliers excluded
// (Kalibera and Jones 2013; Barrett et al. 2017). In the order of drawing.
std::vector<double> ResampleSteadyMean(std::span<const double> seconds,
                                       const WarmupAnalysis& analysis, size_t resamples,
                                       Random& random);

// The percentile interval of these means. It says nothing about other processes: means of several
// are compared by their spread, not by pooling such draws, whose mixture does not narrow with more
// processes. `analysis` is of `seconds` and has a steady part; at least one resample.
SteadyMean BootstrapSteadyMean(std::span<const double> seconds, const WarmupAnalysis& analysis,
                               const SteadyBootstrapOptions& options);

}  // namespace measure
