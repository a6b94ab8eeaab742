// Decodes a case, computes it both ways, and compares the encoded results.

#include "tests/runtime/arith_cases.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "frontend/check.h"
#include "runtime/builtins.h"
#include "runtime/number_text.h"
#include "runtime/ops.h"

namespace tests {

namespace {

using frontend::BinaryOp;
using runtime::Arith;
using runtime::BuiltinKind;
using runtime::Tag;
using runtime::Value;

const std::map<std::string_view, BinaryOp> kOperators = {
    {"+", BinaryOp::Add}, {"-", BinaryOp::Sub},       {"*", BinaryOp::Mul},  {"/", BinaryOp::Div},
    {"%", BinaryOp::Mod}, {"//", BinaryOp::FloorDiv}, {"**", BinaryOp::Pow}, {"==", BinaryOp::Eq},
    {"!=", BinaryOp::Ne}, {"<", BinaryOp::Lt},        {"<=", BinaryOp::Le},  {">", BinaryOp::Gt},
    {">=", BinaryOp::Ge},
};

struct Function {
  BuiltinKind builtin;
  Arith (*unary)(double, double*);
  Arith (*binary)(double, double, double*);
  Arith (*rounding)(double, int64_t*);
};

const std::map<std::string_view, Function> kFunctions = {
    {"pow", {BuiltinKind::Pow, nullptr, runtime::MathPow, nullptr}},
    {"atan2", {BuiltinKind::Atan2, nullptr, runtime::MathAtan2, nullptr}},
    {"hypot", {BuiltinKind::Hypot, nullptr, runtime::MathHypot, nullptr}},
    {"floor", {BuiltinKind::Floor, nullptr, nullptr, runtime::FloorToInt}},
    {"ceil", {BuiltinKind::Ceil, nullptr, nullptr, runtime::CeilToInt}},
    {"round", {BuiltinKind::Round, nullptr, nullptr, runtime::RoundToInt}},
    {"int", {BuiltinKind::Int, nullptr, nullptr, runtime::FloatToInt}},
    {"abs", {BuiltinKind::Abs, nullptr, nullptr, nullptr}},
    {"fabs", {BuiltinKind::Fabs, nullptr, nullptr, nullptr}},
    {"float", {BuiltinKind::Float, nullptr, nullptr, nullptr}},
    {"sqrt", {BuiltinKind::Sqrt, runtime::MathSqrt, nullptr, nullptr}},
    {"sin", {BuiltinKind::Sin, runtime::MathSin, nullptr, nullptr}},
    {"cos", {BuiltinKind::Cos, runtime::MathCos, nullptr, nullptr}},
    {"tan", {BuiltinKind::Tan, runtime::MathTan, nullptr, nullptr}},
    {"asin", {BuiltinKind::Asin, runtime::MathAsin, nullptr, nullptr}},
    {"acos", {BuiltinKind::Acos, runtime::MathAcos, nullptr, nullptr}},
    {"atan", {BuiltinKind::Atan, runtime::MathAtan, nullptr, nullptr}},
    {"exp", {BuiltinKind::Exp, runtime::MathExp, nullptr, nullptr}},
    {"log", {BuiltinKind::Log, runtime::MathLog, nullptr, nullptr}},
    {"log2", {BuiltinKind::Log2, runtime::MathLog2, nullptr, nullptr}},
    {"log10", {BuiltinKind::Log10, runtime::MathLog10, nullptr, nullptr}},
};

}  // namespace

runtime::Value DecodeValue(std::string_view text) {
  LAB_CHECK(!text.empty());
  if (text[0] == 'i') {
    int64_t number = 0;
    std::from_chars(text.data() + 1, text.data() + text.size(), number);
    return Value::Int(number);
  }
  if (text == "fnan") {
    return Value::Float(std::numeric_limits<double>::quiet_NaN());
  }
  uint64_t bits = 0;
  std::from_chars(text.data() + 1, text.data() + text.size(), bits, 16);
  bits <<= text == "f-" ? 0 : 4 * (17 - text.size());
  return Value::Float(std::bit_cast<double>(bits));
}

std::string EncodeValue(runtime::Value value) {
  if (value.tag == Tag::Bool) {
    return value.boolean ? "T" : "F";
  }
  if (value.tag == Tag::Int) {
    return "i" + std::to_string(value.integer);
  }
  LAB_CHECK(value.tag == Tag::Float);
  if (std::isnan(value.real)) {
    return "fnan";
  }
  char digits[17] = {};
  uint64_t bits = std::bit_cast<uint64_t>(value.real);
  for (int i = 15; i >= 0; --i, bits >>= 4) {
    digits[i] = "0123456789abcdef"[bits & 15];
  }
  std::string text = digits;
  text.resize(text.find_last_not_of('0') + 1);
  return "f" + (text.empty() ? "-" : text);
}

std::string EncodeFailure(const runtime::Failure& failure) {
  if (failure.message.find("exponent is negative") != std::string::npos) {
    return "N";
  }
  return failure.kind == runtime::ErrorKind::Overflow       ? "O"
         : failure.kind == runtime::ErrorKind::ZeroDivision ? "Z"
         : failure.kind == runtime::ErrorKind::Domain       ? "D"
         : failure.kind == runtime::ErrorKind::Value        ? "V"
                                                            : failure.message;
}

namespace {

// The text behind an `s`, with %XX undone.
std::string DecodeText(std::string_view text) {
  std::string plain;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '%') {
      int code = 0;
      std::from_chars(text.data() + i + 1, text.data() + i + 3, code, 16);
      plain += static_cast<char>(code);
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::string Encode(Arith error) {
  switch (error) {
    case Arith::Ok:
      break;
    case Arith::Overflow:
      return "O";
    case Arith::ZeroDivision:
      return "Z";
    case Arith::Domain:
      return "D";
    case Arith::NegativeExponent:
      return "N";
  }
  return {};
}

// The failure that a dynamic operation has left, as its letter.
std::string TakeFailure(runtime::Context& context) {
  if (!context.failure.has_value()) {
    return "no failure";
  }
  const runtime::Failure failure = *context.failure;
  context.failure.reset();
  return EncodeFailure(failure);
}

// By reference: the operation that fills the result is an argument as well.
std::string EncodeWhole(Arith error, const int64_t& whole) {
  return error == Arith::Ok ? EncodeValue(Value::Int(whole)) : Encode(error);
}

std::string EncodeReal(Arith error, const double& real) {
  return error == Arith::Ok ? EncodeValue(Value::Float(real)) : Encode(error);
}

double ToFloat(Value number) {
  return number.tag == Tag::Int ? static_cast<double>(number.integer) : number.real;
}

// -1, 0, 1, or 2 when unordered.
int Sign(Value a, Value b) {
  if (a.tag == Tag::Int && b.tag == Tag::Int) {
    return a.integer < b.integer ? -1 : a.integer > b.integer;
  }
  if (a.tag == Tag::Int) {
    return runtime::CompareIntFloat(a.integer, b.real);
  }
  if (b.tag == Tag::Int) {
    const int sign = runtime::CompareIntFloat(b.integer, a.real);
    return sign == 2 ? 2 : -sign;
  }
  return a.real < b.real ? -1 : a.real > b.real ? 1 : a.real == b.real ? 0 : 2;
}

std::string InlineInt(BinaryOp op, int64_t a, int64_t b) {
  int64_t whole = 0;
  double real = 0;
  switch (op) {
    case BinaryOp::Add:
      return EncodeWhole(runtime::AddInt(a, b, &whole), whole);
    case BinaryOp::Sub:
      return EncodeWhole(runtime::SubInt(a, b, &whole), whole);
    case BinaryOp::Mul:
      return EncodeWhole(runtime::MulInt(a, b, &whole), whole);
    case BinaryOp::Div:
      return EncodeReal(runtime::DivInt(a, b, &real), real);
    case BinaryOp::FloorDiv:
      return EncodeWhole(runtime::FloorDivInt(a, b, &whole), whole);
    case BinaryOp::Mod:
      return EncodeWhole(runtime::ModInt(a, b, &whole), whole);
    case BinaryOp::Pow:
      return EncodeWhole(runtime::PowInt(a, b, &whole), whole);
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      break;
  }
  return {};
}

std::string InlineFloat(BinaryOp op, double a, double b) {
  double real = 0;
  switch (op) {
    case BinaryOp::Add:
      return EncodeValue(Value::Float(runtime::AddFloat(a, b)));
    case BinaryOp::Sub:
      return EncodeValue(Value::Float(runtime::SubFloat(a, b)));
    case BinaryOp::Mul:
      return EncodeValue(Value::Float(runtime::MulFloat(a, b)));
    case BinaryOp::Div:
      return EncodeReal(runtime::DivFloat(a, b, &real), real);
    case BinaryOp::FloorDiv:
      return EncodeReal(runtime::FloorDivFloat(a, b, &real), real);
    case BinaryOp::Mod:
      return EncodeReal(runtime::ModFloat(a, b, &real), real);
    case BinaryOp::Pow:
      return EncodeReal(runtime::PowFloat(a, b, &real), real);
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      break;
  }
  return {};
}

std::string InlineOperator(BinaryOp op, Value a, Value b) {
  if (op >= BinaryOp::Eq) {
    const int sign = Sign(a, b);
    const bool holds = op == BinaryOp::Eq   ? sign == 0
                       : op == BinaryOp::Ne ? sign != 0
                       : op == BinaryOp::Lt ? sign == -1
                       : op == BinaryOp::Le ? sign == -1 || sign == 0
                       : op == BinaryOp::Gt ? sign == 1
                                            : sign == 1 || sign == 0;
    return holds ? "T" : "F";
  }
  if (a.tag == Tag::Int && b.tag == Tag::Int) {
    return InlineInt(op, a.integer, b.integer);
  }
  return InlineFloat(op, ToFloat(a), ToFloat(b));
}

std::string InlineUnary(std::string_view op, Value a) {
  int64_t whole = 0;
  double real = 0;
  if (op == "neg" || op == "abs") {
    if (a.tag == Tag::Float) {
      return EncodeValue(
          Value::Float(op == "neg" ? runtime::NegFloat(a.real) : runtime::AbsFloat(a.real)));
    }
    const Arith error =
        op == "neg" ? runtime::NegInt(a.integer, &whole) : runtime::AbsInt(a.integer, &whole);
    return EncodeWhole(error, whole);
  }
  if (op == "fabs" || op == "float") {
    return EncodeValue(Value::Float(op == "fabs" ? runtime::AbsFloat(ToFloat(a)) : ToFloat(a)));
  }
  const Function& function = kFunctions.at(op);
  if (function.rounding != nullptr) {
    if (a.tag == Tag::Int) {
      return EncodeValue(a);
    }
    return EncodeWhole(function.rounding(a.real, &whole), whole);
  }
  return EncodeReal(function.unary(ToFloat(a), &real), real);
}

std::string Called(runtime::Context& context, BuiltinKind builtin, std::span<const Value> args) {
  Value result = Value::None();
  const bool ok =
      runtime::CallBuiltin(context, static_cast<frontend::BuiltinId>(builtin), args, &result);
  return ok ? EncodeValue(result) : TakeFailure(context);
}

std::string Compare(std::string_view way, std::string_view found, std::string_view expected,
                    std::string_view op, std::string_view a, std::string_view b) {
  if (found == expected) {
    return {};
  }
  std::string text(way);
  for (const std::string_view part :
       {std::string_view(": "), op, std::string_view(" "), a, std::string_view(" "), b,
        std::string_view(" is "), expected, std::string_view(", found "), found}) {
    text += part;
  }
  return text;
}

std::string Parsed(std::string_view op, std::string_view text) {
  int64_t whole = 0;
  double real = 0;
  const bool is_int = op == "parse_int";
  switch (is_int ? runtime::ParseInt(text, &whole) : runtime::ParseFloat(text, &real)) {
    case runtime::ParseResult::Ok:
      return EncodeValue(is_int ? Value::Int(whole) : Value::Float(real));
    case runtime::ParseResult::Malformed:
      return "V";
    case runtime::ParseResult::OutOfRange:
      return "O";
  }
  return {};
}

std::string CheckParsed(runtime::Context& context, std::string_view op, std::string_view a,
                        std::string_view expected) {
  const std::string text = DecodeText(a);
  const std::string wrong = Compare("number_text.h", Parsed(op, text), expected, op, a, "");
  if (!wrong.empty()) {
    return wrong;
  }
  const Value arg = Value::Of(context.heap.NewStr(text, text.size()));
  std::string found =
      Called(context, op == "parse_int" ? BuiltinKind::Int : BuiltinKind::Float, {&arg, 1});
  runtime::Release(arg);
  // Both are ErrorKind::Value: the words tell them apart.
  if (expected == "O" && found == "V") {
    found = "O";
  }
  return Compare("CallBuiltin", found, expected, op, a, "");
}

}  // namespace

std::string CheckBinary(runtime::Context& context, std::string_view op, std::string_view a,
                        std::string_view b, std::string_view expected) {
  const Value args[] = {DecodeValue(a), DecodeValue(b)};
  const auto function = kFunctions.find(op);
  if (function != kFunctions.end()) {
    double real = 0;
    const Arith error = function->second.binary(ToFloat(args[0]), ToFloat(args[1]), &real);
    const std::string wrong = Compare("arith.h", EncodeReal(error, real), expected, op, a, b);
    return wrong.empty() ? Compare("CallBuiltin", Called(context, function->second.builtin, args),
                                   expected, op, a, b)
                         : wrong;
  }
  const BinaryOp binary = kOperators.at(op);
  const std::string wrong =
      Compare("arith.h", InlineOperator(binary, args[0], args[1]), expected, op, a, b);
  if (!wrong.empty()) {
    return wrong;
  }
  Value result = Value::None();
  const bool ok = runtime::Binary(context, binary, args[0], args[1], &result);
  return Compare("Binary", ok ? EncodeValue(result) : TakeFailure(context), expected, op, a, b);
}

std::string CheckUnary(runtime::Context& context, std::string_view op, std::string_view a,
                       std::string_view expected) {
  if (op.starts_with("parse_")) {
    return CheckParsed(context, op, a, expected);
  }
  const Value arg = DecodeValue(a);
  if (op == "repr") {
    return Compare("number_text.h", runtime::NumberText(arg), expected, op, a, "");
  }
  const std::string wrong = Compare("arith.h", InlineUnary(op, arg), expected, op, a, "");
  if (!wrong.empty()) {
    return wrong;
  }
  if (op == "neg") {
    Value result = Value::None();
    const bool ok = runtime::Negate(context, arg, &result);
    return Compare("Negate", ok ? EncodeValue(result) : TakeFailure(context), expected, op, a, "");
  }
  return Compare("CallBuiltin", Called(context, kFunctions.at(op).builtin, {&arg, 1}), expected, op,
                 a, "");
}

std::string CheckLine(runtime::Context& context, std::string_view line) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < line.size();) {
    const size_t end = std::min(line.find(' ', at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  if (words.size() == 5 && words[0] == "binary") {
    return CheckBinary(context, words[1], words[2], words[3], words[4]);
  }
  if (words.size() == 4 && words[0] == "unary") {
    return CheckUnary(context, words[1], words[2], words[3]);
  }
  return "cannot read the line: " + std::string(line);
}

}  // namespace tests
