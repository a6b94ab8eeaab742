#pragma once
// What got in the way of a run: the machine's counters before and after it, and their difference.
//
//   const DisturbanceMeter meter(MachineFiles{});
//   const MachineCounters before = meter.Sample();
//   ... run ...
//   const Disturbance disturbance = Between(before, meter.Sample());

#include <cstdint>
#include <optional>
#include <string>

#include "measure/machine_files.h"

namespace measure {

// Each counts from some instant in the past; null where the machine does not tell.
struct MachineCounters {
  std::optional<double> steal_seconds;  // of all CPUs together: the hypervisor ran something else
  std::optional<uint64_t> throttles;    // times that the CPU quota stopped the group
  std::optional<double> throttled_seconds;
  // The calling thread was ready but another had the CPU.
  std::optional<double> waiting_seconds;
  // Switches that the calling thread did not ask for: it was preempted.
  std::optional<uint64_t> involuntary_switches;
  uint64_t child_involuntary_switches = 0;  // of child processes that have been waited for
  // Any task of the machine was.
  std::optional<double> cpu_pressure_seconds;
  std::optional<uint64_t> thermal_throttles;  // of the first core
  std::optional<double> load;                 // the average of the last minute, at this instant
};

// The same quantities for one run; `load` is the one after it. A counter that is missing on one
// side, or has gone backwards, is null.
using Disturbance = MachineCounters;

class DisturbanceMeter {
 public:
  // Finds out once where the counters stand.
  explicit DisturbanceMeter(MachineFiles files);
  // Costs some tens of microseconds, more on a machine with very many cores.
  MachineCounters Sample() const;

 private:
  MachineFiles files_;
  std::string cpu_group_;  // empty: none
};

Disturbance Between(const MachineCounters& before, const MachineCounters& after);

// An object with a member for each field, null where it is null.
std::string DisturbanceJson(const Disturbance& disturbance);

}  // namespace measure
