// Control groups of both versions, nested and seen from inside a container.

#include "measure/cgroup.h"

#include <gtest/gtest.h>

#include "tests/support/fake_machine.h"

namespace measure {
namespace {

TEST(CgroupTest, TakesTheTightestQuotaOfAllGroupsAbove) {
  const support::FakeMachine machine;
  machine.Write("/proc/self/cgroup", "0::/a/b/c\n");
  machine.Write("/sys/fs/cgroup/a/b/c/cpu.max", "max 100000\n");
  machine.Write("/sys/fs/cgroup/a/b/cpu.max", "300000 100000\n");
  machine.Write("/sys/fs/cgroup/a/cpu.max", "10000 20000\n");
  machine.Write("/sys/fs/cgroup/a/memory.max", "1000\n");
  machine.Write("/sys/fs/cgroup/a/b/memory.max", "2000\n");
  machine.Write("/sys/fs/cgroup/a/b/c/memory.max", "max\n");
  const CgroupFolders folders = FindCgroups(machine.files());
  EXPECT_EQ(folders.cpu_version, 2);
  EXPECT_EQ(folders.cpu, (std::vector<std::string>{"/sys/fs/cgroup/a/b/c", "/sys/fs/cgroup/a/b",
                                                   "/sys/fs/cgroup/a", "/sys/fs/cgroup"}));
  const std::optional<CpuQuota> quota = ReadCpuQuota(machine.files(), folders);
  ASSERT_TRUE(quota);
  EXPECT_DOUBLE_EQ(quota->cpus, 0.5);
  EXPECT_DOUBLE_EQ(quota->period_seconds, 0.02);
  EXPECT_EQ(quota->folder, "/sys/fs/cgroup/a");
  EXPECT_EQ(ReadMemoryLimit(machine.files(), folders), 1000U);
}

TEST(CgroupTest, ReadsVersionOne) {
  const support::FakeMachine machine;
  machine.Write("/proc/self/cgroup", "5:memory:/docker/x\n4:cpu,cpuacct:/docker/x\n0::/docker/x\n");
  // The container sees its own group as the top one.
  machine.Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "150000\n");
  machine.Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  machine.Write("/sys/fs/cgroup/cpu,cpuacct/cpu.stat",
                "nr_periods 10\nnr_throttled 3\nthrottled_time 4000000000\n");
  machine.Write("/sys/fs/cgroup/memory/memory.limit_in_bytes", "4096\n");
  const CgroupFolders folders = FindCgroups(machine.files());
  EXPECT_EQ(folders.cpu_version, 1);
  ASSERT_EQ(folders.cpu, std::vector<std::string>{"/sys/fs/cgroup/cpu,cpuacct"});
  EXPECT_DOUBLE_EQ(ReadCpuQuota(machine.files(), folders)->cpus, 1.5);
  EXPECT_EQ(ReadMemoryLimit(machine.files(), folders), 4096U);
  const std::optional<Throttling> throttling = ReadThrottling(machine.files(), folders.cpu[0]);
  ASSERT_TRUE(throttling);
  EXPECT_EQ(throttling->count, 3U);
  EXPECT_DOUBLE_EQ(throttling->seconds, 4);
}

TEST(CgroupTest, StaysInsideWhatIsMounted) {
  const support::FakeMachine machine;
  machine.Write("/proc/self/cgroup", "0::/../other\n");
  machine.Write("/sys/fs/cgroup/cpu.max", "50000 100000\n");
  machine.Write("/sys/fs/other/cpu.max", "10000 100000\n");
  EXPECT_EQ(FindCgroups(machine.files()).cpu, std::vector<std::string>{"/sys/fs/cgroup"});
}

TEST(CgroupTest, FindsNoLimitWhereThereIsNone) {
  const support::FakeMachine server = support::CleanServer();
  const CgroupFolders folders = FindCgroups(server.files());
  EXPECT_EQ(folders.cpu_version, 1);
  EXPECT_FALSE(ReadCpuQuota(server.files(), folders));
  EXPECT_FALSE(ReadMemoryLimit(server.files(), folders));
}

TEST(CgroupTest, SeesNothingOnAnEmptyMachine) {
  const support::FakeMachine machine;
  const CgroupFolders folders = FindCgroups(machine.files());
  EXPECT_FALSE(folders.cpu_version);
  EXPECT_TRUE(folders.cpu.empty());
  EXPECT_TRUE(folders.memory.empty());
  machine.Write("/proc/self/cgroup", "no colons here\n7:cpu\n");
  EXPECT_TRUE(FindCgroups(machine.files()).cpu.empty());
}

}  // namespace
}  // namespace measure
