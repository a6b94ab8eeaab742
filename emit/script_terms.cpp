// Terms in Lua and JavaScript. tests/emit/lua_test.cpp, js_test.cpp.

#include <algorithm>

#include "emit/operators.h"
#include "emit/quote.h"
#include "emit/script_printer.h"
#include "frontend/check.h"
#include "runtime/builtins.h"

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

std::string_view SpellingOf(BinaryOp op) { return frontend::Spelling(op); }

// Pieces -----------------------------------------------------------------------------

std::string ScriptPrinter::Wrap(const Piece& piece, Level least) {
  return piece.level < least ? "(" + piece.text + ")" : piece.text;
}

std::string ScriptPrinter::Text(const Term& term, Level least) { return Wrap(Print(term), least); }

// Operators lean left, and comparisons do not chain.
Piece ScriptPrinter::Infix(const Piece& a, std::string_view op, const Piece& b, Level level) const {
  const auto next = static_cast<Level>(static_cast<uint8_t>(level) + 1);
  const Level left = level == Level::Compare ? next : level;
  return {Wrap(a, left) + " " + std::string(op) + " " + Wrap(b, next), level};
}

std::string ScriptPrinter::Use(std::string_view part) {
  if (part == "print") {
    prelude_.Use(options_.ending == Ending::Measure ? "kept print" : part);
  } else {
    prelude_.Use(part);
  }
  return std::string(part);
}

Piece ScriptPrinter::Call(std::string_view part, const std::vector<std::string>& args) {
  std::string text = Use(part) + "(";
  for (size_t i = 0; i < args.size(); ++i) {
    text += (i == 0 ? "" : ", ") + args[i];
  }
  return {text + ")"};
}

// Types ------------------------------------------------------------------------------

bool ScriptPrinter::IsOpen(TypeId type) const {
  return type == kAny || (KindOf(type) == TypeKind::List && module_.types->Get(type).is_open);
}

TypeId ScriptPrinter::ElementOf(TypeId source) const {
  if (source == kStr) {
    return kStr;
  }
  const TypeKind kind = KindOf(source);
  return kind == TypeKind::List || kind == TypeKind::Seq ? module_.types->Element(source) : kAny;
}

std::string ScriptPrinter::TypeText(TypeId type) const {
  return Quoted(type == kAny ? "any" : module_.types->Name(type));
}

RoutineId ScriptPrinter::RoutineOfValue(const Term& term) const {
  if (term.kind == TermKind::Routine || term.kind == TermKind::Lambda) {
    return term.index;
  }
  const auto found = routine_of_type_.find(term.type);
  return found != routine_of_type_.end() ? found->second : kNoRoutine;
}

bool ScriptPrinter::CallsNothing(const Term& term) const {
  if (term.kind == TermKind::Call || term.kind == TermKind::CallValue ||
      term.kind == TermKind::CallBuiltin) {
    return false;
  }
  return std::all_of(term.parts.begin(), term.parts.end(),
                     [this](const Term* part) { return CallsNothing(*part); });
}

Piece ScriptPrinter::Boxed(const Piece& piece, TypeId type, const Term* term) {
  switch (KindOf(type)) {
    case TypeKind::Float:
      return BoxFloat(piece);
    case TypeKind::List:
      return IsOpen(type) ? piece : Call("typed", {piece.text, TypeText(type)});
    case TypeKind::Seq:
    case TypeKind::Buffer:
      return Call("typed", {piece.text, TypeText(type)});
    case TypeKind::Function:
    case TypeKind::Builtin:
    case TypeKind::Lambda:
      return {CallableText(piece, type, term)};
    case TypeKind::Never:
    case TypeKind::None:
    case TypeKind::Bool:
    case TypeKind::Int:
    case TypeKind::Str:
    case TypeKind::Any:
    case TypeKind::Cell:
      return piece;
  }
  LAB_CHECK(false);
}

Piece ScriptPrinter::Unboxed(const Piece& piece, TypeId type) {
  return type == kFloat ? UnboxFloat(piece) : piece;
}

