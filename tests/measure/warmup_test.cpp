// Both rules on series that were made for the purpose: each class, the steady part, short series,
// the scale of a series, and the errors of warmup_stats, which only its own rule repeats. Published
// executions are in published_test.cpp.

#include "measure/warmup.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "measure/quantile.h"
#include "measure/random.h"
#include "tests/measure/oracle.h"

namespace measure {
namespace {

constexpr WarmupOptions kReference = {.rule = WarmupRule::WarmupStats};

struct Phase {
  size_t count;
  double seconds;
};

// The phases one after the other, with noise of 0.2%.
std::vector<double> Phases(std::initializer_list<Phase> phases, uint64_t seed = 1) {
  Random random(seed);
  std::vector<double> seconds;
  for (const Phase& phase : phases) {
    for (size_t i = 0; i < phase.count; ++i) {
      seconds.push_back(phase.seconds * (1 + 0.002 * random.Normal()));
    }
  }
  return seconds;
}

TEST(WarmupTest, EachClassHasItsShape) {
  const auto class_of = [](std::initializer_list<Phase> phases) {
    return AnalyseWarmup(Phases(phases), {}).warmup_class;
  };
  EXPECT_EQ(class_of({{400, 0.05}}), WarmupClass::Flat);
  EXPECT_EQ(class_of({{200, 0.05}, {200, 0.0503}}), WarmupClass::Flat);
  EXPECT_EQ(class_of({{50, 0.07}, {350, 0.05}}), WarmupClass::Warmup);
  EXPECT_EQ(class_of({{50, 0.04}, {350, 0.05}}), WarmupClass::Slowdown);
  EXPECT_EQ(class_of({{50, 0.07}, {50, 0.04}, {300, 0.05}}), WarmupClass::Slowdown);
  EXPECT_EQ(class_of({{50, 0.07}, {280, 0.05}, {70, 0.06}}), WarmupClass::NoSteadyState);
  EXPECT_EQ(class_of({{310, 0.06}, {90, 0.05}}), WarmupClass::NoSteadyState);
}

TEST(WarmupTest, TheSteadyPartIsWhatFollowsTheWarmUp) {
  const std::vector<double> seconds = Phases({{30, 0.2}, {70, 0.1}, {300, 0.05}});
  const WarmupAnalysis analysis = AnalyseWarmup(seconds, {});
  ASSERT_EQ(analysis.warmup_class, WarmupClass::Warmup);
  ASSERT_EQ(analysis.segments.size(), 3u);
  ASSERT_TRUE(analysis.steady.has_value());
  const SteadyPart& steady = *analysis.steady;
  const std::span<const double> before(seconds.data(), 100);
  const std::span<const double> after(seconds.data() + 100, 300);
  EXPECT_EQ(steady.from, 100u);
  EXPECT_EQ(steady.count, 300u);
  EXPECT_NEAR(steady.seconds_before, 100 * Mean(before), 1e-12);
  EXPECT_DOUBLE_EQ(steady.mean, Mean(after));
  EXPECT_DOUBLE_EQ(steady.variance, SampleVariance(after));
}

TEST(WarmupTest, EquivalentSegmentsBeforeTheLastAreSteadyToo) {
  const WarmupAnalysis analysis =
      AnalyseWarmup(Phases({{40, 0.0502}, {60, 0.07}, {150, 0.0503}, {150, 0.05}}), {});
  ASSERT_EQ(analysis.warmup_class, WarmupClass::Warmup);
  ASSERT_EQ(analysis.steady->ranges.size(), 2u);
  EXPECT_EQ(analysis.steady->from, 100u);
  EXPECT_EQ(analysis.steady->ranges[1].end, 400u);
}

TEST(WarmupTest, OutliersAreNotOfTheSeriesButOfItsIndices) {
  std::vector<double> seconds = Phases({{100, 0.1}, {300, 0.05}});
  seconds[60] = 3;
  seconds[100] = 3;
  seconds[399] = 3;
  const WarmupAnalysis analysis = AnalyseWarmup(seconds, {});
  EXPECT_EQ(analysis.outliers, (std::vector<size_t>{60, 100, 399}));
  ASSERT_EQ(analysis.segments.size(), 2u);
  EXPECT_EQ(analysis.segments[0].begin, 0u);
  EXPECT_EQ(analysis.segments[0].end, 100u);
  EXPECT_EQ(analysis.segments[1].begin, 100u);
  EXPECT_EQ(analysis.segments[1].end, 400u);
  EXPECT_NEAR(analysis.segments[0].mean, 0.1, 1e-3);
  EXPECT_EQ(analysis.steady->count, 298u);
  EXPECT_NEAR(analysis.steady->mean, 0.05, 1e-3);
  EXPECT_NEAR(analysis.steady->seconds_before, 13, 0.1) << "outliers take time as well";
}

TEST(WarmupTest, SegmentsTileTheSeries) {
  Random random(2);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> seconds;
    double level = 1;
    for (size_t i = 1 + random.Below(200); i > 0; --i) {
      level = random.Below(30) == 0 ? 1 + random.Uniform() : level;
      seconds.push_back(random.Below(25) == 0 ? 50 : level * (1 + 0.01 * random.Normal()));
    }
    for (const WarmupOptions& options : {WarmupOptions{}, kReference}) {
      const WarmupAnalysis analysis = AnalyseWarmup(seconds, options);
      size_t begin = 0;
      for (const Segment& segment : analysis.segments) {
        EXPECT_EQ(segment.begin, begin);
        begin = segment.end;
      }
      EXPECT_EQ(begin, seconds.size());
    }
  }
}

// The unit must not matter: with a fixed 1 ms a program of microseconds is always flat.
TEST(WarmupTest, TheRuleOfTheLabHasNoScale) {
  const std::vector<double> base = Phases({{50, 1.0}, {350, 0.8}});
  for (const double scale : {1e-5, 1e-3, 1.0, 100.0}) {
    std::vector<double> seconds = base;
    for (double& value : seconds) {
      value *= scale;
    }
    const WarmupAnalysis analysis = AnalyseWarmup(seconds, {});
    EXPECT_EQ(analysis.warmup_class, WarmupClass::Warmup) << scale;
    EXPECT_EQ(analysis.steady->from, 50u) << scale;
  }
  const std::vector<double> microseconds = OracleSeries("synthetic/s11_microseconds.txt");
  EXPECT_EQ(AnalyseWarmup(microseconds, kReference).warmup_class, WarmupClass::Flat);
  const WarmupAnalysis analysis = AnalyseWarmup(microseconds, {});
  EXPECT_EQ(analysis.warmup_class, WarmupClass::Warmup) << analysis.rule;
}

TEST(WarmupTest, DifferencesBelowTheClockAreNone) {
  std::vector<double> seconds = Phases({{50, 2e-7}, {350, 1.5e-7}});
  WarmupOptions options;
  EXPECT_EQ(AnalyseWarmup(seconds, options).warmup_class, WarmupClass::Flat);
  options.timer_floor_seconds = 1e-8;
  EXPECT_EQ(AnalyseWarmup(seconds, options).warmup_class, WarmupClass::Warmup);
}

TEST(WarmupTest, ASlowFirstIterationIsWarmUpInAShortSeries) {
  for (const size_t count : {5u, 10u, 20u, 30u}) {
    const WarmupAnalysis analysis = AnalyseWarmup(Phases({{1, 0.15}, {count - 1, 0.05}}), {});
    EXPECT_EQ(analysis.warmup_class, WarmupClass::Warmup) << count;
    EXPECT_EQ(analysis.steady->from, 2u) << "segments have two iterations at least";
    EXPECT_NEAR(analysis.steady->mean, 0.05, 0.001);
  }
}

TEST(WarmupTest, OneSpikeInAShortSeriesIsNoChange) {
  for (const size_t spike : {1u, 5u, 17u, 29u}) {
    std::vector<double> seconds = Phases({{30, 0.05}});
    seconds[spike] = 0.2;
    const WarmupAnalysis analysis = AnalyseWarmup(seconds, {});
    EXPECT_EQ(analysis.outliers, std::vector<size_t>{spike});
    EXPECT_EQ(analysis.warmup_class, WarmupClass::Flat);
  }
}

TEST(WarmupTest, FlatNoiseIsFlatAtAnyLength) {
  for (size_t count = kMinIterations; count <= 40; ++count) {
    for (uint64_t seed = 0; seed < 50; ++seed) {
      const WarmupAnalysis analysis = AnalyseWarmup(Phases({{count, 0.05}}, seed), {});
      EXPECT_EQ(analysis.warmup_class, WarmupClass::Flat) << count << " " << seed;
    }
  }
}

TEST(WarmupTest, TooFewIterationsHaveNoClass) {
  for (const size_t count : {1u, 2u, 3u}) {
    const WarmupAnalysis analysis = AnalyseWarmup(std::vector<double>(count, 0.05), {});
    EXPECT_FALSE(analysis.warmup_class.has_value());
    EXPECT_FALSE(analysis.steady.has_value());
    EXPECT_EQ(analysis.segments.size(), 1u);
    EXPECT_EQ(analysis.detectable_seconds, std::numeric_limits<double>::infinity());
    EXPECT_EQ(analysis.rule, "too short: fewer than 4 iterations show no change");
  }
  EXPECT_TRUE(AnalyseWarmup({}, {}).segments.empty());
  EXPECT_FALSE(AnalyseWarmup({}, kReference).warmup_class.has_value());
}

// A change well above the stated limit is found, one well below is not.
TEST(WarmupTest, TheDetectableChangeIsDetectable) {
  for (const size_t half : {3u, 5u, 10u, 100u}) {
    const double limit = AnalyseWarmup(Phases({{2 * half, 1}}), {}).detectable_seconds;
    EXPECT_GT(limit, 0);
    EXPECT_EQ(AnalyseWarmup(Phases({{half, 1 + 2 * limit}, {half, 1}}), {}).segments.size(), 2u);
    EXPECT_EQ(AnalyseWarmup(Phases({{half, 1 + 0.5 * limit}, {half, 1}}), {}).segments.size(), 1u);
  }
}

TEST(WarmupTest, TheRuleNamesItsNumbers) {
  EXPECT_EQ(AnalyseWarmup(std::vector<double>(8, 0.05), {}).rule,
            "as steady as the last segment within 0.0005 s (1% of its mean) and chance, over the "
            "last 25% of the iterations");
  EXPECT_EQ(AnalyseWarmup(std::vector<double>(8, 1e-6), {}).rule,
            "as steady as the last segment within 1e-07 s (what the clock can tell) and chance, "
            "over the last 25% of the iterations");
  EXPECT_EQ(AnalyseWarmup(std::vector<double>(8, 0.05), kReference).rule,
            "warmup_stats: as steady as the last segment within the larger of its variance and "
            "0.001 s, over the last 25% of the iterations");
}

// warmup_stats adds up the iterations before the last one of the warm-up, and begins the steady
// part there.
TEST(ReferenceErrorsTest, TheSteadyPartBeginsOneEarly) {
  const std::vector<double> seconds = Phases({{100, 0.1}, {300, 0.05}});
  const WarmupAnalysis lab = AnalyseWarmup(seconds, {});
  const WarmupAnalysis reference = AnalyseWarmup(seconds, kReference);
  ASSERT_TRUE(lab.steady.has_value() && reference.steady.has_value());
  EXPECT_EQ(lab.steady->from, 100u);
  EXPECT_EQ(reference.steady->from, 100u);
  EXPECT_EQ(lab.steady->ranges[0].begin, 100u);
  EXPECT_EQ(reference.steady->ranges[0].begin, 99u);
  EXPECT_EQ(reference.steady->count, 301u);
  EXPECT_GT(reference.steady->mean, lab.steady->mean + 1e-4);
  EXPECT_NEAR(lab.steady->seconds_before - reference.steady->seconds_before, seconds[99], 1e-12);
}

TEST(ReferenceErrorsTest, ASegmentMayReachIntoTheSteadyShare) {
  for (const size_t length : {1499u, 1500u, 1501u, 1502u}) {
    const std::vector<double> seconds =
        OracleSeries("synthetic/s06_boundary_len" + std::to_string(length) + ".txt");
    EXPECT_EQ(AnalyseWarmup(seconds, {}).warmup_class,
              length <= 1500 ? WarmupClass::Warmup : WarmupClass::NoSteadyState);
    EXPECT_EQ(AnalyseWarmup(seconds, kReference).warmup_class,
              length <= 1501 ? WarmupClass::Warmup : WarmupClass::NoSteadyState);
  }
}

TEST(ReferenceErrorsTest, OneSegmentEndsWithTheSeries) {
  std::vector<double> seconds = Phases({{400, 0.05}});
  seconds[399] = 3;
  for (const WarmupOptions& options : {WarmupOptions{}, kReference}) {
    const WarmupAnalysis analysis = AnalyseWarmup(seconds, options);
    ASSERT_EQ(analysis.segments.size(), 1u);
    EXPECT_EQ(analysis.segments[0].end, 400u);
    EXPECT_EQ(analysis.steady->from, 0u);
    EXPECT_EQ(analysis.steady->seconds_before, 0);
    EXPECT_EQ(analysis.steady->count, 399u);
  }
}

// warmup_stats classifies with one delta and summarises with another.
TEST(ReferenceErrorsTest, TheSteadyPartIsFoundWithTheDeltaOfTheClass) {
  const std::vector<double> seconds = Phases({{200, 0.12}, {200, 0.1}});
  WarmupOptions options = kReference;
  EXPECT_EQ(AnalyseWarmup(seconds, options).steady->from, 200u);
  options.delta_seconds = 0.05;
  EXPECT_EQ(AnalyseWarmup(seconds, options).warmup_class, WarmupClass::Flat);
  EXPECT_EQ(AnalyseWarmup(seconds, options).steady->from, 0u);
}

TEST(SummaryTest, CountsAndJudges) {
  using enum WarmupClass;
  const auto consistency = [](std::vector<WarmupClass> classes) {
    return Summarise(classes).consistency;
  };
  EXPECT_EQ(consistency({}), Consistency::Consistent);
  EXPECT_EQ(consistency({Slowdown, Slowdown}), Consistency::Consistent);
  EXPECT_EQ(consistency({Flat, Warmup, Flat}), Consistency::GoodInconsistent);
  EXPECT_EQ(consistency({Flat, Slowdown}), Consistency::BadInconsistent);
  EXPECT_EQ(consistency({Warmup, NoSteadyState, Flat}), Consistency::BadInconsistent);
  const WarmupSummary summary = Summarise(std::vector{Slowdown, Warmup, Slowdown});
  EXPECT_EQ(summary.Count(Flat), 0u);
  EXPECT_EQ(summary.Count(Warmup), 1u);
  EXPECT_EQ(summary.Count(Slowdown), 2u);
}

TEST(SummaryTest, Names) {
  EXPECT_EQ(Name(WarmupClass::Flat), "flat");
  EXPECT_EQ(Name(WarmupClass::Warmup), "warmup");
  EXPECT_EQ(Name(WarmupClass::Slowdown), "slowdown");
  EXPECT_EQ(Name(WarmupClass::NoSteadyState), "no steady state");
  EXPECT_EQ(Name(Consistency::Consistent), "consistent");
  EXPECT_EQ(Name(Consistency::GoodInconsistent), "good inconsistent");
  EXPECT_EQ(Name(Consistency::BadInconsistent), "bad inconsistent");
}

}  // namespace
}  // namespace measure
