#pragma once
// How a value of some type is held in compiled code.

#include <cstdint>

#include "runtime/object.h"
#include "runtime/type.h"

namespace jit {

enum class Rep : uint8_t {
  Unit,   // nothing to hold: none, a def, a built-in, or an expression that does not return
  Int,    // i64
  Float,  // double
  Bool,   // i1; i8 in memory
  Ref,    // ptr to an object of a statically known kind
  Value,  // boxed: tag and payload, two i64
};

// The tag of a boxed value of this type; None for what has no value of its own.
runtime::Tag TagOf(runtime::TypeKind kind);
Rep RepOf(const runtime::TypeTable& types, runtime::TypeId type);
// True for what carries a reference count.
inline bool IsCounted(Rep rep) { return rep == Rep::Ref || rep == Rep::Value; }

}  // namespace jit
