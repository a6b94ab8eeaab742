// A loop of nothing but clock readings sees whatever else runs on its core as a gap: interrupts,
// other processes, the hypervisor, a quota. Tests: tests/measure/clock_watch_test.cpp.

#include "measure/clock_watch.h"

#include <algorithm>

namespace measure {

ClockWatch WatchClock(const Clock& clock, double seconds) {
  constexpr uint64_t kMinReadings = 1000;
  // Some 20 ms, longer than the coarsest clock takes for a step.
  constexpr uint64_t kMaxStandingReadings = 4'000'000;
  ClockWatch watch;
  const double begin = clock();
  const double end = begin + seconds;
  double smallest = 0;
  double last = begin;
  uint64_t standing = 0;
  while (watch.readings < kMinReadings || (last < end && standing < kMaxStandingReadings)) {
    const double now = clock();
    const double step = now - last;
    ++watch.readings;
    ++standing;
    if (step > 0) {
      standing = 0;
      smallest = smallest == 0 ? step : std::min(smallest, step);
      if (step >= kInterruptionSeconds) {
        ++watch.interruptions;
        watch.lost_seconds += step;
        watch.longest_seconds = std::max(watch.longest_seconds, step);
      }
    }
    last = now;
  }
  watch.seconds = last - begin;
  if (smallest > 0) {
    watch.resolution_seconds = smallest;
  }
  const uint64_t quiet = watch.readings - watch.interruptions;
  if (quiet > 0) {
    watch.reading_seconds = (watch.seconds - watch.lost_seconds) / static_cast<double>(quiet);
  }
  return watch;
}

}  // namespace measure