// A function together with what a call needs that does not know it: its text, how many arguments
// it must get, and how they and the result change their form.
std::string ScriptPrinter::CallableText(const Piece& piece, TypeId type, const Term* term) {
  const runtime::Type& it = module_.types->Get(type);
  std::string shown;
  std::string function = piece.text;
  std::string least;
  bool has_any_count = false;
  std::string params;
  std::string result;
  if (it.kind == TypeKind::Builtin) {
    const auto builtin = static_cast<BuiltinKind>(it.index);
    const frontend::Signature& signature = module_.program->builtins[it.index];
    shown = "<built-in " + std::string(signature.name) + ">";
    least = std::to_string(signature.min_args);
    if (signature.max_args == frontend::kAnyCount || signature.max_args > 2) {
      function = Use("any_" + std::string(signature.name));
      has_any_count = signature.max_args == frontend::kAnyCount;
      for (uint32_t i = 0; i < signature.max_args && !has_any_count; ++i) {
        params += i == 0 ? "false" : ", false";
      }
      if (builtin == BuiltinKind::Print) {
        Use("print");
      }
    } else {
      std::vector<Arg> args;
      std::vector<std::string> names;
      for (uint32_t i = 0; i < signature.max_args; ++i) {
        names.push_back(i == 0 ? item_ : other_item_);
        args.push_back({.piece = {names.back()}, .type = kAny, .term = nullptr});
        params += i == 0 ? "false" : ", false";
      }
      const TypeId raw = builtin == BuiltinKind::Clock ? kFloat : kAny;
      function = Function(names, Boxed(PrintBuiltin(builtin, args, raw), raw, nullptr));
    }
  } else {
    const frontend::Function& declared = module_.program->resolution.functions[it.index];
    shown =
        it.kind == TypeKind::Lambda ? "<lambda>" : "<function " + std::string(declared.name) + ">";
    const RoutineId id = term != nullptr                   ? RoutineOfValue(*term)
                         : routine_of_type_.contains(type) ? routine_of_type_.at(type)
                                                           : kNoRoutine;
    LAB_CHECK(id != kNoRoutine);
    const Routine& routine = *module_.routines[id];
    uint32_t required = 0;
    for (LocalId i = 0; i < routine.param_count; ++i) {
      const Variable& param = routine.locals[i];
      required += declared.params()[i].default_value == nullptr ? 1 : 0;
      params += i == 0 ? "" : ", ";
      params +=
          param.type == kAny && param.declared == nullptr
              ? "false"
              : Function({item_},
                         Unboxed(Call("check", {item_, TypeText(param.type), Quoted(param.name)}),
                                 param.type));
    }
    least = std::to_string(required);
    const Piece boxed =
        Boxed({item_}, routine.result == runtime::kNever ? kAny : routine.result, nullptr);
    result = boxed.text == item_ ? "" : ", " + Function({item_}, boxed);
  }
  const std::string list =
      std::string(syntax_.open_list) + params + std::string(syntax_.close_list);
  return Call("callable",
              {function, Quoted(shown), least, (has_any_count ? "false" : list) + result})
      .text;
}

// Terms ------------------------------------------------------------------------------

