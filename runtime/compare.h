#pragma once
// Equality and order of values (ops.h Binary is the way in).

#include "runtime/context.h"
#include "runtime/value.h"

namespace runtime {

// False, with a Type failure, when values of these types cannot be compared.
bool Equal(Context& context, Value a, Value b, bool* out);

enum class Order : uint8_t { Less, Equal, Greater, Unordered };

// The same; Unordered when a nan decides.
bool Compare(Context& context, Value a, Value b, Order* out);

}  // namespace runtime
