#pragma once
// How often built-in loops look for Ctrl-C and the time limit.

#include <cstdint>

#include "runtime/context.h"

namespace runtime {

inline constexpr uint64_t kPollElements = 4096;

// In a loop over `i`: false, with the failure set, when the run is to stop.
inline bool Poll(Context& context, uint64_t i) {
  if (i % kPollElements != 0 || !context.interrupted()) [[likely]] {
    return true;
  }
  return context.FailInterrupted();
}

}  // namespace runtime
