// The image: marks for what it shows, and nothing that a title could smuggle in.

#include "report/plot_svg.h"

#include <gtest/gtest.h>

namespace report {
namespace {

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

RunPlot Example(std::string title) {
  std::vector<double> seconds;
  for (int i = 0; i < 60; ++i) {
    seconds.push_back((i < 20 ? 0.002 : 0.001) + 1e-5 * (i % 3));
  }
  seconds[0] = 0.1;
  measure::WarmupAnalysis warmup =
      measure::AnalyseWarmup(seconds, {.first = measure::FirstIteration::Apart});
  return {std::move(title), std::move(seconds), std::move(warmup)};
}

TEST(PlotSvgTest, HasAMarkForEachRunAndChange) {
  const std::vector<RunPlot> plots{Example("one"), Example("two")};
  const std::string svg = PlotSvg(plots);
  EXPECT_EQ(Count(svg, "class=\"run\"") + Count(svg, "class=\"outlier\""), 2U * 59U);
  EXPECT_EQ(Count(svg, "class=\"off\""), 2U);
  EXPECT_EQ(Count(svg, "class=\"change\""), 2U * 2U);
  EXPECT_EQ(Count(svg, "class=\"steady\""), 2U);
}

TEST(PlotSvgTest, SaysWhatItsMarksMean) {
  RunPlot plot = Example("one");
  plot.warmup.outliers = {30};
  const std::string svg = PlotSvg({&plot, 1});
  EXPECT_EQ(Count(svg, "; ○ 1 outlier, left out of the levels</text>"), 1U);
  EXPECT_EQ(Count(svg, ">▲ off the scale: run 1 (100 ms)</text>"), 1U);
}

TEST(PlotSvgTest, EscapesTitles) {
  const std::vector<RunPlot> plots{Example("</text><script>alert(1)</script>\x01")};
  const std::string svg = PlotSvg(plots);
  EXPECT_EQ(Count(svg, "<script"), 0U);
  EXPECT_EQ(Count(svg, "\x01"), 0U);
  EXPECT_EQ(Count(PlotHtml("<b>", plots), "<script"), 0U);
  EXPECT_EQ(Count(PlotHtml("<b>", plots), "<b>"), 0U);
}

TEST(PlotSvgTest, ThePageHasTheNumbers) {
  const std::vector<RunPlot> plots{Example("one")};
  const std::string page = PlotHtml("Warm-up", plots);
  EXPECT_EQ(Count(page, "<tr><td>"), 60U);
  EXPECT_EQ(Count(page, "<td>0.1</td>"), 1U);
}

}  // namespace
}  // namespace report
