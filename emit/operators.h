#pragma once
// The types of operators' results where the operands' types are settled.

#include "emit/tree.h"

namespace emit {

// An int, a float, or one of the two.
bool IsNumber(TypeId type);

// True when operands of these types never end in the error `type`: the operation need not look.
bool IsSettled(const runtime::TypeTable& types, frontend::BinaryOp op, TypeId left, TypeId right);
bool IsSettled(const runtime::TypeTable& types, const Term& binary);

// Of a settled operation.
TypeId ResultType(frontend::BinaryOp op, TypeId left, TypeId right);

}  // namespace emit
