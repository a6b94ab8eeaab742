#pragma once
// What a clock is worth, found by doing nothing but reading it.

#include <cstdint>
#include <functional>
#include <optional>

namespace measure {

// Seconds from some fixed instant.
using Clock = std::function<double()>;

// A gap this long between two readings is an interruption: reading takes some 20 ns with a good
// clock and 1 to 2 us with a bad one, and the kernel's own timer tick is usually shorter as well.
inline constexpr double kInterruptionSeconds = 5e-6;

struct ClockWatch {
  double seconds = 0;  // how long the clock was watched, by itself; 0: it stood still
  uint64_t readings = 0;
  double reading_seconds = 0;                // what one reading takes, interruptions left out
  std::optional<double> resolution_seconds;  // the smallest step seen; null: it never moved
  uint64_t interruptions = 0;
  double lost_seconds = 0;  // in all interruptions
  double longest_seconds = 0;
};

// Reads `clock` until it has advanced by `seconds`, at least a thousand times; gives up on a clock
// that stands still.
ClockWatch WatchClock(const Clock& clock, double seconds);

}  // namespace measure
