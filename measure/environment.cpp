// Gathers what /proc and /sys tell. Tests: tests/measure/environment_test.cpp.

#include "measure/environment.h"

#include <algorithm>
#include <charconv>

#include <unistd.h>

#include "measure/cgroup.h"
#include "measure/machine_text.h"
#include "measure/read_cpu_facts.h"

namespace measure {

namespace {

MemoryFacts ReadMemoryFacts(const MachineFiles& files) {
  MemoryFacts facts;
  const std::string text = files.Read("/proc/meminfo").value_or("");
  const auto bytes = [&](std::string_view name) -> std::optional<uint64_t> {
    const auto kib = NumberField<uint64_t>(text, name);
    return kib ? std::optional(*kib * 1024) : std::nullopt;
  };
  facts.total_bytes = bytes("MemTotal");
  facts.available_bytes = bytes("MemAvailable");
  const std::optional<uint64_t> swap = bytes("SwapTotal");
  const std::optional<uint64_t> free_swap = bytes("SwapFree");
  if (swap && free_swap && *free_swap <= *swap) {
    facts.swap_used_bytes = *swap - *free_swap;
  }
  const std::string folder = "/sys/kernel/mm/transparent_hugepage";
  const auto choice = [&](const char* name) -> std::optional<std::string> {
    const std::optional<std::string> choices = files.Read(folder + name);
    return choices ? std::optional(std::string(Bracketed(*choices))) : std::nullopt;
  };
  facts.huge_pages = choice("/enabled");
  facts.huge_page_defrag = choice("/defrag");
  return facts;
}

bool ShowsContainer(const MachineFiles& files) {
  const std::string groups = files.Read("/proc/1/cgroup").value_or("");
  for (const char* sign : {"docker", "kubepods", "containerd", "libpod", "lxc"}) {
    if (groups.find(sign) != std::string::npos) {
      return true;
    }
  }
  return files.Exists("/.dockerenv") || files.Exists("/run/.containerenv");
}

// The processor sets this flag for guests; the firmware's tables, or Xen, name the maker.
void ReadVirtualMachine(const MachineFiles& files, SystemFacts* facts) {
  const std::string cpu = files.Read("/proc/cpuinfo").value_or("");
  if (const auto flags = Field(cpu, "flags")) {
    const std::vector<std::string_view> words = Words(*flags);
    facts->in_virtual_machine = std::find(words.begin(), words.end(), "hypervisor") != words.end();
  }
  if (facts->in_virtual_machine.value_or(false)) {
    facts->virtual_machine = files.Read("/sys/class/dmi/id/sys_vendor");
    if (!facts->virtual_machine) {
      facts->virtual_machine = files.Read("/sys/hypervisor/type");
    }
  }
}

// `setarch -R` and debuggers switch it off for a process and its children.
std::optional<int64_t> ReadAslr(const MachineFiles& files) {
  constexpr unsigned kNoRandomize = 0x0040000;  // ADDR_NO_RANDOMIZE of personality(2)
  const std::string text = files.Read("/proc/self/personality").value_or("");
  unsigned personality = 0;
  std::from_chars(text.data(), text.data() + text.size(), personality, 16);
  return (personality & kNoRandomize) != 0
             ? 0
             : files.ReadInteger("/proc/sys/kernel/randomize_va_space");
}

SystemFacts ReadSystemFacts(const MachineFiles& files) {
  SystemFacts facts;
  const std::string release = files.Read("/etc/os-release").value_or("");
  if (const auto name = Field(release, "PRETTY_NAME")) {
    const bool is_quoted = name->size() > 1 && name->front() == '"';
    facts.name = std::string(is_quoted ? name->substr(1, name->size() - 2) : *name);
  }
  facts.kernel = files.Read("/proc/sys/kernel/osrelease");
  ReadVirtualMachine(files, &facts);
  facts.in_container = ShowsContainer(files);
  const std::string clocks = "/sys/devices/system/clocksource/clocksource0/";
  facts.clock_source = files.Read(clocks + "current_clocksource");
  const std::string available = files.Read(clocks + "available_clocksource").value_or("");
  for (const std::string_view name : Words(available)) {
    facts.clock_sources.emplace_back(name);
  }
  facts.aslr = ReadAslr(files);
  facts.perf_event_paranoid = files.ReadInteger("/proc/sys/kernel/perf_event_paranoid");
  facts.seccomp_actions = files.Read("/proc/sys/kernel/seccomp/actions_avail");
  return facts;
}

std::optional<double> Pressure(const MachineFiles& files, const std::string& path) {
  const std::optional<std::string> text = files.Read(path);
  return text ? SomePressure(*text, "avg10") : std::nullopt;
}

// The first eight numbers of the line `cpu` are user, nice, system, idle, iowait, irq, softirq and
// steal; those behind them are contained in the first two.
void ReadSteal(const MachineFiles& files, LoadFacts* facts) {
  constexpr size_t kSteal = 7;
  const std::string text = files.Read("/proc/stat").value_or("");
  const std::vector<std::string_view> words = Words(Field(text, "cpu").value_or(""));
  if (words.size() <= kSteal) {
    return;
  }
  double total = 0;
  for (size_t i = 0; i <= kSteal; ++i) {
    total += ToNumber<double>(words[i]).value_or(0);
  }
  const double steal = ToNumber<double>(words[kSteal]).value_or(0);
  facts->steal_seconds = steal / static_cast<double>(sysconf(_SC_CLK_TCK));
  facts->steal_share = total > 0 ? steal / total : 0;
}

LoadFacts ReadLoadFacts(const MachineFiles& files) {
  LoadFacts facts;
  const std::string text = files.Read("/proc/loadavg").value_or("");
  const std::vector<std::string_view> words = Words(text);
  if (words.size() >= 3) {
    facts.average_1 = ToNumber<double>(words[0]);
    facts.average_5 = ToNumber<double>(words[1]);
    facts.average_15 = ToNumber<double>(words[2]);
  }
  facts.cpu_pressure_percent = Pressure(files, "/proc/pressure/cpu");
  facts.memory_pressure_percent = Pressure(files, "/proc/pressure/memory");
  facts.io_pressure_percent = Pressure(files, "/proc/pressure/io");
  ReadSteal(files, &facts);
  return facts;
}

CgroupFacts ReadCgroupFacts(const MachineFiles& files) {
  CgroupFacts facts;
  const CgroupFolders folders = FindCgroups(files);
  facts.version = folders.cpu_version;
  std::string group = folders.cpu.empty() ? "" : folders.cpu.front();
  if (const std::optional<CpuQuota> quota = ReadCpuQuota(files, folders)) {
    facts.quota_cpus = quota->cpus;
    facts.period_seconds = quota->period_seconds;
    group = quota->folder;
  }
  if (!group.empty()) {
    if (const std::optional<Throttling> throttling = ReadThrottling(files, group)) {
      facts.throttles = throttling->count;
      facts.throttled_seconds = throttling->seconds;
    }
  }
  facts.memory_limit_bytes = ReadMemoryLimit(files, folders);
  if (!folders.memory.empty()) {
    facts.memory_pressure_percent = Pressure(files, folders.memory.front() + "/memory.pressure");
  }
  return facts;
}

ProcessFacts ReadProcessFacts(const MachineFiles& files) {
  // Words of /proc/PID/stat, numbered as in proc(5); the policies as in sched(7).
  constexpr size_t kNice = 19 - 3;
  constexpr size_t kPolicy = 41 - 3;
  static constexpr const char* kPolicies[] = {"other", "fifo", "round robin", "batch",
                                              "iso",   "idle", "deadline"};
  ProcessFacts facts;
  const std::string stat = files.Read("/proc/self/stat").value_or("");
  const std::vector<std::string_view> words = StatWords(stat);
  if (words.size() > kPolicy) {
    facts.nice = ToNumber<int64_t>(words[kNice]);
    const auto policy = ToNumber<size_t>(words[kPolicy]);
    if (policy && *policy < std::size(kPolicies)) {
      facts.scheduling = kPolicies[*policy];
    }
  }
  const std::string status = files.Read("/proc/self/status").value_or("");
  facts.tracer_pid = NumberField<int64_t>(status, "TracerPid");
  return facts;
}

}  // namespace

Environment ReadEnvironment(const MachineFiles& files, const Clock& clock) {
  Environment environment;
  environment.cpu = ReadCpuFacts(files);
  const std::vector<int>& cpus =
      environment.cpu.allowed.empty() ? environment.cpu.online : environment.cpu.allowed;
  environment.frequency = ReadFrequencyFacts(files, cpus);
  environment.power = ReadPowerFacts(files, cpus);
  environment.memory = ReadMemoryFacts(files);
  environment.system = ReadSystemFacts(files);
  environment.load = ReadLoadFacts(files);
  environment.cgroup = ReadCgroupFacts(files);
  environment.process = ReadProcessFacts(files);
  environment.build = ThisBuild();
  environment.clock = WatchClock(clock, 0);
  return environment;
}

std::optional<double> UsableCpus(const Environment& environment) {
  const CpuFacts& cpu = environment.cpu;
  const size_t count = cpu.allowed.empty() ? cpu.online.size() : cpu.allowed.size();
  if (count == 0) {
    return environment.cgroup.quota_cpus;
  }
  const double cpus = static_cast<double>(count);
  return std::min(cpus, environment.cgroup.quota_cpus.value_or(cpus));
}

}  // namespace measure
