// Scales and words of run-sequence plots.

#include "report/run_plot.h"

#include <gtest/gtest.h>

namespace report {
namespace {

RunPlot PlotOf(std::vector<double> seconds) {
  measure::WarmupAnalysis warmup =
      measure::AnalyseWarmup(seconds, {.first = measure::FirstIteration::Apart});
  return {"title", std::move(seconds), std::move(warmup)};
}

TEST(RunPlotTest, OneSlowRunDoesNotSetTheScale) {
  std::vector<double> seconds(40, 0.001);
  for (size_t i = 0; i < seconds.size(); ++i) {
    seconds[i] += 1e-6 * static_cast<double>(i % 5);
  }
  seconds[0] = 0.1;
  const RunPlot plot = PlotOf(seconds);
  const RunScale scale = ScaleOf(plot);
  EXPECT_LT(scale.high, 0.0011);
  EXPECT_LT(scale.low, 0.001);
  EXPECT_EQ(OffScale(plot, scale), std::vector<size_t>{0});
  EXPECT_EQ(OffScaleText(plot, scale), "off the scale: run 1 (100 ms)");
  EXPECT_EQ(RunSummaryText(plot.warmup), "warmup; steady from run 2, after 100 ms; 1.00 ms a run");
}

// A level whose mean a few very slow runs raise, and one of two runs that nobody needs to see.
TEST(RunPlotTest, LongLevelsAreOnTheScale) {
  measure::WarmupAnalysis warmup = PlotOf(std::vector<double>(100, 0.001)).warmup;
  std::vector<double> seconds(100, 0.001);
  seconds[1] = 0.5;
  seconds[2] = 0.5;
  seconds[60] = 0.1;
  warmup.segments = {{.begin = 0, .end = 3, .mean = 0.33, .variance = 0},
                     {.begin = 3, .end = 58, .mean = 0.001, .variance = 0},
                     {.begin = 58, .end = 63, .mean = 0.02, .variance = 0},
                     {.begin = 63, .end = 100, .mean = 0.001, .variance = 0}};
  const RunPlot plot{"title", seconds, warmup};
  const RunScale scale = ScaleOf(plot);
  EXPECT_GT(scale.high, 0.02);
  EXPECT_LT(scale.high, 0.03);
  EXPECT_EQ(OffScale(plot, scale), (std::vector<size_t>{1, 2, 60}));
}

TEST(RunPlotTest, CountsOutliers) {
  measure::WarmupAnalysis warmup;
  EXPECT_EQ(OutliersText(warmup), "");
  warmup.outliers = {3};
  EXPECT_EQ(OutliersText(warmup), "1 outlier, left out of the levels");
  warmup.outliers = {3, 9};
  EXPECT_EQ(OutliersText(warmup), "2 outliers, left out of the levels");
}

TEST(RunPlotTest, EqualRunsHaveAScale) {
  const RunScale scale = ScaleOf(PlotOf({0.5, 0.5, 0.5}));
  EXPECT_LT(scale.low, 0.5);
  EXPECT_GT(scale.high, 0.5);
  const RunScale zero = ScaleOf(PlotOf({0, 0}));
  EXPECT_LT(zero.low, zero.high);
}

TEST(RunPlotTest, ListsTheFirstOfManyOffTheScale) {
  std::vector<double> seconds(100, 0.001);
  for (size_t i = 0; i < 5; ++i) {
    seconds[10 * i] = 1;
  }
  const RunPlot plot = PlotOf(seconds);
  EXPECT_EQ(OffScaleText(plot, ScaleOf(plot)),
            "off the scale: run 1 (1.00 s), run 11 (1.00 s) and 3 more");
}

TEST(RunPlotTest, SaysWhenThereAreTooFewRuns) {
  EXPECT_EQ(RunSummaryText(PlotOf({1, 2}).warmup), "too few runs to tell (fewer than 4)");
}

}  // namespace
}  // namespace report
