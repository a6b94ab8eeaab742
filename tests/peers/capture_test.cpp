// Real commands, each with its limits.

#include "peers/capture.h"

#include <cerrno>
#include <csignal>

#include <gtest/gtest.h>

#include "tests/peers/real_machine.h"

namespace peers {
namespace {

TEST(CaptureTest, KeepsBothStreamsAndTheStatus) {
  const Captured captured =
      Capture(ThisMachine(), {"/bin/sh", "-c", "echo one; printf two; echo three >&2; exit 7"}, {});
  EXPECT_EQ(captured.end, Captured::End::Exited);
  EXPECT_EQ(captured.process.exit_status, 7);
  EXPECT_FALSE(captured.IsSuccess());
  EXPECT_EQ(captured.out, "one\ntwo");
  EXPECT_EQ(captured.err, "three\n");
}

TEST(CaptureTest, HasNoInput) {
  const Captured captured = Capture(ThisMachine(), {"/bin/cat"}, {});
  EXPECT_TRUE(captured.IsSuccess());
  EXPECT_EQ(captured.out, "");
}

TEST(CaptureTest, TellsSignals) {
  const Captured captured = Capture(ThisMachine(), {"/bin/sh", "-c", "kill -SEGV $$"}, {});
  EXPECT_EQ(captured.process.signal, SIGSEGV);
}

TEST(CaptureTest, StopsAtTheTimeLimit) {
  const Captured captured =
      Capture(ThisMachine(), {"/bin/sh", "-c", "echo begun; exec sleep 100"}, {.seconds = 0.3});
  EXPECT_EQ(captured.end, Captured::End::TimedOut);
  EXPECT_EQ(captured.out, "begun\n");
  EXPECT_FALSE(captured.IsSuccess());
}

TEST(CaptureTest, StopsWhatPrintsWithoutEnd) {
  const Captured lines = Capture(ThisMachine(), {"/bin/sh", "-c", "while :; do echo line; done"},
                                 {.output_bytes = 1000});
  EXPECT_EQ(lines.end, Captured::End::TooMuchOutput);
  EXPECT_EQ(lines.out.size(), 1000u);
}

TEST(CaptureTest, TellsWhatCannotBeStarted) {
  const Captured captured = Capture(ThisMachine(), {"/nowhere/program"}, {});
  EXPECT_EQ(captured.end, Captured::End::NotStarted);
  EXPECT_EQ(captured.start_error, ENOENT);
}

}  // namespace
}  // namespace peers
