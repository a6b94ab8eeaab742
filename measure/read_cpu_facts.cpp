// The names of files are those of the kernel's Documentation/ABI/testing/sysfs-devices-system-cpu,
// sysfs-class-power, sysfs-class-thermal and sysfs-class-hwmon.
// Tests: tests/measure/environment_test.cpp.

#include "measure/read_cpu_facts.h"

#include <algorithm>

#include <fmt/format.h>

#include "measure/machine_text.h"

namespace measure {

namespace {

std::string CpuFile(std::string_view name) {
  return fmt::format("/sys/devices/system/cpu/{}", name);
}

std::vector<int> ReadCpuList(const MachineFiles& files, const std::string& path) {
  return CpuList(files.Read(path).value_or(""));
}

std::string FrequencyFile(int cpu, std::string_view name) {
  return CpuFile(fmt::format("cpu{}/cpufreq/{}", cpu, name));
}

// The kernel writes kHz.
std::optional<double> ReadHz(const MachineFiles& files, int cpu, std::string_view name) {
  const std::optional<int64_t> khz = files.ReadInteger(FrequencyFile(cpu, name));
  return khz ? std::optional(static_cast<double>(*khz) * 1e3) : std::nullopt;
}

template <typename Choose>
void Take(std::optional<double>* target, std::optional<double> value, Choose choose) {
  if (value) {
    *target = *target ? choose(**target, *value) : *value;
  }
}
double Lower(double a, double b) { return std::min(a, b); }
double Higher(double a, double b) { return std::max(a, b); }

std::optional<bool> ReadTurbo(const MachineFiles& files) {
  if (const auto no_turbo = files.ReadInteger(CpuFile("intel_pstate/no_turbo"))) {
    return *no_turbo == 0;
  }
  if (const auto boost = files.ReadInteger(CpuFile("cpufreq/boost"))) {
    return *boost != 0;
  }
  return std::nullopt;
}

std::vector<int> FastestOf(const MachineFiles& files, const std::vector<int>& cpus, double max_hz) {
  std::vector<int> fastest;
  for (const int cpu : cpus) {
    if (ReadHz(files, cpu, "cpuinfo_max_freq").value_or(0) >= 0.9 * max_hz) {
      fastest.push_back(cpu);
    }
  }
  return fastest;
}

std::optional<double> RemoteMemoryDistance(const MachineFiles& files,
                                           const std::vector<int>& nodes) {
  std::optional<double> farthest;
  for (const int node : nodes) {
    const std::string text =
        files.Read(fmt::format("/sys/devices/system/node/node{}/distance", node)).value_or("");
    for (const std::string_view word : Words(text)) {
      // The firmware's unit: 10 is the own node.
      if (const auto distance = ToNumber<double>(word)) {
        Take(&farthest, *distance / 10, Higher);
      }
    }
  }
  return farthest;
}

// Of the processor's own sensor, where one can be told from those of the case and the disks.
void ReadTemperature(const MachineFiles& files, PowerFacts* facts) {
  constexpr double kMilli = 1e-3;
  for (const std::string& name : files.List("/sys/class/hwmon")) {
    const std::string folder = "/sys/class/hwmon/" + name;
    const std::string chip = files.Read(folder + "/name").value_or("");
    if (chip == "coretemp" || chip == "k10temp" || chip == "zenpower" || chip == "cpu_thermal") {
      if (const auto value = files.ReadInteger(folder + "/temp1_input")) {
        facts->temperature_celsius = static_cast<double>(*value) * kMilli;
        if (const auto critical = files.ReadInteger(folder + "/temp1_crit")) {
          facts->critical_celsius = static_cast<double>(*critical) * kMilli;
        }
        return;
      }
    }
  }
  for (const std::string& name : files.List("/sys/class/thermal")) {
    const std::string folder = "/sys/class/thermal/" + name;
    const std::string type = files.Read(folder + "/type").value_or("");
    if (type == "x86_pkg_temp" || type.find("cpu") != std::string::npos) {
      if (const auto value = files.ReadInteger(folder + "/temp")) {
        facts->temperature_celsius = static_cast<double>(*value) * kMilli;
        return;
      }
    }
  }
}

// Plugged in, or a machine without a battery.
std::optional<bool> ReadOnMains(const MachineFiles& files) {
  bool has_battery = false;
  bool is_discharging = false;
  std::optional<bool> is_plugged;
  const std::vector<std::string> supplies = files.List("/sys/class/power_supply");
  for (const std::string& name : supplies) {
    const std::string folder = "/sys/class/power_supply/" + name;
    const std::string type = files.Read(folder + "/type").value_or("");
    // Batteries of mice and keyboards have the scope of a device.
    if (files.Read(folder + "/scope") == "Device") {
      continue;
    }
    if (type == "Battery") {
      has_battery = true;
      is_discharging = is_discharging || files.Read(folder + "/status") == "Discharging";
    } else if (const auto online = files.ReadInteger(folder + "/online")) {
      is_plugged = is_plugged.value_or(false) || *online != 0;
    }
  }
  if (has_battery) {
    return is_plugged ? *is_plugged : !is_discharging;
  }
  return files.Exists("/sys/class/power_supply") ? std::optional(true) : std::nullopt;
}

}  // namespace

CpuFacts ReadCpuFacts(const MachineFiles& files) {
  CpuFacts facts;
  const std::string about = files.Read("/proc/cpuinfo").value_or("");
  if (const auto model = Field(about, "model name")) {
    facts.model = std::string(*model);
  }
  facts.online = ReadCpuList(files, CpuFile("online"));
  const std::string status = files.Read("/proc/self/status").value_or("");
  facts.allowed = CpuList(Field(status, "Cpus_allowed_list").value_or(""));
  facts.isolated = ReadCpuList(files, CpuFile("isolated"));
  facts.tickless = ReadCpuList(files, CpuFile("nohz_full"));
  if (const auto active = files.ReadInteger(CpuFile("smt/active"))) {
    facts.smt = *active != 0;
  }
  facts.numa_nodes = ReadCpuList(files, "/sys/devices/system/node/online");
  facts.remote_memory_distance = RemoteMemoryDistance(files, facts.numa_nodes);
  return facts;
}

FrequencyFacts ReadFrequencyFacts(const MachineFiles& files, const std::vector<int>& cpus) {
  FrequencyFacts facts;
  for (const int cpu : cpus) {
    const std::optional<std::string> governor = files.Read(FrequencyFile(cpu, "scaling_governor"));
    if (!governor) {
      continue;
    }
    if (std::find(facts.governors.begin(), facts.governors.end(), *governor) ==
        facts.governors.end()) {
      facts.governors.push_back(*governor);
      facts.driver = files.Read(FrequencyFile(cpu, "scaling_driver"));
      facts.energy_preference = files.Read(FrequencyFile(cpu, "energy_performance_preference"));
    }
    const std::optional<double> hardware_max = ReadHz(files, cpu, "cpuinfo_max_freq");
    Take(&facts.hardware_max_hz, hardware_max, Higher);
    Take(&facts.slowest_max_hz, hardware_max, Lower);
    Take(&facts.hardware_min_hz, ReadHz(files, cpu, "cpuinfo_min_freq"), Lower);
    Take(&facts.base_hz, ReadHz(files, cpu, "base_frequency"), Higher);
    Take(&facts.min_hz, ReadHz(files, cpu, "scaling_min_freq"), Lower);
    Take(&facts.max_hz, ReadHz(files, cpu, "scaling_max_freq"), Higher);
    if (const auto current = ReadHz(files, cpu, "scaling_cur_freq")) {
      facts.current_hz.push_back(*current);
    }
  }
  facts.turbo = ReadTurbo(files);
  if (facts.hardware_max_hz) {
    facts.fastest = FastestOf(files, cpus, *facts.hardware_max_hz);
  }
  return facts;
}

PowerFacts ReadPowerFacts(const MachineFiles& files, const std::vector<int>& cpus) {
  PowerFacts facts;
  ReadTemperature(files, &facts);
  for (const int cpu : cpus) {
    const auto count =
        files.ReadInteger(CpuFile(fmt::format("cpu{}/thermal_throttle/core_throttle_count", cpu)));
    if (count) {
      facts.thermal_throttles = facts.thermal_throttles.value_or(0) + static_cast<uint64_t>(*count);
    }
  }
  facts.on_mains = ReadOnMains(files);
  facts.platform_profile = files.Read("/sys/firmware/acpi/platform_profile");
  return facts;
}

}  // namespace measure
