// Operators on settled types. tests/emit/lower_test.cpp.

#include "emit/operators.h"

#include "frontend/check.h"

namespace emit {

using frontend::BinaryOp;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

namespace {

bool IsList(const runtime::TypeTable& types, TypeId type) {
  return type != kNumber && types.Kind(type) == TypeKind::List;
}

// Lists whose elements are settled, at any depth, and have an order (or are bools, when `or_bool`).
bool IsComparable(const runtime::TypeTable& types, TypeId type, TypeId also) {
  while (IsList(types, type)) {
    type = types.Element(type);
  }
  return type == kInt || type == kFloat || type == kStr || type == also;
}

}  // namespace

bool IsNumber(TypeId type) { return type == kInt || type == kFloat || type == kNumber; }

bool IsSettled(const runtime::TypeTable& types, BinaryOp op, TypeId left, TypeId right) {
  if (IsNumber(left) && IsNumber(right)) {
    return true;
  }
  const bool is_sequence = left == kStr || IsList(types, left);
  switch (op) {
    case BinaryOp::Add:
      return is_sequence && left == right;
    case BinaryOp::Mul:
      return (is_sequence && right == kInt) ||
             (left == kInt && (right == kStr || IsList(types, right)));
    case BinaryOp::Eq:
    case BinaryOp::Ne:
      return left == right && (left == kNone || IsComparable(types, left, kBool));
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      return left == right && IsComparable(types, left, kStr);
    case BinaryOp::Sub:
    case BinaryOp::Div:
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
    case BinaryOp::Pow:
      return false;
  }
  LAB_CHECK(false);
}

bool IsSettled(const runtime::TypeTable& types, const Term& binary) {
  return IsSettled(types, binary.op, binary.parts[0]->type, binary.parts[1]->type);
}

TypeId ResultType(BinaryOp op, TypeId left, TypeId right) {
  if (frontend::IsComparison(op)) {
    return kBool;
  }
  if (!IsNumber(left) || !IsNumber(right)) {
    return left == kInt ? right : left;
  }
  if (op == BinaryOp::Div || left == kFloat || right == kFloat) {
    return kFloat;
  }
  return left == kInt && right == kInt ? kInt : kNumber;
}

}  // namespace emit
