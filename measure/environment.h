#pragma once
// The facts about the machine, the system and this process on which measured times depend. They
// explain differences between results: the same block stands in every result file.
//
// A fact is null, or a list empty, where the machine does not tell: nothing here needs privileges,
// and containers and virtual machines hide a good part.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/build_facts.h"
#include "measure/clock_watch.h"
#include "measure/machine_files.h"

namespace measure {

struct CpuFacts {
  std::optional<std::string> model;
  std::vector<int> online;
  std::vector<int> allowed;  // where this process may run
  std::vector<int> isolated;
  std::vector<int> tickless;  // nohz_full
  std::optional<bool> smt;    // whether cores run two threads at once
  std::vector<int> numa_nodes;
  // Of memory at another node, as the firmware rates it; 1: as near as the own.
  std::optional<double> remote_memory_distance;
};

// Over the CPUs where this process may run.
struct FrequencyFacts {
  std::vector<std::string> governors;  // the distinct ones
  std::optional<std::string> driver;
  std::optional<std::string> energy_preference;
  std::optional<bool> turbo;
  std::optional<double> hardware_min_hz;
  std::optional<double> hardware_max_hz;  // of the fastest
  std::optional<double> slowest_max_hz;   // the hardware's maximum of the slowest
  std::vector<int> fastest;               // those within 10 % of the fastest
  std::optional<double> base_hz;          // without turbo
  std::optional<double> min_hz;           // what the governor may choose from
  std::optional<double> max_hz;
  std::vector<double> current_hz;  // of each
};

struct PowerFacts {
  std::optional<double> temperature_celsius;
  std::optional<double> critical_celsius;
  std::optional<uint64_t> thermal_throttles;  // since the start of the machine
  std::optional<bool> on_mains;               // true also for a machine without a battery
  std::optional<std::string> platform_profile;
};

struct MemoryFacts {
  std::optional<uint64_t> total_bytes;
  std::optional<uint64_t> available_bytes;
  std::optional<uint64_t> swap_used_bytes;
  std::optional<std::string> huge_pages;  // always, madvise or never
  std::optional<std::string> huge_page_defrag;
};

struct SystemFacts {
  std::optional<std::string> name;
  std::optional<std::string> kernel;
  std::optional<bool> in_virtual_machine;
  std::optional<std::string> virtual_machine;  // its maker
  bool in_container = false;                   // as far as it shows
  std::optional<std::string> clock_source;
  std::vector<std::string> clock_sources;  // that could be chosen
  std::optional<int64_t> aslr;             // 0 none, 1 without the heap, 2 full
  std::optional<int64_t> perf_event_paranoid;
  std::optional<std::string> seccomp_actions;  // that filters of system calls may take
};

// At one instant, or since the start of the machine.
struct LoadFacts {
  std::optional<double> average_1;  // tasks that run or want to, over the last minute
  std::optional<double> average_5;
  std::optional<double> average_15;
  // The share of the last ten seconds in which some task waited for it, in percent.
  std::optional<double> cpu_pressure_percent;
  std::optional<double> memory_pressure_percent;
  std::optional<double> io_pressure_percent;
  std::optional<double> steal_seconds;
  std::optional<double> steal_share;  // of all time since the start, 0 to 1
};

struct CgroupFacts {
  std::optional<int> version;        // null: control groups cannot be seen
  std::optional<double> quota_cpus;  // null: no quota
  std::optional<double> period_seconds;
  std::optional<uint64_t> throttles;
  std::optional<double> throttled_seconds;
  std::optional<uint64_t> memory_limit_bytes;  // null: none
  std::optional<double> memory_pressure_percent;
};

struct ProcessFacts {
  std::optional<int64_t> nice;
  std::optional<std::string> scheduling;  // other, batch, idle, fifo, round robin, deadline
  std::optional<int64_t> tracer_pid;      // 0: none
};

struct Environment {
  CpuFacts cpu;
  FrequencyFacts frequency;
  PowerFacts power;
  MemoryFacts memory;
  SystemFacts system;
  LoadFacts load;
  CgroupFacts cgroup;
  ProcessFacts process;
  BuildFacts build;
  ClockWatch clock;  // of a thousand readings
};

// Takes one or two milliseconds on a small machine; a result file needs it once.
Environment ReadEnvironment(const MachineFiles& files, const Clock& clock);

// An object with one member for each struct above; null where a fact is. Sizes, times and
// frequencies are in bytes, seconds and Hz.
std::string EnvironmentJson(const Environment& environment);

// How many CPUs this process can keep busy: those it may run on, or its quota where that is less.
// Null when neither is known.
std::optional<double> UsableCpus(const Environment& environment);

}  // namespace measure
