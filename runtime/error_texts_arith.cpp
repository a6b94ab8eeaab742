// The words of errors in arithmetic and in the math built-ins, with the
// operands as the program would write them. Tests: tests/runtime/error_texts_test.cpp.

#include <algorithm>
#include <iterator>

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
  const bool is_int = a.tag == Tag::Int;
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
  BuiltinKind builtin;
  std::string_view rule;
  std::string_view help = {};
};

constexpr std::string_view kPositive = "its argument must be greater than zero";
constexpr std::string_view kNearOne = "its argument must lie between -1 and 1";
constexpr std::string_view kClamp =
    "rounding can pass the limit by a hair: clamp with `max(-1.0, min(1.0, x))`";
constexpr std::string_view kFinite = "its argument must be finite";
constexpr std::string_view kNoInt = "no int stands for it";

// Those that are not defined for every number.
constexpr DomainWords kDomains[] = {
    {BuiltinKind::Sqrt, "its argument must not be negative"},
    {BuiltinKind::Log, kPositive},
    {BuiltinKind::Log2, kPositive},
    {BuiltinKind::Log10, kPositive},
    {BuiltinKind::Asin, kNearOne, kClamp},
    {BuiltinKind::Acos, kNearOne, kClamp},
    {BuiltinKind::Sin, kFinite},
    {BuiltinKind::Cos, kFinite},
    {BuiltinKind::Tan, kFinite},
    {BuiltinKind::Int, kNoInt},
    {BuiltinKind::Floor, kNoInt},
    {BuiltinKind::Ceil, kNoInt},
    {BuiltinKind::Round, kNoInt},
    {BuiltinKind::Pow, "it has no real value"},
};

const DomainWords& DomainOf(BuiltinKind builtin) {
  const auto* row = std::ranges::find(kDomains, builtin, &DomainWords::builtin);
  LAB_CHECK(row != std::end(kDomains));
  return *row;
}

bool MakesInt(BuiltinKind builtin) {
  return builtin == BuiltinKind::Abs || builtin == BuiltinKind::Int ||
         builtin == BuiltinKind::Floor || builtin == BuiltinKind::Ceil ||
         builtin == BuiltinKind::Round;
}

}  // namespace

Failure ArithText(BinaryOp op, Arith error, Value a, Value b) {
  if (error == Arith::Overflow) {
    return OverflowText(op, a, b);
  }
  if (error == Arith::ZeroDivision) {
    return ZeroDivisionText(op, a, b);
  }
  if (error == Arith::Domain) {
    return {ErrorKind::Domain, fmt::format("{} is not a real number", ExpressionText(op, a, b)),
            "a negative number can only be raised to a whole power"};
  }
  LAB_CHECK(error == Arith::NegativeExponent);
  return {ErrorKind::Domain,
          fmt::format("{} is not an int, since the exponent is negative", ExpressionText(op, a, b)),
          fmt::format("use a float: `{} ** {}`",
                      BaseText(Value::Float(static_cast<double>(a.integer))), NumberText(b))};
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
  const DomainWords& words = DomainOf(builtin);
  return {ErrorKind::Domain, fmt::format("{} is not defined: {}", call, words.rule),
          std::string(words.help)};
}

}  // namespace runtime
