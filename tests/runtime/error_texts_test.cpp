// The words of errors that the other tests do not show, and how an error looks.

#include "runtime/error_texts.h"

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using frontend::BinaryOp;
using runtime::Arith;
using runtime::ErrorKind;
using runtime::Failure;
using runtime::Value;

TEST(ErrorKinds, HaveWordsAndExitStatuses) {
  EXPECT_EQ(Name(ErrorKind::ZeroDivision), "division by zero");
  EXPECT_EQ(ExitStatus(ErrorKind::Overflow), 1);
  EXPECT_EQ(ExitStatus(ErrorKind::Depth), 4);
  EXPECT_EQ(ExitStatus(ErrorKind::Output), 5);
  EXPECT_EQ(ExitStatus(ErrorKind::Time), 124);
  EXPECT_EQ(ExitStatus(ErrorKind::Interrupt), 130);
  EXPECT_EQ(ExitStatus(ErrorKind::Pipe), 141);
}

TEST(ErrorTexts, Arithmetic) {
  RunFixture run;
  EXPECT_EQ(run.Op(BinaryOp::Add, Value::Int(INT64_MAX), Value::Int(1)),
            "overflow: 9223372036854775807 + 1 does not fit in a 64-bit int");
  EXPECT_EQ(run.Op(BinaryOp::Pow, Value::Int(-10), Value::Int(20)),
            "overflow: (-10) ** 20 does not fit in a 64-bit int");
  EXPECT_EQ(run.Op(BinaryOp::Pow, Value::Float(10), Value::Int(400)),
            "overflow: 10.0 ** 400.0 does not fit in a float");
  EXPECT_EQ(run.Op(BinaryOp::Div, Value::Int(7), Value::Float(0)),
            "division by zero: cannot divide 7.0 by zero");
  EXPECT_EQ(run.Op(BinaryOp::Mod, Value::Int(7), Value::Int(0)),
            "division by zero: cannot take 7 modulo zero");
  EXPECT_EQ(run.Op(BinaryOp::Pow, Value::Float(0), Value::Int(-1)),
            "division by zero: cannot raise 0.0 to the negative power -1.0");
  EXPECT_EQ(run.Op(BinaryOp::Pow, Value::Float(-8), Value::Float(0.5)),
            "domain: (-8.0) ** 0.5 is not a real number");
  Value result;
  EXPECT_FALSE(runtime::Negate(run.context, Value::Int(INT64_MIN), &result));
  EXPECT_EQ(run.Failure(), "overflow: -(-9223372036854775808) does not fit in a 64-bit int");
}

TEST(ErrorTexts, ANegativeExponentSaysWhatToWrite) {
  const Failure failure =
      runtime::ArithText(BinaryOp::Pow, Arith::NegativeExponent, Value::Int(2), Value::Int(-1));
  EXPECT_EQ(failure.message, "2 ** -1 is not an int, since the exponent is negative");
  EXPECT_EQ(failure.help, "use a float: `2.0 ** -1`");
}

TEST(ErrorTexts, WrongOperandsComeWithHelp) {
  RunFixture run;
  const Value text = run.Str("a");
  Value result;
  EXPECT_FALSE(runtime::Binary(run.context, BinaryOp::Add, Value::Int(1), text, &result));
  EXPECT_EQ(run.context.failure->message, "cannot add an int and a str");
  EXPECT_EQ(run.context.failure->help, "make it a str first: `str(...)`");
  EXPECT_FALSE(runtime::Binary(run.context, BinaryOp::Sub, Value::Int(1), text, &result));
  EXPECT_EQ(run.context.failure->message, "cannot subtract a str from an int");
  bool truth;
  EXPECT_FALSE(runtime::Truth(run.context, Value::Int(1), &truth));
  EXPECT_EQ(run.context.failure->message, "a condition must be a bool, not an int");
  EXPECT_EQ(run.context.failure->help, "compare it with zero: `x != 0`");
  EXPECT_FALSE(runtime::Not(run.context, text, &result));
  EXPECT_EQ(run.context.failure->message, "`not` takes a bool, not a str");
  EXPECT_FALSE(runtime::Negate(run.context, Value::Bool(true), &result));
  EXPECT_EQ(run.context.failure->message, "cannot negate a bool");
  runtime::Release(text);
}

