// Events as marks of plots.

#include <gtest/gtest.h>

#include "report/plot_svg.h"
#include "report/plot_text.h"

namespace report {
namespace {

using runtime::EventKind;

measure::PlacedEvent At(EventKind kind, uint32_t iteration) {
  measure::PlacedEvent placed{iteration, 0};
  placed.event.kind = kind;
  placed.event.function = "f<\033";
  placed.event.loop_line = 7;
  placed.event.phase = kind == EventKind::Phase ? "lower" : "";
  return placed;
}

RunPlot Example() {
  std::vector<double> seconds;
  for (int i = 0; i < 60; ++i) {
    seconds.push_back((i < 20 ? 0.002 : 0.001) + 1e-5 * (i % 3));
  }
  measure::WarmupAnalysis warmup = measure::AnalyseWarmup(seconds, {});
  return {"sieve on tiered", std::move(seconds), std::move(warmup),
          MarksOf({At(EventKind::Hot, 4), At(EventKind::Phase, 5), At(EventKind::CompileEnd, 19),
                   At(EventKind::Published, 19), At(EventKind::Entered, 20)})};
}

TEST(PlotMarksTest, SayWhatHappenedWhen) {
  const std::vector<PlotMark> marks = Example().marks;
  ASSERT_EQ(marks.size(), 3U);
  EXPECT_EQ(marks[0].text, "run 5: the loop at line 7 of f<\033 became hot");
  EXPECT_EQ(marks[1].text, "runs 6 to 20: the loop at line 7 of f<\033 was compiled");
  EXPECT_EQ(marks[1].first, 5U);
  EXPECT_EQ(marks[1].last, 19U);
  EXPECT_EQ(marks[2].text, "run 21: machine code of the loop at line 7 of f<\033 was entered");
}

TEST(PlotMarksTest, StandBelowTheAxis) {
  EXPECT_EQ(PlotText(Example(), {.width = 41, .height = 5, .charset = Charset::Ascii}),
            "sieve on tiered\n"
            "  1.96 ms |**********\n"
            "          |\n"
            "  1.51 ms |\n"
            "          |\n"
            "  1.06 ms |         *********************\n"
            "          +---------+--------------------\n"
            "            hcccccccE\n"
            "                    ====== steady =======\n"
            "           run 1                   run 60\n"
            "           warmup; steady from run 21, after 40.2 ms; 1.01 ms a run\n"
            "           h hot, c compiling, E machine code entered\n");
}

TEST(PlotMarksTest, AreEscapedInSvg) {
  const RunPlot plots[] = {Example()};
  const std::string svg = PlotSvg(plots);
  EXPECT_NE(svg.find("class=\"mark\""), std::string::npos);
  EXPECT_NE(svg.find("became hot</title>"), std::string::npos);
  EXPECT_EQ(svg.find("f<\033"), std::string::npos);
  EXPECT_EQ(svg.find('\033'), std::string::npos);
}

TEST(PlotMarksTest, LegendNamesWhatIsThere) {
  RunPlot plot = Example();
  plot.marks.erase(plot.marks.begin(), plot.marks.begin() + 2);
  EXPECT_EQ(MarkLegend(plot), "E machine code entered");
}

}  // namespace
}  // namespace report
