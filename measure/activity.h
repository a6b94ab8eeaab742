#pragma once
// What the machine does besides us, watched for a moment.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/clock_watch.h"
#include "measure/disturbance.h"
#include "measure/machine_files.h"

namespace measure {

struct BusyProcess {
  int64_t pid;
  std::string name;
  double cpus;  // CPU time per time
};

struct Activity {
  // This thread did nothing but read the clock meanwhile, so each interruption is somebody else's.
  ClockWatch clock;
  Disturbance disturbance;
  // The other processes that ran, busiest first, at most five. Null when none can be seen.
  std::optional<std::vector<BusyProcess>> others;
};

// Keeps one core busy for `seconds` by `clock`.
Activity WatchActivity(const MachineFiles& files, const Clock& clock, double seconds);

}  // namespace measure
