// The context of a run: how a failure is recorded.

#include "runtime/context.h"

#include <chrono>
#include <utility>

#include "runtime/error_texts.h"
#include "runtime/mutant.h"

namespace runtime {

Context::Context(const frontend::Program& the_program, TypeTable& the_types, Output& the_out,
                 const Limits& the_limits)
    : program(the_program),
      types(the_types),
      out(the_out),
      limits(the_limits),
      heap(the_limits.memory_bytes),
      clock([] {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        return std::chrono::duration<double>(now).count();
      }),
      depth_limit(the_limits.depth) {}

bool Context::Fail(Failure what) {
  failure = std::move(what);
  return false;
}

bool Context::Fail(ErrorKind kind, std::string message, std::string help) {
  return Fail(Failure{kind, std::move(message), std::move(help)});
}

bool Context::FailMemory(uint64_t wanted_bytes) {
  return Fail(MemoryText(wanted_bytes, heap.limit_bytes()));
}

bool Context::FailMemory() { return FailMemory(heap.refused_bytes()); }

// Taking the request back tells the watchdog that the program has answered.
bool Context::FailInterrupted() {
  const auto reason = static_cast<Interrupt>(interrupt.exchange(0, std::memory_order_relaxed));
  depth_limit.store(limits.depth, std::memory_order_relaxed);
  const bool is_late = LAB_MUTANT(208, reason == Interrupt::Time, false);
  return Fail(is_late ? TimeText(limits.seconds) : InterruptText());
}

}  // namespace runtime
