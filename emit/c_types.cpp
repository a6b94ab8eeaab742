// How values of each type are held in C, and their changes of type. tests/emit/c_test.cpp.

#include <algorithm>

#include "emit/c_printer.h"
#include "emit/effects.h"
#include "frontend/check.h"

namespace emit {

using runtime::TypeKind;

CPrinter::Shape CPrinter::ShapeOf(TypeId type) const {
  switch (module_.types->Kind(type)) {
    case TypeKind::Never:
    case TypeKind::None:
    case TypeKind::Function:
    case TypeKind::Builtin:
      return Shape::Unit;
    case TypeKind::Bool:
      return Shape::Bool;
    case TypeKind::Int:
      return Shape::Int;
    case TypeKind::Float:
      return Shape::Float;
    case TypeKind::Str:
      return Shape::Str;
    case TypeKind::Buffer:
      return Shape::Buffer;
    case TypeKind::List:
      return Shape::List;
    case TypeKind::Seq:
      return Shape::Seq;
    case TypeKind::Lambda:
      for (const TypeId capture : module_.types->Get(type).args) {
        if (ShapeOf(capture) != Shape::Unit) {
          return Shape::Function;
        }
      }
      return Shape::Unit;
    case TypeKind::Any:
    case TypeKind::Cell:
      return Shape::Value;
  }
  LAB_CHECK(false);
}

bool CPrinter::IsObject(Shape shape) {
  switch (shape) {
    case Shape::Unit:
    case Shape::Bool:
    case Shape::Int:
    case Shape::Float:
      return false;
    case Shape::Str:
    case Shape::List:
    case Shape::Buffer:
    case Shape::Seq:
    case Shape::Function:
    case Shape::Value:
      return true;
  }
  LAB_CHECK(false);
}

std::string CPrinter::CType(TypeId type) const {
  switch (ShapeOf(type)) {
    case Shape::Unit:
      return "void";
    case Shape::Bool:
      return "bool";
    case Shape::Int:
      return "int64_t";
    case Shape::Float:
      return "double";
    case Shape::Str:
      return "Str *";
    case Shape::List:
      return "List *";
    case Shape::Buffer:
      return "Buffer *";
    case Shape::Seq:
      return "Seq *";
    case Shape::Function:
      return "Function *";
    case Shape::Value:
      return "Value";
  }
  LAB_CHECK(false);
}

std::string CPrinter::ResultType(const Routine& routine) const {
  return routine.yields ? "Seq *" : CType(routine.result);
}

std::string CPrinter::Declared(TypeId type, const std::string& name) const {
  const std::string c_type = CType(type);
  return c_type + (c_type.ends_with('*') ? "" : " ") + name;
}

std::string CPrinter::ElementCode(TypeId element) const {
  switch (ShapeOf(element)) {
    case Shape::Bool:
      return "BOOL";
    case Shape::Int:
      return "INT";
    case Shape::Float:
      return "FLOAT";
    case Shape::Str:
      return "TEXT";
    case Shape::List:
      return "LIST_OF(" + ElementCode(module_.types->Element(element)) + ")";
    case Shape::Unit:
    case Shape::Buffer:
    case Shape::Seq:
    case Shape::Function:
    case Shape::Value:
      return "ANY";
  }
  LAB_CHECK(false);
}

std::string_view CPrinter::FieldOf(TypeId element) const {
  switch (ShapeOf(element)) {
    case Shape::Bool:
      return "bools";
    case Shape::Int:
      return "ints";
    case Shape::Float:
      return "floats";
    case Shape::Str:
      return "strs";
    case Shape::List:
      return "lists";
    case Shape::Unit:
    case Shape::Buffer:
    case Shape::Seq:
    case Shape::Function:
    case Shape::Value:
      return "";  // looked at when the program runs
  }
  LAB_CHECK(false);
}

std::string CPrinter::Boxed(const Operand& value) {
  switch (ShapeOf(value.type)) {
    case Shape::Unit: {
      const std::string function = FunctionOfType(value.type);
      const std::string box = function.empty() ? "of_none()" : "of_function(&" + function + ")";
      return value.text.empty() ? box : "(" + value.text + ", " + box + ")";
    }
    case Shape::Bool:
      return "of_bool(" + value.text + ")";
    case Shape::Int:
      return "of_int(" + value.text + ")";
    case Shape::Float:
      return "of_float(" + value.text + ")";
    case Shape::Str:
      return "of_str(" + value.text + ")";
    case Shape::List:
      return "of_list(" + value.text + ")";
    case Shape::Buffer:
      return "of_buffer(" + value.text + ")";
    case Shape::Seq:
      return "of_seq(" + value.text + ")";
    case Shape::Function:
      return "of_function(" + value.text + ")";
    case Shape::Value:
      return value.text;
  }
  LAB_CHECK(false);
}

// `value`: the text of a Value, which binds tightly.
std::string CPrinter::Unboxed(const std::string& value, TypeId type) const {
  switch (ShapeOf(type)) {
    case Shape::Unit:
    case Shape::Value:
      return value;
    case Shape::Bool:
      return value + ".boolean";
    case Shape::Int:
      return value + ".integer";
    case Shape::Float:
      return value + ".real";
    case Shape::Str:
      return value + ".str";
    case Shape::List:
      return value + ".list";
    case Shape::Buffer:
      return value + ".buffer";
    case Shape::Seq:
      return value + ".seq";
    case Shape::Function:
      return value + ".function";
  }
  LAB_CHECK(false);
}

std::string CPrinter::Converted(const Operand& value, TypeId to) {
  const Shape from = ShapeOf(value.type);
  const Shape shape = ShapeOf(to);
  if (from == shape) {
    return value.text;
  }
  if (shape == Shape::Value) {
    return Boxed(value);
  }
  if (from == Shape::Unit) {  // where the program never comes to, or to begin with
    return IsObject(shape) ? "NULL" : "0";
  }
  return from == Shape::Value ? Unboxed(value.text, to) : value.text;
}

// One more reference, where the type has any.
std::string CPrinter::Retained(const std::string& text, TypeId type) const {
  if (!IsObject(type)) {
    return text;
  }
  return (ShapeOf(type) == Shape::Value ? "retain_value(" : "retain(") + text + ")";
}

bool CPrinter::IsOwned(const Term& term) const {
  if (!IsObject(term.type)) {
    return false;
  }
  switch (term.kind) {
    case TermKind::Int:
    case TermKind::Float:
    case TermKind::Str:
    case TermKind::Bool:
    case TermKind::None:
    case TermKind::Constant:
    case TermKind::Local:
    case TermKind::Global:
    case TermKind::Routine:
    case TermKind::Builtin:
    case TermKind::Not:
    case TermKind::And:
    case TermKind::Or:
    case TermKind::Choose:
    case TermKind::ToFloat:
    case TermKind::CheckBool:
      return false;
    case TermKind::Box:
    case TermKind::Unbox:
    case TermKind::Check:
    case TermKind::Keep:
      return IsOwned(*term.parts[0]);
    case TermKind::CallBuiltin:
      return !GivesNone(term.builtin);
    case TermKind::Lambda:
    case TermKind::Call:
    case TermKind::CallValue:
    case TermKind::Binary:
    case TermKind::Negate:
    case TermKind::Index:
    case TermKind::List:
    case TermKind::Comprehension:
      return true;
  }
  LAB_CHECK(false);
}

bool CPrinter::GivesNone(runtime::BuiltinKind builtin) {
  using runtime::BuiltinKind;
  return builtin == BuiltinKind::Append || builtin == BuiltinKind::Write ||
         builtin == BuiltinKind::Assert || builtin == BuiltinKind::Error ||
         builtin == BuiltinKind::Print;
}

// Nothing happens when it is evaluated, so it need not be.
bool CPrinter::IsIdle(const Term& term) const {
  const bool only_holds =
      term.kind == TermKind::Lambda || term.kind == TermKind::Box || term.kind == TermKind::Unbox;
  return IsLiteral(term) || term.kind == TermKind::Local ||
         (term.kind == TermKind::Global && !term.is_checked) ||
         (only_holds && std::all_of(term.parts.begin(), term.parts.end(),
                                    [&](const Term* part) { return IsIdle(*part); }));
}

}  // namespace emit
