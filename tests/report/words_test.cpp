// The words and numbers for verdicts, ratios, warm-up and break-even.

#include "report/words.h"

#include <limits>

#include <gtest/gtest.h>

namespace report {
namespace {

using measure::BreakEven;
using measure::BreakEvenState;
using measure::Comparison;
using measure::Interval;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(WordsTest, Verdicts) {
  EXPECT_EQ(VerdictText(measure::Verdict::Faster), "faster");
  EXPECT_EQ(VerdictText(measure::Verdict::Slower), "slower");
  EXPECT_EQ(VerdictText(measure::Verdict::CannotTell), "cannot tell apart");
  EXPECT_EQ(VerdictText(measure::Verdict::TooFewProcesses), "too few processes");
}

std::string Ratio(double ratio, Interval interval) {
  Comparison comparison{};
  comparison.ratio = ratio;
  comparison.interval = interval;
  return RatioIntervalText(comparison);
}

TEST(WordsTest, Ratios) {
  EXPECT_EQ(Ratio(0.0315, {0.0312, 0.0321}), "0.032 [0.031, 0.032]");
  EXPECT_EQ(Ratio(0.853, {0.85, 0.857}), "0.853 [0.850, 0.857]");
  EXPECT_EQ(Ratio(1.0012, {0.9991, 1.0049}), "1.001 [0.999, 1.005]");
  EXPECT_EQ(Ratio(1.0003, {1.0002, 1.0004}), "1.0003 [1.0002, 1.0004]");
  EXPECT_EQ(Ratio(0.99993, {0.9999, 0.99996}), "0.99993 [0.99990, 0.99996]");
  EXPECT_EQ(Ratio(1.0003, {0.9999, 1.0007}), "1.000 [1.000, 1.001]");
  EXPECT_EQ(Ratio(1.2, {1.1, 1.3}), "1.20 [1.10, 1.30]");
  EXPECT_EQ(Ratio(31.4159, {30, 33.33}), "31.4 [30.0, 33.3]");
  EXPECT_EQ(Ratio(1.2, measure::kUnbounded), "1.20");
  EXPECT_EQ(Ratio(std::numeric_limits<double>::quiet_NaN(), measure::kUnbounded), "");
}

TEST(WordsTest, HalfWidths) {
  EXPECT_EQ(PlusMinusText(2, {1.992, 2.008}), "±0.4 %");
  EXPECT_EQ(PlusMinusText(2, {1.5, 2.5}), "±25 %");
  EXPECT_EQ(PlusMinusText(2, {1.8005, 2.1995}), "±10 %");
  EXPECT_EQ(PlusMinusText(2, measure::kUnbounded), "");
}

TEST(WordsTest, WarmUp) {
  measure::CellSummary cell;
  EXPECT_EQ(WarmupText(cell), "");
  cell.warmup = measure::WarmupSummary{measure::Consistency::Consistent, {0, 16, 0, 0}};
  EXPECT_EQ(WarmupText(cell), "warmup 16/16");
  cell.warmup = measure::WarmupSummary{measure::Consistency::BadInconsistent, {10, 3, 2, 1}};
  EXPECT_EQ(WarmupText(cell), "flat 10, warmup 3, slowdown 2, no steady state 1");
}

BreakEven Even(BreakEvenState state, double runs, Interval interval) {
  BreakEven even{};
  even.state = state;
  even.runs = runs;
  even.runs_interval = interval;
  even.seconds = 0.5;
  even.seconds_interval = {0.25, 1};
  even.lost_at_runs = kInfinity;
  return even;
}

TEST(WordsTest, BreakEvenInRuns) {
  EXPECT_EQ(BreakEvenRunsText(Even(BreakEvenState::AheadFromFirstRun, 1, {1, 1})),
            "1, ahead from the first run");
  EXPECT_EQ(BreakEvenRunsText(Even(BreakEvenState::Crosses, 24, {23, 25})), "24 [23, 25]");
  EXPECT_EQ(BreakEvenRunsText(Even(BreakEvenState::Extrapolated, 310, {290, kInfinity})),
            "310 [290, never], extrapolated");
  EXPECT_EQ(BreakEvenRunsText(Even(BreakEvenState::Extrapolated, 12345678, {999999, 2e9})),
            "1.2e+07 [999999, 2e+09], extrapolated");
  BreakEven lost = Even(BreakEvenState::LosesAgain, 3, {2, 4});
  lost.lost_at_runs = 90;
  EXPECT_EQ(BreakEvenRunsText(lost), "3 [2, 4], behind again from run 90");
  EXPECT_EQ(BreakEvenRunsText(Even(BreakEvenState::Never, kInfinity, measure::kUnbounded)),
            "never");
  EXPECT_EQ(BreakEvenRunsText(Even(BreakEvenState::Undecided, kInfinity, measure::kUnbounded)),
            "undecided");
}

TEST(WordsTest, BreakEvenInSeconds) {
  EXPECT_EQ(BreakEvenSecondsText(Even(BreakEvenState::Crosses, 24, {23, 25})),
            "500 ms [250 ms, 1.00 s]");
  BreakEven open = Even(BreakEvenState::Extrapolated, 310, {290, kInfinity});
  open.seconds_interval.high = kInfinity;
  EXPECT_EQ(BreakEvenSecondsText(open), "500 ms [250 ms, never]");
  EXPECT_EQ(BreakEvenSecondsText(Even(BreakEvenState::Never, kInfinity, measure::kUnbounded)), "");
  EXPECT_EQ(BreakEvenSecondsText(Even(BreakEvenState::Undecided, kInfinity, measure::kUnbounded)),
            "");
}

}  // namespace
}  // namespace report
