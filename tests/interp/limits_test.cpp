// Limits hold everywhere, and nothing a program may contain is too large or too deep.

#include <chrono>

#include <gtest/gtest.h>

#include "frontend/ast.h"
#include "tests/interp/ladder_run.h"

namespace interp {
namespace {

std::string Repeat(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

// Ends well at `n` calls of f below main, and with the depth error one further. `per_call` is how
// many levels each turn of the recursion takes.
void ExpectDepth(const std::string& functions, int per_call = 1) {
  const auto main = [&](int n) {
    return functions + "\ndef main() = f(" + std::to_string(n) + ")\n";
  };
  // Main is one level; the call of f(0) is the last.
  const int most = (10'000 - 2) / per_call;
  const LadderRun good = ExpectLaddersAgree(main(most));
  EXPECT_FALSE(good.failed) << good.result.substr(0, 200);
  const LadderRun bad = ExpectLaddersAgree(main(most + 1));
  EXPECT_EQ(bad.result.substr(0, 12), "depth limit:") << bad.result.substr(0, 200);
}

TEST(Depth, PlainRecursion) { ExpectDepth("def f(n) = if n == 0 { 0 } else { f(n - 1) + 1 }"); }

TEST(Depth, MutualRecursion) {
  ExpectDepth(
      "def f(n) = if n == 0 { 0 } else { g(n - 1) }\n"
      "def g(n) = if n == 0 { 0 } else { f(n - 1) }");
}

TEST(Depth, ThroughAValue) {
  ExpectDepth("def r(n, g) = if n == 0 { 0 } else { g(n - 1, g) }\ndef f(n) = r(n - 1, r)");
}

TEST(Depth, ThroughALambda) {
  ExpectDepth("def f(n) = if n == 0 { 0 } else { (x => f(x))(n - 1) }", 2);
}

TEST(Depth, ThroughMap) { ExpectDepth("def f(n) = if n == 0 { 0 } else { sum(map(f, [n - 1])) }"); }

TEST(Depth, MemoFunction) { ExpectDepth("memo def f(n) = if n == 0 { 0 } else { f(n - 1) + 1 }"); }

TEST(Depth, MemoFunctionOfStrings) {
  ExpectDepth(
      "memo def g(n, s) = if n == 0 { s } else { g(n - 1, s) }\n"
      "def f(n) = len(g(n - 1, \"é\"))");
}

TEST(Depth, GeneratorRecursion) {
  ExpectDepth(
      "def g(n) { if n > 0 { for x in g(n - 1) { yield x + 1 } } else { yield 0 } }\n"
      "def f(n) = sum(g(n - 1))");
}

TEST(Depth, FramesOfThousandsOfVariables) {
  std::string text = "def f(n) {\n";
  for (int i = 0; i < 4000; ++i) {
    text += "let a" + std::to_string(i) + " = n + " + std::to_string(i) + "\n";
  }
  text += "if n == 0 { return 0 }\nf(n - 1) + a3999 - a3998 }\ndef main() = f(";
  EXPECT_EQ(ExpectLaddersAgree(text + "500)").result, "500");
  const auto program = Load(text + "9998)");
  const auto too_deep = Load(text + "9999)");
  EXPECT_EQ(RunProgramOn(*program, Ladder::Fused).result, "9998");
  EXPECT_EQ(RunProgramOn(*too_deep, Ladder::Fused).result.substr(0, 12), "depth limit:");
}

// As deep as the parser accepts, inside as deep as calls may go: the native stack must hold both.
TEST(Depth, DeepNestingInDeepRecursion) {
  const int nested = frontend::kMaxNesting / 4;
  struct Nesting {
    const char* open;
    const char* close;
    int calls;
  };
  const Nesting nestings[] = {
      {"1 + (", ")", 9000},
      {"same(", ")", 9000},
      {"len([", "])", 9000},
      {"if n > 0 { ", " } else { 0 }", 9000},
      {"sum(y for y in [", "])", 9000},
      {"(x => x + ", ")(1)", 9000 / (nested + 1)},  // each level is a call too
  };
  for (const auto& [open, close, calls] : nestings) {
    const std::string text = "def same(x) = x\ndef f(n) {\n if n == 0 { return 0 }\n " +
                             Repeat(open, nested) + "f(n - 1)" + Repeat(close, nested) +
                             "\n}\ndef main() { f(" + std::to_string(calls) + ")\n 1 }\n";
    const LadderRun run = ExpectLaddersAgree(text);
    EXPECT_EQ(run.result, "1") << open;
  }
}

// Every limit from nothing upwards ends the program with a memory error, until one is enough.
TEST(Memory, EveryLimitIsRespected) {
  const std::string text = R"(
memo def key(n, s) = s + str(n)
let names = ["é", "ab"]
def gen(n) { let s = [str(n)]
  for i in range(n) { yield s[0] + str(i) } }
def main() { var s = ""
  var xs = [0]
  let f = x => x + s_of(names)
  for g in gen(12) { s += f(g) + key(len(s), "k") }
  for i in range(40) { append(xs, i)
    s += str(i) }
  let rows = [[j for j in range(i)] for i in range(6)]
  let lazy = map(x => [x], filter(x => x % 2 == 0, (y + 1 for y in xs)))
  let b = buffer()
  for r in lazy { write(b, str(r)) }
  s + text(b) + join(",", map(str, xs)) + str(rows) + str(xs + xs) + str([1.5] * 9) }
def s_of(xs) = join("-", xs)
)";
  const auto program = Load(text);
  ASSERT_NE(program, nullptr);
  for (const Ladder ladder : kLadders) {
    runtime::Limits limits;
    int refused = 0;
    for (limits.memory_bytes = 0;; limits.memory_bytes += 56) {
      const LadderRun run = RunProgramOn(*program, ladder, runtime::Counting::No, limits);
      if (!run.failed) {
        break;
      }
      ++refused;
      ASSERT_EQ(run.result.substr(0, 13), "memory limit:") << limits.memory_bytes << run.result;
      ASSERT_LT(refused, 2000);
    }
    EXPECT_GT(refused, 50);
  }
}

TEST(Size, CallsWithHundredsOfArguments) {
  std::string params = "a0";
  std::string ints = "0";
  std::string mixed = "0";
  for (int i = 1; i < 400; ++i) {
    const std::string number = std::to_string(i);
    params += ", a" + number;
    ints += ", " + number;
    mixed += ", " + (i % 3 == 0 ? number + ".5" : i % 3 == 1 ? "str(" + number + ")" : number);
  }
  const LadderRun run = ExpectLaddersAgree(
      "def last(" + params + ") = [str(a0), str(a1), str(a399)]\ndef main() { let g = last\n" +
      "[last(" + ints + "), last(" + mixed + "), g(" + mixed + ")] }\n");
  EXPECT_EQ(run.result, "[['0', '1', '399'], ['0', '1', '399.5'], ['0', '1', '399.5']]");
}

TEST(Size, HundredThousandStatements) {
  std::string text = "var x = 0\n";
  for (int i = 0; i < 100'000; ++i) {
    text += "x += " + std::to_string(i) + "\n";
  }
  EXPECT_EQ(ExpectLaddersAgree(text + "x\n").result, "4999950000");
}

TEST(Size, MillionTerms) {
  std::string text = "let a = 1\na";
  for (int i = 1; i < 1'000'000; ++i) {
    text += " + a";
  }
  const auto program = Load(text);
  ASSERT_NE(program, nullptr);
  for (const Ladder ladder : kLadders) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(RunProgramOn(*program, ladder, runtime::Counting::No).result, "1000000");
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
#ifdef NDEBUG
    EXPECT_LT(spent.count(), 1.0);
#else
    EXPECT_LT(spent.count(), 20.0);
#endif
  }
}

TEST(Size, ManyBranches) {
  constexpr int kBranches = 200'000;
  std::string value = "def value(x) = if x == -1 { 1 }\n";
  std::string statement = "def statement(x) { var r = 0\nif x == -1 { r = 1 }\n";
  for (int i = 0; i < kBranches; ++i) {
    const std::string number = std::to_string(i);
    value += "elif x == " + number + " { " + number + " }\n";
    statement += "elif x == " + number + " { r = " + number + " }\n";
  }
  const std::string text = value + "else { -5 }\n" + statement + "else { r = -5 }\nr }\n" +
                           "[value(7), value(199999), value(-3), statement(7), "
                           "statement(199999), statement(-3)]\n";
  EXPECT_EQ(ExpectLaddersAgree(text).result, "[7, 199999, -5, 7, 199999, -5]");
}

}  // namespace
}  // namespace interp
