// How a budget becomes processes and iterations.

#include "measure/budget.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

Plan Spend(const Budget& budget, const std::vector<CellCost>& costs, double spent_seconds = 0) {
  Plan plan;
  plan.cells.resize(costs.size());
  SpendBudget(budget, spent_seconds, costs, &plan);
  EXPECT_EQ(plan.sampling.size(), costs.size());
  for (const Sampling& sampling : plan.sampling) {
    EXPECT_GE(sampling.cold, 1U);
    EXPECT_LE(sampling.cold, sampling.iterations);
    EXPECT_GE(sampling.block, 1U);
  }
  return plan;
}

std::vector<CellCost> Costs(uint32_t cells, double start_seconds, double call_seconds) {
  return std::vector<CellCost>(cells, {start_seconds, call_seconds});
}

// What the plan will take.
double Seconds(const Plan& plan, const std::vector<CellCost>& costs) {
  double seconds = 0;
  for (size_t i = 0; i < costs.size(); ++i) {
    const Sampling& sampling = plan.sampling[i];
    seconds += costs[i].start_seconds + (sampling.iterations - 1) *
                                            static_cast<double>(sampling.calls) *
                                            costs[i].call_seconds;
  }
  return seconds * plan.rounds;
}

TEST(BudgetTest, SamplesLastAMillisecond) {
  const auto calls = [](double call_seconds) {
    return Spend({}, Costs(1, 0.01, call_seconds)).sampling[0].calls;
  };
  EXPECT_EQ(calls(0.5), 1U);
  EXPECT_EQ(calls(1e-3), 1U);
  EXPECT_EQ(calls(0.9e-3), 2U);
  EXPECT_EQ(calls(0.3e-3), 5U);
  EXPECT_EQ(calls(0.15e-3), 10U);
  EXPECT_EQ(calls(1e-6), 1000U);
  EXPECT_EQ(calls(30e-9), 50'000U);
}

TEST(BudgetTest, AClockThatStandsStillMakesNoEndlessSample) {
  const Plan plan = Spend({}, Costs(2, 0, 0));
  EXPECT_EQ(plan.sampling[0].calls, 1'000'000U);
  EXPECT_EQ(plan.sampling[0].iterations, kMostIterations);
}

TEST(BudgetTest, RoundsAreWholeDesigns) {
  const auto rounds = [](uint32_t cells) { return Spend({}, Costs(cells, 0.01, 1e-3)).rounds; };
  EXPECT_EQ(rounds(1), 10U);
  EXPECT_EQ(rounds(2), 10U);
  EXPECT_EQ(rounds(3), 12U);
  EXPECT_EQ(rounds(4), 12U);
  EXPECT_EQ(rounds(5), 10U);
  EXPECT_EQ(rounds(7), 14U);
  EXPECT_EQ(rounds(8), 16U);
  EXPECT_EQ(rounds(9), 12U);  // a design of 18 rows is too long
  EXPECT_EQ(rounds(20), 12U);
}

TEST(BudgetTest, TheTimeIsKeptAndShared) {
  const std::vector<CellCost> costs = {{0.02, 0.1}, {0.2, 1e-3}, {0.05, 2e-6}};
  for (const double seconds : {20.0, 40.0, 100.0}) {
    const Plan plan = Spend({.seconds = seconds}, costs);
    EXPECT_LE(Seconds(plan, costs), seconds);
    EXPECT_GE(Seconds(plan, costs), 0.8 * seconds);
    const auto spent_on = [&](size_t i) {
      return plan.sampling[i].iterations * static_cast<double>(plan.sampling[i].calls) *
             costs[i].call_seconds;
    };
    EXPECT_NEAR(spent_on(1) / spent_on(2), 1, 0.1);
    EXPECT_NEAR(spent_on(0) / spent_on(2), 1, 0.5);  // four iterations at least
  }
}

TEST(BudgetTest, WhatTheProbeSpentIsGone) {
  const std::vector<CellCost> costs = Costs(2, 0.01, 1e-3);
  const Plan plan = Spend({.seconds = 20}, costs, 15);
  EXPECT_LE(Seconds(plan, costs), 5);
  EXPECT_GE(Seconds(plan, costs), 4);
  EXPECT_EQ(Spend({.seconds = 20}, costs, 30).rounds, 3U);
}

TEST(BudgetTest, SlowProgramsGetFewerRoundsButThree) {
  EXPECT_EQ(Spend({.seconds = 40}, Costs(2, 0.5, 0.5)).rounds, 10U);
  EXPECT_EQ(Spend({.seconds = 40}, Costs(2, 1, 1)).rounds, 5U);
  const Plan plan = Spend({.seconds = 40}, Costs(2, 60, 60));
  EXPECT_EQ(plan.rounds, 3U);
  EXPECT_EQ(plan.sampling[0].iterations, kFewestIterations);
}

TEST(BudgetTest, WhatIsAskedForIsDone) {
  const Plan both = Spend({.processes = 7, .iterations = 33}, Costs(2, 60, 60));
  EXPECT_EQ(both.rounds, 7U);
  EXPECT_EQ(both.sampling[0].iterations, 33U);
  EXPECT_EQ(both.sampling[0].cold, 8U);
  const Plan processes = Spend({.processes = 2, .seconds = 10}, Costs(1, 0, 1e-3));
  EXPECT_EQ(processes.rounds, 2U);
  EXPECT_EQ(processes.sampling[0].iterations, kMostIterations);
  const Plan single = Spend({.processes = 1, .iterations = 1}, Costs(1, 0, 1e-3));
  EXPECT_EQ(single.sampling[0].iterations, 1U);
  EXPECT_EQ(single.sampling[0].cold, 1U);
}

TEST(BudgetTest, BlocksAreShortAndThereAreSeveral) {
  const Sampling quick = Spend({.iterations = 1000}, Costs(1, 0, 1e-3)).sampling[0];
  EXPECT_EQ(quick.cold, 250U);
  EXPECT_EQ(quick.block, 9U);
  const Sampling few = Spend({.iterations = 40}, Costs(1, 0, 1e-3)).sampling[0];
  EXPECT_EQ(few.block, 3U);
  const Sampling slow = Spend({.iterations = 1000}, Costs(1, 0, 0.1)).sampling[0];
  EXPECT_EQ(slow.block, 1U);
}

TEST(BudgetTest, AllTakeTheSameNumberOfTurns) {
  std::vector<CellCost> costs = Costs(1, 0.02, 0.4e-3);
  costs.push_back({.start_seconds = 0.02, .call_seconds = 9e-3});
  costs.push_back({.start_seconds = 0.02, .call_seconds = 0.1e-3});
  const Plan plan = Spend({.seconds = 40}, costs);
  std::vector<uint32_t> turns;
  for (const Sampling& sampling : plan.sampling) {
    turns.push_back((sampling.iterations - sampling.cold + sampling.block - 1) / sampling.block);
  }
  EXPECT_NEAR(turns[0], turns[1], 0.1 * turns[1]);
  EXPECT_NEAR(turns[2], turns[1], 0.1 * turns[1]);
}

}  // namespace
}  // namespace measure
