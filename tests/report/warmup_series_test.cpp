// Tables and JSON of run sequences.

#include "report/warmup_series.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace report {
namespace {

measure::Results Example() {
  measure::Results results;
  results.plan.cells = {{"p.gc", "sieve", "jit", {{"n", "10"}}}, {"p.gc", "sieve", "interp", {}}};
  results.plan.sampling.resize(2);
  for (uint32_t round = 0; round < 2; ++round) {
    measure::ProcessRun run{.cell = 0, .round = round};
    run.batches = {{.first = 0, .calls = 1, .at_seconds = 0, .seconds = {0.1}},
                   {.first = 1, .calls = 1, .at_seconds = 0, .seconds = {}}};
    for (int i = 0; i < 30; ++i) {
      run.batches[1].seconds.push_back(0.001 + 1e-6 * (i % 4));
    }
    results.processes.push_back(run);
  }
  measure::ProcessRun few{.cell = 1, .round = 0};
  few.batches = {{.first = 0, .calls = 1, .at_seconds = 0, .seconds = {0.5, 0.5}}};
  results.processes.push_back(few);
  return results;
}

TEST(WarmupSeriesTest, PrintsALineAProcess) {
  const auto all = SeriesOf(Example(), measure::WarmupRule::Lab, measure::FirstIteration::Apart);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(TitleOf(all[1]), "sieve(n=10) on jit, process 2");
  const std::string table = WarmupTable(all);
  EXPECT_NE(table.find("sieve(n=10) on jit: consistent\n"), std::string::npos) << table;
  EXPECT_NE(table.find("too few runs"), std::string::npos) << table;
  EXPECT_NE(table.find("run 2"), std::string::npos) << table;
}

TEST(WarmupSeriesTest, RunsWithoutATimeHaveNoPercentage) {
  const std::vector<double> seconds(8, 0.0);
  const WarmupSeries series{"zero", 1, seconds, measure::AnalyseWarmup(seconds, {})};
  const std::string table = WarmupTable({series});
  EXPECT_EQ(table.find("nan"), std::string::npos) << table;
  EXPECT_EQ(table.find("±"), std::string::npos) << table;
}

TEST(WarmupSeriesTest, JsonHasWhatTheDocumentSays) {
  const auto all = SeriesOf(Example(), measure::WarmupRule::Lab, measure::FirstIteration::Apart);
  const auto json = nlohmann::json::parse(WarmupJson(all));
  ASSERT_EQ(json.size(), 3U);
  EXPECT_EQ(json[0]["class"], "warmup");
  EXPECT_EQ(json[0]["changepoints"], nlohmann::json::array({0}));
  EXPECT_EQ(json[0]["steady_from"], 1);
  EXPECT_DOUBLE_EQ(json[0]["seconds_to_steady"], 0.1);
  EXPECT_EQ(json[0]["segment_means"].size(), 2U);
  const double mean = json[0]["steady_mean"];
  const auto interval = json[0]["steady_interval"].get<std::vector<double>>();
  ASSERT_EQ(interval.size(), 2U);
  EXPECT_LT(interval[0], mean);
  EXPECT_GT(interval[1], mean);
  EXPECT_LT(interval[1] - interval[0], 2e-6);
  EXPECT_TRUE(json[2]["class"].is_null());
  EXPECT_TRUE(json[2]["steady_from"].is_null());
  EXPECT_TRUE(json[2]["steady_interval"].is_null());
}

}  // namespace
}  // namespace report
