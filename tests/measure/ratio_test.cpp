// Ratios against the two-system example (tests/oracle/stats) and by hand.

#include "measure/ratio.h"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "measure/hierarchy.h"
#include "measure/quantile.h"
#include "tests/measure/oracle.h"

namespace measure {
namespace {

using nlohmann::json;
using Samples = std::vector<std::vector<double>>;

std::vector<double> ProcessMeans(const Samples& samples) {
  std::vector<double> means;
  for (const std::vector<double>& process : samples) {
    means.push_back(Mean(process));
  }
  return means;
}

TEST(RatioTest, FiellerReproducesTheTwoSystemExample) {
  const json oracle = OracleJson("stats/hierarchical_ratio_example.json");
  const std::vector<double> a = ProcessMeans(oracle["data"]["A"].get<Samples>());
  const std::vector<double> b = ProcessMeans(oracle["data"]["B"].get<Samples>());
  const RatioEstimate estimate = FiellerRatio(b, a, 0.95);
  EXPECT_NEAR(estimate.ratio, oracle["point_ratio"].get<double>(), 1e-12);
  EXPECT_NEAR(estimate.interval.low, oracle["fieller_ratio_ci95"][0].get<double>(), 1e-9);
  EXPECT_NEAR(estimate.interval.high, oracle["fieller_ratio_ci95"][1].get<double>(), 1e-9);
  const Interval wide = FiellerRatio(b, a, 0.99).interval;
  EXPECT_NEAR(wide.low, oracle["fieller_ratio_ci99"][0].get<double>(), 1e-9);
  EXPECT_NEAR(wide.high, oracle["fieller_ratio_ci99"][1].get<double>(), 1e-9);

  const Interval mean95 = MeanInterval(a, 0.95);
  EXPECT_NEAR(mean95.low, oracle["A"]["t_ci95"][0].get<double>(), 1e-12);
  EXPECT_NEAR(mean95.high, oracle["A"]["t_ci95"][1].get<double>(), 1e-12);
}

TEST(RatioTest, BootstrapReproducesTheTwoSystemExample) {
  const json oracle = OracleJson("stats/hierarchical_ratio_example.json");
  const RatioEstimate estimate = BootstrapRatio(
      oracle["data"]["B"].get<Samples>(), oracle["data"]["A"].get<Samples>(), 0.95, 10'000, 1);
  const json& expected = oracle["hierarchical_bootstrap_100k"]["ratio_ci95"];
  const double tolerance = 0.03 * (expected[2].get<double>() - expected[0].get<double>());
  EXPECT_NEAR(estimate.ratio, oracle["point_ratio"].get<double>(), 1e-12);
  EXPECT_NEAR(estimate.interval.low, expected[0].get<double>(), tolerance);
  EXPECT_NEAR(estimate.interval.high, expected[2].get<double>(), tolerance);
}

TEST(RatioTest, PercentileIntervalLeavesOutWholeRanks) {
  const json oracle = OracleJson("stats/kalibera_worked_examples.json")["confidence_slice_indices"];
  for (const json& slice : oracle) {
    std::vector<double> ranks;
    for (int i = 0; i < slice["n"].get<int>(); ++i) {
      ranks.push_back(i);
    }
    const Interval interval = PercentileInterval(ranks, slice["level"].get<double>());
    EXPECT_EQ(interval.low, slice["lower"].get<double>());
    EXPECT_EQ(interval.high, slice["upper_exclusive"].get<double>() - 1);
  }
}

TEST(RatioTest, PairedFiellerIgnoresTheSpeedOfRounds) {
  const double base[] = {1.0, 1.6, 1.0, 1.6, 1.0, 1.6};
  const double other[] = {0.5, 0.8, 0.5, 0.8, 0.5, 0.8};
  const RatioEstimate paired = PairedFiellerRatio(other, base, 0.95);
  EXPECT_NEAR(paired.interval.low, 0.5, 1e-6);
  EXPECT_NEAR(paired.interval.high, 0.5, 1e-6);
  const Interval unpaired = FiellerRatio(other, base, 0.95).interval;
  EXPECT_LT(unpaired.low, 0.37);
  EXPECT_GT(unpaired.high, 0.67);
}

TEST(RatioTest, FiellerScalesWithBoth) {
  const double base[] = {1.0, 1.1, 0.9, 1.05};
  const double other[] = {2.0, 2.3, 1.9, 2.2};
  const double base_ns[] = {1.0e-9, 1.1e-9, 0.9e-9, 1.05e-9};
  const Interval plain = PairedFiellerRatio(other, base, 0.95).interval;
  const Interval scaled = PairedFiellerRatio(other, base_ns, 0.95).interval;
  EXPECT_NEAR(scaled.low * 1e-9 / plain.low, 1, 1e-12);
  EXPECT_NEAR(scaled.high * 1e-9 / plain.high, 1, 1e-12);
}

TEST(RatioTest, FiellerIsUnboundedWhenTheDenominatorMayBeZero) {
  const double near_zero[] = {1.0, -0.9, 0.3};
  const double other[] = {1.0, 1.1, 0.9};
  EXPECT_FALSE(FiellerRatio(other, near_zero, 0.95).interval.IsBounded());
  EXPECT_FALSE(PairedFiellerRatio(other, near_zero, 0.95).interval.IsBounded());
  EXPECT_FALSE(FiellerRatio(std::span(other, 1), other, 0.95).interval.IsBounded());
}

TEST(RatioTest, GeometricMeanJoinsPrograms) {
  const Samples log_ratios = {{std::log(2.0), std::log(2.0)}, {std::log(8.0), std::log(8.0)}};
  const RatioEstimate exact = GeometricMeanRatio(log_ratios, 0.95);
  EXPECT_NEAR(exact.ratio, 4, 1e-12);
  EXPECT_NEAR(exact.interval.low, 4, 1e-12);

  // One program: Student's interval.
  const Samples one = {{0.1, 0.2, 0.4, 0.1}};
  const Interval student = MeanInterval(one[0], 0.95);
  const RatioEstimate estimate = GeometricMeanRatio(one, 0.95);
  EXPECT_NEAR(estimate.interval.low, std::exp(student.low), 1e-12);
  EXPECT_NEAR(estimate.interval.high, std::exp(student.high), 1e-12);

  const Samples too_few = {{0.1, 0.2}, {0.1}};
  EXPECT_FALSE(GeometricMeanRatio(too_few, 0.95).interval.IsBounded());
}

}  // namespace
}  // namespace measure
