// What only a whole process shows: streams as a shell connects them, signals, and the shebang.

#include <string>

#include <gtest/gtest.h>

#include "tests/cli/command_line.h"
#include "tests/cli/shell.h"

namespace cli {
namespace {

class ProcessTest : public FilesTest {};

TEST_F(ProcessTest, PrintsAValue) {
  const Result result = Shell("lab -e 1");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "1\n");
}

TEST_F(ProcessTest, ReadsStandardInput) {
  EXPECT_EQ(Shell("echo 'print(6 * 7)' | lab -").out, "42\n");
  EXPECT_EQ(Shell("lab - <&-").status, 5);
  EXPECT_EQ(Shell("lab - < /").status, 5);
  EXPECT_EQ(Shell("lab - < /dev/zero").status, 5);
}

TEST_F(ProcessTest, RunsThroughAShebang) {
  const std::string path =
      Write("hello", "#!/usr/bin/env lab\ndef main(name) = print(\"hello\", name)\n");
  const std::string folder = "\"$(dirname \"" LAB_BINARY "\")\"";
  EXPECT_EQ(Shell("PATH=" + folder + ":\"$PATH\"; chmod +x '" + path + "'; '" + path + "' you").out,
            "hello you\n");
}

TEST_F(ProcessTest, ReportsAFullDisk) {
  for (const char* text : {"print(1)", "for i in range(100_000) { print(i) }"}) {
    const Result result = Shell("lab -e '" + std::string(text) + "' > /dev/full");
    EXPECT_EQ(result.status, 5) << text;
  }
  EXPECT_EQ(Shell("lab help > /dev/full").status, 5);
  EXPECT_EQ(Shell("lab dump --phase=ast -e 1 > /dev/full").status, 5);
}

TEST_F(ProcessTest, ReportsAClosedOutput) { EXPECT_EQ(Shell("lab -e 1 >&-").status, 5); }

TEST_F(ProcessTest, KeepsSilentWhenTheReaderIsGone) {
  const Result result = Shell(
      "{ lab -e 'for i in range(1_000_000) { print(i) }'; echo \"status $?\" >&2; } | head -n 1");
  EXPECT_EQ(result.out, "0\nstatus 141\n");
}

TEST_F(ProcessTest, StopsAtCtrlC) {
  // `lab` in the background would ignore the signal, as a shell without job control arranges.
  const Result result = Shell("timeout --foreground --signal=INT 0.3 \"" LAB_BINARY
                              "\" -e 'while true { }'; echo \"status $?\"");
  EXPECT_TRUE(Contains(result.out, "error: interrupted: stopped by Ctrl-C")) << result.out;
  EXPECT_TRUE(Contains(Shell("timeout --foreground --preserve-status --signal=INT 0.3 \"" LAB_BINARY
                             "\" -e 'while true { }' 2>/dev/null; echo \"status $?\"")
                           .out,
                       "status 130"));
}

TEST_F(ProcessTest, EndsADeepRecursionWithAnError) {
  const Result result = Shell("lab -e 'def f(n) = [f(n + 1)]\nf(0)' 2>/dev/null");
  EXPECT_EQ(result.status, 4);
}

TEST_F(ProcessTest, KeepsTheTimeLimitWhileItCompiles) {
  std::string text = "var total = 0\n";
  for (int i = 0; i < 3'000; ++i) {
    const std::string k = std::to_string(i);
    text += "def f" + k + "(n) { var s = n\n  for i in range(n) { if i % 3 == " + k +
            " { s += i * " + k + " } else { s -= i // (n + 1) } }\n  s }\ntotal += f" + k + "(" +
            k + ")\n";
  }
  const std::string path = Write("many.gc", text + "while true { }\n");
  const Result result = Shell("lab run --backend=jit --time-limit=0.3 '" + path + "'");
  EXPECT_EQ(result.status, 124);
  // The place would be known if the program had begun.
  EXPECT_TRUE(Contains(result.out, "the program does not answer")) << result.out;
}

// The large stack reserves 8 GiB. Somewhere above, it is LLVM that gets none.
TEST_F(ProcessTest, EndsWhereTheCompilerGetsNoMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers reserve terabytes: `ulimit -v` leaves their builds no way to start";
#endif
  std::string text = "def f(a) = a";
  for (int i = 0; i < 100'000; ++i) {
    text += " * a";
  }
  const std::string path = Write("chain.gc", text + "\nprint(f(1.0))\n");
  int failures = 0;
  for (int megabytes = 8'200; megabytes < 8'500; megabytes += 40) {
    const Result result = Shell("ulimit -v " + std::to_string(megabytes * 1024) +
                                "; lab run --backend=jit '" + path + "'");
    if (result.status != kOk) {
      EXPECT_EQ(result.status, kLimit) << megabytes << ": " << result.out;
      EXPECT_TRUE(Contains(result.out, "error: memory limit: ")) << result.out;
      ++failures;
    }
  }
  EXPECT_GT(failures, 0);
}

// LLVM cannot be stopped; the process can.
TEST_F(ProcessTest, StopsAtCtrlCWhileItCompiles) {
  std::string text = "var total = 0\n";
  for (int i = 0; i < 3'000; ++i) {
    const std::string k = std::to_string(i);
    text += "def f" + k + "(n) { var s = n\n  for i in range(n) { s += i * " + k +
            " // (n + 1) }\n  s }\ntotal += f" + k + "(" + k + ")\n";
  }
  const std::string path = Write("many.gc", "print(1)\n" + text + "while true { }\n");
  const Result result =
      Shell("timeout --foreground --preserve-status --signal=INT --kill-after=60 0.7 \"" LAB_BINARY
            "\" run --backend=jit '" +
            path + "'; echo \"status $?\"");
  EXPECT_TRUE(Contains(result.out, "status 130")) << result.out;
  // No place: it did not come to run the program.
  EXPECT_FALSE(Contains(result.out, "-->")) << result.out;
}

TEST_F(ProcessTest, StopsWhatDoesNotAnswer) {
  const std::string sleep = Write("sleep.gc",
                                  "extern \"c\" def usleep(us: i32) -> i32\n"
                                  "for i in range(60) { usleep(1_000_000) }\n");
  const Result late = Shell("lab run --allow-extern=c --time-limit=0.1 '" + sleep + "'");
  EXPECT_EQ(late.status, 124);
  EXPECT_TRUE(Contains(late.out, "does not answer")) << late.out;
  // The signal itself ends a sleep; a write into a pipe that is full goes on.
  const Result stuck = Shell(
      "{ timeout --foreground --preserve-status --signal=INT --kill-after=60 0.5 \"" LAB_BINARY
      "\" -e 'while true { print(1) }'; echo \"status $?\" >&2; } | sleep 3");
  EXPECT_TRUE(Contains(stuck.out, "error: interrupted: stopped by Ctrl-C\nstatus 130"))
      << stuck.out;
}

TEST_F(ProcessTest, RunsCompiledProgramsAsAWhole) {
  EXPECT_EQ(Shell("lab run --backend=jit programs/fib.gc 20").out, "fib 20 = 6765\n");
  EXPECT_EQ(Shell("echo 'print(6 * 7)' | lab run --backend=jit -").out, "42\n");
  EXPECT_EQ(Shell("lab run --backend=jit -e '1 // 0' 2>/dev/null").status, 1);
  EXPECT_EQ(Shell("lab run --backend=jit -e 'def f(n) = [f(n + 1)]; f(0)' 2>/dev/null").status, 4);
  EXPECT_TRUE(Contains(Shell("timeout --foreground --signal=INT 0.5 \"" LAB_BINARY
                             "\" run --backend=jit -e 'while true { }'")
                           .out,
                       "error: interrupted: stopped by Ctrl-C"));
}

TEST_F(ProcessTest, SeparatesDataFromMessages) {
  EXPECT_EQ(Shell("lab --stats -e 1 2>/dev/null").out, "1\n");
  EXPECT_EQ(Shell("lab -e '1 // 0' 2>/dev/null").out, "");
  EXPECT_EQ(Shell("lab run --stast 2>/dev/null").out, "");
}

TEST_F(ProcessTest, ShowsNoColoursInAPipe) {
  EXPECT_FALSE(Contains(Shell("lab -e '1 // 0'").out, "\033["));
}

}  // namespace
}  // namespace cli
