// What the JIT owes its surroundings: memory protection, names, what code can reach, limits,
// interrupts, names for profilers, and what it says about itself.

#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

#include <unistd.h>

#include <gtest/gtest.h>

#include "runtime/run.h"
#include "tests/jit/jit_run.h"

namespace jit {
namespace {

constexpr const char* kFib = "def fib(n) = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }\nfib(";

std::string ReadFile(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(JitMemory, IsNeverWritableAndExecutable) {
  const auto program = Load(std::string(kFib) + "10)\n");
  runtime::OnLargeStack([&] {
    Prepared prepared(*program);
    EXPECT_EQ(prepared.RunTop(), "55");
    std::istringstream maps(ReadFile("/proc/self/maps"));
    int lines = 0;
    for (std::string line; std::getline(maps, line); ++lines) {
      const std::string rights = line.substr(line.find(' ') + 1, 4);
      EXPECT_FALSE(rights[1] == 'w' && rights[2] == 'x') << line;
    }
    EXPECT_GT(lines, 10);
  });
}

// Names that the compiler, the C library or the JIT itself give a meaning.
constexpr const char* kNames[] = {"malloc",
                                  "calloc",
                                  "free",
                                  "memcpy",
                                  "memset",
                                  "memmove",
                                  "strlen",
                                  "printf",
                                  "puts",
                                  "exp2",
                                  "cbrt",
                                  "sinh",
                                  "sinf",
                                  "log1p",
                                  "fmax",
                                  "fma",
                                  "ldexp",
                                  "powi",
                                  "lgamma",
                                  "fmod",
                                  "trunc",
                                  "rint",
                                  "__stack_chk_fail",
                                  "__divti3",
                                  "_start",
                                  "_init",
                                  "abort",
                                  "exit",
                                  "system",
                                  "dlsym",
                                  "open",
                                  "entry",
                                  "gc",
                                  "lab_Failed",
                                  "llvm_sqrt",
                                  "Failed",
                                  "environ",
                                  "errno",
                                  "setjmp",
                                  "getenv"};

TEST(JitNames, AreAllTheSame) {
  std::string functions;
  std::string body;
  int64_t number = 1;
  for (const std::string name : kNames) {
    const std::string k = std::to_string(++number);
    functions += "def " + name + "(x) = if x < " + k + " { x } else { " + name + "(x - " + k +
                 ") + " + name + "(x - " + k + " - 1) + " + k + " }\n";
    body += "  print(\"" + name + "\", " + name + "(50), " + name + "(9.5))\n";
  }
  // What LLVM likes to replace by calls of these very names.
  body +=
      "  var zeros = [0] * 100\n  for i in range(100) { zeros[i] = 0 }\n"
      "  print(pow(2.0, 0.7), pow(9.5, 0.5), 2.0 ** 3.0, sum(zeros), sqrt(2.0), sin(1.0))\n";
  const support::ProgramRun run = ExpectSame(functions + "def main() {\n" + body + "}\n");
  EXPECT_EQ(run.rendered_error, "");
  EXPECT_NE(run.output, "");
}

TEST(JitNames, WorkForMemoGeneratorsAndBenches) {
  const support::ProgramRun run = ExpectSame(
      "memo def malloc(n) = if n < 2 { n } else { malloc(n - 1) + malloc(n - 2) }\n"
      "def memcpy(n) { for i in range(n) { yield i * i } }\n"
      "bench printf(n = 5) = sum(memcpy(n))\n"
      "let exp2 = x => x + 1\n"
      "def main() { let stored = memcpy(4)\n print(malloc(60), printf(), exp2(1), list(stored)) }");
  EXPECT_EQ(run.output, "1548008755920 30 2 [0, 1, 4, 9]\n");
}

TEST(JitReach, EndsAtTheMathLibrary) {
  for (const char* name :
       {"system", "open", "dlsym", "execve", "fork", "malloc", "printf", "abort", "getenv"}) {
    const support::ProgramRun run = ExpectSame("extern \"m\" def " + std::string(name) +
                                               "(x: int) -> int\nprint(" + name + "(0))\n");
    EXPECT_EQ(run.error_kind, "extern") << name;
    EXPECT_EQ(run.output, "");
  }
}

TEST(JitReach, HoldsTheMathLibrary) {
  EXPECT_EQ(ExpectSame("extern \"m\" def cosf(x: f32) -> f32\n"
                       "extern \"m\" def cbrt(x: float) -> float\nprint(cosf(1.0), cbrt(27.0))\n")
                .rendered_error,
            "");
}

class Endless : public testing::TestWithParam<const char*> {
 protected:
  static std::string Text() {
    return std::string(R"(
def count(n) { var i = 0
  while i < n { yield i
    i += 1 } }
def ping(n) = if n == 0 { 0 } else { ping(n - 1) + ping(n - 1) }
def inc(x) = x + 1
let big = 4_000_000_000_000
)") + GetParam() +
           "\n";
  }
};

TEST_P(Endless, EndsAtTheTimeLimit) {
  cli::RunOptions options;
  options.time_limit_seconds = 0.1;
  for (const char* configuration : {"jit-O0", "jit-O2"}) {
    const double start = Now();
    const support::ProgramRun run = RunOn(configuration, Text(), options);
    EXPECT_EQ(run.error_kind, "time limit") << configuration << run.rendered_error;
    EXPECT_LT(Now() - start, 5.0);
  }
}

TEST_P(Endless, EndsAtAnInterrupt) {
  const auto program = Load(Text());
  for (const int level : {0, 2}) {
    for (const int after_ms : {0, 30}) {
      runtime::OnLargeStack([&] {
        Prepared prepared(*program, {.optimise = level});
        std::thread other([&] {
          std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
          prepared.context().RequestInterrupt(runtime::Interrupt::User);
        });
        const double start = Now();
        const std::string result = prepared.RunTop();
        EXPECT_LT(Now() - start, 5.0);
        other.join();
        EXPECT_EQ(result.substr(0, 12), "interrupted:") << result;
      });
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Programs, Endless,
    testing::Values("while true { none }", "var i = 0\nwhile i >= 0 { i = (i + 1) % 1000 }",
                    "for i in range(big) { none }", "for i in range(0, big, 3) { none }",
                    "for i in count(big) { none }", "ping(60)", "sum(map(inc, range(big)))",
                    "sum(i % 3 for i in range(big))", "any(x < 0 for x in range(big))",
                    "let s = map(inc, filter(x => x > 0, range(big)))\nmax(s)",
                    "let s = (x * 2 % 7 for x in count(big))\nall(x < 9 for x in s)",
                    "def spin(c) { while c or not c { none } }\nspin(true)",
                    "join(\"\", (\"\" for x in range(big)))"));

TEST(JitLimits, OfMemoryAreKept) {
  cli::RunOptions options;
  options.max_memory_bytes = uint64_t{1} << 20;
  for (const char* text : {
           "let xs = [0]\nwhile true { append(xs, 1) }",
           "list(range(100_000_000))",
           "[[i] for i in range(100_000_000)]",
           "let b = buffer()\nwhile true { write(b, \"text\") }",
           "join(\",\", map(str, range(100_000_000)))",
           "[0] * 1_000_000_000",
           "var s = \"x\"\nwhile true { s += s }",
           "memo def f(n) = n\nfor i in range(100_000_000) { f(i) }",
       }) {
    const support::ProgramRun run = ExpectSame(text, options);
    EXPECT_EQ(run.error_kind, "memory limit") << text;
  }
}

TEST(JitLimits, OfDepthAreTheInterpreters) {
  for (const char* functions : {
           "def f(n) = if n == 0 { 0 } else { f(n - 1) + 1 }",
           "def f(n) = if n == 0 { 0 } else { g(n - 1) }\n"
           "def g(n) = if n == 0 { 0 } else { f(n - 1) }",
           "def r(n, g) = if n == 0 { 0 } else { g(n - 1, g) }\ndef f(n) = r(n - 1, r)",
           "def f(n) = if n == 0 { 0 } else { sum(map(f, [n - 1])) }",
           "memo def f(n) = if n == 0 { 0 } else { f(n - 1) + 1 }",
           "def g(n) { if n > 0 { for x in g(n - 1) { yield x + 1 } } else { yield 0 } }\n"
           "def f(n) = sum(g(n - 1))",
       }) {
    for (const int calls : {9'998, 9'999}) {
      const support::ProgramRun run =
          ExpectSame(std::string(functions) + "\ndef main() = f(" + std::to_string(calls) + ")\n");
      EXPECT_EQ(run.error_kind.value_or("none"), calls == 9'998 ? "none" : "depth limit")
          << functions << run.rendered_error.substr(0, 300);
    }
  }
}

TEST(JitNamesForTools, AreWrittenForPerf) {
  const std::string path = "/tmp/perf-" + std::to_string(getpid()) + ".map";
  std::remove(path.c_str());
  const auto program = Load(std::string(kFib) + "10)\n");
  runtime::OnLargeStack([&] {
    Prepared silent(*program);
    EXPECT_EQ(silent.RunTop(), "55");
    EXPECT_EQ(ReadFile(path), "");
    Prepared named(*program, {.perf_map = true, .gdb = true});
    EXPECT_EQ(named.RunTop(), "55");
  });
  const std::string names = ReadFile(path);
  EXPECT_NE(names.find("gc$fib$"), std::string::npos) << names;
  std::remove(path.c_str());
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + "\n";
  }
  return text;
}

// One function of 60,000 operations: optimising it would take minutes.
TEST(JitSize, HugeFunctionsAreCompiledWithoutOptimisation) {
  std::string text = "def huge(a) {\n  var x = a\n";
  for (int i = 0; i < 20'000; ++i) {
    text += "  x = (x * 3 + " + std::to_string(i) + ") % 1000003\n";
  }
  text += "  x\n}\nhuge(1)\n";
  const support::ProgramRun expected = RunOn("interp-fused", text + "print(huge(1))\n");
  const auto program = Load(text);
  runtime::OnLargeStack([&] {
    const double start = Now();
    Prepared prepared(*program);
    EXPECT_EQ(prepared.RunTop() + "\n", expected.output);
    EXPECT_LT(Now() - start, 60.0);
    const std::string notes = Joined(prepared.executable().notes());
    EXPECT_NE(notes.find("huge"), std::string::npos) << notes;
    EXPECT_NE(notes.find("too large"), std::string::npos) << notes;
  });
}

TEST(JitReport, AddsUp) {
  const auto program = Load(std::string(kFib) + "20)\n");
  runtime::OnLargeStack([&] {
    const double start = Now();
    Prepared prepared(*program);
    const double prepared_seconds = Now() - start;
    EXPECT_EQ(prepared.RunTop(), "6765");
    double total = 0;
    std::string names;
    for (const runtime::PhaseTime& phase : prepared.executable().phases()) {
      EXPECT_GE(phase.seconds, 0) << phase.phase;
      total += phase.seconds;
      names += phase.phase + ",";
    }
    EXPECT_EQ(names, "start LLVM,infer,lower,optimise,codegen,link,");
    EXPECT_LE(total, prepared_seconds);
    const std::string notes = Joined(prepared.executable().notes());
    EXPECT_NE(notes.find("LLVM 19."), std::string::npos) << notes;
    EXPECT_NE(notes.find("modules"), std::string::npos) << notes;
  });
}

TEST(JitReport, IsMadeOfAnEmptyProgramToo) {
  const auto program = Load("");
  Prepared prepared(*program);
  EXPECT_EQ(prepared.executable().notes().empty(), false);
}

}  // namespace
}  // namespace jit
