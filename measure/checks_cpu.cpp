// Checks of the processor: how fast it runs, which of its CPUs, and what slows it down.
// Tests: tests/measure/doctor_test.cpp.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "measure/doctor_checks.h"

namespace measure {

namespace {

constexpr double kGiga = 1e9;

// "0-3,8" again.
std::string CpuListText(const std::vector<int>& cpus) {
  std::string text;
  for (size_t i = 0; i < cpus.size();) {
    size_t last = i;
    while (last + 1 < cpus.size() && cpus[last + 1] == cpus[last] + 1) {
      ++last;
    }
    text += fmt::format("{}{}", text.empty() ? "" : ",", cpus[i]);
    if (last > i) {
      text += fmt::format("-{}", cpus[last]);
    }
    i = last + 1;
  }
  return text;
}

// For what only the host of a virtual machine knows.
Finding HiddenOr(const Patient& patient, std::string_view otherwise) {
  return patient.environment.system.in_virtual_machine.value_or(false)
             ? NotSeen("a virtual machine does not show it")
             : NotSeen(std::string(otherwise));
}

// A driver whose governor `powersave` chooses frequencies by load, as others' `schedutil` does;
// elsewhere it means the lowest one.
bool PowersaveFollowsLoad(std::string_view driver) {
  return driver == "intel_pstate" || driver.starts_with("amd-pstate") || driver == "amd_pstate";
}

Finding LookAtGovernor(const Patient& patient) {
  const FrequencyFacts& facts = patient.environment.frequency;
  if (facts.governors.empty()) {
    return HiddenOr(patient, "the kernel does not control the frequency");
  }
  const std::string driver = facts.driver.value_or("unknown driver");
  const std::string seen = fmt::format("{} ({})", fmt::join(facts.governors, ", "), driver);
  const bool is_steady = std::all_of(
      facts.governors.begin(), facts.governors.end(),
      [](const std::string& name) { return name == "performance" || name == "userspace"; });
  if (is_steady) {
    return Fine(seen);
  }
  Finding finding{.severity = Severity::Warning, .seen = seen};
  finding.cure = "sudo cpupower frequency-set -g performance";
  const bool is_lowest = std::count(facts.governors.begin(), facts.governors.end(), "powersave") &&
                         !PowersaveFollowsLoad(driver);
  if (is_lowest) {
    finding.severity = Severity::Serious;
    finding.effect = "the processor stays at its lowest frequency";
  } else {
    finding.effect =
        "the frequency follows the load: the first iterations after a pause are slower, which "
        "looks like warm-up";
  }
  if (facts.min_hz && facts.hardware_max_hz && *facts.min_hz > 0) {
    finding.effect +=
        fmt::format("; {:.1f} to {:.1f} GHz, a factor of {:.1f}", *facts.min_hz / kGiga,
                    *facts.hardware_max_hz / kGiga, *facts.hardware_max_hz / *facts.min_hz);
    finding.source = kComputed;
  }
  return finding;
}

Finding LookAtTurbo(const Patient& patient) {
  const FrequencyFacts& facts = patient.environment.frequency;
  if (!facts.turbo) {
    return HiddenOr(patient, "the driver does not tell");
  }
  if (!*facts.turbo) {
    return Fine("off");
  }
  Finding finding{.severity = Severity::Note, .seen = "on"};
  finding.effect = "the frequency depends on temperature and on how many cores are busy";
  if (facts.base_hz && facts.hardware_max_hz && *facts.base_hz > 0) {
    const double factor = *facts.hardware_max_hz / *facts.base_hz;
    finding.effect += fmt::format("; up to {:.1f} GHz instead of {:.1f}, a factor of {:.2f}",
                                  *facts.hardware_max_hz / kGiga, *facts.base_hz / kGiga, factor);
    finding.source = kComputed;
    finding.severity = factor >= 1.25 ? Severity::Warning : Severity::Note;
  }
  finding.cure = facts.driver.value_or("").starts_with("intel")
                     ? "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo"
                     : "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost";
  return finding;
}

Finding LookAtFrequency(const Patient& patient) {
  const FrequencyFacts& facts = patient.environment.frequency;
  if (!facts.max_hz || !facts.hardware_max_hz) {
    return HiddenOr(patient, "the kernel does not control the frequency");
  }
  if (*facts.max_hz < 0.98 * *facts.hardware_max_hz) {
    return {.severity = Severity::Note,
            .seen = fmt::format("limited to {:.1f} of {:.1f} GHz", *facts.max_hz / kGiga,
                                *facts.hardware_max_hz / kGiga),
            .effect = fmt::format("times are up to {:.2f} times those of full speed; ratios hold",
                                  *facts.hardware_max_hz / *facts.max_hz),
            .source = std::string(kComputed),
            .cure = fmt::format("sudo cpupower frequency-set -u {:.0f}MHz, unless it is intended",
                                *facts.hardware_max_hz / 1e6)};
  }
  const auto fastest = std::max_element(facts.current_hz.begin(), facts.current_hz.end());
  if (patient.activity != nullptr && fastest != facts.current_hz.end() &&
      *fastest < 0.7 * facts.base_hz.value_or(*facts.max_hz)) {
    return {.severity = Severity::Warning,
            .seen = fmt::format("{:.1f} GHz right after work, {:.1f} would be possible",
                                *fastest / kGiga, *facts.max_hz / kGiga),
            .effect = "something holds the processor back: heat, a power limit or the governor",
            .cure = "see cpu-governor, temperature and power-supply"};
  }
  return Fine(facts.min_hz == facts.max_hz
                  ? fmt::format("fixed at {:.1f} GHz", *facts.max_hz / kGiga)
                  : fmt::format("up to {:.1f} GHz", *facts.max_hz / kGiga));
}

Finding LookAtKinds(const Patient& patient) {
  const FrequencyFacts& facts = patient.environment.frequency;
  if (!facts.slowest_max_hz || !facts.hardware_max_hz || *facts.slowest_max_hz <= 0) {
    return HiddenOr(patient, "the kernel does not tell their speeds");
  }
  const double factor = *facts.hardware_max_hz / *facts.slowest_max_hz;
  if (factor < 1.1) {
    return Fine("all alike");
  }
  const std::string fastest = CpuListText(facts.fastest);
  return {.severity = Severity::Warning,
          .seen = fmt::format("CPUs {} reach {:.1f} GHz, the slowest {:.1f}", fastest,
                              *facts.hardware_max_hz / kGiga, *facts.slowest_max_hz / kGiga),
          .effect = fmt::format("a run on a slow core takes at least {:.2f} times as long", factor),
          .source = std::string(kComputed),
          .cure = fmt::format("taskset -c {} lab ...", fastest)};
}

Finding LookAtCount(const Patient& patient) {
  const CpuFacts& facts = patient.environment.cpu;
  if (facts.allowed.empty()) {
    return NotSeen("the system does not tell");
  }
  const size_t online = std::max(facts.online.size(), facts.allowed.size());
  if (facts.allowed.size() > 1) {
    return Fine(fmt::format("{} of {}", facts.allowed.size(), online));
  }
  return {.severity = Severity::Warning,
          .seen = fmt::format("one of {}: CPU {}", online, facts.allowed.front()),
          .effect =
              "whatever else is to run, such as a compiler in the background, stops the "
              "program meanwhile",
          .cure = online > 1 ? "run without taskset, or give it two CPUs"
                             : "cannot be changed from here: take a machine with two CPUs"};
}

Finding LookAtSmt(const Patient& patient) {
  const std::optional<bool>& smt = patient.environment.cpu.smt;
  if (!smt) {
    return NotSeen("the kernel does not tell");
  }
  if (!*smt) {
    return Fine(patient.environment.system.in_virtual_machine.value_or(false)
                    ? "not in use (what the host does is hidden)"
                    : "not in use");
  }
  return {.severity = Severity::Note,
          .seen = "two threads share each core",
          .effect =
              "two busy threads of one core do up to 30 % more than one alone, so that each "
              "has about 65 % of its speed",
          .source = "Marr et al. 2002, on Hyper-Threading",
          .cure = "echo off | sudo tee /sys/devices/system/cpu/smt/control, or keep the rest idle"};
}

Finding LookAtNuma(const Patient& patient) {
  const CpuFacts& facts = patient.environment.cpu;
  if (facts.numa_nodes.empty()) {
    return NotSeen("the kernel does not tell");
  }
  if (facts.numa_nodes.size() == 1) {
    return Fine("one memory node");
  }
  Finding finding{.severity = Severity::Note,
                  .seen = fmt::format("{} memory nodes", facts.numa_nodes.size())};
  finding.effect = "memory at another node takes longer to reach";
  if (facts.remote_memory_distance) {
    finding.effect += fmt::format(": up to {:.1f} times as long", *facts.remote_memory_distance);
    finding.source = "the firmware's own rating";
  }
  finding.cure =
      fmt::format("numactl --cpunodebind={0} --membind={0} lab ...", facts.numa_nodes.front());
  return finding;
}

Finding LookAtIsolated(const Patient& patient) {
  const CpuFacts& facts = patient.environment.cpu;
  if (facts.isolated.empty()) {
    return Fine("none, which only the smallest differences need");
  }
  const bool is_used =
      !facts.allowed.empty() && std::includes(facts.isolated.begin(), facts.isolated.end(),
                                              facts.allowed.begin(), facts.allowed.end());
  const std::string isolated = CpuListText(facts.isolated);
  if (is_used) {
    return Fine(isolated + ", in use");
  }
  return {.severity = Severity::Note,
          .seen = isolated + " are isolated and not used",
          .effect = "nothing else would run there",
          .cure = fmt::format("taskset -c {} lab ...", isolated)};
}

Finding LookAtThermalThrottling(const Patient& patient) {
  const std::optional<uint64_t>& count = patient.environment.power.thermal_throttles;
  if (!count) {
    return HiddenOr(patient, "the processor does not count it");
  }
  const bool is_now = patient.activity != nullptr &&
                      patient.activity->disturbance.thermal_throttles.value_or(0) > 0;
  if (*count == 0) {
    return Fine("never since the start");
  }
  return {.severity = is_now ? Severity::Serious : Severity::Warning,
          .seen = fmt::format("slowed down by heat {} times since the start{}", *count,
                              is_now ? ", just now again" : ""),
          .effect =
              "long runs become slower while they run, which looks like a slowdown of the "
              "program",
          .cure = "let it cool down, clear the fan; switch turbo off"};
}

Finding LookAtTemperature(const Patient& patient) {
  const PowerFacts& facts = patient.environment.power;
  if (!facts.temperature_celsius) {
    return HiddenOr(patient, "there is no sensor");
  }
  constexpr double kUsualCritical = 100;
  const double critical = facts.critical_celsius.value_or(kUsualCritical);
  const double degrees = *facts.temperature_celsius;
  const Severity severity = Limits{critical - 25, critical - 12, critical - 3}.Of(degrees);
  const std::string seen = fmt::format("{:.0f} °C of {:.0f}", degrees, critical);
  if (severity == Severity::Ok) {
    return Fine(seen);
  }
  return {.severity = severity,
          .seen = seen,
          .effect = "near its limit a processor slows down",
          .cure = "wait until it has cooled down"};
}

Finding LookAtPowerSupply(const Patient& patient) {
  const std::optional<bool>& on_mains = patient.environment.power.on_mains;
  const bool in_guest = patient.environment.system.in_virtual_machine.value_or(false);
  if (!on_mains || (*on_mains && in_guest)) {
    return HiddenOr(patient, "the system does not tell");
  }
  if (*on_mains) {
    return Fine("mains");
  }
  return {.severity = Severity::Warning,
          .seen = "battery",
          .effect = "frequencies are lower and change with the charge",
          .cure = "plug it in"};
}

Finding LookAtProfile(const Patient& patient) {
  const std::optional<std::string>& profile = patient.environment.power.platform_profile;
  if (!profile) {
    return HiddenOr(patient, "the firmware has none");
  }
  if (*profile == "performance") {
    return Fine(*profile);
  }
  const bool is_balanced = profile->starts_with("balanced");
  return {.severity = is_balanced ? Severity::Note : Severity::Warning,
          .seen = *profile,
          .effect = "the firmware limits power, and with it the frequency in longer runs",
          .cure = "echo performance | sudo tee /sys/firmware/acpi/platform_profile"};
}

constexpr Check kChecks[] = {
    {"cpu-governor", LookAtGovernor},
    {"cpu-turbo", LookAtTurbo},
    {"cpu-frequency", LookAtFrequency},
    {"cpu-kinds", LookAtKinds},
    {"cpu-count", LookAtCount},
    {"smt", LookAtSmt},
    {"numa", LookAtNuma},
    {"isolated-cpus", LookAtIsolated},
    {"thermal-throttling", LookAtThermalThrottling},
    {"temperature", LookAtTemperature},
    {"power-supply", LookAtPowerSupply},
    {"platform-profile", LookAtProfile},
};

}  // namespace

std::span<const Check> CpuChecks() { return kChecks; }

}  // namespace measure
