// Terms in JavaScript. tests/emit/js_test.cpp.

#include "emit/js_printer.h"

#include "frontend/check.h"
#include "runtime/builtins.h"
#include "runtime/number_text.h"

namespace emit {

using frontend::BinaryOp;
using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

namespace {

constexpr int64_t kMaxExact = 9007199254740991;

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? word : ", " + word;
  }
  return text;
}

}  // namespace

// Literals -----------------------------------------------------------------------------

Piece JsPrinter::PrintNumber(const Term& term) {
  if (term.kind == TermKind::Int) {
    if (term.integer > kMaxExact || term.integer < -kMaxExact) {
      return Call("out_of_range", {});
    }
    const std::string text =
        term.text.empty() ? std::to_string(term.integer) : std::string(term.text);
    return {text, text.starts_with('-') ? Level::Unary : Level::Literal};
  }
  if (!term.text.empty()) {
    return {std::string(term.text), Level::Literal};
  }
  char digits[runtime::kNumberChars];
  const std::string text(digits, runtime::WriteFloat(term.real, digits));
  return {text, text.starts_with('-') ? Level::Unary : Level::Literal};
}

Piece JsPrinter::PrintConstant(BuiltinKind builtin) {
  if (builtin == BuiltinKind::Pi) {
    return {"Math.PI"};
  }
  if (builtin == BuiltinKind::E) {
    return {"Math.E"};
  }
  if (builtin == BuiltinKind::Inf) {
    return {"Infinity"};
  }
  LAB_CHECK(builtin == BuiltinKind::Nan);
  return {"NaN"};
}

Piece JsPrinter::BoxFloat(const Piece& piece) {
  return {"new " + Call("Float", {piece.text}).text};
}

Piece JsPrinter::UnboxFloat(const Piece& piece) { return {Wrap(piece, Level::Postfix) + ".value"}; }

// Terms --------------------------------------------------------------------------------

Piece JsPrinter::PrintChoose(const Term& term) {
  return {
      Text(*term.parts[0], Level::Or) + " ? " + Text(*term.parts[1]) + " : " + Text(*term.parts[2]),
      Level::Loose};
}

Piece JsPrinter::PrintElement(Piece list, const Term& index) {
  if (OmitsChecks() && BoundsOf(index).low >= 0) {
    return {Wrap(list, Level::Postfix) + "[" + Text(index) + "]"};
  }
  return Call("element", {list.text, Text(index)});
}

Piece JsPrinter::DivideFloats(const Term& term, const Piece& a, const Piece& b) {
  return ExcludesZero(*term.parts[1]) || OmitsChecks() ? Infix(a, "/", b, Level::Mul)
                                                       : Call("divide", {a.text, b.text});
}

Piece JsPrinter::CompareTexts(BinaryOp op, const Piece& a, const Piece& b) {
  return Infix(Call("text_order", {a.text, b.text}), SpellingOf(op), {"0", Level::Literal},
               Level::Compare);
}

Piece JsPrinter::TextOfInt(const Arg& arg) { return {"String(" + arg.piece.text + ")"}; }

Piece JsPrinter::PrintedText(const Arg& arg) {
  return arg.type == kInt || arg.type == kBool ? arg.piece : TextOf(arg);
}

bool JsPrinter::PrintNativeBuiltin(BuiltinKind builtin, std::span<const Arg> args, TypeId,
                                   Piece* piece) {
  const auto arg = [&](size_t i) { return args[i].piece.text; };
  const auto base = [&](size_t i) { return Wrap(args[i].piece, Level::Postfix); };
  const auto type = [&](size_t i) { return i < args.size() ? args[i].type : kNone; };
  const bool is_number = type(0) == kInt || type(0) == kFloat;
  const bool is_list = KindOf(type(0)) == TypeKind::List && !IsOpen(type(0));
  switch (builtin) {
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Exp:
      *piece = {"Math." + std::string(runtime::Name(builtin)) + "(" + arg(0) + ")"};
      return OmitsChecks() && is_number;
    case BuiltinKind::Abs:
    case BuiltinKind::Fabs:
      *piece = {"Math.abs(" + (args.empty() ? "" : arg(0)) + ")"};
      return is_number;
    case BuiltinKind::Atan:
      *piece = {"Math.atan(" + arg(0) + ")"};
      return is_number;
    case BuiltinKind::Atan2:
      *piece = {"Math.atan2(" + arg(0) + ", " + arg(1) + ")"};
      return is_number && (type(1) == kInt || type(1) == kFloat);
    case BuiltinKind::Min:
    case BuiltinKind::Max: {
      std::vector<std::string> items;
      for (const Arg& each : args) {
        if (each.type != kInt) {
          return false;
        }
        items.push_back(each.piece.text);
      }
      *piece = {(builtin == BuiltinKind::Min ? "Math.min(" : "Math.max(") + Joined(items) + ")"};
      return items.size() > 1;
    }
    case BuiltinKind::Len:
      if (type(0) == kStr) {
        *piece = Call("length", {arg(0)});
        return true;
      }
      *piece = {base(0) + ".length"};
      return KindOf(type(0)) == TypeKind::List;
    case BuiltinKind::Bool:
      if (is_number) {
        const std::string zero =
            Infix(args[0].piece, "!==", {"0", Level::Literal}, Level::Compare).text;
        *piece = {zero, Level::Compare};
        return true;
      }
      if (type(0) == kStr || is_list) {
        *piece = {base(0) + ".length > 0", Level::Compare};
        return true;
      }
      *piece = args[0].piece;
      return type(0) == kBool;
    case BuiltinKind::Append:
      *piece = {base(0) + ".push(" + arg(1) + ")"};
      return is_list;
    case BuiltinKind::Buffer:
      *piece = {"[]", Level::Literal};
      return true;
    case BuiltinKind::Write:
      *piece = {base(0) + ".push(" + arg(1) + ")"};
      return type(0) == runtime::kBuffer && type(1) == kStr;
    case BuiltinKind::Text:
      *piece = {base(0) + ".join(\"\")"};
      return type(0) == runtime::kBuffer;
    case BuiltinKind::Join:
      *piece = {base(1) + ".join(" + arg(0) + ")"};
      return type(0) == kStr && KindOf(type(1)) == TypeKind::List && ElementOf(type(1)) == kStr;
    case BuiltinKind::List: {
      const bool is_settled = type(0) == kStr || is_list ||
                              (KindOf(type(0)) == TypeKind::Seq && !IsOpen(ElementOf(type(0))));
      *piece = is_settled ? Piece{"Array.from(" + PrintSource(args[0]) + ")"} : Piece{};
      return is_settled;
    }
    case BuiltinKind::Clock:
      *piece = {"performance.now() / 1000", Level::Mul};
      return true;
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
    case BuiltinKind::Round:
    case BuiltinKind::Log:
    case BuiltinKind::Log2:
    case BuiltinKind::Log10:
    case BuiltinKind::Pow:
    case BuiltinKind::Hypot:
    case BuiltinKind::Int:
    case BuiltinKind::Float:
    case BuiltinKind::Str:
    case BuiltinKind::Range:
    case BuiltinKind::Map:
    case BuiltinKind::Filter:
    case BuiltinKind::Sum:
    case BuiltinKind::Any:
    case BuiltinKind::All:
    case BuiltinKind::Pop:
    case BuiltinKind::Print:
    case BuiltinKind::Assert:
    case BuiltinKind::Error:
    case BuiltinKind::Keep:
      break;
  }
  return false;
}

}  // namespace emit
