// Intervals and numbers of runs in sentences.

#include "report/interval_text.h"

#include <limits>

#include <gtest/gtest.h>

namespace report {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(IntervalTextTest, NamesBothEnds) {
  EXPECT_EQ(DurationsText({33.9e-9, 34.3e-9}), "33.9 ns to 34.3 ns");
  EXPECT_EQ(RatiosText({0.98, 1.03}), "0.980 to 1.03");
  EXPECT_EQ(DurationsText(measure::kUnbounded), "");
  EXPECT_EQ(RatiosText(measure::kUnbounded), "");
}

TEST(IntervalTextTest, CountsRunsUpwards) {
  EXPECT_EQ(RunsText(1), "1");
  EXPECT_EQ(RunsText(11.2), "12");
  EXPECT_EQ(RunsText(999.0), "999");
  EXPECT_EQ(RunsText(1234567), "1,234,567");
  EXPECT_EQ(RunsText(2.3e9), "2.3e+09");
  EXPECT_EQ(RunsText(kInfinite), "infinitely many");
}

TEST(IntervalTextTest, KnowsOpenAndEmptyRanges) {
  EXPECT_EQ(RunsText({10, 15}), "10 to 15");
  EXPECT_EQ(RunsText({3, 3}), "3");
  EXPECT_EQ(RunsText({10, kInfinite}), "at least 10");
  EXPECT_EQ(RunsText(measure::kUnbounded), "");
}

TEST(IntervalTextTest, TellsEveryStateOfBreakEven) {
  measure::BreakEven break_even{};
  const auto text = [&](measure::BreakEvenState state, double runs) {
    break_even.state = state;
    break_even.runs = runs;
    return BreakEvenText(break_even);
  };
  using measure::BreakEvenState;
  EXPECT_EQ(text(BreakEvenState::AheadFromFirstRun, 1), "from the first run");
  EXPECT_EQ(text(BreakEvenState::Crosses, 12), "12 runs");
  EXPECT_EQ(text(BreakEvenState::Crosses, 1), "1 run");
  EXPECT_EQ(text(BreakEvenState::Extrapolated, 12000), "~12,000 runs");
  EXPECT_EQ(text(BreakEvenState::LosesAgain, 3), "3 runs");
  EXPECT_EQ(text(BreakEvenState::Never, kInfinite), "never");
  EXPECT_EQ(text(BreakEvenState::Undecided, kInfinite), "undecided");
}

TEST(IntervalTextTest, CountsBytes) {
  EXPECT_EQ(BytesText(12'345'678), "12.3 MB");
  EXPECT_EQ(BytesText(4'096), "4 kB");
}

}  // namespace
}  // namespace report