Piece ScriptPrinter::Print(const Term& term) {
  if (const auto alias = aliases_.find(&term); alias != aliases_.end()) {
    return alias->second;
  }
  switch (term.kind) {
    case TermKind::Int:
    case TermKind::Float:
      return PrintNumber(term);
    case TermKind::Str:
      return {Quoted(term.text), Level::Literal};
    case TermKind::Bool:
      return {term.boolean ? "true" : "false", Level::Literal};
    case TermKind::None:
      return PrintNone();
    case TermKind::Constant:
      return PrintConstant(term.builtin);
    case TermKind::Local:
      return {Local(term).name};
    case TermKind::Global: {
      const std::string& name = module_.globals[term.index].name;
      return term.is_checked && !is_constant_global_[term.index]
                 ? Call("known", {name, Quoted(name)})
                 : Piece{name};
    }
    case TermKind::Routine:
      return {module_.routines[term.index]->name};
    case TermKind::Builtin:
      return {Quoted("<built-in " + std::string(runtime::Name(term.builtin)) + ">"),
              Level::Literal};
    case TermKind::Lambda: {
      // Where the captured values take another form, it is made by a function that binds them.
      const Routine& it = *module_.routines[term.index];
      std::vector<std::string> names;
      std::string values;
      for (size_t i = 0; i < term.parts.size(); ++i) {
        if (term.parts[i]->kind != TermKind::Local) {
          names.push_back(it.locals[it.param_count + i].name);
          values += (values.empty() ? "" : ", ") + Text(*term.parts[i]);
        }
      }
      const Piece lambda{PrintLambda(term), Level::Loose};
      return names.empty() ? lambda : Piece{"(" + Function(names, lambda) + ")(" + values + ")"};
    }
    case TermKind::Call:
    case TermKind::CallBuiltin:
    case TermKind::CallValue: {
      const Piece piece = PrintReturned(term);
      const bool may_lack_value = term.type == kNone && term.kind != TermKind::CallValue;
      return may_lack_value ? NoneAfter(piece) : piece;
    }
    case TermKind::Binary:
      return PrintBinary(term);
    case TermKind::Negate: {
      const Term& operand = *term.parts[0];
      if (operand.type == kInt) {
        return PrintIntOperation(term);
      }
      if (operand.type == kFloat) {
        return {"-" + Text(operand, Level::Literal), Level::Unary};
      }
      return Unboxed(Call("any_negate", {Text(operand)}), term.type);
    }
    case TermKind::Not:
      return {std::string(syntax_.no) + Text(*term.parts[0], Level::Unary), Level::Unary};
    case TermKind::And:
      return PrintLogical(term, syntax_.both, Level::And);
    case TermKind::Or:
      return PrintLogical(term, syntax_.either, Level::Or);
    case TermKind::Choose:
      return PrintChoose(term);
    case TermKind::Index: {
      const Term& object = *term.parts[0];
      const Term& index = *term.parts[1];
      if (object.type == kStr && index.type == kInt) {
        return Call("character", {Text(object), Text(index)});
      }
      if (IsOpen(object.type) || index.type != kInt) {
        return Unboxed(Call("any_element", {Text(object), Text(index)}), term.type);
      }
      return PrintElement(Print(object), index);
    }
    case TermKind::List: {
      std::vector<std::string> items;
      for (const Term* part : term.parts) {
        items.push_back(Text(*part));
      }
      if (IsOpen(term.type) && !items.empty()) {
        return Call("any_list_of", items);
      }
      std::string text(syntax_.open_list);
      for (size_t i = 0; i < items.size(); ++i) {
        text += (i == 0 ? "" : ", ") + items[i];
      }
      return {text + std::string(syntax_.close_list), Level::Literal};
    }
    case TermKind::Comprehension:
      LAB_CHECK(!"comprehensions are loops here");
      break;
    case TermKind::ToFloat: {
      const Piece piece = Print(*term.parts[0]);
      return {ToFloat(piece), syntax_.ints == Ints::Int64 ? Level::Add : piece.level};
    }
    case TermKind::Box:
      return Boxed(Print(*term.parts[0]), term.parts[0]->type, term.parts[0]);
    case TermKind::Unbox:
      return Unboxed(Print(*term.parts[0]), term.type);
    case TermKind::Check:
      return PrintCheck(term);
    case TermKind::CheckBool:
      return Call("check_bool", {Text(*term.parts[0])});
    case TermKind::Keep:
      return Print(*term.parts[0]);
  }
  LAB_CHECK(false);
  return {};
}

// A call as it stands, even where what it returns is nothing.
Piece ScriptPrinter::PrintReturned(const Term& term) {
  if (term.kind == TermKind::CallBuiltin) {
    std::vector<Arg> args;
    for (const Term* part : term.parts) {
      args.push_back({.piece = Print(*part), .type = part->type, .term = part});
    }
    return PrintBuiltin(term.builtin, args, term.type);
  }
  const bool is_call = term.kind == TermKind::Call || term.kind == TermKind::CallValue;
  return is_call ? PrintCall(term) : Print(term);
}

Piece ScriptPrinter::PrintCall(const Term& term) {
  std::vector<std::string> args;
  for (const Term* part : term.parts) {
    args.push_back(Text(*part));
  }
  if (term.kind == TermKind::CallValue && term.index == kNoRoutine) {
    return Unboxed(Call("call", args), term.type);
  }
  size_t first = 0;
  std::string text;
  if (term.kind == TermKind::Call) {
    text = module_.routines[term.index]->name;
  } else {
    text = Text(*term.parts[0], Level::Postfix);
    first = 1;
  }
  text += '(';
  for (size_t i = first; i < args.size(); ++i) {
    text += (i == first ? "" : ", ") + args[i];
  }
  return {text + ")"};
}

