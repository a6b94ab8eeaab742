// When two runs say the same, and what is shown when they do not.

#include "peers/outcome.h"

#include <gtest/gtest.h>

namespace peers {
namespace {

using measure::Tolerance;

Outcome Printed(const std::string& output) {
  Outcome outcome;
  outcome.output = output;
  return outcome;
}

Outcome Failed(const std::string& kind, uint32_t first, uint32_t last) {
  Outcome outcome;
  outcome.error_kind = kind;
  outcome.error_lines = {first, last};
  return outcome;
}

Verdict Compared(const Outcome& base, const Outcome& other) {
  return Compare(base, other, Tolerance::None);
}

TEST(OutcomeTest, OutputsAreCompared) {
  EXPECT_EQ(Compared(Printed("1\n"), Printed("1\n")), Verdict::Ok);
  EXPECT_EQ(Compared(Printed("1\n"), Printed("1.0\n")), Verdict::Differs);
  EXPECT_EQ(Compared(Printed("0.1"), Printed("0.10000000000000002")), Verdict::Differs);
  EXPECT_EQ(Compare(Printed("0.1"), Printed("0.10000000000000002"), Tolerance::OwnMath),
            Verdict::Ok);
}

TEST(OutcomeTest, ErrorsAreComparedByKindAndLine) {
  const Outcome base = Failed("index", 4, 4);
  EXPECT_EQ(Compared(base, Failed("index", 4, 4)), Verdict::Ok);
  EXPECT_EQ(Compared(base, Failed("index", 3, 5)), Verdict::Ok);
  EXPECT_EQ(Compared(base, Failed("index", 5, 5)), Verdict::Differs);
  EXPECT_EQ(Compared(base, Failed("index", 0, 0)), Verdict::Differs);
  EXPECT_EQ(Compared(base, Failed("type", 4, 4)), Verdict::Differs);
  EXPECT_EQ(Compared(base, Printed("")), Verdict::Differs);
  EXPECT_EQ(Compared(Printed(""), base), Verdict::Differs);
  // Mistakes in the arguments have no line.
  EXPECT_EQ(Compared(Failed("value", 0, 0), Failed("value", 0, 0)), Verdict::Ok);
  EXPECT_EQ(Compared(Failed("depth limit", 4, 4), Failed("depth limit", 5, 5)), Verdict::Ok);
}

TEST(OutcomeTest, LimitsCompareWithNothing) {
  for (const char* kind : {"memory limit", "time limit", "output", "interrupted"}) {
    EXPECT_EQ(Compared(Failed(kind, 4, 4), Printed("")), Verdict::NotComparable) << kind;
    EXPECT_EQ(Compared(Printed(""), Failed(kind, 4, 4)), Verdict::NotComparable) << kind;
  }
}

TEST(OutcomeTest, FollowsFromTheRun) {
  const Outcome base = Printed("1\n");
  const auto verdict = [&](RunEnd end) {
    PeerRun run;
    run.end = end;
    run.note = "why";
    run.error = {"range", "outside", {}};
    return Compared(base, OutcomeOf(run));
  };
  EXPECT_EQ(verdict(RunEnd::OutOfRange), Verdict::NotComparable);
  EXPECT_EQ(verdict(RunEnd::Stopped), Verdict::NotComparable);
  EXPECT_EQ(verdict(RunEnd::Refused), Verdict::Refused);
  EXPECT_EQ(verdict(RunEnd::Crash), Verdict::Differs);
  EXPECT_EQ(verdict(RunEnd::NotBuilt), Verdict::Differs);
  PeerRun well;
  well.output = "1\n";
  EXPECT_EQ(Compared(base, OutcomeOf(well)), Verdict::Ok);
  Outcome missing;
  missing.kind = Outcome::Kind::Missing;
  EXPECT_EQ(Compared(base, missing), Verdict::Missing);
  EXPECT_EQ(Name(Verdict::NotComparable), "not comparable");
}

TEST(OutcomeTest, DifferencesAreShownLineByLine) {
  EXPECT_EQ(Difference(Printed("1\n2\n3\n"), Printed("1\n4\n3"), Tolerance::None),
            "line 2\n- 2\n+ 4\nline 3\n- 3\n+ 3 (no line end)\n");
  EXPECT_EQ(Difference(Printed("1\n"), Printed(""), Tolerance::None),
            "line 1\n- 1\n+ (no such line)\n");
  EXPECT_EQ(
      Difference(Printed("a\nb\nc\nd\ne\nf\ng\n"), Printed("1\n"), Tolerance::None).substr(0, 14),
      "line 1\n- a\n+ 1");
  EXPECT_TRUE(Difference(Printed("a\nb\nc\nd\ne\nf\ng\n"), Printed("1\n"), Tolerance::None)
                  .ends_with("... more lines differ\n"));
  EXPECT_EQ(Difference(Failed("index", 4, 4), Failed("type", 5, 6), Tolerance::None),
            "- ends with index in line 4\n+ ends with type in lines 5 to 6\n");
  Outcome broken;
  broken.kind = Outcome::Kind::Broken;
  broken.note = "status 3";
  EXPECT_EQ(Difference(Printed(""), broken, Tolerance::None), "- ends well\n+ status 3\n");
}

}  // namespace
}  // namespace peers
