// The counters before and after a run, and their difference.

#include "measure/disturbance.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/fake_machine.h"

namespace measure {
namespace {

TEST(DisturbanceTest, SubtractsCounters) {
  const support::FakeMachine machine = support::CloudContainer();
  machine.Write("/proc/pressure/cpu", "some avg10=0.00 total=1000000\n");
  const DisturbanceMeter meter(machine.files());
  const MachineCounters before = meter.Sample();
  machine.Write("/proc/stat", "cpu  400 0 100 300 0 0 0 250 0 0\n");
  machine.Write("/sys/fs/cgroup/cpu.stat", "nr_throttled 42\nthrottled_usec 2600000\n");
  machine.Write("/proc/thread-self/schedstat", "1000000 2500000000 3\n");
  machine.Write("/proc/thread-self/status", "nonvoluntary_ctxt_switches:\t47\n");
  machine.Write("/proc/pressure/cpu", "some avg10=0.00 total=1300000\n");
  machine.Write("/proc/loadavg", "3.25 0.20 0.30 1/90 12\n");
  const Disturbance disturbance = Between(before, meter.Sample());
  EXPECT_DOUBLE_EQ(*disturbance.steal_seconds, 0.5);  // ticks of 10 ms
  EXPECT_EQ(disturbance.throttles, 2U);
  EXPECT_NEAR(*disturbance.throttled_seconds, 0.1, 1e-9);
  EXPECT_NEAR(*disturbance.waiting_seconds, 0.5, 1e-9);
  EXPECT_NEAR(*disturbance.cpu_pressure_seconds, 0.3, 1e-9);
  EXPECT_EQ(disturbance.involuntary_switches, 7U);
  EXPECT_EQ(disturbance.load, 3.25);
  EXPECT_FALSE(disturbance.thermal_throttles);
}

TEST(DisturbanceTest, HasNoAnswerWhenACounterWentBackwards) {
  MachineCounters before;
  MachineCounters after;
  before.steal_seconds = 5;
  after.steal_seconds = 4;
  before.throttles = 5;
  before.child_involuntary_switches = 2;
  after.child_involuntary_switches = 9;
  const Disturbance disturbance = Between(before, after);
  EXPECT_FALSE(disturbance.steal_seconds);
  EXPECT_FALSE(disturbance.throttles);
  EXPECT_FALSE(disturbance.involuntary_switches);
  EXPECT_EQ(disturbance.child_involuntary_switches, 7U);
}

TEST(DisturbanceTest, SeesNothingOnAnEmptyMachine) {
  const support::FakeMachine machine;
  const MachineCounters counters = DisturbanceMeter(machine.files()).Sample();
  EXPECT_FALSE(counters.steal_seconds);
  EXPECT_FALSE(counters.throttles);
  EXPECT_FALSE(counters.waiting_seconds);
  EXPECT_FALSE(counters.involuntary_switches);
  EXPECT_FALSE(counters.cpu_pressure_seconds);
  EXPECT_FALSE(counters.load);
}

TEST(DisturbanceTest, IsWrittenAsJson) {
  Disturbance disturbance;
  disturbance.steal_seconds = 0.25;
  disturbance.child_involuntary_switches = 3;
  const auto json = nlohmann::json::parse(DisturbanceJson(disturbance));
  EXPECT_EQ(json.at("steal_seconds"), 0.25);
  EXPECT_EQ(json.at("child_involuntary_switches"), 3);
  EXPECT_TRUE(json.at("throttles").is_null());
  EXPECT_EQ(json.size(), 9U);
}

}  // namespace
}  // namespace measure
