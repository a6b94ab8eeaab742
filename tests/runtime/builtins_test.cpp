// Built-ins that need no engine, called dynamically.

#include <limits>

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using runtime::BuiltinKind;
using runtime::Value;

TEST(Builtins, TheTableIsWhole) {
  const frontend::Signatures signatures = runtime::BuiltinSignatures();
  EXPECT_EQ(signatures[static_cast<size_t>(BuiltinKind::Clock)].name, "clock");
  EXPECT_EQ(signatures.back().name, "clock");
  EXPECT_EQ(Name(BuiltinKind::Hypot), "hypot");
  EXPECT_TRUE(signatures[static_cast<size_t>(BuiltinKind::Pi)].is_constant);
  EXPECT_EQ(signatures[static_cast<size_t>(BuiltinKind::Join)].consumed_argument, 1);
  EXPECT_EQ(runtime::ConstantValue(BuiltinKind::Pi), 3.141592653589793);
  EXPECT_EQ(runtime::ConstantValue(BuiltinKind::E), 2.718281828459045);
}

TEST(Builtins, NumbersKeepTheirTypes) {
  RunFixture run;
  EXPECT_EQ(run.Call(BuiltinKind::Abs, {Value::Int(-3)}), "3");
  EXPECT_EQ(run.Call(BuiltinKind::Abs, {Value::Float(-3)}), "3.0");
  EXPECT_EQ(run.Call(BuiltinKind::Fabs, {Value::Int(-3)}), "3.0");
  EXPECT_EQ(run.Call(BuiltinKind::Floor, {Value::Int(3)}), "3");
  EXPECT_EQ(run.Call(BuiltinKind::Round, {Value::Float(2.5)}), "2");
  EXPECT_EQ(run.Call(BuiltinKind::Sqrt, {Value::Int(4)}), "2.0");
  EXPECT_EQ(run.Call(BuiltinKind::Pow, {Value::Int(2), Value::Int(3)}), "8.0");
}

TEST(Builtins, MathErrorsNameTheCall) {
  RunFixture run;
  EXPECT_EQ(run.Call(BuiltinKind::Sqrt, {Value::Float(-1)}),
            "domain: sqrt(-1.0) is not defined: its argument must not be negative");
  EXPECT_EQ(run.Call(BuiltinKind::Log, {Value::Int(0)}),
            "domain: log(0.0) is not defined: its argument must be greater than zero");
  EXPECT_EQ(run.Call(BuiltinKind::Acos, {Value::Float(1.0000000000000002)}),
            "domain: acos(1.0000000000000002) is not defined: "
            "its argument must lie between -1 and 1");
  EXPECT_EQ(run.Call(BuiltinKind::Exp, {Value::Int(1000)}),
            "overflow: exp(1000.0) does not fit in a float");
  EXPECT_EQ(run.Call(BuiltinKind::Pow, {Value::Float(-8), Value::Float(0.5)}),
            "domain: pow(-8.0, 0.5) is not defined: it has no real value");
  EXPECT_EQ(run.Call(BuiltinKind::Abs, {Value::Int(INT64_MIN)}),
            "overflow: abs(-9223372036854775808) does not fit in a 64-bit int");
  EXPECT_EQ(run.Call(BuiltinKind::Floor, {Value::Float(1e19)}),
            "overflow: floor(1e+19) does not fit in a 64-bit int");
  EXPECT_EQ(run.Call(BuiltinKind::Int, {Value::Float(std::numeric_limits<double>::quiet_NaN())}),
            "domain: int(nan) is not defined: no int stands for it");
  EXPECT_EQ(run.Call(BuiltinKind::Sin, {Value::Bool(true)}),
            "type: `sin` takes a number, not a bool");
}

TEST(Builtins, Conversions) {
  RunFixture run;
  EXPECT_EQ(run.Call(BuiltinKind::Int, {Value::Float(-2.9)}), "-2");
  EXPECT_EQ(run.Call(BuiltinKind::Int, {run.Str("12")}), "12");
  EXPECT_EQ(run.Call(BuiltinKind::Int, {Value::Bool(true)}), "1");
  EXPECT_EQ(run.Call(BuiltinKind::Int, {run.Str("1.5")}), "value: \"1.5\" is not an int");
  EXPECT_EQ(run.Call(BuiltinKind::Int, {run.Str("9223372036854775808")}),
            "value: \"9223372036854775808\" does not fit in a 64-bit int");
  EXPECT_EQ(run.Call(BuiltinKind::Float, {run.Str("1e3")}), "1000.0");
  EXPECT_EQ(run.Call(BuiltinKind::Float, {run.Str("nan")}), "nan");
  EXPECT_EQ(run.Call(BuiltinKind::Float, {run.Str("\x1b[31m")}),
            "value: \"\\u{1b}[31m\" is not a float");
  EXPECT_EQ(run.Call(BuiltinKind::Str, {Value::Float(0.1)}), "0.1");
  EXPECT_EQ(run.Call(BuiltinKind::Str, {run.Ints({1, 2})}), "[1, 2]");
  EXPECT_EQ(run.Call(BuiltinKind::Bool, {Value::Int(0)}), "false");
  EXPECT_EQ(run.Call(BuiltinKind::Bool, {run.Str("x")}), "true");
  EXPECT_EQ(run.Call(BuiltinKind::Bool, {run.List({})}), "false");
  EXPECT_EQ(run.Call(BuiltinKind::Int, {Value::None()}),
            "type: `int` takes a number, a bool or a str, not none");
  run.ExpectNothingLives();
}

