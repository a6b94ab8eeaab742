#pragma once
// What the support functions share: checks at calls, and calls and consumers
// as C++ sees them.

#include <cstdint>
#include <span>

#include "jit/machine.h"
#include "jit/support.h"
#include "runtime/builtins.h"

namespace jit {

// Sets the failure of a call that may not go on: an interrupt, or the depth limit. False.
bool FailAtCall(runtime::Context& context);

// Whether `levels` more than `depth` are within the limit, which is 0 after an interrupt.
inline bool CheckDepth(runtime::Context& context, uint32_t depth, uint32_t levels) {
  return uint64_t{depth} + levels <= context.depth_limit.load(std::memory_order_relaxed) ||
         FailAtCall(context);
}

inline runtime::Value FailedValue() {
  runtime::Value value = runtime::Value::None();
  value.tag = kFailedTag;
  return value;
}

// sum, min, max, any, all, list and join on values. Borrows the arguments.
// kFailedTag when it failed.
runtime::Value ConsumeValue(Machine& machine, uint32_t depth, runtime::BuiltinKind kind,
                            std::span<const runtime::Value> args);

}  // namespace jit
