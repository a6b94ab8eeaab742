// Plots as exact texts.

#include "report/plot_text.h"

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
            "                    ===================== steady\n"
            "           run 1                   run 60\n"
            "           warmup; steady from run 21, after 40.2 ms; 1.01 ms a run\n");
}

TEST(PlotTextTest, DrawsDotsWithinItsWidth) {
  const std::string text = PlotText(Example(), {.width = 50, .height = 6});
  EXPECT_NE(text.find("⠤"), std::string::npos) << text;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin);
    EXPECT_LE(DisplayWidth(text.substr(begin, end - begin)), 78U);
    begin = end + 1;
  }
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
