// Plots as exact texts.

#include "report/plot_text.h"

#include <sstream>

#include <gtest/gtest.h>

#include "report/text_table.h"

namespace report {
namespace {

RunPlot Example() {
  std::vector<double> seconds;
  for (int i = 0; i < 20; ++i) {
    seconds.push_back(0.002 + 1e-5 * (i % 3));
  }
  for (int i = 0; i < 40; ++i) {
    seconds.push_back(0.001 + 1e-5 * (i % 3));
  }
  measure::WarmupAnalysis warmup = measure::AnalyseWarmup(seconds, {});
  return {"sieve on jit", std::move(seconds), std::move(warmup)};
}

TEST(PlotTextTest, DrawsInAscii) {
  EXPECT_EQ(PlotText(Example(), {.width = 41, .height = 5, .charset = Charset::Ascii}),
            "sieve on jit\n"
            "  1.96 ms |**********\n"
            "          |\n"
            "  1.51 ms |\n"
            "          |\n"
            "  1.06 ms |         *********************\n"
            "          +---------+--------------------\n"
            "                    ====== steady =======\n"
            "           run 1                   run 60\n"
            "           warmup; steady from run 21, after 40.2 ms; 1.01 ms a run\n");
}

// A slow first run, 20 slower runs, then a level with an outlier.
RunPlot EverythingAtOnce() {
  RunPlot plot = Example();
  plot.seconds[0] = 0.5;
  plot.seconds[45] = 0.0016;
  plot.warmup = measure::AnalyseWarmup(plot.seconds, {.first = measure::FirstIteration::Apart});
  return plot;
}

TEST(PlotTextTest, DrawsInUnicode) {
  EXPECT_EQ(PlotText(EverythingAtOnce(), {.width = 41, .height = 5}),
            "sieve on jit\n"
            "  3.88 ms ┤▲\n"
            "          ┤\n"
            "  2.53 ms ┤\n"
            "          ┤⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉            ○\n"
            "  1.18 ms ┤          ⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠄⠤⠤⠤⠤⠤⠤⠤\n"
            "          └┴─────────┴───────────────────\n"
            "                     ══════ steady ══════\n"
            "           run 1                   run 60\n"
            "           warmup; steady from run 21, after 538 ms; 1.01 ms a run\n"
            "           ▲ off the scale: run 1 (500 ms)\n"
            "           ○ 1 outlier, left out of the levels\n");
}

// Prose may be longer; what is drawn may not.
TEST(PlotTextTest, StaysWithinItsWidth) {
  for (const size_t width : {30U, 41U, 79U, 160U}) {
    const std::string text = PlotText(EverythingAtOnce(), {.width = width, .height = 6});
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    for (size_t drawn = 0; drawn < 9; ++drawn) {
      ASSERT_TRUE(std::getline(lines, line));
      EXPECT_LE(DisplayWidth(line), width) << text;
    }
  }
}

TEST(PlotTextTest, NamesAShortSteadyPartBeforeIt) {
  RunPlot plot = Example();
  plot.warmup.steady->from = 55;
  const std::string text = PlotText(plot, {.width = 41, .height = 5, .charset = Charset::Ascii});
  EXPECT_NE(text.find("\n                               steady ===\n"), std::string::npos) << text;
}

TEST(PlotTextTest, ShowsHostileTitlesAsText) {
  RunPlot plot = Example();
  plot.title = "a\033[31mb";
  EXPECT_EQ(PlotText(plot, {}).find('\033'), std::string::npos);
}

TEST(PlotTextTest, DrawsASingleRun) {
  const std::vector<double> seconds{0.5};
  const RunPlot plot{"one", seconds, measure::AnalyseWarmup(seconds, {})};
  EXPECT_NE(PlotText(plot, {}).find("too few runs"), std::string::npos);
}

}  // namespace
}  // namespace report
