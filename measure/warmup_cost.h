#pragma once
// What the iterations before the steady part cost beyond what they take when steady, by cause, from
// the samples and the engine's events.

#include <cstddef>
#include <cstdint>
#include <span>

#include "measure/results.h"

namespace measure {

// Seconds. `total` is the excess of all iterations before the steady part, and the sum of the rest.
// A part is negative when iterations were faster than they are when steady.
struct WarmupCost {
  // Until machine code was entered for the last time: what interpreting took longer, while nothing
  // was being compiled, and while the compile thread was at work.
  double interpreting = 0;
  double beside = 0;
  double compiling = 0;  // on the thread of the run, which stood still
  double waiting = 0;    // for the compile thread
  double residual = 0;   // all else: caches, the allocator, chance
  double total = 0;
};

// `seconds` of a call and `calls` by iteration, as SecondsOf and CallsOf give them; the first
// steady iteration and the mean of the steady ones.
WarmupCost CostOfWarmup(std::span<const double> seconds, std::span<const uint64_t> calls,
                        std::span<const PlacedEvent> events, size_t steady_from,
                        double steady_mean);

}  // namespace measure