Piece ScriptPrinter::PrintCheck(const Term& term) {
  const TypeId type = term.type;
  // What is declared to be a function may be any.
  const bool is_function = term.declared->kind == frontend::TypeExprKind::Function;
  const Piece checked = Call(
      "check",
      {Text(*term.parts[0]), is_function ? Quoted("function") : TypeText(type), Quoted(term.text)});
  return Unboxed(checked, type);
}

Piece ScriptPrinter::PrintLogical(const Term& term, std::string_view op, Level level) {
  std::string text;
  for (const Term* part : term.parts) {
    text += text.empty() ? "" : " " + std::string(op) + " ";
    text += Text(*part, static_cast<Level>(static_cast<uint8_t>(level) + 1));
  }
  return {text, level};
}

Piece ScriptPrinter::PrintBinary(const Term& term) {
  const Term& left = *term.parts[0];
  const Term& right = *term.parts[1];
  const std::string_view op = SpellingOf(term.op);
  const bool is_comparison = frontend::IsComparison(term.op);
  const bool is_equality = term.op == BinaryOp::Eq || term.op == BinaryOp::Ne;
  if (IsOpen(left.type) || IsOpen(right.type) ||
      !IsSettled(*module_.types, term.op, left.type, right.type)) {
    const std::vector<std::string> args{Text(left), Quoted(op), Text(right)};
    return Unboxed(Call(is_equality     ? "any_equal"
                        : is_comparison ? "any_ordered"
                                        : "any_binary",
                        args),
                   term.type);
  }
  const std::string_view sign = term.op == BinaryOp::Eq   ? syntax_.equal
                                : term.op == BinaryOp::Ne ? syntax_.unequal
                                                          : op;
  const bool are_numbers = IsNumber(left.type) && IsNumber(right.type);
  if (left.type == kInt && right.type == kInt) {
    return PrintIntOperation(term);
  }
  if (left.type == kNone) {
    return {term.op == BinaryOp::Eq ? "true" : "false", Level::Literal};
  }
  if (is_comparison) {
    if (KindOf(left.type) == TypeKind::List) {
      if (is_equality) {
        const Piece equal = Call("equal_lists", {Text(left), Text(right)});
        return term.op == BinaryOp::Eq ? equal
                                       : Piece{std::string(syntax_.no) + equal.text, Level::Unary};
      }
      return Call("ordered", {Text(left), Quoted(op), Text(right)});
    }
    if (left.type == kStr && !is_equality) {
      return CompareTexts(term.op, Print(left), Print(right));
    }
    return Infix(Print(left), sign, Print(right), Level::Compare);
  }
  if (are_numbers) {
    switch (term.op) {
      case BinaryOp::Add:
      case BinaryOp::Sub:
        return Infix(Print(left), op, Print(right), Level::Add);
      case BinaryOp::Mul:
        return Infix(Print(left), op, Print(right), Level::Mul);
      case BinaryOp::Div:
        return DivideFloats(term, Print(left), Print(right));
      case BinaryOp::FloorDiv:
        return Call("float_floor_div", {Text(left), Text(right)});
      case BinaryOp::Mod:
        return Call("float_mod", {Text(left), Text(right)});
      case BinaryOp::Pow:
        return Call("float_power", {Text(left), Text(right)});
      case BinaryOp::Eq:
      case BinaryOp::Ne:
      case BinaryOp::Lt:
      case BinaryOp::Le:
      case BinaryOp::Gt:
      case BinaryOp::Ge:
        LAB_CHECK(!"a comparison");
    }
  }
  if (term.op == BinaryOp::Mul) {
    const Term& repeated = left.type == kInt ? right : left;
    const Term& count = left.type == kInt ? left : right;
    return Call(repeated.type == kStr ? "repeat_text" : "repeat_list",
                {Text(repeated), Text(count)});
  }
  LAB_CHECK(term.op == BinaryOp::Add);
  if (left.type == kStr) {
    return Infix(Print(left), syntax_.join, Print(right), syntax_.join_level);
  }
  return Call("joined_lists", {Text(left), Text(right)});
}

}  // namespace emit
