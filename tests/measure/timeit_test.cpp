// The method of `lab timeit`, on loops whose times are scripted.

#include "measure/timeit.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

// A loop whose turns take `turn_seconds` each, and the loop itself `fixed_seconds`.
RunTurns Loop(double turn_seconds, double fixed_seconds = 0) {
  return [=](uint64_t turns, double* seconds) {
    *seconds = fixed_seconds + turn_seconds * static_cast<double>(turns);
    return true;
  };
}

std::vector<uint64_t> TurnsOf(const std::vector<LoopTime>& tries) {
  std::vector<uint64_t> turns;
  for (const LoopTime& time : tries) {
    turns.push_back(time.turns);
  }
  return turns;
}

TEST(FindTurnsTest, TriesOneTwoFive) {
  EXPECT_EQ(TurnsOf(FindTurns(Loop(1), 0.2)), (std::vector<uint64_t>{1}));
  EXPECT_EQ(TurnsOf(FindTurns(Loop(0.011), 0.2)), (std::vector<uint64_t>{1, 2, 5, 10, 20}));
  EXPECT_EQ(FindTurns(Loop(0.001), 0.2).back().turns, 200u);
  EXPECT_EQ(FindTurns(Loop(1e-9), 0.2).back().turns, 200'000'000u);
}

TEST(FindTurnsTest, EndsWhenNothingTakesTime) {
  EXPECT_EQ(FindTurns(Loop(0), 0.2).back().turns, 1'000'000'000'000u);
}

TEST(FindTurnsTest, EndsWhenARunFails) {
  int runs = 0;
  const auto failing = [&](uint64_t, double*) { return ++runs < 3; };
  EXPECT_TRUE(FindTurns(failing, 0.2).empty());
  EXPECT_EQ(runs, 3);
}

TEST(GrowsTest, TellsWorkFromItsAbsence) {
  const auto grows = [](const RunTurns& run) { return Grows(run, FindTurns(run, 0.2)); };
  EXPECT_EQ(grows(Loop(1e-3)), true);
  EXPECT_EQ(grows(Loop(0)), false);
  EXPECT_EQ(grows(Loop(0, 1)), false);
  // One turn is enough, so that there is nothing to compare it with.
  EXPECT_EQ(grows(Loop(1)), true);
}

TEST(GrowsTest, LooksAgainWhenAnEngineHasBecomeFaster) {
  int runs = 0;
  const RunTurns warming = [&](uint64_t turns, double* seconds) {
    *seconds = static_cast<double>(turns) * (++runs < 3 ? 0.1 : 0.04);
    return true;
  };
  EXPECT_EQ(Grows(warming, FindTurns(warming, 0.2)), true);
  EXPECT_EQ(runs, 2);  // 2 turns took 0.2 s
  runs = 0;
  const std::vector<LoopTime> tries = {{1, 0.19}, {2, 0.2}};
  EXPECT_EQ(Grows(warming, tries), true);
  EXPECT_EQ(runs, 2);
  const auto failing = [](uint64_t, double*) { return false; };
  EXPECT_EQ(Grows(failing, tries), std::nullopt);
}

TEST(TimeitSeriesTest, JudgesItself) {
  TimeitSeries series;
  series.seconds = {2e-9, 7.9e-9};
  series.empty_turn_seconds = 1e-9;
  EXPECT_FALSE(series.IsUnsteady());
  EXPECT_FALSE(series.IsEmpty());
  series.seconds.push_back(8e-9);
  EXPECT_TRUE(series.IsUnsteady());
  series.empty_turn_seconds = 1.9e-9;
  EXPECT_TRUE(series.IsEmpty());
}

TEST(TimeitSeriesTest, AlternatesTheOrder) {
  EXPECT_EQ(OrderOfRound(3, 0), (std::vector<size_t>{0, 1, 2}));
  EXPECT_EQ(OrderOfRound(3, 1), (std::vector<size_t>{2, 1, 0}));
  EXPECT_EQ(OrderOfRound(3, 2), (std::vector<size_t>{0, 1, 2}));
}

TEST(TimeitSeriesTest, ComparesWhatRanInTheSameRound) {
  TimeitSeries base;
  TimeitSeries other;
  TimeitSeries same;
  for (int round = 0; round < 15; ++round) {
    const double drift = 1 + 0.2 * round;  // meets all alike
    const double noise = 1 + 0.002 * (round * 7 % 5 - 2);
    base.seconds.push_back(drift);
    other.seconds.push_back(drift * 0.95 * noise);
    same.seconds.push_back(drift * noise);
  }
  const Comparison faster = CompareSeries(base, other, 2);
  EXPECT_EQ(faster.verdict, Verdict::Faster);
  EXPECT_NEAR(faster.ratio, 0.95, 0.002);
  EXPECT_EQ(CompareSeries(base, same, 2).verdict, Verdict::CannotTell);
  base.seconds.resize(4);
  EXPECT_EQ(CompareSeries(base, other, 1).verdict, Verdict::TooFewProcesses);
}

}  // namespace
}  // namespace measure
