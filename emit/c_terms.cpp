// Terms as C expressions. tests/emit/c_test.cpp; that they mean the same: tests/peers.

#include <cmath>

#include "emit/c_names.h"
#include "emit/c_printer.h"
#include "emit/operators.h"
#include "frontend/check.h"
#include "frontend/print_source.h"
#include "runtime/error_texts.h"
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

namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? word : ", " + word;
  }
  return text;
}

// As the program spells it, without `_`.
std::string Spelled(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != '_') {
      digits += c;
    }
  }
  return digits;
}

std::string QuotedText(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (c == '?' && quoted.ends_with('?')) {
      quoted += "\\?";  // no trigraph
    } else if (byte < 0x20 || byte == 0x7f) {
      const char octal[] = {'\\', static_cast<char>('0' + (byte >> 6)),
                            static_cast<char>('0' + (byte >> 3 & 7)),
                            static_cast<char>('0' + (byte & 7))};
      quoted.append(octal, sizeof octal);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

bool IsLibmFunction(std::string_view name) {
#define LAB_LIBM(function, shape) \
  if (name == #function) {        \
    return true;                  \
  }
#include "runtime/libm.def"
#undef LAB_LIBM
  return false;
}

bool IsExactAsFloat(const Term& term) {
  constexpr int64_t kExact = int64_t{1} << 53;
  return term.kind == TermKind::Int && term.integer >= -kExact && term.integer <= kExact;
}

}  // namespace

std::string CPrinter::Call(std::string_view name, const std::vector<std::string>& args) {
  return std::string(name) + "(" + Joined(args) + ")";
}

std::string CPrinter::Failing(std::string_view name, const std::vector<std::string>& args) {
  if (!has_line_parameter_) {
    return Call(name, args);
  }
  return std::string(name) + "_at(" + Joined(args) + (args.empty() ? "" : ", ") + "line)";
}

std::string CPrinter::NameOf(LocalId local) const {
  return (routine_->yields ? "self->" : "") + routine_->locals[local].name;
}

const std::string& CPrinter::FunctionName(const Routine& routine) const {
  for (RoutineId id = 0; id < module_.routines.size(); ++id) {
    if (module_.routines[id].get() == &routine) {
      return function_names_[id];
    }
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

CPrinter::Operand CPrinter::OperandOf(const Term& term) {
  return {.text = Text(term), .type = term.type, .is_owned = IsOwned(term)};
}

// The text of the term as one that belongs to the place around.
std::string CPrinter::Owned(const Term& term) {
  const bool is_scalar_in_box = term.kind == TermKind::Box && !IsObject(term.parts[0]->type);
  if (!IsObject(term.type) || IsOwned(term) || is_scalar_in_box) {
    return Text(term);
  }
  return (ShapeOf(term.type) == Shape::Value ? "retain_value(" : "retain(") + Text(term) + ")";
}

std::string CPrinter::OwnedAs(const Term& term, TypeId type) {
  return Converted({.text = Owned(term), .type = term.type}, type);
}

std::string CPrinter::Text(const Term& term, Binding least) {
  const auto bracket = [&](std::string text, Binding binding) {
    return binding < least ? "(" + text + ")" : text;
  };
  switch (term.kind) {
    case TermKind::Int:
    case TermKind::Float:
    case TermKind::Str:
    case TermKind::Bool:
    case TermKind::None:
    case TermKind::Constant:
      return LiteralText(term, least);
    case TermKind::Local:
      return ShapeOf(term.type) == Shape::Unit ? "" : NameOf(term.index);
    case TermKind::Global: {
      const std::string& name = global_names_[term.index];
      const std::string value = ShapeOf(term.type) == Shape::Unit ? "" : name;
      if (!term.is_checked) {
        return value;
      }
      const std::string check =
          Failing("check_set", {name + "_is_set", QuotedText(module_.globals[term.index].name)});
      return value.empty() ? check : "(" + check + ", " + value + ")";
    }
    case TermKind::Routine:
    case TermKind::Builtin:
      return "";
    case TermKind::Lambda:
      return LambdaText(term);
    case TermKind::Call:
      return CallText(term);
    case TermKind::CallValue:
      return CallValueText(term);
    case TermKind::CallBuiltin:
      return BuiltinText(term, least);
    case TermKind::Binary:
      return BinaryText(term, least);
    case TermKind::Negate:
      if (term.type == kAny) {
        return Failing("neg_value", {Text(*term.parts[0])});
      }
      if (term.type == kInt && term.parts[0]->kind != TermKind::Int &&
          options_.overflow == Overflow::Checked) {
        return Failing("neg_int", {Text(*term.parts[0])});
      }
      return bracket("-" + Text(*term.parts[0], Binding::Primary), Binding::Unary);
    case TermKind::Not:
      return bracket("!" + Text(*term.parts[0], Binding::Primary), Binding::Unary);
    case TermKind::And:
    case TermKind::Or: {
      const bool is_and = term.kind == TermKind::And;
      std::string text;
      for (const Term* part : term.parts) {
        text += text.empty() ? "" : is_and ? " && " : " || ";
        // Compilers warn of `a && b || c`.
        text += Text(*part, Binding::Equal);
      }
      return bracket(text, is_and ? Binding::And : Binding::Or);
    }
    case TermKind::Index:
      return IndexText(term, false);
    case TermKind::List:
      return ListText(term);
    case TermKind::ToFloat: {
      const Term& part = *term.parts[0];
      return bracket("(double)" + Text(part, Binding::Unary), Binding::Unary);
    }
    case TermKind::Box:
    case TermKind::Unbox:
      // A list whose elements are not known is held like any other.
      return Converted(
          {.text = Text(*term.parts[0], Binding::Primary), .type = term.parts[0]->type}, term.type);
    case TermKind::Check:
      return CheckText(Boxed(OperandOf(*term.parts[0])), term.type, *term.declared, term.text);
    case TermKind::CheckBool:
      return Failing("condition", {Text(*term.parts[0])});
    case TermKind::Keep:
      return Text(*term.parts[0]);
    case TermKind::Choose:
    case TermKind::Comprehension:
      break;  // not with these traits
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

std::string CPrinter::LiteralText(const Term& term, Binding least) {
  switch (term.kind) {
    case TermKind::Int: {
      if (term.integer == INT64_MIN) {
        return "INT64_MIN";
      }
      const std::string text =
          term.text.empty() ? std::to_string(term.integer) : Spelled(term.text);
      return text.starts_with('-') && least > Binding::Unary ? "(" + text + ")" : text;
    }
    case TermKind::Float: {
      if (!std::isfinite(term.real)) {
        return std::isnan(term.real) ? "NAN" : term.real < 0 ? "(-INFINITY)" : "INFINITY";
      }
      if (!term.text.empty()) {
        return Spelled(term.text);
      }
      const std::string text = runtime::NumberText(runtime::Value::Float(term.real));
      return text.starts_with('-') && least > Binding::Unary ? "(" + text + ")" : text;
    }
    case TermKind::Str: {
      int64_t length = 0;
      for (const char c : term.text) {
        length += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
      }
      const std::string quoted = QuotedText(term.text);
      return length == static_cast<int64_t>(term.text.size())
                 ? "STR(" + quoted + ")"
                 : "STR_OF_LENGTH(" + quoted + ", " + std::to_string(length) + ")";
    }
    case TermKind::Bool:
      return term.boolean ? "true" : "false";
    case TermKind::Constant:
      switch (term.builtin) {
        case BuiltinKind::Pi:
          return "M_PI";
        case BuiltinKind::E:
          return "M_E";
        case BuiltinKind::Inf:
          return "INFINITY";
        default:
          return "NAN";
      }
    default:
      return "";  // none
  }
}

// Operators ------------------------------------------------------------------------

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

// Objects --------------------------------------------------------------------------

std::string CPrinter::IndexText(const Term& term, bool is_borrowed) {
  const Term& object = *term.parts[0];
  const Term& index = *term.parts[1];
  if (object.type == kStr && index.type == kInt) {
    return Failing("char_at", {Text(object), Text(index)});
  }
  const std::string_view field =
      ShapeOf(object.type) == Shape::List && index.type == kInt ? FieldOf(term.type) : "";
  if (field.empty()) {
    return Failing("value_at", {Boxed(OperandOf(object)), Boxed(OperandOf(index))});
  }
  const std::string text = Text(object, Binding::Primary) + "->" + std::string(field) + "[" +
                           Failing("at", {Text(object), Text(index)}) + "]";
  return IsObject(term.type) && !is_borrowed ? "retain(" + text + ")" : text;
}

std::string CPrinter::ListText(const Term& term) {
  const TypeId element = term.type == kAny ? kAny : module_.types->Element(term.type);
  const std::string code = ElementCode(element);
  std::string text;
  if (term.parts.empty()) {
    text = Call("new_list", {code, "0"});
  } else {
    std::vector<std::string> items;
    for (const Term* part : term.parts) {
      items.push_back(code == "ANY" ? Boxed(OperandOf(*part)) : Text(*part));
    }
    std::string_view part = "list_of";
    std::string macro;
    switch (ShapeOf(element)) {
      case Shape::Bool:
        macro = "BOOLS";
        break;
      case Shape::Int:
        macro = "INTS";
        break;
      case Shape::Float:
        macro = "FLOATS";
        break;
      case Shape::Str:
        macro = "STRS";
        break;
      case Shape::List:
        macro = "LISTS";
        part = "lists";
        items.insert(items.begin(), code);
        break;
      case Shape::Unit:
      case Shape::Buffer:
      case Shape::Seq:
      case Shape::Function:
      case Shape::Value:
        macro = "VALUES";
        part = "values";
        break;
    }
    text = macro + "(" + Joined(items) + ")";
  }
  if (term.type == kAny) {
    return "of_list(" + text + ")";
  }
  return text;
}

std::string CPrinter::CheckText(const std::string& value, TypeId type,
                                const frontend::TypeExpr& declared, std::string_view name) {
  const std::string words = declared.kind == frontend::TypeExprKind::Function
                                ? "a function"
                                : runtime::WithArticle(frontend::PrintType(declared));
  if (ShapeOf(type) == Shape::List) {
    return Failing("check_list", {value, ElementCode(module_.types->Element(type)),
                                  QuotedText(name), QuotedText(words)}) +
           ".list";
  }
  std::string_view tag;
  switch (ShapeOf(type)) {
    case Shape::Unit:
      tag = "NONE";
      break;
    case Shape::Bool:
      tag = "BOOL";
      break;
    case Shape::Int:
      tag = "INT";
      break;
    case Shape::Float:
      tag = "FLOAT";
      break;
    case Shape::Str:
      tag = "TEXT";
      break;
    case Shape::Seq:
      tag = "SEQ";
      break;
    case Shape::Value:
      tag = "FUNCTION";  // declared with the types of its arguments, which nobody looks at
      break;
    case Shape::List:
    case Shape::Buffer:
    case Shape::Function:
      LAB_CHECK(false);
  }
  return Unboxed(
      Failing("check_type", {value, std::string(tag), QuotedText(name), QuotedText(words)}), type);
}

// Calls ----------------------------------------------------------------------------

// The arguments that need room; those that do not, but do something, go to `effects`.
std::string CPrinter::Arguments(const Routine& routine, std::span<Term* const> args,
                                std::vector<std::string> more, std::vector<std::string>* effects) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < args.size(); ++i) {
    const TypeId type = i < routine.locals.size() ? routine.locals[i].type : kAny;
    if (ShapeOf(type) != Shape::Unit) {
      texts.push_back(Converted(OperandOf(*args[i]), type));
    } else if (!IsIdle(*args[i])) {
      effects->push_back(Text(*args[i]));
    }
  }
  texts.insert(texts.end(), more.begin(), more.end());
  return Joined(texts);
}

std::string CPrinter::CallText(const Term& call) {
  const Routine& routine = RoutineAt(call.index);
  std::vector<std::string> effects;
  std::string text;
  if (routine.kind == RoutineKind::Extern) {
    std::vector<std::string> args;
    for (const Term* arg : call.parts) {
      args.push_back(Text(*arg));
    }
    text = ExternCall(routine, args);
  } else {
    text = FunctionName(routine) + "(" + Arguments(routine, call.parts, {}, &effects) + ")";
  }
  for (const std::string& effect : effects) {
    text = effect + ", " + text;
  }
  text = effects.empty() ? text : "(" + text + ")";
  if (ShapeOf(call.type) == Shape::Unit || routine.yields) {
    return text;
  }
  return Converted({.text = text, .type = routine.result}, call.type);
}

std::string CPrinter::ExternCall(const Routine& routine, const std::vector<std::string>& args) {
  const frontend::FunctionDecl& decl =
      *module_.program->resolution.functions[routine.function].decl;
  std::vector<std::string> texts;
  for (size_t i = 0; i < args.size(); ++i) {
    switch (decl.params[i].type->kind) {
      case frontend::TypeExprKind::F32:
        texts.push_back("(float)" +
                        (args[i].find(' ') != std::string::npos ? "(" + args[i] + ")" : args[i]));
        break;
      case frontend::TypeExprKind::I32:
        texts.push_back(Failing("i32", {args[i], QuotedText(decl.params[i].binding.name)}));
        break;
      default:
        texts.push_back(args[i]);
        break;
    }
  }
  if (!IsLibmFunction(decl.binding.name)) {
    return "(fail(__LINE__, \"extern\", \"the library \\\"m\\\" has no function `" +
           std::string(decl.binding.name) + "` that may be called\"), 0)";
  }
  // In brackets: not the prelude's function of that name.
  const std::string name(module_.program->resolution.functions[routine.function].name);
  return (IsCWord(name) ? "(" + name + ")" : name) + "(" + Joined(texts) + ")";
}

std::string CPrinter::CallValueText(const Term& call) {
  const Term& callee = *call.parts[0];
  const std::span<Term* const> args = call.parts.subspan(1);
  if (call.index == kNoRoutine) {
    std::vector<std::string> values;
    for (const Term* arg : args) {
      values.push_back(Boxed(OperandOf(*arg)));
    }
    const std::string function = Boxed(OperandOf(callee));
    const std::string all = values.empty() ? "NULL" : "(Value[]){" + Joined(values) + "}";
    return Failing("call_value", {function, std::to_string(values.size()), all});
  }
  const Routine& routine = RoutineAt(call.index);
  if (routine.kind == RoutineKind::Extern) {
    std::vector<std::string> texts;
    for (const Term* arg : args) {
      texts.push_back(Text(*arg));
    }
    return ExternCall(routine, texts);
  }
  // What the lambda has captured goes behind the arguments.
  std::vector<std::string> captured;
  const Term* lambda = callee.kind == TermKind::Lambda  ? &callee
                       : callee.kind == TermKind::Local ? lambdas_[callee.index]
                                                        : nullptr;
  for (uint32_t i = 0; i < routine.capture_count; ++i) {
    const Variable& capture = routine.locals[routine.param_count + i];
    if (ShapeOf(capture.type) == Shape::Unit) {
      continue;
    }
    captured.push_back(lambda != nullptr ? Text(*lambda->parts[i])
                                         : "((" + CaptureStruct(routine) + " *)" +
                                               Text(callee, Binding::Unary) + ")->" + capture.name);
  }
  std::vector<std::string> effects;
  if (!IsIdle(callee) && lambda == nullptr && ShapeOf(callee.type) == Shape::Unit) {
    effects.push_back(Text(callee));
  }
  std::string text =
      FunctionName(routine) + "(" + Arguments(routine, args, captured, &effects) + ")";
  for (const std::string& effect : effects) {
    text = effect + ", " + text;
  }
  text = effects.empty() ? text : "(" + text + ")";
  return ShapeOf(call.type) == Shape::Unit || routine.yields
             ? text
             : Converted({.text = text, .type = routine.result}, call.type);
}

// A new object with what the lambda has captured; nothing, when that needs no room.
std::string CPrinter::LambdaText(const Term& lambda) {
  if (ShapeOf(lambda.type) == Shape::Unit) {
    return "";
  }
  const Routine& routine = RoutineAt(lambda.index);
  FunctionValue(routine);
  std::vector<std::string> captured;
  for (uint32_t i = 0; i < routine.capture_count; ++i) {
    if (ShapeOf(routine.locals[routine.param_count + i].type) != Shape::Unit) {
      captured.push_back(Text(*lambda.parts[i]));
    }
  }
  return "new_" + FunctionName(routine) + "(" + Joined(captured) + ")";
}

}  // namespace emit
