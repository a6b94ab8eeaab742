// Terms as C expressions. tests/emit/c_test.cpp; that they mean the same: tests/peers.

#include <cmath>

#include "emit/c_printer.h"
#include "emit/c_text.h"
#include "frontend/check.h"
#include "frontend/print_source.h"
#include "runtime/error_texts.h"
#include "runtime/number_text.h"

namespace emit {

using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kFloat;
using runtime::kInt;
using runtime::kStr;

namespace {

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
  return Retained(Text(term), term.type);
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
          Failing("check_set", {name + "_is_set", QuotedForC(module_.globals[term.index].name)});
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
      if (term.type == kInt && !IsNegatable(*term.parts[0]) &&
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
      return Failing("check_bool", {Text(*term.parts[0])});
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
      const std::string quoted = QuotedForC(term.text);
      return length == static_cast<int64_t>(term.text.size())
                 ? "STR(" + quoted + ")"
                 : "STR_OF_LENGTH(" + quoted + ", " + std::to_string(length) + ")";
    }
    case TermKind::Bool:
      return term.boolean ? "true" : "false";
    case TermKind::Constant:
      return term.builtin == BuiltinKind::Pi    ? "M_PI"
             : term.builtin == BuiltinKind::E   ? "M_E"
             : term.builtin == BuiltinKind::Inf ? "INFINITY"
                                                : "NAN";
    case TermKind::None:
    case TermKind::Local:
    case TermKind::Global:
    case TermKind::Routine:
    case TermKind::Builtin:
    case TermKind::Lambda:
    case TermKind::Call:
    case TermKind::CallValue:
    case TermKind::CallBuiltin:
    case TermKind::Binary:
    case TermKind::Negate:
    case TermKind::Not:
    case TermKind::And:
    case TermKind::Or:
    case TermKind::Choose:
    case TermKind::Index:
    case TermKind::List:
    case TermKind::Comprehension:
    case TermKind::ToFloat:
    case TermKind::Box:
    case TermKind::Unbox:
    case TermKind::Check:
    case TermKind::CheckBool:
    case TermKind::Keep:
      break;
  }
  return "";  // none
}

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
                                  QuotedForC(name), QuotedForC(words)}) +
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
      Failing("check_type", {value, std::string(tag), QuotedForC(name), QuotedForC(words)}), type);
}

}  // namespace emit
