// CPU time of processes is counted in ticks of 10 ms, so half a second sees them down to 2 % of a
// core. Tests: tests/measure/activity_test.cpp.

#include "measure/activity.h"

#include <algorithm>
#include <map>

#include <unistd.h>

#include "measure/machine_text.h"

namespace measure {

namespace {

// Words of /proc/PID/stat, numbered as in proc(5).
constexpr size_t kUserTicks = 14 - 3;
constexpr size_t kSystemTicks = 15 - 3;

struct ProcessTime {
  std::string name;
  double seconds;
};

std::optional<ProcessTime> TimeOf(const std::string& stat) {
  const std::vector<std::string_view> words = StatWords(stat);
  if (words.size() <= kSystemTicks) {
    return std::nullopt;
  }
  const double ticks = ToNumber<double>(words[kUserTicks]).value_or(0) +
                       ToNumber<double>(words[kSystemTicks]).value_or(0);
  const size_t begin = stat.find('(') + 1;
  return ProcessTime{stat.substr(begin, stat.rfind(')') - begin),
                     ticks / static_cast<double>(sysconf(_SC_CLK_TCK))};
}

std::map<int64_t, ProcessTime> ReadProcesses(const MachineFiles& files) {
  std::map<int64_t, ProcessTime> processes;
  for (const std::string& name : files.List("/proc")) {
    const std::optional<int64_t> pid = ToNumber<int64_t>(name);
    const std::optional<std::string> stat =
        pid ? files.Read("/proc/" + name + "/stat") : std::nullopt;
    if (const std::optional<ProcessTime> time = stat ? TimeOf(*stat) : std::nullopt) {
      processes[*pid] = *time;
    }
  }
  return processes;
}

int64_t OwnPid(const MachineFiles& files) {
  const std::string stat = files.Read("/proc/self/stat").value_or("");
  return ToNumber<int64_t>(std::string_view(stat).substr(0, stat.find(' '))).value_or(0);
}

std::vector<BusyProcess> BusiestOf(const std::map<int64_t, ProcessTime>& before,
                                   const std::map<int64_t, ProcessTime>& after, double seconds,
                                   int64_t own_pid) {
  constexpr size_t kMaxProcesses = 5;
  std::vector<BusyProcess> busy;
  for (const auto& [pid, time] : after) {
    const auto earlier = before.find(pid);
    const double used = time.seconds - (earlier == before.end() ? 0 : earlier->second.seconds);
    if (pid != own_pid && used > 0) {
      busy.push_back({pid, time.name, used / seconds});
    }
  }
  std::stable_sort(busy.begin(), busy.end(),
                   [](const BusyProcess& a, const BusyProcess& b) { return a.cpus > b.cpus; });
  busy.resize(std::min(busy.size(), kMaxProcesses));
  return busy;
}

}  // namespace

Activity WatchActivity(const MachineFiles& files, const Clock& clock, double seconds) {
  const DisturbanceMeter meter(files);
  const std::map<int64_t, ProcessTime> processes = ReadProcesses(files);
  const MachineCounters counters = meter.Sample();
  Activity activity;
  activity.clock = WatchClock(clock, seconds);
  activity.disturbance = Between(counters, meter.Sample());
  if (!processes.empty() && activity.clock.seconds > 0) {
    activity.others =
        BusiestOf(processes, ReadProcesses(files), activity.clock.seconds, OwnPid(files));
  }
  return activity;
}

}  // namespace measure
