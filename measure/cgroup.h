#pragma once
// The control groups of this process: how much of the CPUs and of the memory it may have.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/machine_files.h"

namespace measure {

// Where the groups that limit this process are: its own first, then those that hold it. Empty when
// they cannot be seen.
struct CgroupFolders {
  std::optional<int> cpu_version;  // 1 or 2
  std::vector<std::string> cpu;
  std::vector<std::string> memory;
};
CgroupFolders FindCgroups(const MachineFiles& files);

struct CpuQuota {
  double cpus;  // CPU time per time
  double period_seconds;
  std::string folder;  // the group that has it
};
// The tightest of all groups; null when there is none.
std::optional<CpuQuota> ReadCpuQuota(const MachineFiles& files, const CgroupFolders& folders);

// How often, and for how long in all, the quota has stopped the group.
struct Throttling {
  uint64_t count;
  double seconds;
};
// `folder` is one of CgroupFolders::cpu.
std::optional<Throttling> ReadThrottling(const MachineFiles& files, const std::string& folder);

// Of all groups; null when there is none.
std::optional<uint64_t> ReadMemoryLimit(const MachineFiles& files, const CgroupFolders& folders);

}  // namespace measure
