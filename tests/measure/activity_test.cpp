// Other processes that work while the machine is watched. The clock of the test is what makes them
// do so: it writes their new times when it is read.

#include "measure/activity.h"

#include <gtest/gtest.h>

#include "tests/support/fake_machine.h"

namespace measure {
namespace {

void WriteTimes(const support::FakeMachine& machine, const std::string& pid,
                const std::string& name, int user_ticks, int system_ticks) {
  machine.Write("/proc/" + pid + "/stat", pid + " (" + name + ") R 1 1 1 0 -1 4194304 1 0 0 0 " +
                                              std::to_string(user_ticks) + " " +
                                              std::to_string(system_ticks) + " 0 0 20 0 1 0 9\n");
}

TEST(ActivityTest, NamesTheBusiestProcesses) {
  const support::FakeMachine machine = support::CleanServer();
  WriteTimes(machine, "10", "idle one", 500, 0);
  WriteTimes(machine, "11", "browser", 100, 100);
  WriteTimes(machine, "4242", "lab", 0, 0);  // this process
  int readings = 0;
  const auto clock = [&] {
    if (++readings == 500) {
      WriteTimes(machine, "11", "browser", 120, 110);
      WriteTimes(machine, "12", "new) one", 5, 0);
      WriteTimes(machine, "4242", "lab", 50, 0);
    }
    return 1e-3 * readings;
  };
  const Activity activity = WatchActivity(machine.files(), clock, 1);
  ASSERT_TRUE(activity.others);
  ASSERT_EQ(activity.others->size(), 2U);
  EXPECT_EQ(activity.others->at(0).name, "browser");
  EXPECT_EQ(activity.others->at(0).pid, 11);
  EXPECT_NEAR(activity.others->at(0).cpus, 0.30, 1e-3);
  EXPECT_EQ(activity.others->at(1).name, "new) one");
  EXPECT_NEAR(activity.others->at(1).cpus, 0.05, 1e-3);
  EXPECT_NEAR(activity.clock.seconds, 1, 2e-3);
}

TEST(ActivityTest, NamesAtMostFive) {
  const support::FakeMachine machine;
  for (int pid = 1; pid <= 9; ++pid) {
    WriteTimes(machine, std::to_string(pid), "p", 0, 0);
  }
  int readings = 0;
  const auto clock = [&] {
    if (++readings == 500) {
      for (int pid = 1; pid <= 9; ++pid) {
        WriteTimes(machine, std::to_string(pid), "p", pid, 0);
      }
    }
    return 1e-3 * readings;
  };
  const Activity activity = WatchActivity(machine.files(), clock, 1);
  ASSERT_EQ(activity.others->size(), 5U);
  EXPECT_EQ(activity.others->front().pid, 9);
}

TEST(ActivityTest, KnowsNothingOfOthersOnAnEmptyMachine) {
  const support::FakeMachine machine;
  int readings = 0;
  const Activity activity = WatchActivity(
      machine.files(), [&] { return 1e-3 * ++readings; }, 0.1);
  EXPECT_FALSE(activity.others);
}

}  // namespace
}  // namespace measure
