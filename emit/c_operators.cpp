// Operators in C: its own where they mean the same, else functions of the prelude.
// tests/emit/c_test.cpp; that they mean the same: tests/peers.

#include "emit/c_printer.h"
#include "emit/operators.h"
#include "frontend/check.h"

namespace emit {

using frontend::BinaryOp;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;

namespace {

bool IsExactAsFloat(const Term& term) {
  constexpr int64_t kExact = int64_t{1} << 53;
  return term.kind == TermKind::Int && term.integer >= -kExact && term.integer <= kExact;
}

}  // namespace

std::string CPrinter::BinaryText(const Term& binary, Binding least) {
  const Term& left = *binary.parts[0];
  const Term& right = *binary.parts[1];
  if (left.type == kAny || right.type == kAny ||
      !IsSettled(*module_.types, binary.op, left.type, right.type)) {
    return DynamicText(binary.op, Boxed(OperandOf(left)), Boxed(OperandOf(right)), least);
  }
  // The operands' own binding is decided by the operation.
  Binding binding = Binding::Comma;
  switch (binary.op) {
    case BinaryOp::Add:
    case BinaryOp::Sub:
      binding = Binding::Sum;
      break;
    case BinaryOp::Mul:
    case BinaryOp::Div:
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
    case BinaryOp::Pow:
      binding = Binding::Product;
      break;
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      binding = Binding::Sum;  // comparisons of comparisons are written with brackets
      break;
  }
  const auto next = static_cast<Binding>(static_cast<int>(binding) + 1);
  const Binding right_binding = frontend::IsComparison(binary.op) ? binding : next;
  const bool is_number = IsNumber(left.type) && IsNumber(right.type);
  if (frontend::IsComparison(binary.op)) {
    const bool is_mixed = is_number && left.type != right.type;
    const bool is_exact = IsExactAsFloat(left) || IsExactAsFloat(right);
    const bool is_plain =
        (is_number && (!is_mixed || is_exact)) || (left.type == kBool && right.type == kBool);
    if (is_plain) {
      const std::string a = Text(left, binding);
      const std::string b = Text(right, right_binding);
      if (a == b && left.type == kFloat && IsIdle(left)) {  // whether it is a nan
        const std::string same = Call("equal_float", {a, b});
        if (binary.op == BinaryOp::Ne) {
          return "!" + same;
        }
        if (binary.op != BinaryOp::Lt && binary.op != BinaryOp::Gt) {
          return same;
        }
      }
      if (a != b || !IsIdle(left)) {
        const bool is_equality = binary.op == BinaryOp::Eq || binary.op == BinaryOp::Ne;
        const Binding own = is_equality ? Binding::Equal : Binding::Compare;
        const std::string text = a + " " + std::string(frontend::Spelling(binary.op)) + " " + b;
        return own < least || least == Binding::Equal ? "(" + text + ")" : text;
      }
      const bool holds =
          binary.op == BinaryOp::Eq || binary.op == BinaryOp::Le || binary.op == BinaryOp::Ge;
      return holds ? "true" : "false";
    }
    return CompareText(binary.op, OperandOf(left), OperandOf(right), least);
  }
  const bool divides_safely =
      binary.op == BinaryOp::Div && binary.type == kFloat &&
      ((right.kind == TermKind::Float && right.real != 0) ||
       (left.type == kFloat && right.kind == TermKind::Int && right.integer != 0));
  const bool is_native = options_.overflow == Overflow::Native || binary.type == kFloat;
  const bool is_plain =
      is_number && ((is_native && (binary.op == BinaryOp::Add || binary.op == BinaryOp::Sub ||
                                   binary.op == BinaryOp::Mul)) ||
                    divides_safely);
  if (!is_plain) {
    return OperationText(binary.op, OperandOf(left), OperandOf(right));
  }
  const auto operand = [&](const Term& term, Binding least_of_it) {
    const bool is_rounded =
        binary.type == kFloat && term.kind == TermKind::Int && !IsExactAsFloat(term);
    return (is_rounded ? "(double)" : "") + Text(term, least_of_it);
  };
  std::string a = operand(left, binding);
  const std::string b = operand(right, right_binding);
  if (left.kind == TermKind::Int && right.kind == TermKind::Int && binary.type == kInt) {
    a = "(int64_t)" + a;
  }
  const std::string text = a + " " + std::string(frontend::Spelling(binary.op)) + " " + b;
  return binding < least ? "(" + text + ")" : text;
}

// Arithmetic by functions, and what operators of strings and lists do.
std::string CPrinter::OperationText(BinaryOp op, const Operand& left, const Operand& right) {
  if (left.type == kAny || right.type == kAny) {
    return DynamicText(op, Boxed(left), Boxed(right), Binding::Primary);
  }
  const std::vector<std::string> both{left.text, right.text};
  const bool is_int = left.type == kInt && right.type == kInt;
  const Shape shape = ShapeOf(left.type == kInt ? right.type : left.type);
  if (shape == Shape::Str) {
    if (op == BinaryOp::Add) {
      return Call("concat_str", both);
    }
    return left.type == kInt ? Call("repeat_str", {right.text, left.text})
                             : Call("repeat_str", both);
  }
  if (shape == Shape::List) {
    if (op == BinaryOp::Add) {
      return Failing("concat_list", both);
    }
    return left.type == kInt ? Call("repeat_list", {right.text, left.text})
                             : Call("repeat_list", both);
  }
  switch (op) {
    case BinaryOp::Add:
      return Failing("add_int", both);
    case BinaryOp::Sub:
      return Failing("sub_int", both);
    case BinaryOp::Mul:
      return Failing("mul_int", both);
    case BinaryOp::Div:
      return Failing(is_int ? "div_int" : "div_float", both);
    case BinaryOp::FloorDiv:
      return Failing(is_int ? "floor_div_int" : "floor_div_float", both);
    case BinaryOp::Mod:
      return Failing(is_int ? "mod_int" : "mod_float", both);
    case BinaryOp::Pow:
      return Failing(is_int ? "pow_int" : "pow_float", both);
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      break;
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

std::string CPrinter::CompareText(BinaryOp op, const Operand& left, const Operand& right,
                                  Binding least) {
  const auto bracket = [&](std::string text) {
    return least >= Binding::Equal ? "(" + text + ")" : text;
  };
  const bool is_equality = op == BinaryOp::Eq || op == BinaryOp::Ne;
  const std::string sign = op == BinaryOp::Ne ? "!" : "";
  switch (ShapeOf(left.type)) {
    case Shape::Unit:
      return op == BinaryOp::Eq ? "true" : "false";
    case Shape::Str:
      if (is_equality) {
        return sign + Call("equal_str", {left.text, right.text});
      }
      return bracket(Call("compare_str", {left.text, right.text}) + " " +
                     std::string(frontend::Spelling(op)) + " 0");
    case Shape::Int:
    case Shape::Float: {
      // Exact, of an int and a float.
      const bool is_reversed = ShapeOf(left.type) == Shape::Float;
      const std::string order = is_reversed ? Call("compare_int_float", {right.text, left.text})
                                            : Call("compare_int_float", {left.text, right.text});
      if (is_equality) {
        return bracket(order + (op == BinaryOp::Eq ? " == 0" : " != 0"));
      }
      const bool is_less = (op == BinaryOp::Lt || op == BinaryOp::Le) != is_reversed;
      const bool or_equal = op == BinaryOp::Le || op == BinaryOp::Ge;
      if (is_less) {
        return bracket(order + (or_equal ? " <= 0" : " < 0"));
      }
      return or_equal ? Call("at_least", {order}) : bracket(order + " == 1");
    }
    case Shape::Bool:
    case Shape::List:
    case Shape::Buffer:
    case Shape::Seq:
    case Shape::Function:
    case Shape::Value:
      return DynamicText(op, Boxed(left), Boxed(right), least);
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

std::string CPrinter::DynamicText(BinaryOp op, const std::string& left, const std::string& right,
                                  Binding least) {
  const auto bracket = [&](std::string text) {
    return least >= Binding::Equal ? "(" + text + ")" : text;
  };
  const std::vector<std::string> both{left, right};
  switch (op) {
    case BinaryOp::Add:
      return Failing("add_values", both);
    case BinaryOp::Sub:
      return Failing("sub_values", both);
    case BinaryOp::Mul:
      return Failing("mul_values", both);
    case BinaryOp::Div:
      return Failing("div_values", both);
    case BinaryOp::FloorDiv:
      return Failing("floor_div_values", both);
    case BinaryOp::Mod:
      return Failing("mod_values", both);
    case BinaryOp::Pow:
      return Failing("pow_values", both);
    case BinaryOp::Eq:
      return Failing("equal_values", both);
    case BinaryOp::Ne:
      return "!" + Failing("equal_values", both);
    case BinaryOp::Lt:
      return bracket(Failing("compare_values", both) + " < 0");
    case BinaryOp::Le:
      return bracket(Failing("compare_values", both) + " <= 0");
    case BinaryOp::Gt:
      return bracket(Failing("compare_values", both) + " == 1");
    case BinaryOp::Ge:
      return Call("at_least", {Failing("compare_values", both)});
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

}  // namespace emit
