// The policy under a virtual clock: over many cost models and all lengths of a program, the total
// is at most twice what a decision in hindsight would have cost.

#include "tiered/policy.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace tiered {
namespace {

constexpr double kNoCore = 0;
constexpr double kSpareCore = 1;

// A program of `n` runs of one loop.
struct CostModel {
  double interpreted;  // seconds a run
  double compiled;
  double compile;    // seconds, as it will be
  double estimated;  // as it is thought to be
};

// Looks before each run, as the interpreter may.
double TotalSeconds(const CostModel& model, double n, double spare) {
  // The first run before which it is compiled: looks are at multiples of a run.
  double runs = 0;
  double low = 0;
  double high = n + 1;
  while (high - low > 0.5) {
    runs = std::floor((low + high) / 2);
    if (ShouldCompile(runs * model.interpreted, model.estimated, spare)) {
      high = runs;
    } else {
      low = runs + 1;
    }
    if (low > high) {
      break;
    }
  }
  const double begin = std::min(std::ceil(high), n);
  if (begin >= n) {
    return n * model.interpreted;
  }
  if (spare == kNoCore) {
    return begin * model.interpreted + model.compile + (n - begin) * model.compiled;
  }
  // It goes on meanwhile; who ends before the code is ready does not wait for it.
  const double meanwhile = std::ceil(model.compile / model.interpreted);
  const double interpreted = std::min(n, begin + meanwhile);
  return interpreted * model.interpreted + (n - interpreted) * model.compiled;
}

double Optimum(const CostModel& model, double n) {
  return std::min(n * model.interpreted, model.compile + n * model.compiled);
}

CostModel Draw(std::mt19937_64& random) {
  const auto draw = [&](double low, double high) {
    return std::exp(std::uniform_real_distribution(std::log(low), std::log(high))(random));
  };
  CostModel model{};
  model.interpreted = draw(1e-9, 1e-3);
  model.compiled = model.interpreted / draw(1, 100);
  model.compile = model.estimated = draw(1e-3, 1);
  return model;
}

void ExpectAtMost(double factor, double error, double spare) {
  std::mt19937_64 random(6);
  for (int i = 0; i < 2000; ++i) {
    CostModel model = Draw(random);
    model.estimated *= error;
    for (double n = 1; n < 1e10; n = std::ceil(n * 1.7)) {
      const double total = TotalSeconds(model, n, spare);
      // A run can not be divided.
      const double most = factor * Optimum(model, n) + model.interpreted;
      ASSERT_LE(total, most * (1 + 1e-9))
          << "n " << n << " interpreted " << model.interpreted << " compiled " << model.compiled
          << " compile " << model.compile;
    }
  }
}

TEST(Policy, CostsAtMostTwiceTheOptimumOnOneCore) { ExpectAtMost(2, 1, kNoCore); }

TEST(Policy, CostsAtMostTwiceTheOptimumWithASpareCore) { ExpectAtMost(2, 1, kSpareCore); }

TEST(Policy, BearsWrongEstimates) {
  ExpectAtMost(3, 2, kNoCore);
  ExpectAtMost(3, 0.5, kNoCore);
  ExpectAtMost(2, 3, kSpareCore);
  ExpectAtMost(2, 0.1, kSpareCore);
}

TEST(Policy, CompilesEarlierWithASpareCore) {
  EXPECT_FALSE(ShouldCompile(2e-3, 5e-3, kNoCore));
  EXPECT_TRUE(ShouldCompile(2e-3, 5e-3, kSpareCore));
  EXPECT_TRUE(ShouldCompile(5e-3, 5e-3, kNoCore));
  EXPECT_FALSE(ShouldCompile(0, 5e-3, kSpareCore));
}

TEST(Policy, KnowsASpareProcessorByWhatTheCompileThreadGets) {
  EXPECT_EQ(SpareOf(1, 1), 0);
  EXPECT_EQ(SpareOf(2, 1), 1);
  EXPECT_EQ(SpareOf(2, 0.95), 1);
  EXPECT_EQ(SpareOf(2, 0.5), 0);
  EXPECT_EQ(SpareOf(64, 0.1), 0);
  EXPECT_GT(SpareOf(2, 0.8), SpareOf(2, 0.6));
  EXPECT_FALSE(ShouldCompile(2e-3, 5e-3, SpareOf(2, 0.6)));
}

TEST(Meter, CountsWhatRunsTake) {
  Meter meter(100);
  const double one = [&] {
    meter.Add(1);
    return meter.spent_seconds();
  }();
  EXPECT_GT(one, 0);
  meter.Add(9);
  EXPECT_DOUBLE_EQ(meter.spent_seconds(), 10 * one);
}

TEST(Meter, TakesTheShorterOfTwoMeasurements) {
  Meter meter(1);
  meter.Measured(1.0);  // something else held it up
  meter.Measured(1e-3);
  Meter other(1);
  other.Measured(1e-3);
  other.Measured(1e-3);
  EXPECT_EQ(other.RunsFor(10), 2);
  meter.Add(10);
  other.Add(10);
  EXPECT_NEAR(other.spent_seconds(), 1e-2, 1e-9);
  EXPECT_NEAR(meter.spent_seconds(), 1e-2, 1e-9);
}

TEST(Meter, LooksSoonAtFirstAndNeverBeyondWhatIsAsked) {
  Meter meter(1);
  int64_t runs = 0;
  int64_t last = 1;
  for (int i = 0; i < 40; ++i) {
    const int64_t next = meter.RunsFor(20e-6);
    EXPECT_LE(next, 2 * last);
    EXPECT_GE(next, 1);
    last = next;
    runs += next;
  }
  EXPECT_GT(last, 100);
  Meter slow(1);
  slow.Measured(1e-3);
  slow.Measured(1e-3);
  for (int i = 0; i < 40; ++i) {
    EXPECT_EQ(slow.RunsFor(20e-6), 1);
  }
}

TEST(CompileCost, LearnsAndForgetsTheStart) {
  CompileCost cost;
  const double cold = cost.Estimate(100);
  cost.Started();
  const double warm = cost.Estimate(100);
  EXPECT_LT(warm, cold);
  EXPECT_LT(warm, cost.Estimate(1000));
  for (int i = 0; i < 20; ++i) {
    cost.Took(100, 0.1);
  }
  EXPECT_NEAR(cost.Estimate(100), 0.1, 0.02);
}

}  // namespace
}  // namespace tiered
