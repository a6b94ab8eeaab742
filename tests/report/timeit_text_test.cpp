// The words and numbers of `lab timeit`.

#include "report/timeit_text.h"

#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace report {
namespace {

TimeitRow RowOf(std::vector<double> seconds) {
  TimeitRow row{"f(1)", "interp", {}, {}};
  row.series.turns = 5000;
  row.series.seconds = std::move(seconds);
  row.series.first_turn_seconds = 0.0123;
  row.series.compile_seconds = 0.0119;
  row.series.empty_turn_seconds = 1e-9;
  return row;
}

TEST(TimeitTextTest, ShowsThreeDigitsInAFittingUnit) {
  EXPECT_EQ(TurnText(2, TimeUnit::Auto), "2 sec");
  EXPECT_EQ(TurnText(0.0999, TimeUnit::Auto), "99.9 msec");
  EXPECT_EQ(TurnText(1.2345e-6, TimeUnit::Auto), "1.23 usec");
  EXPECT_EQ(TurnText(999.4e-9, TimeUnit::Auto), "999 nsec");
  EXPECT_EQ(TurnText(999.6e-9, TimeUnit::Auto), "1 usec");
  EXPECT_EQ(TurnText(3e-13, TimeUnit::Auto), "0.0003 nsec");
  EXPECT_EQ(TurnText(0.0123, TimeUnit::Microseconds), "12300 usec");
  EXPECT_EQ(TurnText(1e-6, TimeUnit::Seconds), "1e-06 sec");
  EXPECT_EQ(TurnText(123, TimeUnit::Auto), "123 sec");
}

TEST(TimeitTextTest, SpeaksLikePythonsTimeit) {
  EXPECT_EQ(TimeitText(RowOf({3e-6, 2e-6, 4e-6}), TimeUnit::Auto),
            "5000 loops, best of 3: 2 usec per loop\n"
            "first loop: 12.3 msec, of which compiling 11.9 msec\n");
  TimeitRow row = RowOf({0.5});
  row.series.turns = 1;
  EXPECT_EQ(TimeitText(row, TimeUnit::Milliseconds),
            "1 loop, best of 1: 500 msec per loop\n"
            "first loop: 12.3 msec, of which compiling 11.9 msec\n");
}

TEST(TimeitTextTest, ShowsTheDetails) {
  TimeitRow row = RowOf({3e-6, 2e-6});
  row.series.tries = {{1, 1e-6}, {2, 4e-6}};
  EXPECT_EQ(TimeitDetailsText(row, TimeUnit::Auto),
            "1 loop -> 1 usec\n"
            "2 loops -> 4 usec\n"
            "raw times: 15 msec, 10 msec\n"
            "empty loop: 1 nsec per loop\n\n");
}

TEST(TimeitTextTest, WarnsOfWhatMakesATimeWorthless) {
  EXPECT_EQ(TimeitWarnings(RowOf({1e-6, 3e-6}), TimeUnit::Auto), "");

  EXPECT_EQ(TimeitWarnings(RowOf({1e-6, 4e-6}), TimeUnit::Auto),
            "warning: the worst time (4 usec) is more than four times the best (1 usec): something "
            "else is running, or a loop leaves more work for the next\n");

  const std::string empty = TimeitWarnings(RowOf({1.1e-9}), TimeUnit::Auto);
  EXPECT_NE(empty.find("warning: a loop without work takes as long (1 nsec)"), std::string::npos);
  EXPECT_EQ(TimeitWarnings(RowOf({1.3e-9}), TimeUnit::Auto), "");

  TimeitRow removed = RowOf({1e-6});
  removed.series.grows = false;
  EXPECT_NE(TimeitWarnings(removed, TimeUnit::Auto).find("has removed the work"),
            std::string::npos);

  TimeitRow loud = RowOf({1e-6});
  loud.idle_work = {"line 1 is idle"};
  loud.dropped_bytes = 12'345;
  EXPECT_EQ(
      TimeitWarnings(loud, TimeUnit::Auto),
      "warning: line 1 is idle\n"
      "warning: what was printed, 12,345 bytes, is not shown; printing is part of the time\n");
}

TEST(TimeitTextTest, TabulatesStatementsAndEngines) {
  TimeitRow base = RowOf({2e-6, 3e-6});
  TimeitRow other = RowOf({1e-6, 1e-6});
  other.statement = "g(1)\nh(2)";
  measure::Comparison comparison = {};
  comparison.verdict = measure::Verdict::Faster;
  comparison.ratio = 0.5;
  comparison.interval = {0.4, 0.6};
  other.comparison = comparison;
  EXPECT_EQ(TimeitTableText({base, other}, TimeUnit::Auto),
            "statement  loops  best of 2  first loop  ratio [99%]\n"
            "─────────────────────────────────────────────────────────────────────\n"
            "f(1)       5,000     2 usec   12.3 msec  1                     base\n"
            "g(1);h(2)  5,000     1 usec   12.3 msec  0.500 [0.400, 0.600]  faster\n"
            "\nratio: of times, to the base, over 2 rounds in which all took turns\n");
  TimeitRow third = other;
  third.statement = base.statement;
  third.backend = "jit";
  third.comparison->verdict = measure::Verdict::TooFewProcesses;
  third.comparison->interval = {-std::numeric_limits<double>::infinity(),
                                std::numeric_limits<double>::infinity()};
  const std::string text = TimeitTableText({base, other, third}, TimeUnit::Auto);
  EXPECT_NE(text.find("f(1)       jit      5,000     1 usec   12.3 msec  0.500                 too "
                      "few repeats\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("all took turns; the intervals hold together\n"), std::string::npos);
  // Something must tell the rows apart.
  EXPECT_TRUE(TimeitTableText({base, base}, TimeUnit::Auto).starts_with("statement  loops"));
}

TEST(TimeitTextTest, WritesJson) {
  TimeitRow row = RowOf({2e-6, 3e-6});
  measure::Comparison comparison = {};
  comparison.verdict = measure::Verdict::TooFewProcesses;
  comparison.ratio = 1;
  comparison.interval = {-std::numeric_limits<double>::infinity(), 2};
  row.comparison = comparison;
  const nlohmann::json document = nlohmann::json::parse(TimeitJson({RowOf({1e-6}), row}));
  const nlohmann::json& rows = document.at("rows");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_FALSE(rows[0].contains("comparison"));
  EXPECT_EQ(rows[1].at("best_seconds"), 2e-6);
  EXPECT_EQ(rows[1].at("seconds_per_loop").size(), 2u);
  EXPECT_TRUE(rows[1].at("comparison").at("low").is_null());
  EXPECT_EQ(rows[1].at("comparison").at("high"), 2);
}

}  // namespace
}  // namespace report
