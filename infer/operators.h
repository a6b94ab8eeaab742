#pragma once
// The types of operators' results, for operands whose types are settled as far
// as they will be. kNever: the operation always fails.

#include "frontend/ast.h"
#include "infer/lattice.h"
#include "runtime/type.h"

namespace infer {

// Lists are joined, and operands that can not meet escape, so that the failure
// reads the same however the lists were made.
TypeId BinaryType(Lattice& lattice, const runtime::TypeTable& types, frontend::BinaryOp op,
                  TypeId left, TypeId right);
TypeId UnaryType(Lattice& lattice, frontend::UnaryOp op, TypeId operand);

}  // namespace infer
