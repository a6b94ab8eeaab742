// Terms in Lua. tests/emit/lua_test.cpp.

#include "emit/lua_printer.h"

#include <algorithm>
#include <limits>

#include "frontend/check.h"
#include "runtime/builtins.h"
#include "runtime/number_text.h"

namespace emit {

using frontend::BinaryOp;
using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kBuffer;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

namespace {

constexpr int64_t kMaxExact = 9007199254740991;
// LuaJIT's tostring() shows 14 digits.
constexpr double kShownExactly = 99999999999999.0;

std::string WithoutUnderscores(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '_');
  return plain;
}

bool IsCall(const Term& term, BuiltinKind builtin) {
  return term.kind == TermKind::CallBuiltin && term.builtin == builtin;
}

}  // namespace

// Literals -----------------------------------------------------------------------------

Piece LuaPrinter::PrintNumber(const Term& term) {
  std::string text = WithoutUnderscores(term.text);
  if (term.kind == TermKind::Int) {
    if (IsJit() && (term.integer > kMaxExact || term.integer < -kMaxExact)) {
      return Call("out_of_range", {});
    }
    if (term.integer == std::numeric_limits<int64_t>::min()) {
      return {"math.mininteger"};
    }
    text = text.empty() ? std::to_string(term.integer) : text;
  } else if (text.empty()) {
    char digits[runtime::kNumberChars];
    text.assign(digits, runtime::WriteFloat(term.real, digits));
  }
  return {text, text.starts_with('-') ? Level::Unary : Level::Literal};
}

Piece LuaPrinter::PrintConstant(BuiltinKind builtin) {
  if (builtin == BuiltinKind::Pi) {
    return {"math.pi"};
  }
  if (builtin == BuiltinKind::E) {
    return {"2.718281828459045", Level::Literal};
  }
  if (builtin == BuiltinKind::Inf) {
    return {"math.huge"};
  }
  LAB_CHECK(builtin == BuiltinKind::Nan);
  return {"0.0 / 0.0", Level::Mul};
}

std::string LuaPrinter::ToFloat(const Piece& piece) {
  return IsJit() ? piece.text : Wrap(piece, Level::Add) + " + 0.0";
}

Piece LuaPrinter::BoxFloat(const Piece& piece) {
  return IsJit() ? Call("Float", {piece.text}) : piece;
}

Piece LuaPrinter::UnboxFloat(const Piece& piece) {
  return IsJit() ? Piece{Wrap(piece, Level::Postfix) + ".value"} : piece;
}

std::string LuaPrinter::Function(const std::vector<std::string>& params, const Piece& result) {
  std::string text = "function(";
  for (size_t i = 0; i < params.size(); ++i) {
    text += (i == 0 ? "" : ", ") + params[i];
  }
  return text + ") return " + result.text + " end";
}

std::string LuaPrinter::PrintLambda(const Term& term) {
  const Routine& lambda = *module_.routines[term.index];
  std::string text;
  InRoutine(term.index, [&] {
    const Block& body = lambda.body;
    if (body.size() == 1 && body[0]->kind == StatementKind::Return && body[0]->term != nullptr) {
      text = Function(ParamNames(lambda), {ReturnedText(*body[0]->term)});
    } else {
      text = "function(" + Params(lambda) + ")" + Nested([&] { PrintBody(lambda); }) + "end";
    }
  });
  return text;
}

Piece LuaPrinter::PrintChoose(const Term&) {
  LAB_CHECK(!"a choice is a statement here");
  return {};
}

// Lists --------------------------------------------------------------------------------

// `index + 1`, which takes away the 1 of `i - 1`.
std::string LuaPrinter::OneMore(const Term& index) {
  if (index.kind == TermKind::Int) {
    return std::to_string(index.integer + 1);
  }
  const bool has_number = index.kind == TermKind::Binary &&
                          (index.op == BinaryOp::Add || index.op == BinaryOp::Sub) &&
                          index.parts[1]->kind == TermKind::Int;
  const bool fits = has_number && bounds_.Fits(bounds_.Unchecked(routine_id_, index));
  if (fits) {
    const int64_t step = index.parts[1]->integer * (index.op == BinaryOp::Add ? 1 : -1) + 1;
    const std::string left = Text(*index.parts[0], Level::Add);
    return step == 0  ? left
           : step > 0 ? left + " + " + std::to_string(step)
                      : left + " - " + std::to_string(-step);
  }
  return Text(index, Level::Add) + " + 1";
}

std::string LuaPrinter::PlaceOf(const Term& list, const Term& index) {
  if (BoundsOf(index).low >= 0) {
    return OneMore(index);
  }
  const bool is_last = index.kind == TermKind::Negate && index.parts[0]->kind == TermKind::Int &&
                       index.parts[0]->integer == 1 && list.kind == TermKind::Local;
  return is_last ? "#" + Text(list) : "";
}

