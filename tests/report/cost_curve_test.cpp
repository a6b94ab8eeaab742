// Costs over runs and over a parameter, against sums done by hand.

#include "report/cost_curve.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/report/sample.h"

namespace report {
namespace {

// Two processes that start in 1 s and compile for 2 s; 10 s for the first run, then two samples of
// three calls, each of `later` seconds.
measure::Results MakeResults() {
  measure::Results results;
  results.plan.programs = {{"p", ""}};
  results.plan.cells = {{"p", "b", "slow", {}}, {"p", "b", "fast", {}}, {"p", "c", "slow", {}}};
  results.plan.sampling.resize(3);
  for (const uint32_t cell : {0U, 1U, 2U}) {
    for (const uint32_t round : {0U, 1U}) {
      measure::ProcessRun process{.cell = cell, .round = round};
      process.startup_seconds = 1;
      process.before = {{"prepare", 2}};
      const double later = cell == 1 ? 1 : 4 + 2 * round;
      process.batches = {{0, 1, 0, {10}}, {1, 3, 0, {later, later}}};
      results.processes.push_back(process);
    }
  }
  return results;
}

measure::Summary MakeSummary(const measure::Results& results) {
  measure::Summary summary;
  for (uint32_t cell = 0; cell < results.plan.cells.size(); ++cell) {
    measure::CellSummary row;
    row.cell = cell;
    for (const measure::ProcessRun& process : results.processes) {
      if (process.cell == cell) {
        row.processes.push_back(
            {process.round, measure::SecondsOf(process), measure::CallsOf(process), {}, {}, 1, 7});
      }
    }
    summary.cells.push_back(row);
  }
  return summary;
}

TEST(CostCurveTest, AddsStartSamplesAndSteadyRuns) {
  const measure::Results results = MakeResults();
  const std::vector<CostChart> charts = CostCharts(results, MakeSummary(results));
  ASSERT_EQ(charts.size(), 1U);  // `c` has one engine
  const CostChart& chart = charts[0];
  EXPECT_EQ(chart.bench, "b");
  EXPECT_TRUE(std::is_sorted(chart.runs.begin(), chart.runs.end()));
  EXPECT_EQ(chart.runs.front(), 1);
  EXPECT_GE(chart.runs.back(), 100);
  ASSERT_EQ(chart.curves.size(), 2U);
  const auto at = [&](size_t curve, double runs) {
    const auto found = std::find(chart.runs.begin(), chart.runs.end(), runs);
    return chart.curves[curve].seconds[static_cast<size_t>(found - chart.runs.begin())];
  };
  EXPECT_DOUBLE_EQ(at(0, 1), 13);
  EXPECT_DOUBLE_EQ(at(0, 3), 13 + 2 * 5);           // the mean of 4 and 6
  EXPECT_DOUBLE_EQ(at(0, 7), 13 + 6 * 5);           // all that was measured
  EXPECT_DOUBLE_EQ(at(0, 10), 13 + 6 * 5 + 3 * 7);  // steady runs after that
  EXPECT_DOUBLE_EQ(at(1, 10), 13 + 6 * 1 + 3 * 7);
}

TEST(CostCurveTest, LeavesVoidRowsOut) {
  const measure::Results results = MakeResults();
  measure::Summary summary = MakeSummary(results);
  summary.cells[1].is_void = true;
  EXPECT_TRUE(CostCharts(results, summary).empty());
}

TEST(CostCurveTest, ReachesPastBreakEven) {
  for (const CostChart& chart : CostCharts(SampleResults(), SampleSummary())) {
    for (const measure::PairSummary& pair : SampleSummary().engines) {
      if (pair.base == chart.curves[0].cell && std::isfinite(pair.break_even.runs)) {
        EXPECT_GT(chart.runs.back(), 2 * pair.break_even.runs) << chart.bench;
      }
    }
  }
}

TEST(CostCurveTest, FindsTheSweptParameter) {
  const std::vector<SizeSweep> sweeps = SizeSweeps(SampleResults(), SampleSummary());
  ASSERT_EQ(sweeps.size(), 1U);  // `factored` has one size, the hostile bench no number
  const SizeSweep& sweep = sweeps[0];
  EXPECT_EQ(sweep.bench, "raw");
  EXPECT_EQ(sweep.parameter, "n");
  EXPECT_EQ(sweep.fixed, "");
  ASSERT_EQ(sweep.lines.size(), 3U);
  for (const SizeSweep::Line& line : sweep.lines) {
    ASSERT_EQ(line.points.size(), 3U);
    EXPECT_EQ(line.points[0].size, 100);
    EXPECT_EQ(line.points[2].size, 10000);
  }
  ASSERT_EQ(sweep.crossings.size(), 2U);
  EXPECT_EQ(sweep.crossings[1].base, "interp");
  EXPECT_EQ(sweep.crossings[1].other, "jit");
  // Of a cost of 7 ms against 1.3 ms and 1.2 us for each n.
  EXPECT_GT(sweep.crossings[1].break_even.size, 1000);
  EXPECT_LT(sweep.crossings[1].break_even.size, 10000);
}

TEST(CostCurveTest, NeedsNumbersOfSize) {
  measure::Results results = MakeResults();
  for (measure::Cell& cell : results.plan.cells) {
    cell.bench = "b";
    cell.engine = "slow";
  }
  const char* values[] = {"1", "true", "nan"};
  for (size_t i = 0; i < 3; ++i) {
    results.plan.cells[i].parameters = {{"n", values[i]}};
  }
  EXPECT_TRUE(SizeSweeps(results, MakeSummary(results)).empty());
  results.plan.cells[2].parameters = {{"n", "2.5e1"}};
  const std::vector<SizeSweep> sweeps = SizeSweeps(results, MakeSummary(results));
  ASSERT_EQ(sweeps.size(), 1U);
  EXPECT_EQ(sweeps[0].lines[0].points[1].size, 25);
  EXPECT_DOUBLE_EQ(sweeps[0].lines[0].points[1].seconds, 13);
}

}  // namespace
}  // namespace report
