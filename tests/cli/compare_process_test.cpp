// `lab compare` as a whole process: real workers, a kill, Ctrl-C, two labs at one file.

#include <gtest/gtest.h>

#include "tests/cli/command_line.h"
#include "tests/cli/shell.h"

namespace cli {
namespace {

class CompareProcessTest : public FilesTest {
 protected:
  CompareProcessTest() {
    Write("tiny.gc",
          "bench squares(n = 2_000) = sum(i * i for i in range(n))\n"
          "bench loop(n = 2_000) { var t = 0\n for i in range(n) { t += i * i }\n t }\n");
  }
  Result InFolder(const std::string& script) { return Shell("cd '" + folder() + "'\n" + script); }
};

constexpr const char kQuick[] = "lab compare --processes=5 --iterations=6 -o r.jsonl tiny.gc";

TEST_F(CompareProcessTest, MeasuresOnRealEngines) {
  const Result result = InFolder(std::string(kQuick) + " && lab compare --from r.jsonl > again");
  EXPECT_EQ(result.status, 0) << result.out;
  for (const char* part : {"5 processes a row", "squares  interp", "native -O2", "tree, fused",
                           "Break-even", "Factoring", "results: r.jsonl"}) {
    EXPECT_TRUE(Contains(result.out, part)) << part << "\n" << result.out;
  }
}

TEST_F(CompareProcessTest, TheSameFileGivesTheSameBytes) {
  const Result result = InFolder(std::string(kQuick) +
                                 " > first 2>/dev/null && lab compare --from r.jsonl > second && "
                                 "cmp first second && echo same");
  EXPECT_EQ(result.out, "same\n");
}

TEST_F(CompareProcessTest, IsCompletedAfterAKill) {
  // The shell's function cannot be killed, so the program is started by its path.
  const Result result =
      InFolder("'" LAB_BINARY
               "' compare --processes=40 --iterations=6 -o r.jsonl tiny.gc >/dev/null 2>&1 &\n"
               "until grep -qs '\"record\":\"round\"' r.jsonl; do :; done\n"
               "kill -9 $!; wait $! 2>/dev/null\n"
               "lab compare --resume r.jsonl 2>&1 | head -n 2 | tail -n 1");
  EXPECT_EQ(result.out, "40 processes a row, in turns; all answers agree\n");
}

TEST_F(CompareProcessTest, StopsAtCtrlCAndSaysHowToGoOn) {
  const Result result =
      InFolder("timeout --foreground --preserve-status --signal=INT 1 '" LAB_BINARY
               "' compare --processes=500 -o r.jsonl tiny.gc; echo \"status $?\"");
  EXPECT_TRUE(Contains(result.out, "interrupted: stopped by Ctrl-C")) << result.out;
  EXPECT_TRUE(Contains(result.out, "lab compare --resume r.jsonl")) << result.out;
  EXPECT_TRUE(Contains(result.out, "status 130")) << result.out;
}

TEST_F(CompareProcessTest, TwoLabsWriteOneFile) {
  const Result result = InFolder(std::string(kQuick) + " > one 2>/dev/null & " + kQuick +
                                 " > two 2>/dev/null; wait\n"
                                 "grep -c '\"record\":\"round\"' r.jsonl\n"
                                 "lab compare --from r.jsonl > last\n"
                                 "cmp -s last one || cmp -s last two && echo known");
  EXPECT_EQ(result.out, "10\nknown\n");
}

TEST_F(CompareProcessTest, ErrorsOfABenchEndWithItsStatus) {
  Write("bad.gc", "bench f(n = 3) = n // (n - 3)\n");
  const Result result = InFolder("lab compare --no-save bad.gc");
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(Contains(result.out, "division by zero")) << result.out;
  EXPECT_TRUE(Contains(result.out, "f(n=3) on interp could not be measured")) << result.out;
}

}  // namespace
}  // namespace cli