Piece LuaPrinter::PrintElement(Piece list, const Term& index) {
  if (OmitsChecks() && BoundsOf(index).low >= 0) {
    return {Wrap(list, Level::Postfix) + "[" + OneMore(index) + "]"};
  }
  return Call("element", {list.text, Text(index)});
}

void LuaPrinter::PrintSetElement(const Statement& statement) {
  const Term& object = *statement.object;
  const Term& index = *statement.subscript;
  const Term& value = *statement.term;
  const bool is_update = statement.kind == StatementKind::UpdateElement;
  const bool is_settled = KindOf(object.type) == TypeKind::List && !IsOpen(object.type) &&
                          index.type == kInt && (is_update || value.type == ElementOf(object.type));
  if (!is_settled) {
    Line(statement.span,
         Call("any_set_element", {Boxed(Print(object), object.type, &object).text, Text(index),
                                  Boxed(Print(value), value.type, &value).text})
             .text);
    return;
  }
  const bool is_simple = object.kind == TermKind::Local &&
                         (index.kind == TermKind::Local || index.kind == TermKind::Int);
  std::string place = OmitsChecks() && (!is_update || is_simple) ? PlaceOf(object, index) : "";
  if (!place.empty()) {
    place = Text(object, Level::Postfix) + "[" + place + "]";
  }
  std::string text;
  if (!is_update) {
    text = Text(value);
  } else {
    Term old{.kind = TermKind::Index, .type = ElementOf(object.type), .span = statement.span};
    aliases_[&old] = !place.empty() ? Piece{place}
                     : is_simple    ? PrintElement(Print(object), index)
                                    : Piece{item_};
    text = PrintUpdated(statement, &old).text;
    aliases_.erase(&old);
  }
  if (!place.empty()) {
    Line(statement.span, place + " = " + text);
  } else if (is_update && !is_simple) {
    Line(statement.span,
         Call("update_element", {Text(object), Text(index), Function({item_}, {text})}).text);
  } else {
    Line(statement.span, Call("set_element", {Text(object), Text(index), text}).text);
  }
}

// Operators ----------------------------------------------------------------------------

Piece LuaPrinter::DivideFloats(const Term& term, const Piece& a, const Piece& b) {
  return ExcludesZero(*term.parts[1]) || OmitsChecks() ? Infix(a, "/", b, Level::Mul)
                                                       : Call("divide", {a.text, b.text});
}

Piece LuaPrinter::CompareTexts(BinaryOp op, const Piece& a, const Piece& b) {
  return Infix(a, SpellingOf(op), b, Level::Compare);
}

// Built-ins ----------------------------------------------------------------------------

// LuaJIT shows 14 digits of what it holds as a double.
Piece LuaPrinter::TextOfInt(const Arg& arg) {
  const Bounds bounds = arg.term != nullptr ? BoundsOf(*arg.term) : Bounds{.high = 2e14};
  const bool is_short = bounds.low >= -kShownExactly && bounds.high <= kShownExactly;
  return IsJit() && !is_short ? Call("int_text", {arg.piece.text})
                              : Piece{"tostring(" + arg.piece.text + ")"};
}

Piece LuaPrinter::PrintedText(const Arg& arg) {
  return arg.type == kInt && !IsJit() ? arg.piece : TextOf(arg);
}

