#pragma once
// How a tiered run decides; `--tier=`.

#include <cstdint>
#include <functional>

#include "jit/engine.h"
#include "tiered/live_state.h"

namespace tiered {

enum class Mode : uint8_t {
  Auto,    // by the policy, in the background
  Calls,   // for tests: compiles every version at its first call, on the thread of the run
  Loops,   // for tests: interprets calls, and leaves every loop at its first turn
  Random,  // for tests: calls and loops go over at a random call or turn, or never
};

struct Options {
  Mode mode = Mode::Auto;
  uint64_t seed = 0;      // of Mode::Random
  int64_t threshold = 0;  // of Mode::Auto: calls, or turns, after which code is hot; 0: by its cost
  jit::EngineOptions engine = {};
  // Called when a run is over and something is still being compiled, which is then left alone: the
  // process has to end without running destructors of static objects, which LLVM may be using.
  // Empty: the run waits for it.
  std::function<void()> on_abandoned = {};
  // For tests: told what a loop was left with, and entered with, each time; may be empty.
  OnEntry on_entry = {};
};

}  // namespace tiered
