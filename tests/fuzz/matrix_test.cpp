// The lanes and the rules that need no second engine.

#include "fuzz/matrix.h"

#include <gtest/gtest.h>

#include "runtime/run.h"

namespace fuzz {
namespace {

Examined Examine(const Generated& generated, Matrix matrix) {
  Examined examined;
  runtime::OnLargeStack([&] { examined = Examiner(matrix).Examine(generated, 1); });
  return examined;
}

Generated Of(const char* text) { return {MakeStatement(text), Temper::Clean, ""}; }

TEST(Examiner, FindsNothingInARightProgram) {
  const Examined examined =
      Examine(Of("var t = 0\nfor i in range(9) { t += i }\nprint(t)"), Matrix::Full);
  EXPECT_FALSE(examined.finding.has_value()) << examined.finding->Key() << examined.finding->detail;
  EXPECT_TRUE(examined.compiles);
  EXPECT_TRUE(examined.entered_loop);
  EXPECT_FALSE(examined.raised);
}

TEST(Examiner, WantsAPlantedErrorToBeFound) {
  Generated generated = Of("1 // 0");
  generated.program.is_planted = true;
  generated.planted = "division by zero";
  const Examined examined = Examine(generated, Matrix::Quick);
  EXPECT_FALSE(examined.finding.has_value());
  EXPECT_TRUE(examined.raised);
  generated.planted = "overflow";
  EXPECT_EQ(Examine(generated, Matrix::Quick).finding->Key(), "planted: kind");
}

TEST(Examiner, WantsThePlantedErrorToSayWhatItMust) {
  Generated generated = Of("1 // 0");
  generated.program.is_planted = true;
  generated.planted = "division by zero";
  generated.planted_says = "divide 1";
  EXPECT_FALSE(Examine(generated, Matrix::Quick).finding.has_value());
  generated.planted_says = "divide 2";
  EXPECT_EQ(Examine(generated, Matrix::Quick).finding->Key(), "planted: text");
}

TEST(Examiner, EndsWhatDoesNotEnd) {
  Generated generated = Of("while true { }");
  generated.program.is_planted = true;
  generated.planted = kEndless;
  const Examined examined = Examine(generated, Matrix::Full);
  EXPECT_FALSE(examined.finding.has_value());
  EXPECT_TRUE(examined.raised);
  generated.program = MakeStatement("for x in range(3) { }");
  generated.program.is_planted = true;
  EXPECT_EQ(Examine(generated, Matrix::Quick).finding->Key(), "interp-fused: endless");
}

TEST(CheckErrorText, WantsWholeCodePointsThatATerminalDoesNotObey) {
  Observation base;
  base.error_kind = "value";
  for (const char* text : {"a \u00e9", ""}) {
    base.error_message = text;
    EXPECT_FALSE(CheckErrorText("x", base).has_value()) << text;
  }
  for (const char* text : {"a\x1b[2J", "\xc3", "\x7f", "\u009b2J", "\u202e"}) {
    base.error_message = text;
    EXPECT_EQ(CheckErrorText("x", base)->Key(), "x: error text");
  }
  base.error_kind = "error";  // the program's own words
  EXPECT_FALSE(CheckErrorText("x", base).has_value());
}

TEST(CheckKept, FindsWhatOutlivesTheEngine) {
  Observation observation;
  EXPECT_FALSE(CheckKept("x", observation).has_value());
  observation.kept_bytes = 1;
  EXPECT_EQ(CheckKept("x", observation)->Key(), "x: leak");
}

TEST(Examiner, RefusesProgramsThatDoNotCompileUnlessTheyAreMeantTo) {
  Generated generated = Of("undefined");
  EXPECT_EQ(Examine(generated, Matrix::Quick).finding->Key(), "frontend: diagnostic");
  generated.program.is_planted = true;
  generated.planted = "E0201";
  EXPECT_FALSE(Examine(generated, Matrix::Quick).finding.has_value());
}

TEST(Examiner, TakesAnyTextOnTheSourceMatrix) {
  EXPECT_EQ(FindMatrix("source"), Matrix::Source);
  const Examined wrong = Examine(Of("let = ] \x01"), Matrix::Source);
  EXPECT_FALSE(wrong.finding.has_value());
  EXPECT_FALSE(wrong.compiles);
  EXPECT_TRUE(Examine(Of("1 // 0"), Matrix::Source).compiles);
}

TEST(FlagsOf, NameTheEngineAndItsMode) {
  EXPECT_EQ(FlagsOf("jit-O0", 3), "--backend=jit --opt=0");
  EXPECT_EQ(FlagsOf("tiered-random", 3), "--backend=tiered --tier=random --tier-seed=3");
  EXPECT_EQ(FlagsOf("python", 3), "");
}

}  // namespace
}  // namespace fuzz