TEST(ErrorTexts, DeclaredTypes) {
  RunFixture run;
  const auto check = [&run](runtime::TypeId declared, Value value) {
    Value checked = value;
    const bool ok = runtime::CheckDeclared(run.context, declared, "x", &checked);
    runtime::Release(checked);
    return ok ? "ok" : run.Failure();
  };
  EXPECT_EQ(check(runtime::kFloat, run.Str("a")), "type: `x` must be a float, not a str");
  EXPECT_EQ(check(runtime::kInt, Value::Float(1)), "type: `x` must be an int, not a float");
  EXPECT_EQ(check(runtime::kFloat, Value::Int(1)), "ok");
  EXPECT_EQ(check(runtime::kAny, Value::Int(1)), "type: `x` must be a function, not an int");
  EXPECT_EQ(check(runtime::kAny, Value::Builtin(9)), "ok");
  EXPECT_EQ(check(runtime::kNone, Value::Int(1)), "type: `x` must be none, not an int");
  EXPECT_EQ(check(run.types.Seq(runtime::kInt), run.Ints({1})),
            "type: `x` must be a seq[int], not a list[int]");
  Value converted = Value::Int(3);
  EXPECT_TRUE(runtime::CheckDeclared(run.context, runtime::kFloat, "x", &converted));
  EXPECT_EQ(run.Text(converted), "3.0");
}

TEST(ErrorTexts, SizesAndCounts) {
  EXPECT_EQ(runtime::GroupedText(0), "0");
  EXPECT_EQ(runtime::GroupedText(999), "999");
  EXPECT_EQ(runtime::GroupedText(10'000), "10,000");
  EXPECT_EQ(runtime::GroupedText(1'234'567), "1,234,567");
  EXPECT_EQ(runtime::MemoryText(64, 1000).message,
            "64 bytes more would pass the memory limit of 1.0 kB");
  EXPECT_EQ(runtime::DepthText(10'000).message, "calls are nested deeper than 10,000");
  EXPECT_EQ(runtime::TimeText(2.5).message, "the time limit of 2.5 s is over");
}

constexpr char kProgram[] =
    "def inner(n) = n // 0\n"
    "def outer(n) {\n"
    "    inner(n)\n"
    "}\n"
    "outer(1)\n";

frontend::Span Find(const frontend::Program& program, std::string_view text) {
  const auto at = static_cast<uint32_t>(program.source->text().find(text));
  return {at, at + static_cast<uint32_t>(text.size())};
}

TEST(Render, ShowsPlaceHelpAndCalls) {
  const auto program = Load(kProgram);
  const frontend::Program& p = *program;
  const auto id = [&p](std::string_view name) { return p.IdOf(*p.FindFunction(name)); };
  const runtime::RunError error = {
      {ErrorKind::ZeroDivision, "cannot divide 1 by zero", "look at n"},
      {{id("inner"), Find(p, "n // 0")},
       {id("outer"), {Find(p, "    inner(n)").begin + 4, Find(p, "    inner(n)").end}},
       {frontend::kTopFunction, Find(p, "outer(1)")}}};
  EXPECT_EQ(runtime::Render(error, p, frontend::Color::No),
            "error: division by zero: cannot divide 1 by zero\n"
            "  --> prog.gc:1:16\n"
            "   |\n"
            " 1 | def inner(n) = n // 0\n"
            "   |                ^^^^^^\n"
            "   = help: look at n\n"
            "traceback (most recent call last):\n"
            "  prog.gc:5:1 at the top level\n"
            "    outer(1)\n"
            "  prog.gc:3:5 in outer\n"
            "    inner(n)\n"
            "  prog.gc:1:16 in inner\n"
            "    def inner(n) = n // 0\n");
  const std::string colored = runtime::Render(error, p, frontend::Color::Yes);
  EXPECT_TRUE(colored.starts_with("\x1b[1;31merror"));
}

TEST(Render, LongTracesShowTheirEnds) {
  const auto program = Load(kProgram);
  runtime::RunError error = {{ErrorKind::Depth, "too deep", ""}, {}};
  for (int i = 0; i < 10'000; ++i) {
    error.trace.push_back({1, {0, 3}});
  }
  const std::string text = runtime::Render(error, *program, frontend::Color::No);
  EXPECT_NE(text.find("\n  ... 9,980 more calls ...\n"), std::string::npos);
  EXPECT_LT(text.size(), 2000u);
  error.trace.resize(21);
  EXPECT_NE(runtime::Render(error, *program, frontend::Color::No).find("... 1 more call ..."),
            std::string::npos);
  error.trace.resize(20);
  EXPECT_EQ(runtime::Render(error, *program, frontend::Color::No).find("more call"),
            std::string::npos);
}

TEST(Render, TextOfTheProgramCannotDisturbTheTerminal) {
  const auto program = Load(kProgram);
  const runtime::RunError error = {{ErrorKind::Raised, "a\x1b[31m\nb", ""}, {}};
  EXPECT_EQ(runtime::Render(error, *program, frontend::Color::No).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace tests
