// Arithmetic of ints in Lua and JavaScript: the language's operators where nothing can go wrong,
// else functions of the prelude. tests/emit/lua_test.cpp, js_test.cpp.

#include "emit/script_printer.h"
#include "frontend/check.h"

namespace emit {

using frontend::BinaryOp;
using runtime::kInt;

namespace {

constexpr double kExact = 9007199254740992.0;  // 2^53

Level LevelOf(BinaryOp op) {
  return op == BinaryOp::Add || op == BinaryOp::Sub ? Level::Add : Level::Mul;
}

bool IsLiteral(const Term& term, int64_t value) {
  return term.kind == TermKind::Int && term.integer == value;
}

bool IsSameLocal(const Term& a, const Term& b) {
  return a.kind == TermKind::Local && b.kind == TermKind::Local && a.index == b.index;
}

}  // namespace

bool ScriptPrinter::ExcludesZero(const Term& term) const {
  if (term.kind == TermKind::Float) {
    return term.real != 0;
  }
  const Bounds bounds = BoundsOf(term);
  return term.type == kInt && (bounds.low > 0 || bounds.high < 0);
}

Piece ScriptPrinter::PrintIntOperation(const Term& term) {
  const Term& left = *term.parts[0];
  const bool is_double = syntax_.ints == Ints::Double;
  const Bounds a = BoundsOf(left);
  const bool fits =
      (OmitsChecks() && !is_double) || bounds_.Fits(bounds_.Unchecked(routine_id_, term));
  if (term.kind == TermKind::Negate) {
    if (is_double) {
      // Not -0, which an int is not.
      return a.low > 0 || a.high < 0 ? Piece{"-" + Text(left, Level::Literal), Level::Unary}
                                     : Infix({"0", Level::Literal}, "-", Print(left), Level::Add);
    }
    return fits ? Piece{"-" + Text(left, Level::Literal), Level::Unary}
                : Call("int_sub", {"0", Text(left)});
  }
  const Term& right = *term.parts[1];
  const Bounds b = BoundsOf(right);
  const std::string_view op = SpellingOf(term.op);
  const auto infix = [&](Level level) { return Infix(Print(left), op, Print(right), level); };
  const auto prelude = [&](std::string_view part) { return Call(part, {Text(left), Text(right)}); };
  switch (term.op) {
    case BinaryOp::Add:
    case BinaryOp::Sub:
    case BinaryOp::Mul: {
      const bool is_product = term.op == BinaryOp::Mul;
      if (!is_double) {
        return fits ? infix(LevelOf(term.op))
                    : prelude(is_product                 ? "int_mul"
                              : term.op == BinaryOp::Add ? "int_add"
                                                         : "int_sub");
      }
      Piece piece = infix(LevelOf(term.op));
      const bool may_be_minus_zero =
          is_product && !IsSameLocal(left, right) &&
          ((a.low < 0 && b.low <= 0 && b.high >= 0) || (b.low < 0 && a.low <= 0 && a.high >= 0));
      if (may_be_minus_zero) {
        piece = Infix(piece, "+", {"0", Level::Literal}, Level::Add);
      }
      return fits ? piece : Call("exact", {piece.text});
    }
    case BinaryOp::Div: {
      if (is_double || (a.low > -kExact && a.high < kExact && b.low > -kExact && b.high < kExact)) {
        return ExcludesZero(right) || OmitsChecks() ? infix(Level::Mul) : prelude("divide");
      }
      return prelude("int_divide");
    }
    case BinaryOp::FloorDiv:
      if (!is_double) {
        const bool may_fail = !OmitsChecks() && b.low <= 0 && b.high >= -1;
        return may_fail ? prelude("int_floor_div") : infix(Level::Mul);
      }
      if (b.low > 0) {
        return {std::string(syntax_.floor) + "(" +
                Infix(Print(left), "/", Print(right), Level::Mul).text + ")"};
      }
      return prelude("floor_div");
    case BinaryOp::Mod:
      if (!is_double && !OmitsChecks() && b.low <= 0 && b.high >= 0) {
        return prelude("int_mod");
      }
      if (!is_double || (b.low > 0 && (a.low >= 0 || syntax_.floors_modulo))) {
        return infix(Level::Mul);
      }
      return prelude("floor_mod");
    case BinaryOp::Pow:
      return prelude("int_power");
    case BinaryOp::Eq:
    case BinaryOp::Ne: {
      const std::string_view sign = term.op == BinaryOp::Eq ? syntax_.equal : syntax_.unequal;
      // The sign of what is left does not matter when it is compared with zero.
      const bool asks_for_divisor = is_double && IsLiteral(right, 0) &&
                                    left.kind == TermKind::Binary && left.op == BinaryOp::Mod &&
                                    ExcludesZero(*left.parts[1]) && left.parts[0]->type == kInt;
      const Piece rest = asks_for_divisor
                             ? Infix(Print(*left.parts[0]), "%", Print(*left.parts[1]), Level::Mul)
                             : Print(left);
      return Infix(rest, sign, Print(right), Level::Compare);
    }
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      return infix(Level::Compare);
  }
  LAB_CHECK(false);
}

}  // namespace emit
