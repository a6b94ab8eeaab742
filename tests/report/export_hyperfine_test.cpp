// report/export_hyperfine.h: the shape of tests/oracle/formats/hyperfine_1.15_export.json, and the
// lab's times in it. Compared by hand with hyperfine 1.15.0 of Debian 12: keys and their order,
// `stddev` null for a single time, 0.0 (not 0) for `user` and `system`, `parameters` last and only
// with --parameter-list, two spaces of indentation, one value a line.

#include "report/export_hyperfine.h"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "measure/quantile.h"
#include "report/cell_label.h"
#include "tests/report/format_sample.h"
#include "tests/report/sample.h"

namespace report {
namespace {

using Json = nlohmann::ordered_json;

Json Exported(HyperfineTimes times) {
  return Json::parse(HyperfineJson(SampleResults(), SampleSummary(), times));
}

// Keys and kinds in the order of the file, of the first element for lists.
std::vector<std::string> ShapeOf(const Json& result) {
  std::vector<std::string> shape;
  for (const auto& [key, value] : result.items()) {
    const std::string element = value.is_array() ? " of " + KindOf(value.front()) : "";
    shape.push_back(key + ": " + KindOf(value) + element);
  }
  return shape;
}

TEST(ExportHyperfineTest, HasTheShapeOfTheSample) {
  const Json sample = OracleJson("formats/hyperfine_1.15_export.json");
  std::vector<std::string> expected = ShapeOf(sample["results"][0]);
  ASSERT_EQ(expected.size(), 10U);
  std::vector<std::string> with_parameters = expected;
  with_parameters.push_back("parameters: object");
  for (const HyperfineTimes times : {HyperfineTimes::Processes, HyperfineTimes::Iterations}) {
    const Json json = Exported(times);
    ASSERT_EQ(ShapeOf(json), std::vector<std::string>{"results: array of object"});
    for (const Json& result : json["results"]) {
      EXPECT_EQ(ShapeOf(result), result.contains("parameters") ? with_parameters : expected);
      EXPECT_EQ(result["times"].size(), result["exit_codes"].size());
      for (const Json& code : result["exit_codes"]) {
        EXPECT_EQ(code, 0);
      }
    }
  }
  EXPECT_TRUE(HyperfineJson(SampleResults(), SampleSummary(), HyperfineTimes::Processes)
                  .starts_with("{\n  \"results\": [\n    {\n      \"command\": \""));
}

TEST(ExportHyperfineTest, ATimeIsAWholeProcess) {
  const Json results = Exported(HyperfineTimes::Processes)["results"];
  ASSERT_EQ(results.size(), SampleResults().plan.cells.size() - 1);  // not the void one
  EXPECT_EQ(results[0]["command"], "great_circle.gc raw(n=100) @interp");
  EXPECT_EQ(results[0]["parameters"], (Json{{"n", "100"}}));
  std::vector<double> times;
  for (const measure::ProcessRun& run : SampleResults().processes) {
    if (run.cell != 0) {
      continue;
    }
    double total = run.startup_seconds;
    for (const auto& phase : run.before) {
      total += phase.seconds;
    }
    for (const double seconds : measure::SecondsOf(run)) {
      total += seconds;
    }
    times.push_back(total);
  }
  ASSERT_EQ(results[0]["times"].size(), times.size());
  for (size_t i = 0; i < times.size(); ++i) {
    EXPECT_DOUBLE_EQ(results[0]["times"][i], times[i]);
  }
  EXPECT_DOUBLE_EQ(results[0]["mean"], measure::Mean(times));
  EXPECT_DOUBLE_EQ(results[0]["median"], measure::Median(times));
  EXPECT_DOUBLE_EQ(results[0]["stddev"], std::sqrt(measure::SampleVariance(times)));
}

// The sample's own numbers, made again from its times: the statistics mean the same.
TEST(ExportHyperfineTest, StatisticsAreThoseOfTheSample) {
  const Json sample = OracleJson("formats/hyperfine_1.15_export.json");
  for (const Json& result : sample["results"]) {
    const std::vector<double> times = result["times"];
    EXPECT_NEAR(result["mean"], measure::Mean(times), 1e-15);
    EXPECT_NEAR(result["median"], measure::Median(times), 1e-15);
    EXPECT_NEAR(result["stddev"], std::sqrt(measure::SampleVariance(times)), 1e-15);
  }
}

TEST(ExportHyperfineTest, ATimeIsAnIteration) {
  const Json results = Exported(HyperfineTimes::Iterations)["results"];
  ASSERT_EQ(results.size(), 6 * (SampleResults().plan.cells.size() - 1));
  EXPECT_EQ(results[2]["command"], "great_circle.gc raw(n=100) @interp #3");
  const measure::ProcessRun& run = SampleResults().processes[2 * 15];
  ASSERT_EQ(run.round, 2U);
  ASSERT_EQ(run.cell, 0U);
  EXPECT_EQ(results[2]["times"].get<std::vector<double>>(), measure::SecondsOf(run));
}

TEST(ExportHyperfineTest, ASampleOfManyCallsCountsThemAll) {
  measure::Results results;
  results.plan.programs = {{"a.gc", ""}};
  results.plan.cells = {{"a.gc", "b", "jit", {}}};
  results.plan.sampling = {{.calls = 10, .iterations = 3}};
  results.plan.rounds = 1;
  results.rounds_done = {0};
  measure::ProcessRun run;
  run.startup_seconds = 1;
  run.before = {{"lex", 0.5}};
  run.batches = {{.first = 0, .calls = 10, .seconds = {0.25, 0.125}},
                 {.first = 2, .calls = 10, .seconds = {0.0625}}};
  results.processes = {run};
  const Json json =
      Json::parse(HyperfineJson(results, measure::Summarise(results), HyperfineTimes::Processes));
  const Json& result = json["results"][0];
  EXPECT_EQ(result["times"], Json::array({1 + 0.5 + 0.25 + 1.25 + 0.625}));
  EXPECT_TRUE(result["stddev"].is_null());
  EXPECT_FALSE(result.contains("parameters"));
}

}  // namespace
}  // namespace report