TEST(Builtins, TruthIsThatOfPython) {
  RunFixture run;
  EXPECT_EQ(run.Call(BuiltinKind::Bool, {Value::None()}), "false");
  EXPECT_EQ(run.Call(BuiltinKind::Bool, {Value::Bool(true)}), "true");
  EXPECT_EQ(run.Call(BuiltinKind::Bool, {Value::Int(-1)}), "true");
  EXPECT_EQ(run.Call(BuiltinKind::Bool, {Value::Float(-0.0)}), "false");
  EXPECT_EQ(run.Call(BuiltinKind::Bool, {run.Str("")}), "false");
  EXPECT_EQ(run.Call(BuiltinKind::Bool, {run.Ints({0})}), "true");
  EXPECT_EQ(run.Call(BuiltinKind::Float, {Value::Bool(true)}), "1.0");
}

TEST(Builtins, RefuseArgumentsOfOtherTypes) {
  RunFixture run;
  const auto refused = [&run](BuiltinKind builtin, const std::vector<Value>& args) {
    return run.Call(builtin, args);
  };
  const Value function = Value::Builtin(static_cast<uint32_t>(BuiltinKind::Sqrt));
  EXPECT_EQ(refused(BuiltinKind::Sin, {Value::None()}), "type: `sin` takes a number, not none");
  EXPECT_EQ(refused(BuiltinKind::Pow, {Value::Int(1), Value::Bool(true)}),
            "type: `pow` takes numbers, not a bool");
  EXPECT_EQ(refused(BuiltinKind::Floor, {run.Str("1")}), "type: `floor` takes a number, not a str");
  EXPECT_EQ(refused(BuiltinKind::Abs, {run.Ints({1})}),
            "type: `abs` takes a number, not a list[int]");
  EXPECT_EQ(refused(BuiltinKind::Int, {Value::None()}),
            "type: `int` takes a number, a bool or a str, not none");
  EXPECT_EQ(refused(BuiltinKind::Float, {Value::None()}),
            "type: `float` takes a number, a bool or a str, not none");
  EXPECT_EQ(refused(BuiltinKind::Bool, {function}),
            "type: `bool` takes a number, a str, a list or none, not a function");
  EXPECT_EQ(refused(BuiltinKind::Text, {run.Str("a")}), "type: `text` takes a buffer, not a str");
  EXPECT_EQ(refused(BuiltinKind::Assert, {Value::Bool(true), Value::Int(1)}),
            "type: `assert` takes a str second, not an int");
  EXPECT_EQ(refused(BuiltinKind::Error, {Value::Int(1)}), "type: `error` takes a str, not an int");
  run.ExpectNothingLives();
}

TEST(Builtins, MinAndMaxChooseAsPythonDoes) {
  RunFixture run;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(run.Call(BuiltinKind::Min, {Value::Int(3), Value::Int(1), Value::Int(2)}), "1");
  EXPECT_EQ(run.Call(BuiltinKind::Max, {run.Str("a"), run.Str("b")}), "b");
  EXPECT_EQ(run.Call(BuiltinKind::Min, {Value::Int(1), Value::Float(2.5)}), "1.0");
  EXPECT_EQ(run.Call(BuiltinKind::Min, {Value::Float(0.0), Value::Float(-0.0)}), "0.0");
  EXPECT_EQ(run.Call(BuiltinKind::Max, {Value::Float(-0.0), Value::Float(0.0)}), "-0.0");
  EXPECT_EQ(run.Call(BuiltinKind::Min, {Value::Float(nan), Value::Float(1)}), "nan");
  EXPECT_EQ(run.Call(BuiltinKind::Min, {Value::Float(1), Value::Float(nan)}), "1.0");
  EXPECT_EQ(run.Call(BuiltinKind::Min, {Value::Int(1), run.Str("a")}),
            "type: cannot compare a str and an int");
  EXPECT_EQ(run.Call(BuiltinKind::Max, {run.Ints({1}), run.Ints({2})}),
            "type: `max` takes numbers or strs, not a list[int]");
  run.ExpectNothingLives();
}

