#pragma once
// How an engine that knows the type of a value holds it.

#include <cstdint>

#include "runtime/type.h"
#include "runtime/value.h"

namespace runtime {

enum class Rep : uint8_t {
  Unit,   // nothing to hold: none, a def, a built-in, or an expression that does not return
  Int,    // int64_t
  Float,  // double
  Bool,
  Ref,    // an object of a statically known kind
  Value,  // boxed: a tag and a payload
};
inline constexpr int kRepCount = 6;

Rep RepOf(const TypeTable& types, TypeId type);
// True for what carries a reference count.
inline bool IsCounted(Rep rep) { return rep == Rep::Ref || rep == Rep::Value; }
// The tag of a boxed value of this type; None for what has no value of its own.
Tag TagOf(TypeKind kind);
// Boxes what is held bare: a payload of this representation (any but Value) and type. Of an
// object the type need not be exact: it carries its own.
Value Box(Rep rep, TypeId type, const TypeTable& types, uint64_t bits);

}  // namespace runtime
