// All but one counter come from /proc and /sys, those of a thread from its own folder. The JSON
// text is made in environment_json.cpp. Tests: tests/measure/disturbance_test.cpp.

#include "measure/disturbance.h"

#include <sys/resource.h>
#include <unistd.h>

#include "measure/cgroup.h"
#include "measure/machine_text.h"

namespace measure {

namespace {

std::optional<uint64_t> InvoluntarySwitches(const MachineFiles& files) {
  const std::optional<std::string> text = files.Read("/proc/thread-self/status");
  return text ? NumberField<uint64_t>(*text, "nonvoluntary_ctxt_switches") : std::nullopt;
}

// No file has those of children that have ended.
uint64_t ChildInvoluntarySwitches() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<uint64_t>(usage.ru_nivcsw);
}

std::optional<double> StealSeconds(const MachineFiles& files) {
  constexpr size_t kSteal = 7;  // user nice system idle iowait irq softirq steal
  const std::optional<std::string> text = files.Read("/proc/stat");
  const std::optional<std::string_view> cpu = text ? Field(*text, "cpu") : std::nullopt;
  if (!cpu) {
    return std::nullopt;
  }
  const std::vector<std::string_view> words = Words(*cpu);
  const auto ticks =
      words.size() > kSteal ? ToNumber<double>(words[kSteal]) : std::optional<double>();
  return ticks ? std::optional(*ticks / static_cast<double>(sysconf(_SC_CLK_TCK))) : std::nullopt;
}

// The second number of schedstat: nanoseconds spent waiting for a CPU.
std::optional<double> WaitingSeconds(const MachineFiles& files) {
  const std::optional<std::string> text = files.Read("/proc/thread-self/schedstat");
  const std::vector<std::string_view> words = text ? Words(*text) : std::vector<std::string_view>();
  const auto nanoseconds = words.size() > 1 ? ToNumber<double>(words[1]) : std::optional<double>();
  return nanoseconds ? std::optional(*nanoseconds * 1e-9) : std::nullopt;
}

std::optional<double> CpuPressureSeconds(const MachineFiles& files) {
  const std::optional<std::string> text = files.Read("/proc/pressure/cpu");
  const std::optional<double> total = text ? SomePressure(*text, "total") : std::nullopt;
  return total ? std::optional(*total * 1e-6) : std::nullopt;
}

std::optional<double> Load(const MachineFiles& files) {
  const std::optional<std::string> text = files.Read("/proc/loadavg");
  return text ? ToNumber<double>(std::string_view(*text).substr(0, text->find(' '))) : std::nullopt;
}

template <typename T>
std::optional<T> Difference(std::optional<T> before, std::optional<T> after) {
  return before && after && *before <= *after ? std::optional<T>(*after - *before) : std::nullopt;
}

}  // namespace

DisturbanceMeter::DisturbanceMeter(MachineFiles files) : files_(std::move(files)) {
  const CgroupFolders folders = FindCgroups(files_);
  if (const std::optional<CpuQuota> quota = ReadCpuQuota(files_, folders)) {
    cpu_group_ = quota->folder;
  } else if (!folders.cpu.empty()) {
    cpu_group_ = folders.cpu.front();
  }
}

MachineCounters DisturbanceMeter::Sample() const {
  MachineCounters counters;
  counters.steal_seconds = StealSeconds(files_);
  if (!cpu_group_.empty()) {
    if (const std::optional<Throttling> throttling = ReadThrottling(files_, cpu_group_)) {
      counters.throttles = throttling->count;
      counters.throttled_seconds = throttling->seconds;
    }
  }
  counters.waiting_seconds = WaitingSeconds(files_);
  counters.cpu_pressure_seconds = CpuPressureSeconds(files_);
  const std::optional<int64_t> thermal =
      files_.ReadInteger("/sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count");
  if (thermal) {
    counters.thermal_throttles = static_cast<uint64_t>(*thermal);
  }
  counters.involuntary_switches = InvoluntarySwitches(files_);
  counters.child_involuntary_switches = ChildInvoluntarySwitches();
  counters.load = Load(files_);
  return counters;
}

Disturbance Between(const MachineCounters& before, const MachineCounters& after) {
  const auto difference = [&](auto MachineCounters::*counter) {
    return Difference(before.*counter, after.*counter);
  };
  return {
      .steal_seconds = difference(&MachineCounters::steal_seconds),
      .throttles = difference(&MachineCounters::throttles),
      .throttled_seconds = difference(&MachineCounters::throttled_seconds),
      .waiting_seconds = difference(&MachineCounters::waiting_seconds),
      .involuntary_switches = difference(&MachineCounters::involuntary_switches),
      .child_involuntary_switches =
          after.child_involuntary_switches - before.child_involuntary_switches,
      .cpu_pressure_seconds = difference(&MachineCounters::cpu_pressure_seconds),
      .thermal_throttles = difference(&MachineCounters::thermal_throttles),
      .load = after.load,
  };
}

}  // namespace measure
