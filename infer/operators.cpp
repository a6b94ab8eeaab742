// The rules of `a op b`. A result's type follows from the operands' types
// alone; where one operand is Any, from what the other one leaves possible.

#include "infer/operators.h"

#include "runtime/mutant.h"

namespace infer {

using frontend::BinaryOp;
using frontend::UnaryOp;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNever;
using runtime::kStr;
using runtime::TypeKind;
using runtime::TypeTable;

namespace {

bool IsNumber(TypeId type) { return type == kInt || type == kFloat; }

// - / // % **, and + and * where both operands are numbers or Any.
TypeId NumberType(BinaryOp op, TypeId left, TypeId right) {
  const bool can_be_numbers =
      (IsNumber(left) || left == kAny) && (IsNumber(right) || right == kAny);
  if (!can_be_numbers) {
    return kNever;
  }
  if (LAB_MUTANT(410, op == BinaryOp::Div, false) || left == kFloat || right == kFloat) {
    return kFloat;
  }
  return left == kAny || right == kAny ? LAB_MUTANT(409, kAny, kFloat) : kInt;
}

TypeId AddType(Lattice& lattice, const TypeTable& types, TypeId left, TypeId right) {
  const bool has_str = left == kStr || right == kStr;
  if (has_str && (left == right || left == kAny || right == kAny)) {
    return kStr;
  }
  const bool is_left_list = types.Kind(left) == TypeKind::List;
  const bool is_right_list = types.Kind(right) == TypeKind::List;
  if (is_left_list && is_right_list) {
    return lattice.Join(left, right);
  }
  if ((is_left_list && right == kAny) || (is_right_list && left == kAny)) {
    lattice.Escape(is_left_list ? left : right);
    return lattice.List(kAny);
  }
  return NumberType(BinaryOp::Add, left, right);
}

TypeId MulType(const TypeTable& types, TypeId left, TypeId right) {
  const auto repeats = [&](TypeId type) {
    return type == kStr || types.Kind(type) == TypeKind::List;
  };
  // What is repeated keeps its type, and the other operand can only be an int.
  if (repeats(left)) {
    return right == kInt || right == kAny ? left : kNever;
  }
  if (repeats(right)) {
    return left == kInt || left == kAny ? right : kNever;
  }
  return NumberType(BinaryOp::Mul, left, right);
}

}  // namespace

TypeId BinaryType(Lattice& lattice, const TypeTable& types, BinaryOp op, TypeId left,
                  TypeId right) {
  if (left == kNever || right == kNever) {
    return kNever;
  }
  TypeId result = kNever;
  switch (op) {
    case BinaryOp::Add:
      result = AddType(lattice, types, left, right);
      break;
    case BinaryOp::Mul:
      result = MulType(types, left, right);
      break;
    case BinaryOp::Sub:
    case BinaryOp::Div:
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
    case BinaryOp::Pow:
      result = NumberType(op, left, right);
      break;
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      // Whether two lists can be compared depends on their element types.
      if (types.Kind(left) == TypeKind::List && types.Kind(right) == TypeKind::List) {
        lattice.Join(left, right);
      } else if (left != runtime::kNone && right != runtime::kNone) {
        lattice.Escape(left);
        lattice.Escape(right);
      }
      return kBool;
  }
  if (result == kNever) {
    lattice.Escape(left);
    lattice.Escape(right);
  }
  return result;
}

TypeId UnaryType(Lattice& lattice, UnaryOp op, TypeId operand) {
  if (operand == kNever) {
    return kNever;
  }
  switch (op) {
    case UnaryOp::Negate:
      if (IsNumber(operand) || operand == kAny) {
        return operand;
      }
      lattice.Escape(operand);
      return kNever;
    case UnaryOp::Not:
      return kBool;
  }
  return kNever;
}

}  // namespace infer
