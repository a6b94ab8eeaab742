// `lab time` and `lab timeit` as whole processes.

#include <cstdio>
#include <string>

#include "tests/cli/command_line.h"
#include "tests/cli/shell.h"

namespace cli {
namespace {

TEST(TimeProcessTest, LeavesTheStreamsOfTheProgramAlone) {
  EXPECT_EQ(Shell("lab time programs/fib.gc 10 2>/dev/null").out, "fib 10 = 55\n");
  EXPECT_EQ(Shell("echo 'print(6 * 7)' | lab time - 2>/dev/null").out, "42\n");
  EXPECT_EQ(Shell("lab time --backend=interp,jit programs/fib.gc 10 2>/dev/null").out,
            "fib 10 = 55\n");
  EXPECT_EQ(Shell("lab time -e 1 > /dev/full 2>/dev/null").status, 5);
  EXPECT_EQ(Shell("lab time --backend=interp,jit -e 1 > /dev/full 2>/dev/null").status, 5);
}

TEST(TimeProcessTest, PrintsTheFieldsOfGnuTime) {
  const Result fields = Shell(
      "lab time -e 1 2>&1 >/dev/null | sed 's/: [^:]*$//; s/: 0:.*//' > /tmp/fields.$$; "
      "sed 's/: [^:]*$//; s/: 0:.*//' tests/oracle/formats/gnu_time_1.9_verbose.txt | "
      "diff - /tmp/fields.$$; status=$?; rm /tmp/fields.$$; exit $status");
  EXPECT_EQ(fields.status, 0) << fields.out;
}

TEST(TimeProcessTest, MeasuresTheChild) {
  // More memory than the lab itself, and more processor time than nothing.
  const Result result =
      Shell("lab time -f '%M %U' -e 'let xs = list(range(4_000_000)); len(xs)' 2>&1 >/dev/null");
  long kilobytes = 0;
  double seconds = 0;
  ASSERT_EQ(std::sscanf(result.out.c_str(), "%ld %lf", &kilobytes, &seconds), 2) << result.out;
  EXPECT_GT(kilobytes, 4'000'000 * 8 / 1024);
}

TEST(TimeProcessTest, PassesTheStatusOn) {
  EXPECT_EQ(Shell("lab time -q -f '' -e '1 // 0' 2>/dev/null").status, 1);
  EXPECT_EQ(Shell("lab time -e '1 +' 2>/dev/null").status, 3);
  EXPECT_EQ(Shell("lab time --time-limit=0.1 -e 'while true { }' 2>/dev/null").status, 124);
  EXPECT_EQ(Shell("lab time -f '' no-such.gc 2>/dev/null").status, 5);
}

TEST(TimeProcessTest, OutlivesCtrlCToTellWhatWasUsed) {
  const Result result = Shell("timeout --preserve-status --signal=INT 0.3 \"" LAB_BINARY
                              "\" time -f 'ended with %x' -e 'while true { }'");
  EXPECT_TRUE(Contains(result.out, "ended with 130\n")) << result.out;
  EXPECT_EQ(result.status, 130);
}

TEST(TimeProcessTest, StopsAStatementAtCtrlC) {
  const Result result =
      Shell("timeout --foreground --preserve-status --signal=INT 0.3 \"" LAB_BINARY
            "\" timeit 'while true { }'");
  EXPECT_TRUE(Contains(result.out, "error: interrupted: stopped by Ctrl-C")) << result.out;
  EXPECT_EQ(result.status, 130);
}

}  // namespace
}  // namespace cli
