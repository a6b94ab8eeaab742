// report/import.h: what becomes of other tools' files. Files that are wrong:
// import_errors_test.cpp.

#include "report/import.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "measure/summary.h"
#include "tests/report/format_sample.h"

namespace report {
namespace {

measure::Results Imported(const std::string& text, const std::string& name = "file.x") {
  measure::Results results;
  std::string error;
  EXPECT_TRUE(ImportResults(text, name, &results, &error)) << error;
  return results;
}

TEST(ImportTest, CommandsOfHyperfineCompete) {
  const std::string text = OracleText("formats/hyperfine_1.15_export.json");
  const measure::Results results = Imported(text);
  ASSERT_EQ(results.plan.cells.size(), 2U);
  EXPECT_EQ(results.plan.cells[0], (measure::Cell{"file.x", "", "sleep 0.01", {}}));
  EXPECT_EQ(results.plan.cells[1], (measure::Cell{"file.x", "", "sleep 0.02", {}}));
  ASSERT_EQ(results.plan.programs.size(), 1U);
  EXPECT_EQ(results.plan.programs[0].name, "file.x");
  EXPECT_EQ(results.plan.rounds, 12U);
  ASSERT_EQ(results.processes.size(), 24U);
  const nlohmann::json file = nlohmann::json::parse(text);
  for (const measure::ProcessRun& run : results.processes) {
    EXPECT_EQ(measure::SecondsOf(run),
              std::vector<double>{file["results"][run.cell]["times"][run.round]});
  }
  const measure::Summary summary = measure::Summarise(results);
  ASSERT_EQ(summary.engines.size(), 1U);
  EXPECT_EQ(summary.engines[0].comparison.verdict, measure::Verdict::Slower);
  EXPECT_TRUE(summary.warnings.empty());
}

TEST(ImportTest, ACommandMeasuredTwiceIsTwoRows) {
  const measure::Results results = Imported(
      R"({"results": [{"command": "a b", "times": [1, 2]}, {"command": "a b", "times": [3]}]})");
  ASSERT_EQ(results.plan.cells.size(), 2U);
  EXPECT_EQ(results.plan.cells[1].engine, "a b#2");
  EXPECT_EQ(results.rounds_done, (std::vector<uint32_t>{0, 1}));
  ASSERT_EQ(results.processes.size(), 3U);
  EXPECT_EQ(measure::SecondsOf(results.processes[1]), std::vector<double>{3});
}

TEST(ImportTest, FailedRunsOfHyperfineAreDoubted) {
  const measure::Results results = Imported(
      R"({"results": [{"command": "a", "times": [1, 2, 3], "exit_codes": [0, 1, null],
                       "memory_usage_byte": [4096, 8192, 4096]}]})");
  ASSERT_EQ(results.probes.size(), 1U);
  ASSERT_EQ(results.probes[0].doubts.size(), 1U);
  EXPECT_EQ(results.probes[0].doubts[0].text, "2 of 3 runs ended with an error");
  EXPECT_EQ(results.processes[1].peak_bytes, 8192U);
}

TEST(ImportTest, RunsOfPyperfAreProcesses) {
  const std::string text = OracleText("formats/pyperf_mult_list_py38.json");
  const measure::Results results = Imported(text);
  ASSERT_FALSE(results.plan.cells.empty());
  EXPECT_EQ(results.plan.cells[0], (measure::Cell{"file.x", "[1]*1000", "cpython-3.8.5", {}}));
  EXPECT_EQ(results.plan.sampling[0].calls, 64U * 1024U);  // loops and inner loops
  const nlohmann::json file = nlohmann::json::parse(text);
  // The first run has no values: it found out how many loops to make.
  const nlohmann::json& run = file["benchmarks"][0]["runs"][1];
  std::vector<double> seconds{run["warmups"][0][1]};
  for (const auto& value : run["values"]) {
    seconds.push_back(value);
  }
  ASSERT_FALSE(results.processes.empty());
  EXPECT_EQ(measure::SecondsOf(results.processes[0]), seconds);
  EXPECT_EQ(measure::CallsOf(results.processes[0]).back(), 64U * 1024U);
  EXPECT_EQ(results.processes[0].peak_bytes, run["metadata"]["mem_max_rss"]);
  EXPECT_EQ(results.plan.rounds, file["benchmarks"][0]["runs"].size() - 1);
}

TEST(ImportTest, MetadataOfPyperfMayStandAnywhere) {
  const measure::Results results = Imported(
      R"({"version": "1.0", "metadata": {"python_implementation": "pypy", "unit": "second"},
          "benchmarks": [{"runs": [{"metadata": {"name": "x", "loops": 4, "inner_loops": 3},
                                    "values": [1.5]}]}]})");
  ASSERT_EQ(results.plan.cells.size(), 1U);
  EXPECT_EQ(results.plan.cells[0], (measure::Cell{"file.x", "x", "pypy", {}}));
  EXPECT_EQ(results.plan.sampling[0].calls, 12U);
}

// The example of warmup_stats' own help, which has spaces after its commas.
TEST(ImportTest, ReadsTheCsvOfWarmupStats) {
  const measure::Results results = Imported(
      "process num, bench_name, 0, 1, 2\r\n"
      "0, spectral norm, 0.2, 0.1, 0.4\r\n"
      "1, spectral norm, 0.3, 0.15\r\n"
      "0, fib, 1, 2, 3\r\n");
  ASSERT_EQ(results.plan.cells.size(), 2U);
  EXPECT_EQ(results.plan.cells[0], (measure::Cell{"file.x", "spectral norm", "", {}}));
  EXPECT_EQ(results.plan.sampling[0].iterations, 3U);
  ASSERT_EQ(results.processes.size(), 3U);
  EXPECT_EQ(measure::SecondsOf(results.processes[0]), (std::vector<double>{0.2, 0.1, 0.4}));
  EXPECT_EQ(measure::SecondsOf(results.processes[1]), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(measure::SecondsOf(results.processes[2]), (std::vector<double>{0.3, 0.15}));
}

TEST(ImportTest, ReadsOneNumberALine) {
  for (const char* text : {"0.5\n-1e-3\n2", "\n0.5\r\n\r\n-0.001\r\n2\r\n",
                           "\xEF\xBB\xBF"
                           "0.5\n-1e-3\n2\n"}) {
    const measure::Results results = Imported(text, "series.txt");
    ASSERT_EQ(results.processes.size(), 1U);
    EXPECT_EQ(results.plan.cells[0], (measure::Cell{"series.txt", "series.txt", "", {}}));
    EXPECT_EQ(measure::SecondsOf(results.processes[0]), (std::vector<double>{0.5, -1e-3, 2}));
  }
  const measure::Results oracle = Imported(OracleText("synthetic/r01_meanvar1.txt"));
  EXPECT_EQ(measure::SecondsOf(oracle.processes[0]).size(), 200U);
  EXPECT_EQ(measure::SecondsOf(oracle.processes[0]).front(), -0.62645381074233242);
}

TEST(ImportTest, ReadsTheColumnSeconds) {
  const measure::Results results = Imported(OracleText("warmup_figures/examples_warmup_flat.csv"));
  ASSERT_EQ(results.processes.size(), 1U);
  const std::vector<double> seconds = measure::SecondsOf(results.processes[0]);
  EXPECT_EQ(seconds.size(), 2000U);
  EXPECT_EQ(seconds[0], 1.20757423);
  EXPECT_EQ(seconds[1], 1.15664174);
}

}  // namespace
}  // namespace report
