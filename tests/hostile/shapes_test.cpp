// Programs that are long, wide or deep, and programs that never end, on one of each way to run.
// Larger ones, for a single engine each, stand in tests/interp/limits_test.cpp and
// tests/jit/jit_test.cpp.

#include <gtest/gtest.h>

#include "cli/registry.h"
#include "frontend/program.h"
#include "runtime/builtins.h"
#include "runtime/run.h"
#include "tests/support/program_run.h"

namespace hostile {
namespace {

constexpr const char* kEngines[] = {"interp-boxed", "interp-fused", "jit-O0",      "jit-O2",
                                    "tiered-calls", "tiered-loops", "tiered-auto", "tiered-random"};

support::ProgramRun RunOn(const char* engine, const std::string& text,
                          cli::RunOptions options = {}) {
  options.engine = cli::FindEngine(engine)->configuration;
  return support::RunProgramText("shape.gc", text, options);
}

// What the first engine says, when all say the same.
support::ProgramRun ExpectSame(const std::string& text, const cli::RunOptions& options = {}) {
  support::ProgramRun expected = RunOn(kEngines[0], text, options);
  for (const char* engine : kEngines) {
    EXPECT_EQ(support::Difference(expected, RunOn(engine, text, options)), "") << engine;
  }
  return expected;
}

std::string Repeat(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

TEST(Shapes, LongAndWide) {
  constexpr int kMany = 2'000;
  const std::string t = "let t = 1\nlet s = \"é\"\n";
  const std::pair<std::string, std::string> programs[] = {
      {t + "print(t == 1" + Repeat(" and t == 1", kMany) + ")", "true\n"},
      {t + "print(t == 0" + Repeat(" or t == 0", kMany) + ")", "false\n"},
      {t + "print(t" + Repeat(" + t", kMany) + ")", "2001\n"},
      {t + "print(len(s" + Repeat(" + s", kMany) + "))", "2001\n"},
      {t + "print(max(t" + Repeat(", t", kMany) + "))", "1\n"},
      {t + "print(len([t" + Repeat(", t", kMany) + "]))", "2001\n"},
      {"var x = 0\n" + Repeat("x += 1\n", kMany) + "print(x)", "2000\n"},
      {"print(len(\"" + std::string(1'000'000, 'a') + "\"))", "1000000\n"},
      {"print(" + Repeat("(", 250) + "1" + Repeat(")", 250) + ")", "1\n"},
  };
  for (const auto& [text, output] : programs) {
    const support::ProgramRun run = ExpectSame(text);
    EXPECT_EQ(run.output, output) << run.diagnostics << run.rendered_error;
  }
}

TEST(Shapes, RecursionOfEveryKindEndsAtTheSameCall) {
  for (const char* functions : {
           "def f(n) = if n == 0 { 0 } else { f(n - 1) + 1 }",
           "def f(n) = if n == 0 { 0 } else { g(n - 1) }\n"
           "def g(n) = if n == 0 { 0 } else { f(n - 1) }",
           "def r(n, g) = if n == 0 { 0 } else { g(n - 1, g) }\ndef f(n) = r(n - 1, r)",
           "def f(n) = if n == 0 { 0 } else { (x => f(x))(n - 1) }",
           "def f(n) = if n == 0 { 0 } else { sum(map(f, [n - 1])) }",
           "def f(n) = if n == 0 { 0 } else { len(list(filter(x => f(n - 1) == 0, [1]))) - 1 }",
           "def f(n) = if n == 0 { 0 } else { [f(n - 1) for i in range(1)][0] }",
           "def f(n) = if n == 0 { 0 } else { max(f(x) for x in [n - 1]) }",
           "memo def f(n) = if n == 0 { 0 } else { f(n - 1) + 1 }",
           "memo def g(n, s) = if n == 0 { s } else { g(n - 1, s) }\n"
           "def f(n) = len(g(n - 1, \"é\"))",
           "def g(n) { if n > 0 { for x in g(n - 1) { yield x + 1 } } else { yield 0 } }\n"
           "def f(n) = sum(g(n - 1))",
           "def f(n) { var t = 0\n for i in range(1) { if n > 0 { t += f(n - 1) } }\n t }",
           "def f(n) = print(f(n + 1))",
           "def f(n) = assert(f(n + 1) == 0, str(f(n)))",
       }) {
    for (const char* call : {"f(100)", "f(20_000)"}) {
      const bool always_ends = std::string_view(functions).find("n + 1") == std::string_view::npos;
      if (!always_ends && std::string_view(call) == "f(100)") {
        continue;
      }
      const support::ProgramRun run =
          ExpectSame(std::string(functions) + "\ndef main() = " + call + "\n");
      EXPECT_EQ(run.error_kind.value_or("none"),
                std::string_view(call) == "f(100)" ? "none" : "depth limit")
          << functions << run.rendered_error.substr(0, 300);
    }
  }
}

TEST(Shapes, BombsOfMemoryEndAtTheSamePlace) {
  cli::RunOptions options;
  options.max_memory_bytes = uint64_t{1} << 18;
  for (const char* text : {
           "let xs = [0]\nwhile true { append(xs, 1) }",
           "var xs = [0]\nwhile true { xs = xs + xs }",
           "list(range(1_000_000_000_000))",
           "list(range(9_223_372_036_854_775_807))",
           "[x for x in range(1_000_000_000_000)]",
           "[[i] for i in range(100_000_000)]",
           "[[0] * 100 for i in range(100_000_000)]",
           "let b = buffer()\nwhile true { write(b, \"text\") }",
           "join(\",\", map(str, range(100_000_000)))",
           "[0] * 1_000_000_000_000",
           "[0] * 9_223_372_036_854_775_807",
           "\"ab\" * 9_223_372_036_854_775_807",
           "var s = \"x\"\nwhile true { s += s }",
           "str(list(range(100_000)))",
           "memo def f(n) = n\nfor i in range(100_000_000) { f(i) }",
           "memo def f(s) = s + s\nvar s = \"a\"\nwhile true { s = f(s) }",
           "def g() { let xs = list(range(5000))\n while true { yield xs } }\n"
           "let ys = []\nfor x in g() { append(ys, x + [1]) }",
       }) {
    const support::ProgramRun run = ExpectSame(text, options);
    EXPECT_EQ(run.error_kind, "memory limit") << text << run.diagnostics << run.rendered_error;
  }
}

// On the JIT: tests/jit/jit_test.cpp.
TEST(Shapes, WhatNeverEndsIsStopped) {
  for (const char* text : {
           "while true { none }",
           "var i = 0\nwhile i >= 0 { i = (i + 1) % 1000 }",
           "for i in range(4_000_000_000_000) { none }",
           "def ping(n) = if n == 0 { 0 } else { ping(n - 1) + ping(n - 1) }\nping(60)",
           "def count() { var i = 0\n while true { yield i\n i += 1 } }\nmax(count())",
           "def id(x) = x\nsum(map(id, range(4_000_000_000_000)))",
           "let a = [0] * 1_000_000\nwhile true { keep(a == a + [1]) }",
           "while true { keep(join(\",\", map(str, range(100_000)))) }",
       }) {
    for (const char* engine : {"tiered-auto", "tiered-loops"}) {
      cli::RunOptions options;
      options.time_limit_seconds = 0.1;
      const support::ProgramRun run = RunOn(engine, text, options);
      EXPECT_EQ(run.error_kind, "time limit") << engine << ": " << text << run.rendered_error;
    }
  }
}

}  // namespace
}  // namespace hostile
