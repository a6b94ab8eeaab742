#pragma once
// Everything one run needs from outside: output, heap, limits, the clock, and
// the slot that holds a failure. One Context per run; one run at a time uses it.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/error.h"
#include "runtime/heap.h"
#include "runtime/output.h"
#include "runtime/type.h"

namespace runtime {

enum class Interrupt : uint32_t { None, Time, User };

struct Limits {
  uint32_t depth = 10'000;
  uint64_t memory_bytes = uint64_t{1} << 30;
  double seconds = 0;  // 0: no limit
};

struct Context {
  Context(const frontend::Program& program, TypeTable& types, Output& out, const Limits& limits);

  const frontend::Program& program;
  TypeTable& types;
  Output& out;
  Limits limits;
  Heap heap;
  // Seconds from some fixed instant; injected so that tests can fake it.
  std::function<double()> clock;
  std::vector<std::string> allowed_externs;  // libraries beyond libm

  // Set by RequestInterrupt; engines poll it at back-edges, built-ins every
  // few thousand elements.
  std::atomic<uint32_t> interrupt{0};
  // limits.depth, or 0 once interrupted: one comparison at a call checks both.
  std::atomic<uint32_t> depth_limit;

  // Safe in a signal handler and from any thread.
  void RequestInterrupt(Interrupt reason) {
    interrupt.store(static_cast<uint32_t>(reason), std::memory_order_relaxed);
    depth_limit.store(0, std::memory_order_relaxed);
  }

  // Set by whatever fails, together with a false or null result. The engine
  // adds place and traceback.
  std::optional<Failure> failure;

  // Record a failure; always return false, so that `return context.Fail(...)` reads well.
  bool Fail(ErrorKind kind, std::string message, std::string help = {});
  bool Fail(Failure what);
  bool FailMemory(uint64_t wanted_bytes);
  bool FailMemory();  // what the heap has just refused
  // Turns a pending interrupt into a Failure (Time, Interrupt).
  bool FailInterrupted();
  bool interrupted() const { return interrupt.load(std::memory_order_relaxed) != 0; }
};

}  // namespace runtime
