// Break-even on curves whose answer is known.

#include "measure/break_even.h"

#include <cmath>

#include <gtest/gtest.h>

namespace measure {
namespace {

constexpr Interval kFaster = {.low = 0.4, .high = 0.6};
constexpr Interval kSlower = {.low = 1.4, .high = 1.6};
constexpr Interval kUnclear = {.low = 0.9, .high = 1.1};

// Three processes that differ a little.
std::vector<ProcessCost> Processes(double startup, std::vector<double> iterations, double steady) {
  std::vector<ProcessCost> processes;
  for (const double factor : {0.999, 1.0, 1.001}) {
    ProcessCost process = {.startup_seconds = startup * factor,
                           .iteration_seconds = iterations,
                           .steady_seconds = steady * factor};
    for (double& seconds : process.iteration_seconds) {
      seconds *= factor;
    }
    processes.push_back(process);
  }
  return processes;
}

std::vector<double> Constant(size_t count, double seconds) {
  return std::vector<double>(count, seconds);
}

TEST(BreakEvenTest, CrossesWithinTheMeasuredRuns) {
  // 0 + 2 k against 10.5 + k.
  const auto a = Processes(0, Constant(20, 2), 2);
  const auto b = Processes(10.5, Constant(20, 1), 1);
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kFaster});
  EXPECT_EQ(found.state, BreakEvenState::Crosses);
  EXPECT_EQ(found.runs, 11);
  EXPECT_EQ(found.first_crossing_runs, 11);
  EXPECT_NEAR(found.seconds, 22, 1e-9);
  EXPECT_TRUE(found.runs_interval.Contains(11));
  EXPECT_LT(found.runs_interval.high, 13);
  EXPECT_LT(found.never_probability, 1e-4);
  EXPECT_TRUE(std::isinf(found.lost_at_runs));
}

TEST(BreakEvenTest, ExtrapolatesWithSteadyMeans) {
  const auto a = Processes(0, Constant(8, 2), 2);
  const auto b = Processes(100.5, Constant(8, 1), 1);
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kFaster});
  EXPECT_EQ(found.state, BreakEvenState::Extrapolated);
  EXPECT_EQ(found.runs, 101);
  EXPECT_NEAR(found.seconds, 202, 1e-9);
  EXPECT_TRUE(found.runs_interval.Contains(101));
}

TEST(BreakEvenTest, ExtrapolatesFarWithoutWalking) {
  const auto a = Processes(0, Constant(8, 1), 1);
  const auto b = Processes(1e6, Constant(8, 0.5), 0.5);
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kFaster});
  EXPECT_EQ(found.runs, 2e6);
}

TEST(BreakEvenTest, LooksAtTheWarmUpOfShortSeries) {
  // The second run compiles.
  const auto a = Processes(0, Constant(8, 2), 2);
  const auto b = Processes(0.5, {1.0, 6.0, 1, 1, 1, 1, 1, 1}, 1);
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kFaster});
  EXPECT_EQ(found.state, BreakEvenState::Crosses);
  // 1.5 <= 2; 7.5 > 4; 8.5 > 6; 9.5 > 8; 10.5 > 10; 11.5 <= 12.
  EXPECT_EQ(found.first_crossing_runs, 1);
  EXPECT_EQ(found.runs, 6);
}

TEST(BreakEvenTest, SaysWhenBIsAheadFromTheStart) {
  const auto a = Processes(1, Constant(8, 2), 2);
  const auto b = Processes(0.5, Constant(8, 1), 1);
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kFaster});
  EXPECT_EQ(found.state, BreakEvenState::AheadFromFirstRun);
  EXPECT_EQ(found.runs, 1);
  EXPECT_EQ(found.runs_interval.low, 1);
  EXPECT_EQ(found.runs_interval.high, 1);
  EXPECT_NEAR(found.seconds, 3, 1e-9);
}

TEST(BreakEvenTest, NeverWhenBStartsAndRunsSlower) {
  const auto a = Processes(0, Constant(8, 2), 2);
  const auto b = Processes(1, Constant(8, 3), 3);
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kSlower});
  EXPECT_EQ(found.state, BreakEvenState::Never);
  EXPECT_TRUE(std::isinf(found.runs));
  EXPECT_GT(found.never_probability, 0.9999);
}

TEST(BreakEvenTest, LosesAgainWhenOnlyTheStartIsFaster) {
  // 10.5 + k against 2 k, seen from the side that starts fast.
  const auto a = Processes(10.5, Constant(8, 1), 1);
  const auto b = Processes(0, Constant(8, 2), 2);
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kSlower});
  EXPECT_EQ(found.state, BreakEvenState::LosesAgain);
  EXPECT_EQ(found.runs, 1);
  EXPECT_EQ(found.lost_at_runs, 11);
}

TEST(BreakEvenTest, UndecidedWhenSteadyRunsCannotBeToldApart) {
  const auto a = Processes(0, Constant(8, 2), 2);
  const auto b = Processes(1, Constant(8, 1.99), 1.99);
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kUnclear});
  EXPECT_EQ(found.state, BreakEvenState::Undecided);
  EXPECT_TRUE(std::isinf(found.runs));
}

TEST(BreakEvenTest, AMeasuredLeadStandsWithoutTheSteadyRuns) {
  // A slow first run of A, nothing between them afterwards.
  const auto a = Processes(0, {9, 1, 1, 1, 1, 1}, 1);
  const auto b = Processes(5.5, {1, 1, 1, 1, 1, 1}, 1);
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kUnclear});
  EXPECT_EQ(found.state, BreakEvenState::AheadFromFirstRun);
}

TEST(BreakEvenTest, PairedRoundsCancelTheSpeedOfTheMachine) {
  std::vector<ProcessCost> a;
  std::vector<ProcessCost> b;
  for (const double speed : {1.0, 1.6, 1.0, 1.6, 1.1}) {
    a.push_back({.startup_seconds = 0,
                 .iteration_seconds = Constant(10, 2 * speed),
                 .steady_seconds = 2 * speed});
    b.push_back({.startup_seconds = 100.5 * speed,
                 .iteration_seconds = Constant(10, 1 * speed),
                 .steady_seconds = 1 * speed});
  }
  const BreakEven paired =
      FindBreakEven(a, b, {.pairing = Pairing::Rounds, .steady_ratio = kFaster});
  EXPECT_EQ(paired.runs, 101);
  EXPECT_GE(paired.runs_interval.low, 100);
  EXPECT_LE(paired.runs_interval.high, 102);
  const BreakEven independent = FindBreakEven(a, b, {.steady_ratio = kFaster});
  EXPECT_EQ(independent.runs, 101);
  EXPECT_GT(independent.runs_interval.high, 200);
}

TEST(BreakEvenTest, OneProcessGivesNoInterval) {
  const ProcessCost a[] = {
      {.startup_seconds = 0, .iteration_seconds = {2, 2, 2}, .steady_seconds = 2}};
  const ProcessCost b[] = {
      {.startup_seconds = 9.5, .iteration_seconds = {1, 1}, .steady_seconds = 1}};
  const BreakEven found = FindBreakEven(a, b, {.steady_ratio = kFaster});
  EXPECT_EQ(found.runs, 10);
  EXPECT_EQ(found.runs_interval.low, 1);
  EXPECT_TRUE(std::isinf(found.runs_interval.high));
  EXPECT_EQ(found.never_probability, 0.5);
  EXPECT_EQ(FindBreakEven(a, b, {}).state, BreakEvenState::Undecided);
}

}  // namespace
}  // namespace measure