bool LuaPrinter::PrintNativeBuiltin(BuiltinKind builtin, std::span<const Arg> args, TypeId,
                                    Piece* piece) {
  const auto arg = [&](size_t i) { return args[i].piece.text; };
  const auto type = [&](size_t i) { return i < args.size() ? args[i].type : kNone; };
  const auto is_number = [&](size_t i) { return type(i) == kInt || type(i) == kFloat; };
  const bool is_list = KindOf(type(0)) == TypeKind::List && !IsOpen(type(0));
  switch (builtin) {
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Exp:
      if (!OmitsChecks() || !is_number(0)) {
        return false;
      }
      prelude_.Use("native " + std::string(runtime::Name(builtin)));
      *piece = {std::string(runtime::Name(builtin)) + "(" + arg(0) + ")"};
      return true;
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
      *piece = {"math." + std::string(runtime::Name(builtin)) + "(" + arg(0) + ")"};
      return OmitsChecks() && !IsJit() && type(0) == kFloat;
    case BuiltinKind::Abs: {
      const bool fits = type(0) == kFloat || IsJit() || OmitsChecks() ||
                        (args[0].term != nullptr &&
                         bounds_.Fits({.low = 0, .high = -BoundsOf(*args[0].term).low}));
      *piece = {"math.abs(" + arg(0) + ")"};
      if (type(0) == kInt && !fits) {
        *piece = Call("int_abs", {arg(0)});
      }
      return is_number(0);
    }
    case BuiltinKind::Fabs:
      *piece = {"math.abs(" + (type(0) == kInt ? ToFloat(args[0].piece) : arg(0)) + ")"};
      return is_number(0);
    case BuiltinKind::Atan:
      *piece = {"math.atan(" + arg(0) + ")"};
      return is_number(0);
    case BuiltinKind::Atan2:
      *piece = {(IsJit() ? "math.atan2(" : "math.atan(") + arg(0) + ", " + arg(1) + ")"};
      return is_number(0) && is_number(1);
    case BuiltinKind::Min:
    case BuiltinKind::Max: {
      // LuaJIT's compiler has its own idea of nan.
      const bool are_settled = std::all_of(args.begin(), args.end(), [&](const Arg& each) {
        return each.type == type(0) && (each.type == kInt || (each.type == kFloat && !IsJit()));
      });
      if (args.size() < 2 || !are_settled) {
        return false;
      }
      std::string items;
      for (const Arg& each : args) {
        items += (items.empty() ? "" : ", ") + each.piece.text;
      }
      *piece = {(builtin == BuiltinKind::Min ? "math.min(" : "math.max(") + items + ")"};
      return true;
    }
    case BuiltinKind::Len:
      if (type(0) == kStr) {
        *piece = IsJit() ? Call("length", {arg(0)}) : Piece{"utf8.len(" + arg(0) + ")"};
        return true;
      }
      *piece = {"#" + Wrap(args[0].piece, Level::Postfix), Level::Unary};
      return KindOf(type(0)) == TypeKind::List;
    case BuiltinKind::Bool:
      if (is_number(0)) {
        *piece = Infix(args[0].piece, "~=", {"0", Level::Literal}, Level::Compare);
        return true;
      }
      if (type(0) == kStr || is_list) {
        *piece = {"#" + Wrap(args[0].piece, Level::Postfix) + " > 0", Level::Compare};
        return true;
      }
      *piece = args[0].piece;
      return type(0) == kBool;
    case BuiltinKind::Append:
      *piece = {"table.insert(" + arg(0) + ", " + arg(1) + ")"};
      return is_list && type(1) == ElementOf(type(0));
    case BuiltinKind::Buffer:
      *piece = {"{}", Level::Literal};
      return true;
    case BuiltinKind::Write:
      *piece = {"table.insert(" + arg(0) + ", " + arg(1) + ")"};
      return type(0) == kBuffer && type(1) == kStr;
    case BuiltinKind::Text:
      *piece = {"table.concat(" + arg(0) + ")"};
      return type(0) == kBuffer;
    case BuiltinKind::Join:
      *piece = {"table.concat(" + arg(1) + (arg(0) == "\"\"" ? "" : ", " + arg(0)) + ")"};
      return type(0) == kStr && KindOf(type(1)) == TypeKind::List && ElementOf(type(1)) == kStr;
    case BuiltinKind::Error:
      *piece = {"error(\"error: \" .. " + Wrap(args[0].piece, Level::Concat) + ")"};
      return type(0) == kStr;
    case BuiltinKind::Clock:
      *piece = IsJit() ? Call("clock", {}) : Piece{"os.clock()"};
      return true;
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
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
    case BuiltinKind::List:
    case BuiltinKind::Pop:
    case BuiltinKind::Print:
    case BuiltinKind::Assert:
    case BuiltinKind::Keep:
      break;
  }
  return false;
}

void LuaPrinter::PrintEffect(frontend::Span span, const Term& term) {
  if (term.kind == TermKind::Local || term.kind == TermKind::None) {
    return;
  }
  if (IsCall(term, BuiltinKind::Append) || IsCall(term, BuiltinKind::Write)) {
    const Term& list = *term.parts[0];
    const Term& value = *term.parts[1];
    const bool is_settled = (KindOf(list.type) == TypeKind::List && !IsOpen(list.type)) ||
                            (list.type == kBuffer && value.type == kStr);
    const bool is_plain =
        list.kind == TermKind::Local && (CallsNothing(value) || IsCall(value, BuiltinKind::Str));
    if (is_settled && is_plain) {
      Line(span, Text(list) + "[#" + Text(list) + " + 1] = " + Text(value));
      return;
    }
  }
  const Piece piece = PrintReturned(term);
  const bool is_call =
      piece.level == Level::Postfix && piece.text.ends_with(')') && !piece.text.starts_with('(');
  Line(span, is_call ? piece.text : "local " + FreshName("_") + " = " + piece.text);
}

}  // namespace emit
