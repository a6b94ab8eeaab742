#pragma once
// The ratio of two competitors' times, from the means of their processes.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "measure/interval.h"

namespace measure {

// `interval` is unbounded, from minus to plus infinity, when there are fewer than two processes or
// when the denominator's own interval reaches zero.
struct RatioEstimate {
  double ratio;
  Interval interval;
};

// Fieller's interval (1954) of mean(numerator) / mean(denominator) over processes that ran
// independently, with one less degree of freedom than the smaller number of processes, as Kalibera
// and Jones (2013) have it: a little wide, never narrow.
RatioEstimate FiellerRatio(std::span<const double> numerator, std::span<const double> denominator,
                           double confidence);
// The same over rounds: both ran once in each, at the same index, so that a change of the machine's
// speed from one round to the next moves both and cancels through their covariance.
RatioEstimate PairedFiellerRatio(std::span<const double> numerator,
                                 std::span<const double> denominator, double confidence);

// The percentile interval of mean(numerator) / mean(denominator) when processes are drawn with
// replacement and then iterations within each. With ten processes it is almost a fifth too narrow;
// below twenty prefer Fieller's.
RatioEstimate BootstrapRatio(std::span<const std::vector<double>> numerator,
                             std::span<const std::vector<double>> denominator, double confidence,
                             int resamples, uint64_t seed);

// Bounds that leave out floor(n * (1 - confidence) / 2) of the n values at either end, as
// libkalibera does. `sorted` is ascending and not empty.
Interval PercentileInterval(std::span<const double> sorted, double confidence);

// The geometric mean of the ratios of several programs, given by the logarithms of each one's ratio
// in each round. Rounds vary and programs do not: the question is about these programs. Student's
// interval, with Satterthwaite's degrees of freedom (1946); unbounded when a program has one round.
RatioEstimate GeometricMeanRatio(std::span<const std::vector<double>> log_ratios,
                                 double confidence);

}  // namespace measure
