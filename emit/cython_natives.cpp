// What Cython takes terms for. tests/emit/cython_test.cpp.

#include "emit/cython_types.h"
#include "emit/operators.h"
#include "emit/walk.h"
#include "frontend/check.h"

namespace emit {

using frontend::BinaryOp;
using frontend::TypeExprKind;
using runtime::BuiltinKind;

namespace {

Native NativeOfType(std::string_view type) {
  return type == "double" ? Native::Float : type == "long long" ? Native::Int : Native::No;
}

}  // namespace

bool HasTypedVersion(BuiltinKind builtin) {
  // CPython's own hypot is more exact than C's.
  return builtin == BuiltinKind::Fabs ||
         (builtin >= BuiltinKind::Sqrt && builtin <= BuiltinKind::Pow);
}

bool IsRounding(BuiltinKind builtin) {
  return builtin == BuiltinKind::Floor || builtin == BuiltinKind::Ceil ||
         builtin == BuiltinKind::Round || builtin == BuiltinKind::Int;
}

Native CythonTypes::NativeOf(const Routine& routine, const Term& term) const {
  switch (term.kind) {
    case TermKind::Int:  // a longer one is an object
      return term.integer <= INT32_MAX && term.integer >= -INT32_MAX ? Native::Literal : Native::No;
    case TermKind::Float:
    case TermKind::ToFloat:
      return Native::Float;
    case TermKind::Constant:
      return FormOf(routine).is_typed ? Native::Float : Native::No;
    case TermKind::Local:
      return NativeOfType(TypeOf(routine, term.index));
    case TermKind::Global:
      return NativeOfType(TypeOfGlobal(term.index));
    case TermKind::Call:
      return NativeOfType(TypeOfResult(*module_.routines[term.index]));
    case TermKind::CallBuiltin:
      return NativeOfBuiltin(routine, term);
    case TermKind::Binary:
      return NativeOfBinary(routine, term);
    case TermKind::Negate:
      return IsNumber(term.parts[0]->type) ? NativeOf(routine, *term.parts[0]) : Native::No;
    case TermKind::Choose: {
      const Native value = NativeOf(routine, *term.parts[1]);
      return value == NativeOf(routine, *term.parts[2]) ? value : Native::No;
    }
    case TermKind::Box:
    case TermKind::Unbox:
      return NativeOf(routine, *term.parts[0]);
    case TermKind::Str:
    case TermKind::Bool:
    case TermKind::None:
    case TermKind::Routine:
    case TermKind::Builtin:
    case TermKind::Lambda:
    case TermKind::CallValue:
    case TermKind::Not:
    case TermKind::And:
    case TermKind::Or:
    case TermKind::Index:
    case TermKind::List:
    case TermKind::Comprehension:
    case TermKind::Check:
    case TermKind::CheckBool:
    case TermKind::Keep:
      return Native::No;
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

Native CythonTypes::NativeOfBuiltin(const Routine& routine, const Term& call) const {
  if (call.builtin == BuiltinKind::Len) {
    return Native::Int;
  }
  if (call.builtin == BuiltinKind::Float) {
    return call.parts[0]->type == runtime::kAny ? Native::No : Native::Float;
  }
  if (HasTypedVersion(call.builtin)) {
    return IsTypedMath(routine, call) ? Native::Float : Native::No;
  }
  if (call.parts.empty()) {
    return Native::No;
  }
  const Native first = NativeOf(routine, *call.parts[0]);
  if (call.builtin == BuiltinKind::Keep) {
    return first;
  }
  if (call.builtin == BuiltinKind::Abs) {
    return first == Native::Literal ? Native::Int : first;
  }
  if (IsRounding(call.builtin)) {
    return first != Native::Float || DependsOnTyped(routine, *call.parts[0])
               ? (first == Native::Float ? Native::Int : first)
               : Native::No;
  }
  const bool is_extreme = call.builtin == BuiltinKind::Min || call.builtin == BuiltinKind::Max;
  if (!is_extreme || call.parts.size() == 1) {
    return Native::No;
  }
  Native widest = Native::Int;
  for (const Term* part : call.parts) {
    const Native native = NativeOf(routine, *part);
    if (native == Native::No) {
      return Native::No;
    }
    widest = native == Native::Float ? Native::Float : widest;
  }
  return widest;
}

Native CythonTypes::NativeOfBinary(const Routine& routine, const Term& binary) const {
  const Native left = NativeOf(routine, *binary.parts[0]);
  const Native right = NativeOf(routine, *binary.parts[1]);
  const bool is_float = left == Native::Float || right == Native::Float;
  if (frontend::IsComparison(binary.op) || !IsSettled(*module_.types, binary)) {
    return Native::No;
  }
  if (is_float && binary.op == BinaryOp::Mod) {  // never left to Cython
    return Native::Float;
  }
  if (left == Native::No || right == Native::No) {
    return Native::No;
  }
  if (is_float || binary.op == BinaryOp::Div) {
    return Native::Float;
  }
  if (left == Native::Literal && right == Native::Literal) {
    // A check makes it an object; Cython computes it beforehand, without an end to its ints.
    return options_.overflow == Overflow::Checked && binary.op != BinaryOp::Mod ? Native::No
                                                                                : Native::Literal;
  }
  return Native::Int;
}

std::string_view CythonTypes::NarrowType(const Term& term) const {
  if (term.kind == TermKind::Call) {
    const Routine& callee = *module_.routines[term.index];
    if (callee.kind != RoutineKind::Extern || !IsCompiled(callee)) {
      return {};
    }
    const TypeExprKind result =
        module_.program->resolution.functions[callee.function].decl->result_type->kind;
    return result == TypeExprKind::F32   ? "float"
           : result == TypeExprKind::I32 ? "int"
                                         : std::string_view();
  }
  const bool is_of_its_parts =
      term.kind == TermKind::Negate || term.kind == TermKind::Choose ||
      (term.kind == TermKind::CallBuiltin &&
       (term.builtin == BuiltinKind::Abs || term.builtin == BuiltinKind::Min ||
        term.builtin == BuiltinKind::Max || term.builtin == BuiltinKind::Keep));
  return is_of_its_parts ? NarrowType(*term.parts.back()) : std::string_view();
}

bool CythonTypes::IsTypedMath(const Routine& routine, const Term& term) const {
  if (term.kind == TermKind::Constant) {
    return FormOf(routine).is_typed;
  }
  if (term.kind != TermKind::CallBuiltin || !HasTypedVersion(term.builtin)) {
    return false;
  }
  bool depends = FormOf(routine).is_typed;
  for (const Term* part : term.parts) {
    if (NativeOf(routine, *part) == Native::No) {
      return false;
    }
    depends = depends || DependsOnTyped(routine, *part);
  }
  return depends;
}

// Whether something in a native term has been declared, rather than being spelled.
bool CythonTypes::DependsOnTyped(const Routine& routine, const Term& term) const {
  bool depends = false;
  ForEachTerm(term, [&](const Term& part) {
    const bool is_name = part.kind == TermKind::Local || part.kind == TermKind::Global ||
                         part.kind == TermKind::Call;
    depends = depends || (is_name && NativeOf(routine, part) != Native::No);
  });
  return depends;
}

}  // namespace emit
