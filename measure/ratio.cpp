// Intervals of ratios. Tests: tests/measure/ratio_test.cpp, coverage_test.cpp.

#include "measure/ratio.h"

#include <algorithm>
#include <cmath>

#include "frontend/check.h"
#include "measure/distributions.h"
#include "measure/quantile.h"
#include "measure/random.h"

namespace measure {
namespace {

// A mean of processes and the variance of that mean.
struct MeanWithVariance {
  explicit MeanWithVariance(std::span<const double> values)
      : mean(Mean(values)), variance(SampleVariance(values) / static_cast<double>(values.size())) {}

  double mean;
  double variance;
};

// The ratios y / x that a point on the ellipse of confidence around the two means can have.
RatioEstimate Fieller(const MeanWithVariance& y, const MeanWithVariance& x, double covariance,
                      double t) {
  const double ratio = y.mean / x.mean;
  const double t2 = t * t;
  const double denominator = x.mean * x.mean - t2 * x.variance;
  if (!(denominator > 0)) {
    return {.ratio = ratio, .interval = kUnbounded};
  }
  const double centre = x.mean * y.mean - t2 * covariance;
  // centre^2 - denominator * (y.mean^2 - t2 * y.variance), without the terms that cancel.
  const double radicand = t2 * (x.mean * x.mean * y.variance + y.mean * y.mean * x.variance -
                                2 * x.mean * y.mean * covariance) -
                          t2 * t2 * (x.variance * y.variance - covariance * covariance);
  const double root = std::sqrt(std::max(radicand, 0.0));
  return {
      .ratio = ratio,
      .interval = {.low = (centre - root) / denominator, .high = (centre + root) / denominator}};
}

double ResampledMean(std::span<const std::vector<double>> processes, Random& random) {
  double sum = 0;
  for (size_t i = 0; i < processes.size(); ++i) {
    const std::vector<double>& process = processes[random.Below(processes.size())];
    double process_sum = 0;
    for (size_t j = 0; j < process.size(); ++j) {
      process_sum += process[random.Below(process.size())];
    }
    sum += process_sum / static_cast<double>(process.size());
  }
  return sum / static_cast<double>(processes.size());
}

double MeanOfMeans(std::span<const std::vector<double>> processes) {
  std::vector<double> means;
  for (const std::vector<double>& process : processes) {
    means.push_back(Mean(process));
  }
  return Mean(means);
}

}  // namespace

RatioEstimate FiellerRatio(std::span<const double> numerator, std::span<const double> denominator,
                           double confidence) {
  const MeanWithVariance y(numerator);
  const MeanWithVariance x(denominator);
  const size_t fewest = std::min(numerator.size(), denominator.size());
  if (fewest < 2) {
    return {.ratio = y.mean / x.mean, .interval = kUnbounded};
  }
  return Fieller(y, x, 0, StudentTwoSided(confidence, static_cast<double>(fewest - 1)));
}

RatioEstimate PairedFiellerRatio(std::span<const double> numerator,
                                 std::span<const double> denominator, double confidence) {
  LAB_CHECK(numerator.size() == denominator.size());
  const MeanWithVariance y(numerator);
  const MeanWithVariance x(denominator);
  const size_t rounds = numerator.size();
  if (rounds < 2) {
    return {.ratio = y.mean / x.mean, .interval = kUnbounded};
  }
  double products = 0;
  for (size_t i = 0; i < rounds; ++i) {
    products += (numerator[i] - y.mean) * (denominator[i] - x.mean);
  }
  const double covariance =
      products / (static_cast<double>(rounds - 1) * static_cast<double>(rounds));
  return Fieller(y, x, covariance, StudentTwoSided(confidence, static_cast<double>(rounds - 1)));
}

Interval PercentileInterval(std::span<const double> sorted, double confidence) {
  LAB_CHECK(!sorted.empty());
  // Levels are decimal fractions: 1 - 0.95 is a little more than 0.05, which must not cost a rank.
  const double excluded = static_cast<double>(sorted.size()) * (1 - confidence) / 2;
  const auto rank = static_cast<size_t>(std::floor(excluded + 1e-6));
  return {.low = sorted[rank], .high = sorted[sorted.size() - 1 - rank]};
}

RatioEstimate BootstrapRatio(std::span<const std::vector<double>> numerator,
                             std::span<const std::vector<double>> denominator, double confidence,
                             int resamples, uint64_t seed) {
  Random random(seed);
  std::vector<double> ratios;
  ratios.reserve(static_cast<size_t>(resamples));
  for (int i = 0; i < resamples; ++i) {
    const double y = ResampledMean(numerator, random);
    ratios.push_back(y / ResampledMean(denominator, random));
  }
  std::sort(ratios.begin(), ratios.end());
  return {.ratio = MeanOfMeans(numerator) / MeanOfMeans(denominator),
          .interval = PercentileInterval(ratios, confidence)};
}

RatioEstimate GeometricMeanRatio(std::span<const std::vector<double>> log_ratios,
                                 double confidence) {
  LAB_CHECK(!log_ratios.empty());
  const auto programs = static_cast<double>(log_ratios.size());
  double sum = 0;
  double variance_sum = 0;
  double squares_over_df = 0;
  bool single_round = false;
  for (const std::vector<double>& rounds : log_ratios) {
    const MeanWithVariance program(rounds);
    sum += program.mean;
    variance_sum += program.variance;
    single_round |= rounds.size() < 2;
    if (rounds.size() >= 2) {
      squares_over_df +=
          program.variance * program.variance / static_cast<double>(rounds.size() - 1);
    }
  }
  const double mean = sum / programs;
  if (single_round) {
    return {.ratio = std::exp(mean), .interval = kUnbounded};
  }
  if (variance_sum == 0) {
    return {.ratio = std::exp(mean), .interval = {.low = std::exp(mean), .high = std::exp(mean)}};
  }
  const double df = variance_sum * variance_sum / squares_over_df;
  const double half_width = StudentTwoSided(confidence, df) * std::sqrt(variance_sum) / programs;
  return {.ratio = std::exp(mean),
          .interval = {.low = std::exp(mean - half_width), .high = std::exp(mean + half_width)}};
}

}  // namespace measure
