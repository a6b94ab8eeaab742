// The tables below the warm-up table, exactly.

#include "report/warmup_causes.h"

#include <gtest/gtest.h>

namespace report {
namespace {

using runtime::EventKind;

measure::PlacedEvent At(EventKind kind, uint32_t iteration, double into, double lasts = 0) {
  measure::PlacedEvent placed{iteration, into};
  placed.event.kind = kind;
  placed.event.lasts_seconds = lasts;
  placed.event.function = "sieve";
  placed.event.phase = kind == EventKind::Phase ? "lower" : "";
  return placed;
}

// 10 ms at first, then ten runs of 4 ms, then 1 ms, and 2 ms from run 41 to 50 for no known reason.
WarmupSeries Example() {
  std::vector<double> seconds{0.010};
  for (int i = 1; i < 90; ++i) {
    const double level = i < 11 ? 0.004 : i >= 40 && i < 50 ? 0.002 : 0.001;
    seconds.push_back(level + 1e-6 * (i % 3));
  }
  WarmupSeries series{"sieve on tiered", 1, seconds,
                      measure::AnalyseWarmup(seconds, {.first = measure::FirstIteration::Apart})};
  series.calls.assign(seconds.size(), 1);
  series.events = {At(EventKind::Phase, 3, 0, 0.0005), At(EventKind::Entered, 11, 0)};
  return series;
}

TEST(WarmupCausesTest, NamesWhatChangedTheLevel) {
  EXPECT_EQ(LevelChangesTable({Example()}),
            "change of level  process  at run     from       to  because\n"
            "──────────────────────────────────────────────────────────────────────────────"
            "──────────\n"
            "sieve on tiered        1       2  10.0 ms  4.00 ms  the first run of the process is "
            "over\n"
            "                              12  4.00 ms  1.00 ms  machine code of sieve was "
            "entered\n"
            "                              41  1.00 ms  2.00 ms  unexplained\n"
            "                              51  2.00 ms  1.00 ms  unexplained\n");
}

TEST(WarmupCausesTest, PartsOfTheCostSumUp) {
  const WarmupSeries series = Example();
  const auto cost = CostOf(series);
  ASSERT_TRUE(cost.has_value());
  EXPECT_NEAR(cost->total, 0.009 + 10 * 0.003 + 10 * 0.001, 1e-4);
  EXPECT_NEAR(cost->interpreting, 0.009 + 10 * 0.003 - 0.0005, 1e-4);
  EXPECT_NEAR(cost->compiling, 0.0005, 1e-9);
  EXPECT_NEAR(cost->interpreting + cost->beside + cost->compiling + cost->waiting + cost->residual,
              cost->total, 1e-12);
  const std::string table = WarmupCostTable({series});
  EXPECT_NE(table.find("sieve on tiered        1       38.5 ms     500 µs   10.0 ms  49.0 ms"),
            std::string::npos)
      << table;
}

// Nothing is said of engines that tell nothing, and all is unexplained where nothing happened.
TEST(WarmupCausesTest, KnowsWhatItDoesNotKnow) {
  WarmupSeries series = Example();
  series.events.reset();
  EXPECT_EQ(LevelChangesTable({series}), "");
  EXPECT_EQ(WarmupCostTable({series}), "");
  Json json;
  PutCauses(series, &json);
  EXPECT_TRUE(json["changes"].is_null());
  EXPECT_TRUE(json["cost"].is_null());
  series.events.emplace();
  PutCauses(series, &json);
  EXPECT_EQ(json["changes"][1]["cause"], "unexplained");
  EXPECT_EQ(json["cost"]["residual"], json["cost"]["total"]);
}

}  // namespace
}  // namespace report
