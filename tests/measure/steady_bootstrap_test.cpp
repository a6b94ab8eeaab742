// The bootstrap of the steady mean against the analytic interval and a second implementation with
// 100,000 resamples (tests/oracle/stats/steady_bootstrap.json).

#include "measure/steady_bootstrap.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/measure/oracle.h"

namespace measure {
namespace {

WarmupAnalysis SteadyIn(const nlohmann::json& ranges) {
  WarmupAnalysis analysis = {};
  analysis.steady.emplace();
  for (const nlohmann::json& range : ranges) {
    analysis.steady->ranges.push_back({.begin = range[0], .end = range[1]});
  }
  return analysis;
}

TEST(SteadyBootstrapTest, IntervalsAreThoseOfTheOracle) {
  const nlohmann::json cases = OracleJson("stats/steady_bootstrap.json")["cases"];
  ASSERT_EQ(cases.size(), 4u);
  for (const nlohmann::json& one : cases) {
    SCOPED_TRACE(one["series"]);
    const std::vector<double> seconds =
        OracleSeries("synthetic/" + one["series"].get<std::string>() + ".txt");
    const WarmupAnalysis analysis = SteadyIn(one["steady_slices_index0_end_exclusive"]);
    const SteadyMean found =
        BootstrapSteadyMean(seconds, analysis, {.resamples = 20'000, .seed = 3});
    const double half_width = one["analytic_99_halfwidth"];
    const nlohmann::json& expected = one["bootstrap_100k"];
    EXPECT_NEAR(found.median, expected["median"], 0.02 * half_width);
    EXPECT_NEAR(found.interval.low, expected["lower"], 0.04 * half_width);
    EXPECT_NEAR(found.interval.high, expected["upper"], 0.04 * half_width);
    const double found_half_width = 0.5 * (found.interval.high - found.interval.low);
    EXPECT_NEAR(found_half_width / half_width, 1, 0.02);
    EXPECT_NEAR(found_half_width / expected["halfwidth"].get<double>(), 1, 0.02);
  }
}

TEST(SteadyBootstrapTest, TheSteadyPartsOfTheOracleAreFound) {
  const nlohmann::json cases = OracleJson("stats/steady_bootstrap.json")["cases"];
  for (const nlohmann::json& one : cases) {
    SCOPED_TRACE(one["series"]);
    const std::vector<double> seconds =
        OracleSeries("synthetic/" + one["series"].get<std::string>() + ".txt");
    const WarmupAnalysis analysis = AnalyseWarmup(seconds, {});
    ASSERT_TRUE(analysis.steady.has_value());
    const nlohmann::json& ranges = one["steady_slices_index0_end_exclusive"];
    ASSERT_EQ(analysis.steady->ranges.size(), ranges.size());
    for (size_t i = 0; i < ranges.size(); ++i) {
      EXPECT_EQ(analysis.steady->ranges[i].begin, ranges[i][0]);
      EXPECT_EQ(analysis.steady->ranges[i].end, ranges[i][1]);
    }
    EXPECT_NEAR(analysis.steady->mean, one["mean"], 1e-12);
  }
}

// Two levels far apart and without noise: any draw across them would move the mean.
TEST(SteadyBootstrapTest, NeverDrawsAcrossSegmentsNorOutliers) {
  const std::vector<double> seconds = {9, 9, 1, 1, 1, 500, 3, 3, 3};
  WarmupAnalysis analysis = {};
  analysis.outliers = {5};
  analysis.steady.emplace();
  analysis.steady->ranges = {{2, 5}, {5, 9}};
  const SteadyMean mean = BootstrapSteadyMean(seconds, analysis, {.resamples = 100});
  EXPECT_EQ(mean.median, 2);
  EXPECT_EQ(mean.interval.low, 2);
  EXPECT_EQ(mean.interval.high, 2);
}

TEST(SteadyBootstrapTest, DrawsEveryIterationEquallyOften) {
  // Powers of a thousand: the mean of a resample tells how often each was drawn.
  const std::vector<double> seconds = {1, 1e3, 1e6};
  WarmupAnalysis analysis = {};
  analysis.steady.emplace();
  analysis.steady->ranges = {{0, 3}};
  Random random(7);
  double drawn[3] = {};
  for (const double mean : ResampleSteadyMean(seconds, analysis, 30'000, random)) {
    const auto sum = static_cast<uint64_t>(std::llround(3 * mean));
    drawn[0] += static_cast<double>(sum % 1000);
    drawn[1] += static_cast<double>(sum / 1000 % 1000);
    drawn[2] += static_cast<double>(sum / 1'000'000);
  }
  for (const double count : drawn) {
    EXPECT_NEAR(count, 30'000, 600);
  }
}

TEST(SteadyBootstrapTest, TheSameSeedGivesTheSameInterval) {
  const std::vector<double> seconds = OracleSeries("synthetic/s10_short50.txt");
  const WarmupAnalysis analysis = AnalyseWarmup(seconds, {});
  const SteadyMean a = BootstrapSteadyMean(seconds, analysis, {.resamples = 1'000, .seed = 5});
  const SteadyMean b = BootstrapSteadyMean(seconds, analysis, {.resamples = 1'000, .seed = 5});
  const SteadyMean c = BootstrapSteadyMean(seconds, analysis, {.resamples = 1'000, .seed = 6});
  EXPECT_EQ(a.interval.low, b.interval.low);
  EXPECT_EQ(a.interval.high, b.interval.high);
  EXPECT_NE(a.interval.low, c.interval.low);
}

TEST(SliceTest, IsThatOfKalibera) {
  const nlohmann::json cases =
      OracleJson("stats/kalibera_worked_examples.json")["confidence_slice_indices"];
  ASSERT_EQ(cases.size(), 3u);
  for (const nlohmann::json& one : cases) {
    const auto per_mille = static_cast<unsigned>(std::lround(1000 * one["level"].get<double>()));
    const Slice slice = MiddleSlice(one["n"], per_mille);
    EXPECT_EQ(slice.begin, one["lower"]) << one.dump();
    EXPECT_EQ(slice.end, one["upper_exclusive"]) << one.dump();
  }
}

TEST(SliceTest, HoldsTheMiddleForEveryCount) {
  for (size_t count = 1; count < 3'000; ++count) {
    for (const unsigned per_mille : {1u, 500u, 800u, 950u, 990u, 999u}) {
      const Slice slice = MiddleSlice(count, per_mille);
      ASSERT_LT(slice.begin, slice.end);
      ASSERT_LE(slice.end, count);
      ASSERT_EQ(slice.begin, count - slice.end);  // as many below as above
    }
  }
}

}  // namespace
}  // namespace measure
