// Sentences: what they claim follows from verdicts and intervals.

#include "report/findings.h"

#include <limits>

#include <gtest/gtest.h>

#include "tests/report/sample.h"

namespace report {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

bool Says(const Finding& finding, const std::string& sentence) {
  for (const std::string& said : finding.sentences) {
    if (said == sentence) {
      return true;
    }
  }
  return false;
}

std::string All(const Finding& finding) {
  std::string text;
  for (const std::string& sentence : finding.sentences) {
    text += sentence + "\n";
  }
  return text;
}

// `b` on three engines; `interp` is the base.
class FindingsTest : public ::testing::Test {
 protected:
  FindingsTest() {
    results_.plan.cells = {{"p", "b", "interp", {}}, {"p", "b", "jit", {}}, {"p", "b", "aot", {}}};
    const double seconds[] = {4, 2, 2.1};
    for (uint32_t cell = 0; cell < 3; ++cell) {
      measure::CellSummary row;
      row.cell = cell;
      row.processes.resize(6);
      row.steady_seconds = seconds[cell];
      row.steady_interval = {seconds[cell] - 0.2, seconds[cell] + 0.2};
      summary_.cells.push_back(row);
    }
    summary_.engines.resize(1);
    Pair().base = 0;
    Pair().other = 1;
    Pair().late = 1;
    Pair().comparison.verdict = measure::Verdict::Faster;
    Pair().comparison.ratio = 0.5;
    Pair().comparison.interval = {0.4, 0.625};
    Pair().break_even = {
        measure::BreakEvenState::Crosses, 12, {10, 15}, 3, {2, 4}, 12, kInfinite, 0};
  }

  measure::PairSummary& Pair() { return summary_.engines[0]; }
  Finding Find() const { return Findings(results_, summary_).at(0); }

  void ExpectBreakEven(measure::BreakEvenState state, const std::string& sentence) {
    Pair().break_even.state = state;
    EXPECT_TRUE(Says(Find(), sentence)) << All(Find());
  }

  measure::Results results_;
  measure::Summary summary_;
};

TEST_F(FindingsTest, NamesTheShortestAndWhatMeetsIt) {
  const Finding finding = Find();
  EXPECT_EQ(finding.topic, "b");
  EXPECT_TRUE(Says(finding,
                   "jit has the shortest steady time, 2.00 s a run (99 % interval 1.80 s "
                   "to 2.20 s)."))
      << All(finding);
  EXPECT_TRUE(Says(finding,
                   "The interval of aot meets that of jit: nothing is said about which of "
                   "them is the faster one."))
      << All(finding);
  summary_.cells[2].steady_interval = {3, 4};
  EXPECT_EQ(All(Find()).find("meets"), std::string::npos);
}

TEST_F(FindingsTest, SaysOfEachVerdictWhatItHolds) {
  EXPECT_TRUE(Says(Find(), "jit is 2.00 times as fast as interp (1.60 to 2.50).")) << All(Find());
  Pair().comparison.verdict = measure::Verdict::Slower;
  Pair().comparison.ratio = 1.5;
  Pair().comparison.interval = {1.4, 1.6};
  EXPECT_TRUE(Says(Find(), "jit takes 1.50 times as long as interp (1.40 to 1.60)."))
      << All(Find());
  Pair().comparison.verdict = measure::Verdict::CannotTell;
  Pair().comparison.ratio = 1.01;
  Pair().comparison.interval = {0.98, 1.03};
  EXPECT_TRUE(Says(Find(),
                   "jit and interp cannot be told apart: the ratio of their times is 1.01 "
                   "(0.980 to 1.03)."))
      << All(Find());
  Pair().comparison.verdict = measure::Verdict::TooFewProcesses;
  Pair().comparison.rounds = 3;
  EXPECT_TRUE(Says(Find(), "jit and interp were not compared: 3 rounds are too few, 5 the least."))
      << All(Find());
}

TEST_F(FindingsTest, SaysOfEachBreakEvenWhatItHolds) {
  using measure::BreakEvenState;
  ExpectBreakEven(BreakEvenState::Crosses,
                  "Start included, jit has caught up with interp after 12 runs (10 to 15), 3.00 s "
                  "in all.");
  ExpectBreakEven(BreakEvenState::AheadFromFirstRun,
                  "jit is ahead of interp from the first run on, its start included.");
  ExpectBreakEven(BreakEvenState::Extrapolated,
                  "Start included, jit would catch up with interp after about 12 runs (10 to 15); "
                  "so many were not measured.");
  ExpectBreakEven(BreakEvenState::Never, "jit never catches up with interp.");
  ExpectBreakEven(BreakEvenState::Undecided,
                  "Whether jit ever catches up with interp is undecided.");
  Pair().break_even.lost_at_runs = 40;
  ExpectBreakEven(
      BreakEvenState::LosesAgain,
      "jit is ahead of interp after 12 runs (10 to 15), and behind for good from run 40 "
      "on.");
}

TEST_F(FindingsTest, TheBaseMayBeTheLateOne) {
  Pair().late = 0;
  ExpectBreakEven(measure::BreakEvenState::Never, "interp never catches up with jit.");
}

TEST_F(FindingsTest, ClaimsNothingOfVoidRows) {
  summary_.engines.clear();
  summary_.cells[1].is_void = true;
  summary_.cells[1].doubts = {{measure::DoubtKind::Folded, "its work was left out"}};
  summary_.cells[2].is_void = true;
  summary_.cells[2].processes.clear();
  const Finding finding = Find();
  EXPECT_TRUE(Says(finding, "On jit the time says nothing: its work was left out."))
      << All(finding);
  EXPECT_TRUE(Says(finding, "Nothing was measured on aot.")) << All(finding);
  EXPECT_TRUE(Says(finding, "interp takes 4.00 s a run (99 % interval 3.80 s to 4.20 s)."))
      << All(finding);
}

TEST(FindingsOfSampleTest, ComparesVariants) {
  const std::vector<Finding> findings = Findings(SampleResults(), SampleSummary());
  EXPECT_EQ(findings.size(), 7U);  // six benches, one paragraph about the variants
  const std::string text = All(findings.back());
  EXPECT_NE(text.find("On interp, factored(n=1000) takes 1.6"), std::string::npos) << text;
  EXPECT_NE(text.find("On jit, factored(n=1000) and raw(n=1000) cannot be told apart"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace report
