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

// The disk is full after each number of kilobytes: what was written before stays, the lab says so and
// how to go on, and going on completes it.
TEST_F(CompareProcessTest, AFullDiskLosesNothingAtAnyPlace) {
  Write("one.gc", "bench one(n = 9) = n\n");
  const std::string quick =
      "lab compare --backend=interp --processes=5 --iterations=2 --seconds=0.01 -o r.jsonl one.gc";
  int failed = 0;
  for (int kilobytes = 1;; ++kilobytes) {
    const Result full = InFolder("rm -f r.jsonl; (ulimit -f " + std::to_string(2 * kilobytes) + "; " +
                                 quick + ") 2>&1 >/dev/null; echo \"status $?\"");
    if (full.out.ends_with("status 0\n")) {
      break;
    }
    ++failed;
    EXPECT_TRUE(Contains(full.out, "error: cannot write `r.jsonl`: no space left\n")) << full.out;
    EXPECT_TRUE(Contains(full.out, "go on with: lab compare --resume r.jsonl\n")) << full.out;
    EXPECT_TRUE(full.out.ends_with("status 5\n")) << full.out;
    // Where the plan itself was cut off there is nothing to go on with, which is told.
    const Result on = InFolder("grep -q '\"record\":\"probe\"' r.jsonl || exit 99\n"
                               "lab compare --resume r.jsonl 2>&1");
    if (on.status != 99) {
      EXPECT_EQ(on.status, 0) << kilobytes << "\n" << on.out;
      EXPECT_TRUE(Contains(on.out, "5 processes a row, in turns; all answers agree")) << on.out;
    }
  }
  EXPECT_GT(failed, 3);
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