TEST(Builtins, Sequences) {
  RunFixture run;
  EXPECT_EQ(run.Call(BuiltinKind::Len, {run.Str("aé😀")}), "3");
  EXPECT_EQ(run.Call(BuiltinKind::Len, {run.Ints({1, 2})}), "2");
  EXPECT_EQ(run.Call(BuiltinKind::Range, {Value::Int(1), Value::Int(5), Value::Int(0)}),
            "value: the step of a range must not be zero");
  EXPECT_EQ(run.Call(BuiltinKind::Range, {Value::Float(1)}),
            "type: `range` takes ints, not a float");
  const Value args[] = {Value::Int(7)};
  Value seq;
  ASSERT_TRUE(runtime::CallBuiltin(
      run.context, static_cast<frontend::BuiltinId>(BuiltinKind::Range), args, &seq));
  EXPECT_EQ(seq.seq->operands()[0].integer, 0);
  EXPECT_EQ(seq.seq->operands()[1].integer, 7);
  EXPECT_EQ(seq.seq->operands()[2].integer, 1);
  EXPECT_EQ(run.types.Name(runtime::TypeOf(run.context, seq)), "seq[int]");
  EXPECT_EQ(run.Call(BuiltinKind::Len, {runtime::Retain(seq)}),
            "type: `len` takes a str or a list, not a seq[int]");
  EXPECT_EQ(run.Call(BuiltinKind::Map, {Value::Int(1), runtime::Retain(seq)}),
            "type: `map` takes a function first, not an int");
  EXPECT_EQ(run.Call(BuiltinKind::Map, {Value::Builtin(3), Value::Int(1)}),
            "type: `map` takes a sequence, a list or a str second, not an int");
  EXPECT_EQ(run.Call(BuiltinKind::Filter, {Value::Builtin(3), seq}), "<seq>");
  EXPECT_EQ(run.Call(BuiltinKind::Append, {Value::Int(1), Value::Int(2)}),
            "type: `append` takes a list, not an int");
  run.ExpectNothingLives();
}

TEST(Builtins, ABufferCollectsText) {
  RunFixture run;
  const Value buffer = Value::Of(run.context.heap.NewBuffer());
  const auto write = [&](const std::string& text) {
    return run.Call(BuiltinKind::Write, {runtime::Retain(buffer), run.Str(text)});
  };
  const auto text = [&] { return run.Call(BuiltinKind::Text, {runtime::Retain(buffer)}); };
  EXPECT_EQ(text(), "");
  EXPECT_EQ(write("one "), "none");
  const runtime::Str* const first = buffer.buffer->text;
  EXPECT_EQ(text(), "one ");
  EXPECT_EQ(write("two and more than fits inline"), "none");
  EXPECT_EQ(buffer.buffer->text, first) << "the text handed out was dropped: no copy is needed";
  const Value held = Value::Of(runtime::Retain(buffer.buffer->text));
  EXPECT_EQ(write("!"), "none");
  EXPECT_EQ(run.Take(held), "one two and more than fits inline");
  EXPECT_EQ(text(), "one two and more than fits inline!");
  EXPECT_EQ(run.Call(BuiltinKind::Write, {runtime::Retain(buffer), Value::Int(1)}),
            "type: `write` takes a str second, not an int");
  EXPECT_EQ(run.Call(BuiltinKind::Write,
                     {runtime::Retain(buffer), Value::Of(runtime::Retain(buffer.buffer->text))}),
            "none");
  runtime::Release(buffer);
  run.ExpectNothingLives();
}

TEST(Builtins, PrintSeparatesBySpaces) {
  RunFixture run;
  run.Call(BuiltinKind::Print, {Value::Int(1), run.Str("a b"), Value::Float(2), Value::None(),
                                run.List({run.Str("x")})});
  run.Call(BuiltinKind::Print, {});
  EXPECT_EQ(run.out.text(), "1 a b 2.0 none ['x']\n\n");
}

TEST(Builtins, WhatTheProgramSays) {
  RunFixture run;
  EXPECT_EQ(run.Call(BuiltinKind::Assert, {Value::Bool(true)}), "none");
  EXPECT_EQ(run.Call(BuiltinKind::Assert, {Value::Bool(false)}),
            "assert: the assertion does not hold");
  EXPECT_EQ(run.Call(BuiltinKind::Assert, {Value::Bool(false), run.Str("n is odd")}),
            "assert: n is odd");
  EXPECT_EQ(run.Call(BuiltinKind::Assert, {Value::Int(1)}),
            "type: `assert` takes a bool first, not an int");
  EXPECT_EQ(run.Call(BuiltinKind::Error, {run.Str("no such city")}), "error: no such city");
  EXPECT_EQ(run.Call(BuiltinKind::Keep, {run.Str("x")}), "x");
  run.context.clock = [] { return 12.5; };
  EXPECT_EQ(run.Call(BuiltinKind::Clock, {}), "12.5");
  run.ExpectNothingLives();
}

TEST(Builtins, CountArgumentsWhenCalledAsValues) {
  RunFixture run;
  EXPECT_EQ(run.Call(BuiltinKind::Sin, {}), "type: `sin` takes 1 argument, not 0");
  EXPECT_EQ(run.Call(BuiltinKind::Atan2, {Value::Int(1)}),
            "type: `atan2` takes 2 arguments, not 1");
  EXPECT_EQ(run.Call(BuiltinKind::Range, {}), "type: `range` takes 1 to 3 arguments, not 0");
  EXPECT_EQ(run.Call(BuiltinKind::Min, {}), "type: `min` takes at least 1 argument, not 0");
}

}  // namespace
}  // namespace tests
