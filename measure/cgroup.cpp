// Versions 1 and 2 and the mixture of both, by their customary places below /sys/fs/cgroup. Seen
// from inside a container the own group is often mounted as the top one, so folders that do not
// exist are passed over. Tests: tests/measure/cgroup_test.cpp.

#include "measure/cgroup.h"

#include <algorithm>

#include "measure/machine_text.h"

namespace measure {

namespace {

// The group's path in the hierarchy that has `controller`; "" stands for version 2.
std::optional<std::string_view> GroupOf(std::string_view groups, std::string_view controller) {
  for (const std::string_view line : Words(groups)) {  // "4:cpu,cpuacct:/user.slice"
    const size_t names_begin = line.find(':') + 1;
    const size_t names_end = line.find(':', names_begin);
    if (names_begin == 0 || names_end == std::string_view::npos) {
      continue;
    }
    std::string_view names = line.substr(names_begin, names_end - names_begin);
    do {
      const size_t comma = std::min(names.find(','), names.size());
      if (names.substr(0, comma) == controller) {
        return line.substr(names_end + 1);
      }
      names.remove_prefix(std::min(comma + 1, names.size()));
    } while (!names.empty());
  }
  return std::nullopt;
}

// The group's folder and those above it, as far as they exist.
std::vector<std::string> Chain(const MachineFiles& files, const std::string& mount,
                               std::string_view group) {
  std::vector<std::string> folders;
  if (group.find("/..") != std::string_view::npos) {
    group = "/";  // outside of what this process may see
  }
  for (;;) {
    std::string folder = mount;
    if (group != "/") {
      folder += group;
    }
    if (files.Exists(folder)) {
      folders.push_back(std::move(folder));
    }
    if (group.size() <= 1) {
      return folders;
    }
    group = group.substr(0, std::max<size_t>(group.rfind('/'), 1));
  }
}

std::string_view MemoryLimitFile(const std::string& folder, const MachineFiles& files) {
  return files.Exists(folder + "/memory.limit_in_bytes") ? "/memory.limit_in_bytes" : "/memory.max";
}

// Quota and period of one group, in microseconds.
struct Bandwidth {
  std::optional<double> quota;
  std::optional<double> period;
};
Bandwidth ReadBandwidth(const MachineFiles& files, const std::string& folder) {
  if (const std::optional<std::string> text = files.Read(folder + "/cpu.max")) {
    const std::vector<std::string_view> words = Words(*text);
    return words.size() == 2 ? Bandwidth{ToNumber<double>(words[0]), ToNumber<double>(words[1])}
                             : Bandwidth{};
  }
  return {files.ReadInteger(folder + "/cpu.cfs_quota_us"),
          files.ReadInteger(folder + "/cpu.cfs_period_us")};
}

}  // namespace

CgroupFolders FindCgroups(const MachineFiles& files) {
  const std::string root = "/sys/fs/cgroup";
  const std::string groups = files.Read("/proc/self/cgroup").value_or("");
  const std::optional<std::string_view> unified = GroupOf(groups, "");
  const std::string unified_mount = files.Exists(root + "/unified") ? root + "/unified" : root;
  CgroupFolders folders;
  if (const std::optional<std::string_view> cpu = GroupOf(groups, "cpu")) {
    const bool is_joint = !files.Exists(root + "/cpu");
    folders.cpu = Chain(files, root + (is_joint ? "/cpu,cpuacct" : "/cpu"), *cpu);
    folders.cpu_version = 1;
  } else if (unified) {
    folders.cpu = Chain(files, unified_mount, *unified);
    folders.cpu_version = 2;
  }
  if (folders.cpu.empty()) {
    folders.cpu_version.reset();
  }
  if (const std::optional<std::string_view> memory = GroupOf(groups, "memory")) {
    folders.memory = Chain(files, root + "/memory", *memory);
  } else if (unified) {
    folders.memory = Chain(files, unified_mount, *unified);
  }
  return folders;
}

std::optional<CpuQuota> ReadCpuQuota(const MachineFiles& files, const CgroupFolders& folders) {
  constexpr double kMicro = 1e-6;
  std::optional<CpuQuota> tightest;
  for (const std::string& folder : folders.cpu) {
    const auto [quota, period] = ReadBandwidth(files, folder);
    // Version 1 writes -1 for none, version 2 "max".
    if (!quota || !period || *quota <= 0 || *period <= 0) {
      continue;
    }
    const double cpus = *quota / *period;
    if (!tightest || cpus < tightest->cpus) {
      tightest = CpuQuota{cpus, *period * kMicro, folder};
    }
  }
  return tightest;
}

std::optional<Throttling> ReadThrottling(const MachineFiles& files, const std::string& folder) {
  const std::optional<std::string> text = files.Read(folder + "/cpu.stat");
  if (!text) {
    return std::nullopt;
  }
  const std::optional<uint64_t> count = NumberField<uint64_t>(*text, "nr_throttled");
  const std::optional<double> microseconds = NumberField<double>(*text, "throttled_usec");
  const std::optional<double> nanoseconds = NumberField<double>(*text, "throttled_time");
  if (!count || (!microseconds && !nanoseconds)) {
    return std::nullopt;
  }
  return Throttling{*count, microseconds ? *microseconds * 1e-6 : *nanoseconds * 1e-9};
}

std::optional<uint64_t> ReadMemoryLimit(const MachineFiles& files, const CgroupFolders& folders) {
  // Version 1 writes a number near 2^63 for none.
  constexpr uint64_t kNone = uint64_t{1} << 60;
  std::optional<uint64_t> smallest;
  for (const std::string& folder : folders.memory) {
    const std::optional<std::string> text =
        files.Read(folder + std::string(MemoryLimitFile(folder, files)));
    const std::optional<uint64_t> limit = text ? ToNumber<uint64_t>(*text) : std::nullopt;
    if (limit && *limit < kNone) {
      smallest = std::min(smallest.value_or(kNone), *limit);
    }
  }
  return smallest;
}

}  // namespace measure
