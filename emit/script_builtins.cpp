// Built-ins in Lua and JavaScript. tests/emit/lua_test.cpp, js_test.cpp.

#include <algorithm>

#include "emit/operators.h"
#include "emit/quote.h"
#include "emit/script_printer.h"
#include "frontend/check.h"
#include "runtime/builtins.h"

namespace emit {

using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

namespace {

// Functions of floats that the prelude has under their own names, unless the language's are used.
bool IsMath(BuiltinKind builtin) {
  constexpr BuiltinKind kMath[] = {BuiltinKind::Fabs, BuiltinKind::Sqrt,  BuiltinKind::Sin,
                                   BuiltinKind::Cos,  BuiltinKind::Tan,   BuiltinKind::Asin,
                                   BuiltinKind::Acos, BuiltinKind::Atan,  BuiltinKind::Exp,
                                   BuiltinKind::Log,  BuiltinKind::Log2,  BuiltinKind::Log10,
                                   BuiltinKind::Pow,  BuiltinKind::Hypot, BuiltinKind::Atan2};
  return std::find(std::begin(kMath), std::end(kMath), builtin) != std::end(kMath);
}

bool MakesWhole(BuiltinKind builtin) {
  return builtin == BuiltinKind::Floor || builtin == BuiltinKind::Ceil ||
         builtin == BuiltinKind::Round;
}

bool Consumes(BuiltinKind builtin) {
  return builtin == BuiltinKind::Sum || builtin == BuiltinKind::Min ||
         builtin == BuiltinKind::Max || builtin == BuiltinKind::Any ||
         builtin == BuiltinKind::All || builtin == BuiltinKind::List ||
         builtin == BuiltinKind::Join;
}

// A sequence that is made where it is consumed.
bool IsMadeHere(const Term* term) {
  if (term == nullptr) {
    return false;
  }
  return term->kind == TermKind::Call ||
         (term->kind == TermKind::CallBuiltin &&
          (term->builtin == BuiltinKind::Range || term->builtin == BuiltinKind::Map ||
           term->builtin == BuiltinKind::Filter));
}

}  // namespace

std::string ScriptPrinter::PrintSource(const Arg& arg) {
  return KindOf(arg.type) == TypeKind::Seq && !IsMadeHere(arg.term)
             ? Call("consume", {arg.piece.text}).text
             : arg.piece.text;
}

// The function of a map or filter, as one from elements to results of these types.
std::string ScriptPrinter::PrintStage(const Arg& function, TypeId element, TypeId result) {
  const runtime::Type& type = module_.types->Get(function.type);
  const Arg item{.piece = {item_}, .type = element, .term = nullptr};
  if (type.kind == TypeKind::Builtin) {
    const Arg args[] = {item};
    return Function({item_}, PrintBuiltin(static_cast<BuiltinKind>(type.index), args, result));
  }
  const RoutineId id = function.term != nullptr ? RoutineOfValue(*function.term) : kNoRoutine;
  const auto passes = [&](const Piece& call) {
    return result == kBool ? Call("check_bool", {call.text}) : Unboxed(call, result);
  };
  if (type.kind == TypeKind::Any || id == kNoRoutine) {
    return Function(
        {item_},
        passes(Call("call", {function.piece.text, Boxed(item.piece, element, nullptr).text})));
  }
  const Routine& routine = *module_.routines[id];
  LAB_CHECK(routine.param_count > 0);
  const TypeId param = routine.locals[0].type;
  std::string passed = item_;
  if (param == kAny) {
    passed = Boxed(item.piece, element, nullptr).text;
  } else if (param != element && element == kAny) {
    passed = Unboxed(Call("check", {item_, TypeText(param), Quoted(routine.locals[0].name)}), param)
                 .text;
  } else if (param == kFloat && element == kInt) {
    passed = ToFloat({item_});
  }
  const TypeId returned = routine.result;
  const bool is_same = passed == item_ && (returned == result || returned == runtime::kNever);
  if (is_same) {
    return function.piece.text;
  }
  const Piece call{Wrap(function.piece, Level::Postfix) + "(" + passed + ")"};
  return Function({item_}, result == kAny && returned != kAny ? Boxed(call, returned, nullptr)
                           : returned == kAny                 ? passes(call)
                                                              : call);
}

Piece ScriptPrinter::PrintBuiltin(BuiltinKind builtin, std::span<const Arg> args, TypeId result) {
  const std::string name(runtime::Name(builtin));
  const auto type_of = [&](size_t i) { return i < args.size() ? args[i].type : kNone; };
  const auto texts = [&] {
    std::vector<std::string> all;
    for (const Arg& arg : args) {
      all.push_back(arg.piece.text);
    }
    return all;
  };
  const auto boxed = [&] {
    std::vector<std::string> all;
    for (const Arg& arg : args) {
      all.push_back(Boxed(arg.piece, arg.type, arg.term).text);
    }
    return all;
  };
  const auto dynamic = [&] { return Unboxed(Call("any_" + name, boxed()), result); };
  const bool are_numbers =
      std::all_of(args.begin(), args.end(), [](const Arg& arg) { return IsNumber(arg.type); });
  Piece native;
  if (builtin != BuiltinKind::Str && builtin != BuiltinKind::Print &&
      PrintNativeBuiltin(builtin, args, result, &native)) {
    return native;
  }
  if (IsMath(builtin)) {
    if (are_numbers) {
      return Call(name, texts());
    }
    std::vector<std::string> all = boxed();
    Piece function;
    std::vector<Arg> raw{{.piece = {item_}, .type = kFloat, .term = nullptr}};
    std::vector<std::string> names{item_};
    if (args.size() == 2) {
      raw.push_back({.piece = {other_item_}, .type = kFloat, .term = nullptr});
      names.push_back(other_item_);
    }
    const std::string body = Function(names, PrintBuiltin(builtin, raw, kFloat));
    all.insert(all.begin(), {body, Quoted(name)});
    return Unboxed(Call("any_math", all), result);
  }
  if (MakesWhole(builtin)) {
    if (type_of(0) == kInt) {
      return args[0].piece;
    }
    return type_of(0) == kFloat ? Call(name, texts())
                                : Call("any_whole", {Use(name), Quoted(name), boxed()[0]});
  }
  if (Consumes(builtin)) {
    const size_t at = builtin == BuiltinKind::Join ? 1 : 0;
    const TypeId source = type_of(at);
    const TypeId element = ElementOf(source);
    if ((builtin == BuiltinKind::Min || builtin == BuiltinKind::Max) && args.size() > 1) {
      std::string items;
      for (const Arg& arg : args) {
        const bool to_float = result == kFloat && arg.type == kInt;
        items += (items.empty() ? "" : ", ") + (to_float ? ToFloat(arg.piece) : arg.piece.text);
      }
      const bool is_settled = are_numbers || type_of(0) == kStr;
      return is_settled && result != kAny && !IsOpen(type_of(0))
                 ? Call(name,
                        {std::string(syntax_.open_list) + items + std::string(syntax_.close_list)})
                 : dynamic();
    }
    const bool is_list = builtin == BuiltinKind::List;
    const bool fits = builtin == BuiltinKind::Join ? element == kStr && type_of(0) == kStr
                      : builtin == BuiltinKind::Any || builtin == BuiltinKind::All
                          ? element == kBool
                      : is_list ? !IsOpen(element)
                      : builtin == BuiltinKind::Sum
                          ? IsNumber(element) && (args.size() == 1 || type_of(1) == result)
                          : IsNumber(element) || element == kStr;
    const bool starts_with_int =
        builtin == BuiltinKind::Sum && args.size() == 2 && type_of(1) == kInt && element != kInt;
    if (!fits || starts_with_int || IsOpen(source) || result == kAny) {
      return dynamic();
    }
    std::vector<std::string> all = texts();
    all[at] = PrintSource(args[at]);
    const bool adds_ints = builtin == BuiltinKind::Sum && result == kInt &&
                           (syntax_.ints == Ints::Double || !OmitsChecks());
    return Call(adds_ints ? "int_sum" : name, all);
  }
  switch (builtin) {
    case BuiltinKind::Str:
      return TextOf(args[0]);
    case BuiltinKind::Print: {
      std::vector<std::string> all;
      for (const Arg& arg : args) {
        all.push_back(PrintedText(arg).text);
      }
      return Call(name, all);
    }
    case BuiltinKind::Int:
      if (type_of(0) == kInt) {
        return args[0].piece;
      }
      if (type_of(0) == kFloat || type_of(0) == kStr) {
        return Call(type_of(0) == kStr ? "parse_int" : "trunc", texts());
      }
      return dynamic();
    case BuiltinKind::Float:
      if (type_of(0) == kFloat) {
        return args[0].piece;
      }
      if (type_of(0) == kInt) {
        return {ToFloat(args[0].piece),
                syntax_.ints == Ints::Int64 ? Level::Add : args[0].piece.level};
      }
      return type_of(0) == kStr ? Call("parse_float", texts()) : dynamic();
    case BuiltinKind::Range: {
      if (!are_numbers) {
        return dynamic();
      }
      std::vector<std::string> all = texts();
      if (all.size() == 1) {
        all.insert(all.begin(), "0");
      }
      const Bounds step = args.size() == 3 && args[2].term != nullptr ? BoundsOf(*args[2].term)
                                                                      : Bounds{.low = 1, .high = 1};
      if (args.size() == 3 && step.low <= 0 && step.high >= 0) {
        all[2] = Call("checked_step", {all[2]}).text;
      }
      return Call(name, all);
    }
    case BuiltinKind::Map:
    case BuiltinKind::Filter: {
      const TypeId source = type_of(1);
      if (IsOpen(source) || KindOf(source) == TypeKind::None ||
          (source != kStr && KindOf(source) != TypeKind::List && KindOf(source) != TypeKind::Seq)) {
        return dynamic();
      }
      const TypeKind function = KindOf(type_of(0));
      if (function != TypeKind::Function && function != TypeKind::Lambda &&
          function != TypeKind::Builtin) {
        return dynamic();
      }
      const TypeId element = ElementOf(source);
      const TypeId to = builtin == BuiltinKind::Map ? ElementOf(result) : kBool;
      return Call(name, {PrintStage(args[0], element, to), args[1].piece.text});
    }
    case BuiltinKind::Pop:
      return IsOpen(type_of(0)) ? dynamic() : Call(name, texts());
    case BuiltinKind::Assert:
      return type_of(0) == kBool && (args.size() == 1 || type_of(1) == kStr)
                 ? Call("assert_that", texts())
                 : dynamic();
    case BuiltinKind::Error:
      return type_of(0) == kStr
                 ? Call("fail", {Infix({Quoted("error: "), Level::Literal}, syntax_.join,
                                       args[0].piece, syntax_.join_level)
                                     .text})
                 : dynamic();
    case BuiltinKind::Keep:
      return args[0].piece;
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
      return PrintConstant(builtin);
    case BuiltinKind::Abs:
    case BuiltinKind::Fabs:
    case BuiltinKind::Min:
    case BuiltinKind::Max:
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
    case BuiltinKind::Round:
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Atan:
    case BuiltinKind::Atan2:
    case BuiltinKind::Exp:
    case BuiltinKind::Log:
    case BuiltinKind::Log2:
    case BuiltinKind::Log10:
    case BuiltinKind::Pow:
    case BuiltinKind::Hypot:
    case BuiltinKind::Bool:
    case BuiltinKind::Len:
    case BuiltinKind::Sum:
    case BuiltinKind::Any:
    case BuiltinKind::All:
    case BuiltinKind::List:
    case BuiltinKind::Join:
    case BuiltinKind::Append:
    case BuiltinKind::Buffer:
    case BuiltinKind::Write:
    case BuiltinKind::Text:
    case BuiltinKind::Clock:
      break;
  }
  return dynamic();
}

// A value as the text that it is shown as.
Piece ScriptPrinter::TextOf(const Arg& arg) {
  switch (KindOf(arg.type)) {
    case TypeKind::Str:
      return arg.piece;
    case TypeKind::Int:
      return TextOfInt(arg);
    case TypeKind::Bool:
      return {std::string(syntax_.to_text) + "(" + arg.piece.text + ")"};
    case TypeKind::Float:
      return Call("float_text", {arg.piece.text});
    case TypeKind::None:
      if (arg.term == nullptr || arg.term->kind == TermKind::None) {
        return {Quoted("none"), Level::Literal};
      }
      break;
    case TypeKind::List:
      if (!IsOpen(arg.type)) {
        return Call("list_text", {arg.piece.text, TypeText(arg.type)});
      }
      break;
    case TypeKind::Never:
    case TypeKind::Buffer:
    case TypeKind::Seq:
    case TypeKind::Function:
    case TypeKind::Builtin:
    case TypeKind::Lambda:
    case TypeKind::Any:
    case TypeKind::Cell:
      break;
  }
  return Call("text", {Boxed(arg.piece, arg.type, arg.term).text});
}

// What makes a value of a word of the command line.
std::string ScriptPrinter::ReaderOf(TypeId type) {
  if (type == kInt) {
    return Use("whole_argument");
  }
  if (type == kFloat) {
    return Use("float_argument");
  }
  if (type == kBool) {
    return Use("bool_argument");
  }
  return type == kStr ? std::string(syntax_.to_text) : Use("any_argument");
}

}  // namespace emit
