// Values that nobody uses and sequences that nobody consumes, in small benches.

#include "measure/discarded.h"

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace measure {
namespace {

constexpr char kUnused[] =
    "computes a value that nobody uses, so a compiler may leave it out: "
    "wrap it in keep()";
constexpr char kUnconsumed[] =
    "makes a sequence that nobody consumes, so it does nothing: wrap it "
    "in sum() or list()";

constexpr char kFunctions[] =
    "let stack = [0]\n"
    "def f(x) = x * 2\n"
    "def loop(x) { var t = 0\n for i in range(x) { t += i }\n t }\n"
    "def shout(x) { print(x)\n x }\n"
    "def through(x) = shout(x) + 1\n"
    "def push(x) { append(stack, x)\n len(stack) }\n"
    "def change(xs) { xs[0] = 1\n 7 }\n"
    "def even(x) = if x == 0 { true } else { odd(x - 1) }\n"
    "def odd(x) = if x == 0 { false } else { even(x - 1) }\n"
    "def apply(g, x) = g(x)\n"
    "def numbers(x) { yield x\n yield x }\n"
    "memo def remembered(x) = x\n"
    "extern \"m\" def cosf(x: f32) -> f32\n";

// The sentences about `bench b(n = 3)` with this body; lines are counted from the bench's.
std::vector<std::string> Found(const std::string& body) {
  const std::string before = kFunctions;
  const auto line = static_cast<int64_t>(std::count(before.begin(), before.end(), '\n'));
  tests::RunFixture fixture(before + "bench b(n = 3) {\n" + body + "\n}\n");
  const runtime::TypeId types[] = {runtime::kInt};
  std::vector<std::string> sentences =
      FindDiscarded(*fixture.program, *fixture.program->FindFunction("b"), types, fixture.types);
  for (std::string& sentence : sentences) {
    size_t end = 0;
    const int64_t at = std::stoll(sentence.substr(5), &end) - line - 1;
    sentence = std::to_string(at) + sentence.substr(5 + end);
  }
  return sentences;
}

using Sentences = std::vector<std::string>;

TEST(DiscardedTest, AValueThatNobodyUses) {
  EXPECT_EQ(Found("f(n)\nn"), Sentences{std::string("1 ") + kUnused});
  EXPECT_EQ(Found("loop(n)\nn"), Sentences{std::string("1 ") + kUnused});
  EXPECT_EQ(Found("n\nn + 1\nsin(n)\nn"),
            (Sentences{std::string("2 ") + kUnused, std::string("3 ") + kUnused}));
  EXPECT_EQ(Found("for i in range(n) { f(i) }\nn"), Sentences{std::string("1 ") + kUnused});
  EXPECT_EQ(Found("var i = 0\nwhile i < n {\ni += 1\nf(i) }\ni"),
            Sentences{std::string("4 ") + kUnused});
  EXPECT_EQ(Found("if n > 1 {\nf(n) } else {\n[x for x in range(n)] }\nn"),
            (Sentences{std::string("2 ") + kUnused, std::string("3 ") + kUnused}));
  EXPECT_EQ(Found("even(n)\nn"), Sentences{std::string("1 ") + kUnused});
  EXPECT_EQ(Found("sum(map(f, range(n)))\nn"), Sentences{std::string("1 ") + kUnused});
}

TEST(DiscardedTest, ALocalThatNobodyReads) {
  EXPECT_EQ(Found("let x = f(n)\nn"), Sentences{std::string("1 ") + kUnused});
  EXPECT_EQ(Found("for i in range(n) {\nlet x = i * 2 }\nn"),
            Sentences{std::string("2 ") + kUnused});
  EXPECT_EQ(Found("let x = 5\nlet y = n\nn"), Sentences{});  // no work
  EXPECT_EQ(Found("let x = shout(n)\nn"), Sentences{});
  EXPECT_EQ(Found("let x = f(n)\nx"), Sentences{});
}

TEST(DiscardedTest, ASequenceThatNobodyConsumes) {
  EXPECT_EQ(Found("map(f, range(n))\nn"), Sentences{std::string("1 ") + kUnconsumed});
  EXPECT_EQ(Found("map(shout, range(n))\nn"), Sentences{std::string("1 ") + kUnconsumed});
  EXPECT_EQ(Found("let s = map(f, range(n))\nn"), Sentences{std::string("1 ") + kUnconsumed});
  EXPECT_EQ(Found("let s = (x * 2 for x in range(n))\nn"),
            Sentences{std::string("1 ") + kUnconsumed});
  EXPECT_EQ(Found("numbers(n)\nn"), Sentences{std::string("1 ") + kUnconsumed});
  EXPECT_EQ(Found("let s = map(f, range(n))\nsum(s)"), Sentences{});
  EXPECT_EQ(Found("let s = map(f, range(n))\nlet t = map(f, s)\nsum(t)"), Sentences{});
}

TEST(DiscardedTest, WhatLambdasAndGeneratorsReadIsRead) {
  EXPECT_EQ(Found("let s = map(f, range(n))\nlet g = (x) => sum(s) + x\ng(n)"), Sentences{});
  EXPECT_EQ(Found("let s = map(f, range(n))\nlet t = (x + 1 for x in s)\nsum(t)"), Sentences{});
  EXPECT_EQ(Found("let k = f(n)\nlet t = (x + k for x in range(n))\nsum(t)"), Sentences{});
  // The lambda's first local is its own and not the bench's.
  EXPECT_EQ(Found("let s = map(f, range(n))\nlet g = (x, y, z) => x + y + z\ng(1, 2, n)"),
            Sentences{std::string("1 ") + kUnconsumed});
}

TEST(DiscardedTest, CallsThatAreMadeForTheirEffect) {
  for (const char* body :
       {"keep(f(n))\nn", "shout(n)\nn", "through(n)\nn", "push(n)\nn", "change([n])\nn",
        "remembered(n)\nn", "cosf(n)\nn", "let xs = [n]\nappend(xs, n)\npop(xs)\nn",
        "let g = (x) => x\ng(n)\nn", "apply(shout, n)\nn", "apply((x) => shout(x), n)\nn",
        "n > 1 or shout(n) > 1\nn", "sum(map(shout, range(n)))\nn", "assert(n > 0)\nn",
        "print(n)\nn", "let out = buffer()\nwrite(out, \"x\")\nn", "if n > 1 { return f(n) }\nn",
        "var t = 0\nfor i in range(n) { t += f(i) }\nt"}) {
    EXPECT_EQ(Found(body), Sentences{}) << body;
  }
}

TEST(DiscardedTest, LongChainsAreWalked) {
  std::string chain = "n";
  for (int i = 0; i < 20'000; ++i) {
    chain += " + n";
  }
  EXPECT_EQ(Found(chain + "\nn"), Sentences{std::string("1 ") + kUnused});
}

}  // namespace
}  // namespace measure
