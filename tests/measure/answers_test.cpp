// When two answers are the same, and when fast math excuses a difference.

#include "measure/answers.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

const Cell kInterp{"p.gc", "b", "interp", {{"n", "10"}}};
const Cell kJit{"p.gc", "b", "jit", {{"n", "10"}}};
const Cell kFast{"p.gc", "b", "jit:fast", {{"n", "10"}}};
const Cell kSecondFast{"p.gc", "b", "jit:fast#2", {{"n", "10"}}};

TEST(AnswersTest, AreComparedAsTheyStand) {
  EXPECT_TRUE(SameText(kInterp, kJit, "0.1", "0.1"));
  EXPECT_FALSE(SameText(kInterp, kJit, "0.1", "0.10000000000000002"));
  EXPECT_FALSE(SameText(kInterp, kJit, "1", "1.0"));
}

TEST(AnswersTest, FastMathMayChangeLastDigitsOfFloats) {
  for (const Cell& fast : {kFast, kSecondFast}) {
    EXPECT_TRUE(SameText(kInterp, fast, "0.1", "0.10000000000000002"));
    EXPECT_TRUE(SameText(fast, kInterp, "-1.5e+20", "-1.5000000001e+20"));
    EXPECT_TRUE(SameText(fast, kInterp, "[0.1, 2.0]", "[0.10000000000000002, 2.0]"));
    EXPECT_TRUE(SameText(fast, kInterp, "a 1.0 b\n", "a 1.0000000000000002 b\n"));
    EXPECT_FALSE(SameText(kInterp, fast, "0.1", "0.10000001"));
    EXPECT_FALSE(SameText(kInterp, fast, "0.1", "-0.1"));
  }
}

TEST(AnswersTest, FastMathExcusesNothingElse) {
  EXPECT_FALSE(SameText(kInterp, kFast, "10000000000000001", "10000000000000002"));
  EXPECT_FALSE(SameText(kInterp, kFast, "true", "false"));
  EXPECT_FALSE(SameText(kInterp, kFast, "[1.0]", "[1.0, 1.0]"));
  EXPECT_FALSE(SameText(kInterp, kFast, "1.0", "1.0 "));
  EXPECT_FALSE(SameText(kInterp, kFast, "x1.0", "y1.0"));
  EXPECT_FALSE(SameText(kInterp, kFast, "nan", "1.0"));
  EXPECT_FALSE(SameText(kInterp, kFast, "", "1.0"));
  EXPECT_FALSE(SameText(kInterp, kFast, "-", "1.0"));
  EXPECT_FALSE(SameText(kInterp, kFast, "1.0e", "1.0"));
}

TEST(AnswersTest, FloatsOf24BitsHaveFewerDigits) {
  EXPECT_TRUE(SameText(Tolerance::OwnSingleMath, "[15033126.1]", "[15033125.9]"));
  EXPECT_FALSE(SameText(Tolerance::OwnSingleMath, "15033126.1", "15033116.1"));
  EXPECT_FALSE(SameText(Tolerance::OwnMath, "15033126.1", "15033125.9"));
  EXPECT_EQ(ToleranceOf(MathLibrary::OwnSingle), Tolerance::OwnSingleMath);
}

TEST(AnswersTest, AnOwnMathLibraryMayChangeFewerDigits) {
  Cell node = kJit;
  node.engine = "node";
  node.math = MathLibrary::Own;
  EXPECT_TRUE(SameText(kInterp, node, "7774906.0000001", "7774906.00000009"));
  EXPECT_TRUE(SameText(node, kInterp, "[1.0, 5e-324]", "[1.0000000000000002, 2e-323]"));
  EXPECT_FALSE(SameText(kInterp, node, "1.0", "1.00000000001"));
  EXPECT_FALSE(SameText(kInterp, node, "5e-324", "-5e-324"));
  EXPECT_FALSE(SameText(kInterp, node, "5e-324", "5e-323"));
  EXPECT_FALSE(SameText(kInterp, node, "9007199254740992", "9007199254740993"));
  EXPECT_FALSE(SameText(Tolerance::None, "1.0", "1.0000000000000002"));
}

TEST(AnswersTest, DisagreementsNameBothSides) {
  const auto value = Disagree(kInterp, {"1", "out"}, kJit, {"2", "out"});
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value->one, kInterp);
  EXPECT_EQ(value->other, kJit);
  EXPECT_EQ(value->what, "value");
  EXPECT_EQ(value->one_text, "1");
  EXPECT_EQ(value->other_text, "2");
  const auto output = Disagree(kInterp, {"1", "out"}, kJit, {"1", "tuo"});
  ASSERT_TRUE(output.has_value());
  EXPECT_EQ(output->what, "output");
  EXPECT_EQ(output->one_text, "out");
  EXPECT_FALSE(Disagree(kInterp, {"1", "out"}, kJit, {"1", "out"}).has_value());
}

TEST(AnswersTest, OnlyTheSameWorkIsCompared) {
  const Cell larger{"p.gc", "b", "jit", {{"n", "20"}}};
  const Cell variant{"p.gc", "c", "jit", {{"n", "10"}}};
  const Cell elsewhere{"q.gc", "b", "jit", {{"n", "10"}}};
  for (const Cell& other : {larger, variant, elsewhere}) {
    EXPECT_FALSE(Disagree(kInterp, {"1", ""}, other, {"2", ""}).has_value());
  }
}

TEST(AnswersTest, AreTheSameInAllProcesses) {
  Results results;
  results.plan.cells = {kInterp, {"p.gc", "c", "interp", {}}, kJit};
  const auto add = [&](uint32_t cell, uint32_t round, const std::string& value) {
    ProcessRun run{.cell = cell, .round = round};
    run.value = value;
    results.processes.push_back(run);
  };
  EXPECT_FALSE(FindDisagreement(results).has_value());
  add(0, 0, "1");
  add(1, 0, "2");
  add(2, 0, "1");
  add(0, 1, "1");
  EXPECT_FALSE(FindDisagreement(results).has_value());
  add(1, 1, "3");
  const auto found = FindDisagreement(results);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->one, results.plan.cells[1]);
  EXPECT_EQ(found->one_text, "2");
  EXPECT_EQ(found->other_text, "3");
}

TEST(AnswersTest, SayWhatTheyTolerate) {
  EXPECT_EQ(TextOf(Tolerance::None), "");
  EXPECT_EQ(TextOf(Tolerance::OwnMath), "4 ulp or 1e-12 of their size");
  EXPECT_EQ(TextOf(Tolerance::OwnSingleMath), "4 ulp of 24 bits");
  EXPECT_EQ(TextOf(Tolerance::FastMath), "1e-09 of their size");
}

}  // namespace
}  // namespace measure
