#pragma once
// Which element type a list has, and how a list that was made empty gets one.
//
// A list of type kAny is empty and not settled. A list of lists may be partly
// settled ("open": kAny somewhere inside). A list whose element type is closed
// holds only lists whose types are closed. These functions say yes or no and
// leave the words to their callers.

#include "runtime/context.h"
#include "runtime/object.h"
#include "runtime/value.h"

namespace runtime {

// The element type as the elements show it now, at least as settled as list->type.
TypeId CurrentElementType(TypeTable& types, const List* list);

// The type that both are once settled; false when they clash.
bool JoinTypes(TypeTable& types, TypeId a, TypeId b, TypeId* joined);

// Gives the list, and the lists inside it, this element type. False when an
// element has another.
bool Settle(Context& context, List* list, TypeId element);
// The same for the lists inside it only.
bool SettleElements(Context& context, const List* list, TypeId element);

enum class Admission : uint8_t { Ok, NoElement, Clash, TooDeep, Cycle };

// Makes `list` ready to hold `value`, and settles either one by the other.
Admission Admit(Context& context, List* list, Value value);

}  // namespace runtime
