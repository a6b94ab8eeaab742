// What may be compared, and how.

#include <limits>

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using frontend::BinaryOp;
using runtime::Value;

TEST(Compare, ABoolMeetsNoNumber) {
  RunFixture run;
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::Bool(true), Value::Int(1)),
            "type: cannot compare a bool and an int");
  EXPECT_EQ(run.Op(BinaryOp::Ne, Value::Float(1), Value::Bool(true)),
            "type: cannot compare a float and a bool");
  EXPECT_EQ(run.Op(BinaryOp::Lt, Value::Bool(false), Value::Bool(true)),
            "type: cannot compare a bool and a bool");
  EXPECT_EQ(run.Op(BinaryOp::Add, Value::Bool(true), Value::Int(1)),
            "type: cannot add a bool and an int");
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::Bool(true), Value::Bool(true)), "true");
  EXPECT_EQ(run.Op(BinaryOp::Eq, run.List({Value::Bool(true)}), run.Ints({1})),
            "type: cannot compare a list[bool] and a list[int]");
}

TEST(Compare, OtherTypesAreUnequal) {
  RunFixture run;
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::Int(1), run.Str("1")), "false");
  EXPECT_EQ(run.Op(BinaryOp::Ne, Value::Int(1), run.Str("1")), "true");
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::None(), Value::Int(0)), "false");
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::None(), Value::None()), "true");
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::Builtin(3), Value::None()), "false");
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::Bool(true), run.Str("x")), "false");
  EXPECT_EQ(run.Op(BinaryOp::Eq, run.Ints({1}), Value::Int(1)), "false");
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::Int(1), Value::Float(1)), "true");
}

TEST(Compare, FunctionsAndSequencesMeetNothing) {
  RunFixture run;
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::Builtin(3), Value::Builtin(3)),
            "type: cannot compare a function and a function");
  EXPECT_EQ(run.Op(BinaryOp::Eq, Value::Of(run.context.heap.NewBuffer()), Value::Int(1)),
            "type: cannot compare a buffer and an int");
  EXPECT_EQ(run.Op(BinaryOp::Lt, Value::None(), Value::None()),
            "type: cannot compare none and none");
  EXPECT_EQ(run.Op(BinaryOp::Lt, Value::Int(1), run.Str("a")),
            "type: cannot compare an int and a str");
  run.ExpectNothingLives();
}

TEST(Compare, ListsByElements) {
  RunFixture run;
  EXPECT_EQ(run.Op(BinaryOp::Eq, run.Ints({1, 2}), run.Ints({1, 2})), "true");
  EXPECT_EQ(run.Op(BinaryOp::Eq, run.Ints({1, 2}), run.Ints({1})), "false");
  EXPECT_EQ(run.Op(BinaryOp::Eq, run.Ints({1}), run.List({Value::Float(1)})), "true");
  EXPECT_EQ(run.Op(BinaryOp::Eq, run.List({}), run.Ints({})), "true");
  EXPECT_EQ(run.Op(BinaryOp::Eq, run.List({run.Str("a")}), run.Ints({1})), "false");
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.Ints({1, 2}), run.Ints({1, 3})), "true");
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.Ints({1, 2}), run.Ints({1, 2, 0})), "true");
  EXPECT_EQ(run.Op(BinaryOp::Ge, run.Ints({2}), run.Ints({1, 9})), "true");
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.List({run.Ints({1}), run.Ints({2})}),
                   run.List({run.Ints({1}), run.Ints({3})})),
            "true");
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.List({Value::Bool(true)}), run.List({Value::Bool(true)})),
            "type: cannot compare a list[bool] and a list[bool]");
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.Ints({1}), run.List({run.Str("a")})),
            "type: cannot compare a list[int] and a list[str]");
  run.ExpectNothingLives();
}

TEST(Compare, NanIsUnorderedInListsToo) {
  RunFixture run;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto list = [&run](double x) { return run.List({Value::Float(x)}); };
  EXPECT_EQ(run.Op(BinaryOp::Le, list(nan), list(1)), "false");
  EXPECT_EQ(run.Op(BinaryOp::Ge, list(nan), list(1)), "false");
  EXPECT_EQ(run.Op(BinaryOp::Eq, list(nan), list(nan)), "false");
}

TEST(Compare, LongLoopsAnswerAnInterrupt) {
  RunFixture run;
  const Value list = run.Ints({1});
  Value large;
  ASSERT_TRUE(runtime::Binary(run.context, BinaryOp::Mul, list, Value::Int(10'000), &large));
  run.context.RequestInterrupt(runtime::Interrupt::User);
  Value result;
  EXPECT_FALSE(runtime::Binary(run.context, BinaryOp::Eq, large, large, &result));
  EXPECT_EQ(run.Failure(), "interrupted: stopped by Ctrl-C");
  EXPECT_FALSE(run.context.interrupted());
  run.context.RequestInterrupt(runtime::Interrupt::Time);
  EXPECT_FALSE(runtime::Binary(run.context, BinaryOp::Mul, list, Value::Int(10'000), &result));
  EXPECT_EQ(run.Failure(), "time limit: the time limit of 0 s is over");
  run.context.RequestInterrupt(runtime::Interrupt::User);
  std::string text;
  EXPECT_FALSE(runtime::Format(run.context, large, &text));
  run.context.RequestInterrupt(runtime::Interrupt::User);
  EXPECT_FALSE(runtime::Binary(run.context, BinaryOp::Add, large, large, &result));
  runtime::Release(list);
  runtime::Release(large);
  run.ExpectNothingLives();
}

}  // namespace
}  // namespace tests
