// Calls of values: how many arguments a function takes, what its defaults are, and that nothing is
// left behind when one fails.

#include "runtime/run_tables.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using runtime::RunTables;
using runtime::Value;

// A program with one function `f` that is called with one int, and lets of ints.
class DefaultsTest {
 public:
  explicit DefaultsTest(const std::string& defaults, const std::string& lets = "",
                        runtime::Limits limits = {})
      : run_(lets + "def f(a, " + defaults + ") = a\n", limits),
        function_(*run_.program->FindFunction("f")) {}

  // "[1, ...]", or the failure.
  std::string Accepted(int64_t global = 0) {
    RunTables tables(run_.context, [](frontend::GlobalId) { return runtime::kInt; });
    if (!tables.globals.empty() && global != 0) {
      tables.globals[0] = Value::Int(global);
      tables.global_set[0] = 1;
    }
    const Value given[] = {Value::Int(1)};
    std::vector<Value> values(function_.params().size(), Value::None());
    int32_t refused = 0;
    std::string text;
    if (!tables.Accept(function_, given, values.data(), &refused)) {
      EXPECT_EQ(refused, -1);
      text = run_.Failure();
    }
    for (const Value value : values) {
      text += text.empty() ? "" : ", ";
      text += run_.Take(value);
    }
    live_objects_ = run_.context.heap.counters().live_objects;
    return text;
  }

  // When Accept is over, but for the literals, which the tables keep.
  uint64_t live_objects() const { return live_objects_; }

 private:
  RunFixture run_;
  const frontend::Function& function_;
  uint64_t live_objects_ = 0;
};

TEST(RunTables, DefaultsAreConstantExpressions) {
  EXPECT_EQ(DefaultsTest("b = 2, c = 1.5, d = true, e = \"s\", g = none").Accepted(),
            "1, 2, 1.5, true, s, none");
  EXPECT_EQ(DefaultsTest("b = -2, c = not true, d = 7 // 2 - 1 + 10").Accepted(),
            "1, -2, false, 12");
  EXPECT_EQ(
      DefaultsTest("b = true and true, c = true and false and true, d = false or true").Accepted(),
      "1, true, false, true");
  EXPECT_EQ(DefaultsTest("b = inf, c = [pi > 3, 1 == 2], d = [\"a\" + \"b\"]").Accepted(),
            "1, inf, [true, false], ['ab']");
  EXPECT_EQ(DefaultsTest("b = half * 2", "let half = 21\n").Accepted(21), "1, 42");
}

TEST(RunTables, DeclaredDefaultsAreConverted) {
  EXPECT_EQ(DefaultsTest("b: float = 2").Accepted(), "1, 2.0");
}

TEST(RunTables, ALongChainIsNoRecursion) {
  std::string chain = "0";
  for (int i = 0; i < 100'000; ++i) {
    chain += " + 1";
  }
  EXPECT_EQ(DefaultsTest("b = " + chain).Accepted(), "1, 100000");
}

TEST(RunTables, ADefaultThatFailsLeavesNothingBehind) {
  const auto check = [](const std::string& value, const std::string& failure, uint64_t literals) {
    DefaultsTest test("b = " + value, "let later = 1\n");
    EXPECT_EQ(test.Accepted(), failure + ", 1, none") << value;
    EXPECT_EQ(test.live_objects(), literals) << value;
  };
  const std::string unset = "unset: `later` is read before its `let` has run";
  check("later", unset, 0);
  check("-later", unset, 0);
  check("not 1", "type: `not` takes a bool, not an int", 0);
  check("[1] * 2 + [later]", unset, 0);
  check("[1] + 2", "type: cannot add a list[int] and an int", 0);
  check("[1] + 2 + later", "type: cannot add a list[int] and an int", 0);
  check("\"a\" * 40 + later", unset, 1);
  check("[\"a\" * 40, later]", unset, 1);
  check("[[1], \"a\"]", "type: a list cannot hold both a list[int] and a str", 1);
  check("later or true", unset, 0);
  check("true and [1]", "type: a condition must be a bool, not a list[int]", 0);
}

TEST(RunTables, GiveBackWhatTheyHoldUnlessTheRunHasFailed) {
  const auto left = [](bool has_failed) {
    RunFixture run(
        "let boxed = 1\nlet typed = \"\"\nlet unset = 1\ndef f() = print(boxed, typed, unset)\n");
    {
      RunTables tables(run.context, [](frontend::GlobalId global) {
        return global == 1 ? runtime::kStr : runtime::kAny;
      });
      EXPECT_NE(tables.Literal("a literal"), nullptr);
      tables.globals[0] = Value::Of(run.context.heap.NewStr("boxed", 5));
      tables.globals[1].bits = Value::Of(run.context.heap.NewStr("typed", 5)).bits;
      tables.global_set[0] = tables.global_set[1] = 1;
      EXPECT_EQ(run.context.heap.counters().live_objects, 3U);
      tables.has_failed = has_failed;
    }
    return run.context.heap.counters().live_objects;
  };
  EXPECT_EQ(left(false), 0U);
  EXPECT_EQ(left(true), 3U);
}

TEST(RunTables, MemoryMayEndAtALiteral) {
  EXPECT_TRUE(
      DefaultsTest("b = \"s\"", "", {.memory_bytes = 1}).Accepted().starts_with("memory limit: "));
}

TEST(RunTables, CountsArguments) {
  RunFixture run("def f(a, b, c = 1) = a\ndef g(a) = a\n");
  RunTables tables(run.context, [](frontend::GlobalId) { return runtime::kAny; });
  const frontend::Function& f = *run.program->FindFunction("f");
  EXPECT_TRUE(tables.CheckCount(f, 2));
  EXPECT_TRUE(tables.CheckCount(f, 3));
  EXPECT_FALSE(tables.CheckCount(f, 1));
  EXPECT_EQ(run.Failure(), "type: `f` takes 2 to 3 arguments, not 1");
  EXPECT_FALSE(tables.CheckCount(f, 4));
  EXPECT_EQ(run.Failure(), "type: `f` takes 2 to 3 arguments, not 4");
  EXPECT_FALSE(tables.CheckCount(*run.program->FindFunction("g"), 0));
  EXPECT_EQ(run.Failure(), "type: `g` takes 1 argument, not 0");
}

}  // namespace
}  // namespace tests
