// The words of errors in arithmetic and in the math built-ins, with the
// operands as the program would write them. Tests: tests/runtime/error_texts_test.cpp.

#include <fmt/format.h>

#include "frontend/check.h"
#include "runtime/error_texts.h"
#include "runtime/number_text.h"

namespace runtime {

namespace {

using frontend::BinaryOp;

constexpr std::string_view kUseFloats =
    "use floats if an approximate result is enough: convert one operand with `float(...)`";

// The base of a power needs parentheses when it is negative.
std::string BaseText(Value base) {
  const std::string text = NumberText(base);
  return text.starts_with('-') ? "(" + text + ")" : text;
}

std::string ExpressionText(BinaryOp op, Value a, Value b) {
  return fmt::format("{} {} {}", op == BinaryOp::Pow ? BaseText(a) : NumberText(a),
                     frontend::Spelling(op), NumberText(b));
}

Failure ZeroDivisionText(BinaryOp op, Value a, Value b) {
  const std::string dividend = NumberText(a);
  if (op == BinaryOp::Pow) {
    return {ErrorKind::ZeroDivision,
            fmt::format("cannot raise {} to the negative power {}", dividend, NumberText(b)),
            {}};
  }
  return {ErrorKind::ZeroDivision,
          op == BinaryOp::Mod ? fmt::format("cannot take {} modulo zero", dividend)
                              : fmt::format("cannot divide {} by zero", dividend),
          {}};
}

Failure OverflowText(BinaryOp op, Value a, Value b) {
  const bool is_int = a.tag == Tag::Int && b.tag == Tag::Int;
  return {ErrorKind::Overflow,
          fmt::format("{} does not fit in a {}", ExpressionText(op, a, b),
                      is_int ? "64-bit int" : "float"),
          std::string(is_int ? kUseFloats : "")};
}

std::string CallText(BuiltinKind builtin, std::span<const Value> args) {
  std::string text(Name(builtin));
  text += '(';
  for (size_t i = 0; i < args.size(); ++i) {
    text += i == 0 ? "" : ", ";
    text += NumberText(args[i]);
  }
  return text + ')';
}

// What the domain of a built-in is; the help that goes with it.
struct DomainWords {
  std::string_view rule;
  std::string_view help;
};

DomainWords DomainOf(BuiltinKind builtin) {
  switch (builtin) {
    case BuiltinKind::Sqrt:
      return {"its argument must not be negative", ""};
    case BuiltinKind::Log:
    case BuiltinKind::Log2:
    case BuiltinKind::Log10:
      return {"its argument must be greater than zero", ""};
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
      return {"its argument must lie between -1 and 1",
              "rounding can pass the limit by a hair: clamp with `max(-1.0, min(1.0, x))`"};
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
      return {"its argument must be finite", ""};
    case BuiltinKind::Int:
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
    case BuiltinKind::Round:
      return {"no int stands for it", ""};
    case BuiltinKind::Pow:
      return {"it has no real value", ""};
    // The others have no domain error.
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
    case BuiltinKind::Abs:
    case BuiltinKind::Fabs:
    case BuiltinKind::Min:
    case BuiltinKind::Max:
    case BuiltinKind::Atan:
    case BuiltinKind::Atan2:
    case BuiltinKind::Exp:
    case BuiltinKind::Hypot:
    case BuiltinKind::Float:
    case BuiltinKind::Str:
    case BuiltinKind::Bool:
    case BuiltinKind::Len:
    case BuiltinKind::Range:
    case BuiltinKind::Map:
    case BuiltinKind::Filter:
    case BuiltinKind::Sum:
    case BuiltinKind::Any:
    case BuiltinKind::All:
    case BuiltinKind::List:
    case BuiltinKind::Join:
    case BuiltinKind::Append:
    case BuiltinKind::Pop:
    case BuiltinKind::Buffer:
    case BuiltinKind::Write:
    case BuiltinKind::Text:
    case BuiltinKind::Print:
    case BuiltinKind::Assert:
    case BuiltinKind::Error:
    case BuiltinKind::Keep:
    case BuiltinKind::Clock:
      break;
  }
  return {"it has no value", ""};
}

bool MakesInt(BuiltinKind builtin) {
  return builtin == BuiltinKind::Abs || builtin == BuiltinKind::Int ||
         builtin == BuiltinKind::Floor || builtin == BuiltinKind::Ceil ||
         builtin == BuiltinKind::Round;
}

}  // namespace

Failure ArithText(BinaryOp op, Arith error, Value a, Value b) {
  switch (error) {
    case Arith::Overflow:
      return OverflowText(op, a, b);
    case Arith::ZeroDivision:
      return ZeroDivisionText(op, a, b);
    case Arith::Domain:
      return {ErrorKind::Domain, fmt::format("{} is not a real number", ExpressionText(op, a, b)),
              "a negative number can only be raised to a whole power"};
    case Arith::NegativeExponent:
      return {
          ErrorKind::Domain,
          fmt::format("{} is not an int, since the exponent is negative", ExpressionText(op, a, b)),
          fmt::format("use a float: `{} ** {}`",
                      BaseText(Value::Float(static_cast<double>(a.integer))), NumberText(b))};
    case Arith::Ok:
      break;
  }
  LAB_CHECK(false);
  return {};
}

Failure NegateText(Value a) {
  return {ErrorKind::Overflow, fmt::format("-({}) does not fit in a 64-bit int", NumberText(a)),
          std::string(kUseFloats)};
}

Failure MathText(BuiltinKind builtin, Arith error, std::span<const Value> args) {
  const std::string call = CallText(builtin, args);
  if (error == Arith::Overflow) {
    return {
        ErrorKind::Overflow,
        fmt::format("{} does not fit in a {}", call, MakesInt(builtin) ? "64-bit int" : "float"),
        {}};
  }
  LAB_CHECK(error == Arith::Domain);
  const DomainWords words = DomainOf(builtin);
  return {ErrorKind::Domain, fmt::format("{} is not defined: {}", call, words.rule),
          std::string(words.help)};
}

}  // namespace runtime
