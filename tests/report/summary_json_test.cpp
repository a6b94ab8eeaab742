// The summary as JSON: every number of the table, and what JSON has no word for.

#include "report/summary_json.h"

#include <limits>

#include <gtest/gtest.h>

#include "report/json_fields.h"
#include "tests/report/sample.h"

namespace report {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(SummaryJsonTest, SaysWhichNumberIsNotFinite) {
  Json json;
  PutNumber(&json, "a", 1.5);
  PutNumber(&json, "b", kInfinite);
  PutNumber(&json, "c", -kInfinite);
  PutNumber(&json, "d", std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(json.dump(), R"({"a":1.5,"b":null,"b_is":"infinite","c":null,"c_is":"-infinite",)"
                         R"("d":null,"d_is":"not a number"})");
  EXPECT_EQ(IntervalJson({2, kInfinite}).dump(), R"({"low":2.0,"high":null,"high_is":"infinite"})");
}

TEST(SummaryJsonTest, ShortensToSixDigits) {
  EXPECT_EQ(Shortened(1.23456789e-6), 1.23457e-6);
  EXPECT_EQ(Shortened(0), 0);
}

TEST(SummaryJsonTest, HoldsTheTable) {
  const measure::Summary& summary = SampleSummary();
  const std::string text = SummaryJson(SampleResults(), summary);
  EXPECT_EQ(text, SummaryJson(SampleResults(), summary));
  EXPECT_TRUE(text.ends_with("}\n"));
  const Json json = Json::parse(text);
  EXPECT_EQ(json.at("lab_summary"), kSummarySchema);
  EXPECT_EQ(json.at("rounds"), 6);
  ASSERT_EQ(json.at("cells").size(), summary.cells.size());
  ASSERT_EQ(json.at("engines").size(), summary.engines.size());
  ASSERT_EQ(json.at("variants").size(), 3U);
  const Json& cell = json.at("cells")[0];
  EXPECT_EQ(cell.at("text"), "raw(n=100)");
  EXPECT_EQ(cell.at("engine"), "interp");
  EXPECT_EQ(cell.at("parameters")[0].at("value"), "100");
  EXPECT_EQ(cell.at("steady_seconds"), summary.cells[0].steady_seconds);
  EXPECT_EQ(cell.at("steady_interval").at("high"), summary.cells[0].steady_interval.high);
  EXPECT_EQ(cell.at("phases")[0].at("phase"), "infer");
  EXPECT_EQ(cell.at("before")[0].at("phase"), "lex");
  EXPECT_EQ(cell.at("tiers"), "tree, fused");
  const Json& pair = json.at("engines")[1];
  EXPECT_EQ(pair.at("base"), 0);
  EXPECT_EQ(pair.at("other"), 2);
  EXPECT_EQ(pair.at("verdict"), "faster");
  EXPECT_EQ(pair.at("witness"), "student");
  EXPECT_EQ(pair.at("ratio"), summary.engines[1].comparison.ratio);
  EXPECT_EQ(pair.at("break_even").at("state"), "extrapolated");
  EXPECT_EQ(pair.at("break_even").at("lost_at_runs_is"), "infinite");
}

TEST(SummaryJsonTest, KeepsDoubtsAndVoidRows) {
  const Json json = Json::parse(SummaryJson(SampleResults(), SampleSummary()));
  for (const Json& cell : json.at("cells")) {
    EXPECT_EQ(cell.at("is_void"), cell.at("bench") == "folded");
    if (cell.at("bench") == "folded") {
      EXPECT_EQ(cell.at("doubts")[0].at("kind"), "folded");
    }
  }
}

TEST(SummaryJsonTest, HasNoNumbersWhereNothingWasMeasured) {
  measure::Results results;
  results.plan.cells = {{"p", "b", "interp", {}}};
  results.plan.sampling.resize(1);
  const Json json = Json::parse(SummaryJson(results, measure::Summarise(results)));
  const Json& cell = json.at("cells")[0];
  for (const char* name : {"startup_seconds", "compile_seconds", "first_seconds", "peak_bytes",
                           "warmup", "steady_iteration", "seconds_to_steady", "steady_seconds"}) {
    EXPECT_TRUE(cell.at(name).is_null()) << name;
  }
  EXPECT_EQ(cell.at("processes"), 0);
  EXPECT_EQ(cell.at("steady_interval").at("low_is"), "-infinite");
}

}  // namespace
}  // namespace report
