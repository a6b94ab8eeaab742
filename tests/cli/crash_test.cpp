// A fault of the lab ends with a message and its own status.

#include "cli/crash.h"

#include <csignal>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "cli/exit_status.h"
#include "frontend/check.h"

namespace cli {
namespace {

constexpr char kReport[] = "internal error.*\n.*report it";

TEST(CrashTest, ReportsABrokenInvariant) {
  EXPECT_EXIT(LAB_CHECK(1 + 1 == 3), ::testing::ExitedWithCode(kBug), kReport);
}

[[noreturn]] void Throw() { throw std::runtime_error("surprise"); }
[[noreturn]] void RunOutOfMemory() { throw std::bad_alloc(); }

// EXPECT_EXIT would catch what is thrown inside it; nothing passes a noexcept.
void Uncaught(void (*body)()) noexcept { body(); }

TEST(CrashTest, ReportsAnException) {
  EXPECT_EXIT(
      {
        InstallCrashHandlers();
        Uncaught(Throw);
      },
      ::testing::ExitedWithCode(kBug), "surprise");
}

TEST(CrashTest, DoesNotBlameItselfForALackOfMemory) {
  EXPECT_EXIT(
      {
        InstallCrashHandlers();
        Uncaught(RunOutOfMemory);
      },
      ::testing::ExitedWithCode(kLimit), "no more memory");
}

TEST(CrashTest, EndsWhereThereIsNoMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers have an operator new of their own, which asks no handler";
#endif
  EXPECT_EXIT(
      {
        InstallCrashHandlers();
        try {
          const std::string text(size_t{1} << 62, ' ');
          raise(static_cast<int>(text.size() % 2));
        } catch (...) {  // not reached: nothing is unwound
        }
      },
      ::testing::ExitedWithCode(kLimit), "no more memory");
}

#if !defined(__SANITIZE_ADDRESS__)  // Its own handlers tell more, and the lab installs none.

TEST(CrashTest, ReportsASignal) {
  EXPECT_EXIT(
      {
        InstallCrashHandlers();
        raise(SIGSEGV);
      },
      ::testing::ExitedWithCode(kBug), "internal error: invalid memory access");
}

// Not a tail call: something is left to do.
int Descend(int depth) {
  volatile char bytes[4096] = {};
  bytes[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : Descend(depth + 1) + bytes[0];
}

TEST(CrashTest, ReportsAStackThatRanOut) {
  EXPECT_EXIT(
      {
        InstallCrashHandlers();
        const SignalStack signal_stack;
        Descend(1);
      },
      ::testing::ExitedWithCode(kBug), kReport);
}

#endif

}  // namespace
}  // namespace cli
