// The environment, the disturbance of a run and the doctor's findings as JSON. Keys are those of
// the structs and stay: result files of different labs are compared. Tests:
// tests/measure/environment_test.cpp, tests/measure/disturbance_test.cpp,
// tests/measure/doctor_test.cpp.

#include <nlohmann/json.hpp>

#include "measure/disturbance.h"
#include "measure/doctor.h"
#include "measure/environment.h"

namespace measure {

namespace {

using Json = nlohmann::ordered_json;

template <typename T>
Json OrNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json Cpu(const CpuFacts& cpu) {
  return {{"model", OrNull(cpu.model)},
          {"online", cpu.online},
          {"allowed", cpu.allowed},
          {"isolated", cpu.isolated},
          {"tickless", cpu.tickless},
          {"smt", OrNull(cpu.smt)},
          {"numa_nodes", cpu.numa_nodes},
          {"remote_memory_distance", OrNull(cpu.remote_memory_distance)}};
}

Json Frequency(const FrequencyFacts& frequency) {
  return {{"governors", frequency.governors},
          {"driver", OrNull(frequency.driver)},
          {"energy_preference", OrNull(frequency.energy_preference)},
          {"turbo", OrNull(frequency.turbo)},
          {"hardware_min_hz", OrNull(frequency.hardware_min_hz)},
          {"hardware_max_hz", OrNull(frequency.hardware_max_hz)},
          {"slowest_max_hz", OrNull(frequency.slowest_max_hz)},
          {"fastest", frequency.fastest},
          {"base_hz", OrNull(frequency.base_hz)},
          {"min_hz", OrNull(frequency.min_hz)},
          {"max_hz", OrNull(frequency.max_hz)},
          {"current_hz", frequency.current_hz}};
}

Json Power(const PowerFacts& power) {
  return {{"temperature_celsius", OrNull(power.temperature_celsius)},
          {"critical_celsius", OrNull(power.critical_celsius)},
          {"thermal_throttles", OrNull(power.thermal_throttles)},
          {"on_mains", OrNull(power.on_mains)},
          {"platform_profile", OrNull(power.platform_profile)}};
}

Json Memory(const MemoryFacts& memory) {
  return {{"total_bytes", OrNull(memory.total_bytes)},
          {"available_bytes", OrNull(memory.available_bytes)},
          {"swap_used_bytes", OrNull(memory.swap_used_bytes)},
          {"huge_pages", OrNull(memory.huge_pages)},
          {"huge_page_defrag", OrNull(memory.huge_page_defrag)}};
}

Json System(const SystemFacts& system) {
  return {{"name", OrNull(system.name)},
          {"kernel", OrNull(system.kernel)},
          {"in_virtual_machine", OrNull(system.in_virtual_machine)},
          {"virtual_machine", OrNull(system.virtual_machine)},
          {"in_container", system.in_container},
          {"clock_source", OrNull(system.clock_source)},
          {"clock_sources", system.clock_sources},
          {"aslr", OrNull(system.aslr)},
          {"perf_event_paranoid", OrNull(system.perf_event_paranoid)},
          {"seccomp_actions", OrNull(system.seccomp_actions)}};
}

Json Load(const LoadFacts& load) {
  return {{"average_1", OrNull(load.average_1)},
          {"average_5", OrNull(load.average_5)},
          {"average_15", OrNull(load.average_15)},
          {"cpu_pressure_percent", OrNull(load.cpu_pressure_percent)},
          {"memory_pressure_percent", OrNull(load.memory_pressure_percent)},
          {"io_pressure_percent", OrNull(load.io_pressure_percent)},
          {"steal_seconds", OrNull(load.steal_seconds)},
          {"steal_share", OrNull(load.steal_share)}};
}

Json Cgroup(const CgroupFacts& cgroup) {
  return {{"version", OrNull(cgroup.version)},
          {"quota_cpus", OrNull(cgroup.quota_cpus)},
          {"period_seconds", OrNull(cgroup.period_seconds)},
          {"throttles", OrNull(cgroup.throttles)},
          {"throttled_seconds", OrNull(cgroup.throttled_seconds)},
          {"memory_limit_bytes", OrNull(cgroup.memory_limit_bytes)},
          {"memory_pressure_percent", OrNull(cgroup.memory_pressure_percent)}};
}

Json Process(const ProcessFacts& process) {
  return {{"nice", OrNull(process.nice)},
          {"scheduling", OrNull(process.scheduling)},
          {"tracer_pid", OrNull(process.tracer_pid)}};
}

Json Build(const BuildFacts& build) {
  return {{"lab_version", build.lab_version},
          {"compiler", build.compiler},
          {"llvm_version", build.llvm_version},
          {"is_optimised", build.is_optimised},
          {"has_assertions", build.has_assertions},
          {"has_sanitizers", build.has_sanitizers},
          {"llvm_has_assertions", build.llvm_has_assertions}};
}

Json ClockOf(const ClockWatch& clock) {
  return {{"reading_seconds", clock.reading_seconds},
          {"resolution_seconds", OrNull(clock.resolution_seconds)}};
}

Json EnvironmentOf(const Environment& environment) {
  return {{"cpu", Cpu(environment.cpu)},          {"frequency", Frequency(environment.frequency)},
          {"power", Power(environment.power)},    {"memory", Memory(environment.memory)},
          {"system", System(environment.system)}, {"load", Load(environment.load)},
          {"cgroup", Cgroup(environment.cgroup)}, {"process", Process(environment.process)},
          {"build", Build(environment.build)},    {"clock", ClockOf(environment.clock)}};
}

Json DisturbanceOf(const Disturbance& disturbance) {
  return {{"steal_seconds", OrNull(disturbance.steal_seconds)},
          {"throttles", OrNull(disturbance.throttles)},
          {"throttled_seconds", OrNull(disturbance.throttled_seconds)},
          {"waiting_seconds", OrNull(disturbance.waiting_seconds)},
          {"involuntary_switches", OrNull(disturbance.involuntary_switches)},
          {"child_involuntary_switches", disturbance.child_involuntary_switches},
          {"cpu_pressure_seconds", OrNull(disturbance.cpu_pressure_seconds)},
          {"thermal_throttles", OrNull(disturbance.thermal_throttles)},
          {"load", OrNull(disturbance.load)}};
}

Json ActivityOf(const Activity& activity) {
  Json others;
  if (activity.others) {
    others = Json::array();
    for (const BusyProcess& process : *activity.others) {
      others.push_back({{"pid", process.pid}, {"name", process.name}, {"cpus", process.cpus}});
    }
  }
  return {{"seconds", activity.clock.seconds},
          {"interruptions", activity.clock.interruptions},
          {"lost_seconds", activity.clock.lost_seconds},
          {"longest_seconds", activity.clock.longest_seconds},
          {"disturbance", DisturbanceOf(activity.disturbance)},
          {"others", others}};
}

Json FindingsOf(const std::vector<Finding>& findings) {
  Json json = Json::array();
  for (const Finding& finding : findings) {
    json.push_back({{"id", finding.id},
                    {"severity", SeverityName(finding.severity)},
                    {"seen", finding.seen},
                    {"effect", finding.effect},
                    {"source", finding.source},
                    {"cure", finding.cure}});
  }
  return json;
}

// File names and the like may hold any bytes; what is no UTF-8 becomes a replacement character.
std::string Text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string EnvironmentJson(const Environment& environment) {
  return Text(EnvironmentOf(environment));
}

std::string DisturbanceJson(const Disturbance& disturbance) {
  return Text(DisturbanceOf(disturbance));
}

std::string DoctorJson(const Environment& environment, const Activity& activity,
                       const std::vector<Finding>& findings) {
  return Text({{"schema", "lab-doctor-1"},
               {"verdict", Verdict(findings)},
               {"findings", FindingsOf(findings)},
               {"activity", ActivityOf(activity)},
               {"environment", EnvironmentOf(environment)}});
}

}  // namespace measure
