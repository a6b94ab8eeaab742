// Jobs, waiting for them, and leaving.
#include "tiered/compile_thread.h"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace tiered {
namespace {

TEST(CompileThread, DoesOneJobAfterTheOther) {
  CompileThread thread;
  EXPECT_TRUE(thread.IsIdle());
  int value = 0;  // not atomic: handed over by Start and Wait
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(thread.Start([&value, i] { value += i; }));
    thread.Wait();
    EXPECT_TRUE(thread.IsIdle());
  }
  EXPECT_EQ(value, 4950);
}

TEST(CompileThread, KeepsJobsInOrder) {
  CompileThread thread;
  std::string order;
  std::atomic<bool> may_go_on = false;
  ASSERT_TRUE(thread.Start([&] {
    while (!may_go_on) {
    }
  }));
  for (const char c : std::string("abc")) {
    ASSERT_TRUE(thread.Start([&order, c] { order += c; }));
  }
  EXPECT_FALSE(thread.IsIdle());
  may_go_on = true;
  thread.Wait();
  EXPECT_EQ(order, "abc");
}

TEST(CompileThread, KnowsWhatAProcessorIsThereFor) {
  CompileThread thread;
  EXPECT_EQ(thread.processor_share(), 1);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(thread.Start([] { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }));
    thread.Wait();
  }
  EXPECT_LT(thread.processor_share(), 0.5);
}

TEST(CompileThread, IsBusyUntilTheJobIsDone) {
  CompileThread thread;
  std::atomic<bool> may_end = false;
  ASSERT_TRUE(thread.Start([&] {
    while (!may_end) {
    }
  }));
  EXPECT_FALSE(thread.IsIdle());
  may_end = true;
  thread.Wait();
  EXPECT_TRUE(thread.IsIdle());
}

TEST(CompileThread, EndsItsJobBeforeItGoes) {
  bool is_done = false;
  {
    CompileThread thread;
    ASSERT_TRUE(thread.Start([&] { is_done = true; }));
  }
  EXPECT_TRUE(is_done);
}

TEST(CompileThread, NeedsNoJob) { const CompileThread thread; }

}  // namespace
}  // namespace tiered
