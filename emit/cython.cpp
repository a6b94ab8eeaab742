// What Cython writes otherwise than Python: what is typed. tests/emit/cython_test.cpp; that it
// means the same: tests/peers.

#include <algorithm>

#include "emit/cython_types.h"
#include "emit/python_printer.h"
#include "frontend/check.h"

namespace emit {

using frontend::BinaryOp;
using frontend::TypeExpr;
using frontend::TypeExprKind;
using runtime::BuiltinKind;
using runtime::kInt;

namespace {

// Words of Cython, and of what this file makes, that Python does not reserve.
constexpr std::string_view kWords[] = {
    "by",     "char",   "const",    "cppclass", "fused",  "gil",     "include",    "libc",
    "math",   "module", "new",      "NULL",     "public", "rint",    "readonly",   "short",
    "signed", "sizeof", "unsigned", "void",     "DEF",    "IF",      "ELIF",       "ELSE",
    "api",    "exec",   "restrict", "volatile", "size_t", "ssize_t", "Py_ssize_t", "complex",
};

std::string CTypeOf(const TypeExpr& type) {
  switch (type.kind) {
    case TypeExprKind::Int:
      return "long long";
    case TypeExprKind::I32:
      return "int";
    case TypeExprKind::Float:
      return "double";
    case TypeExprKind::F32:
      return "float";
    case TypeExprKind::Bool:
      return "bint";
    case TypeExprKind::None:
      return "void";
    case TypeExprKind::Str:
    case TypeExprKind::List:
    case TypeExprKind::Seq:
    case TypeExprKind::Function:
      break;  // no extern has them
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

std::string_view CastOf(std::string_view narrow) {
  return narrow == "float" ? "<double>" : narrow == "int" ? "<long long>" : "";
}

}  // namespace

bool IsCythonWord(std::string_view name) {
  return IsPythonWord(name) ||
         std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords);
}

void PythonPrinter::PrintDirectives(Writer* head) {
  const bool is_checked = options_.overflow == Overflow::Checked;
  head->Plain("# cython: language_level=3, infer_types=False, overflowcheck=" +
              std::string(is_checked ? "True" : "False"));
  head->Plain("# cython: cdivision=False, boundscheck=True, wraparound=True");
  head->Gap();
}

std::string PythonPrinter::CythonHeader(const Routine& routine, const std::string& signature) {
  if (!cython_->IsCompiled(routine)) {
    return "def " + signature;
  }
  const std::string_view result = cython_->TypeOfResult(routine);
  if (result == "double" || result == "long long") {
    return "cdef " + std::string(result) + " " + signature + " except? -1";
  }
  if (result == "bint") {
    return "cdef bint " + signature + " except -1";
  }
  return "cdef " + std::string(result) + (result.empty() ? "" : " ") + signature;
}

void PythonPrinter::PrintDeclarations(const Routine& routine) {
  if (!cython_) {
    return;
  }
  std::string_view type;
  std::string line;
  for (const auto& [next_type, name] : cython_->DeclarationsOnTop(routine)) {
    if (next_type == type) {
      line += ", " + name;
      continue;
    }
    if (!line.empty()) {
      out_.Plain(line);
    }
    type = next_type;
    line = "cdef " + std::string(type) + " " + name;
  }
  if (!line.empty()) {
    out_.Plain(line);
  }
  // Python counts its own calls, but not those of C and of generators.
  if (routine.is_recursive && (routine.yields || cython_->IsCompiled(routine))) {
    out_.Line(routine.span, Use("check_stack") + "()");
  }
}

void PythonPrinter::PrintCythonExtern(const Routine& routine) {
  const frontend::FunctionDecl& decl =
      *module_.program->resolution.functions[routine.function].decl;
  std::string params;
  for (const frontend::Param& param : decl.params) {
    params +=
        (params.empty() ? "" : ", ") + CTypeOf(*param.type) + " " + std::string(param.binding.name);
  }
  const auto here = std::find_if(module_.routines.begin(), module_.routines.end(),
                                 [&](const auto& each) { return each.get() == &routine; });
  const Routine* before = here == module_.routines.begin() ? nullptr : std::prev(here)->get();
  const bool is_first =
      before == nullptr || before->kind != RoutineKind::Extern || !cython_->IsCompiled(*before);
  if (is_first) {
    out_.Gap();
    out_.Line({.begin = routine.span.begin, .end = routine.span.begin},
              "cdef extern from \"math.h\":");
  }
  out_.Indent();
  out_.Line(routine.span, CTypeOf(*decl.result_type) + " " + routine.name + "(" + params + ")");
  out_.Outdent();
}

std::string PythonPrinter::DeclarationText(LocalId local) {
  if (!cython_ || !cython_->IsDeclaredInPlace(*routine_, local)) {
    return "";
  }
  const std::string_view type = cython_->TypeOf(*routine_, local);
  return type.empty() ? "" : "cdef " + std::string(type) + " ";
}

std::string PythonPrinter::GlobalDeclarationText(frontend::GlobalId global) {
  const std::string_view type = cython_ ? cython_->TypeOfGlobal(global) : std::string_view();
  return type.empty() ? "" : "cdef " + std::string(type) + " ";
}

// Operators ------------------------------------------------------------------------

std::optional<std::string> PythonPrinter::NativeOperation(BinaryOp op, const Term& left,
                                                          const Term& right, Binding least) {
  if (!cython_) {
    return std::nullopt;
  }
  const Native a = cython_->NativeOf(*routine_, left);
  const Native b = cython_->NativeOf(*routine_, right);
  const bool is_float = a == Native::Float || b == Native::Float;
  if (frontend::IsComparison(op)) {
    // C would make a float of the int: Python compares exactly.
    const bool is_mixed = is_float && (a == Native::Int || b == Native::Int);
    if (!is_mixed) {
      return std::nullopt;
    }
    return Parenthesised("<object>" + Text(left, Binding::Sign) + " " +
                             std::string(frontend::Spelling(op)) + " " + Text(right, Binding::Sum),
                         least > Binding::Compare);
  }
  const auto call = [&](std::string_view part) {
    return Use(part) + "(" + Text(left) + ", " + Text(right) + ")";
  };
  if (is_float && op == BinaryOp::Mod) {
    // Cython's own `%` of a float and an object is no better: 5.0 % inf is nan, 0.0 % -1.0 is 0.0.
    return call("float_mod");
  }
  if (a == Native::No || b == Native::No || (a == Native::Literal && b == Native::Literal)) {
    return std::nullopt;
  }
  const bool is_native = options_.overflow == Overflow::Native;
  switch (op) {
    case BinaryOp::Div:
      if (!is_float) {
        return call("int_div");
      }
      break;
    case BinaryOp::FloorDiv:
      if (is_float) {
        return call("float_floordiv");
      }
      break;
    case BinaryOp::Mod:
      if (!is_native && b != Native::Literal) {
        return call("int_mod");
      }
      break;
    case BinaryOp::Pow:
      if (is_float) {
        return call("float_power");
      }
      if (!is_native || right.kind != TermKind::Int) {
        return call("int_power");
      }
      break;
    case BinaryOp::Add:
    case BinaryOp::Sub:
    case BinaryOp::Mul:
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      break;
  }
  // Two floats of 24 bits, or ints of 32, would stay that narrow.
  const std::string_view narrow = cython_->NarrowType(left);
  const bool are_narrow = !narrow.empty() && narrow == cython_->NarrowType(right);
  return InfixText(op, left, right, least, are_narrow ? CastOf(narrow) : "");
}

// As a double or an int of 64 bits.
std::string PythonPrinter::WideText(const Term& native) {
  return std::string(CastOf(cython_->NarrowType(native))) + Text(native, Binding::Sign);
}

std::optional<std::string> PythonPrinter::NativeNegation(const Term& operand, Binding least) {
  const Native native = cython_ ? cython_->NativeOf(*routine_, operand) : Native::No;
  if (native == Native::No) {
    return std::nullopt;
  }
  if (native == Native::Int && options_.overflow == Overflow::Checked) {
    // Cython checks differences, but not signs.
    return Parenthesised("0 - " + Text(operand, Binding::Product), least > Binding::Sum);
  }
  if (operand.kind == TermKind::Float && operand.real == 0) {
    return "float(\"-0.0\")";  // Cython takes the constants 0.0 and -0.0 to be one
  }
  return Parenthesised("-" + WideText(operand), least > Binding::Sign);
}

std::string PythonPrinter::ChoiceText(const Term& choose, const Term& value, Binding least) {
  const bool is_object = !cython_ || cython_->NativeOf(*routine_, value) == Native::No;
  if (is_object || cython_->NativeOf(*routine_, choose) != Native::No) {
    return Text(value, least);
  }
  return "<object>" + Text(value, Binding::Primary);
}

// Built-ins ------------------------------------------------------------------------

std::optional<std::string> PythonPrinter::NativeBuiltin(const Term& call) {
  if (!cython_) {
    return std::nullopt;
  }
  const std::string name(runtime::Name(call.builtin));
  if (cython_->IsTypedMath(*routine_, call)) {
    prelude_.Use(name);
    return call.kind == TermKind::Constant ? name : name + "(" + ListText(call.parts) + ")";
  }
  if (call.kind == TermKind::Constant) {
    return std::nullopt;
  }
  const Native first =
      call.parts.empty() ? Native::No : cython_->NativeOf(*routine_, *call.parts[0]);
  if (cython_->NativeOf(*routine_, call) == Native::No) {
    return std::nullopt;
  }
  if (call.builtin == BuiltinKind::Abs) {  // Cython's own, of ints, does not always compile
    return (first == Native::Float ? "abs" : Use("int_abs")) + "(" + ListText(call.parts) + ")";
  }
  if (IsRounding(call.builtin) && first == Native::Float) {
    return Use(call.builtin == BuiltinKind::Int ? "to_int" : name + "_to_int") + "(" +
           ListText(call.parts) + ")";
  }
  return std::nullopt;
}

}  // namespace emit
