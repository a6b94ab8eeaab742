// Terms as Python expressions. tests/emit/python_test.cpp.

#include <algorithm>

#include "emit/operators.h"
#include "emit/python_printer.h"
#include "emit/quote.h"
#include "frontend/check.h"
#include "frontend/print_source.h"
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

// Some that are not ASCII.
bool HasLetters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool IsFloatList(const runtime::TypeTable& types, TypeId type) {
  while (type != kNumber && types.Kind(type) == TypeKind::List) {
    type = types.Element(type);
    if (type == kFloat) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string Parenthesised(std::string text, bool needed) {
  return needed ? "(" + text + ")" : text;
}

std::string PythonPrinter::LiteralText(const Term& term) {
  if (!term.text.empty()) {
    return std::string(term.text);
  }
  if (term.kind == TermKind::Int) {
    return std::to_string(term.integer);
  }
  return runtime::NumberText(runtime::Value::Float(term.real));
}

std::string PythonPrinter::Text(const Term& term, Binding least) {
  switch (term.kind) {
    case TermKind::Int:
    case TermKind::Float: {
      const std::string text = LiteralText(term);
      return Parenthesised(text, text.starts_with('-') && least > Binding::Sign);
    }
    case TermKind::Str:
      if (cython_ && HasLetters(term.text)) {
        prelude_.Use("utf8");
      }
      return Quoted(term.text);
    case TermKind::Bool:
      return term.boolean ? "True" : "False";
    case TermKind::None:
      return "None";
    case TermKind::Constant:
      return BuiltinText(term, least);
    case TermKind::Local:
      return NameOf(term.index);
    case TermKind::Global:
      return module_.globals[term.index].name;
    case TermKind::Routine:
      return module_.routines[term.index]->name;
    case TermKind::Builtin:
      return BuiltinValue(term.builtin);
    case TermKind::Lambda:
      return Parenthesised(LambdaText(term), least > Binding::Lambda);
    case TermKind::Call:
    case TermKind::CallValue:
      return CallText(term);
    case TermKind::CallBuiltin:
      return BuiltinText(term, least);
    case TermKind::Binary:
      return BinaryText(term, least);
    case TermKind::Negate: {
      const Term& operand = *term.parts[0];
      if (!IsNumber(operand.type)) {
        return Use("negate") + "(" + Text(operand) + ")";
      }
      if (auto native = NativeNegation(operand, least)) {
        return *native;
      }
      const std::string text = "-" + Text(operand, Binding::Sign);
      if (operand.type == kFloat || options_.overflow == Overflow::Native ||
          IsNegatable(operand)) {
        return Parenthesised(text, least > Binding::Sign);
      }
      return Checked(text, operand.type);
    }
    case TermKind::Not:
      return Parenthesised("not " + Text(*term.parts[0], Binding::Not), least > Binding::Not);
    case TermKind::And:
    case TermKind::Or: {
      const Binding own = term.kind == TermKind::And ? Binding::And : Binding::Or;
      const std::string word = term.kind == TermKind::And ? " and " : " or ";
      std::string text;
      for (const Term* part : term.parts) {
        const auto inner = static_cast<Binding>(static_cast<int>(own) + 1);
        text += (text.empty() ? "" : word) + Text(*part, inner);
      }
      return Parenthesised(text, least > own);
    }
    case TermKind::Choose:
      return Parenthesised(ChoiceText(term, *term.parts[1], Binding::Or) + " if " +
                               Text(*term.parts[0], Binding::Or) + " else " +
                               ChoiceText(term, *term.parts[2], Binding::Choice),
                           least > Binding::Choice);
    case TermKind::Index: {
      const Term& object = *term.parts[0];
      const bool is_settled =
          object.type == kStr || (object.type != kNumber && object.type != kAny &&
                                  module_.types->Kind(object.type) == TypeKind::List);
      if (!is_settled || term.parts[1]->type != kInt) {
        return Use("item") + "(" + Text(object) + ", " + Text(*term.parts[1]) + ")";
      }
      return Text(object, Binding::Primary) + "[" + Text(*term.parts[1]) + "]";
    }
    case TermKind::List: {
      const bool is_settled = term.parts.empty() || ElementOf(term.type) != kAny;
      const std::string text = "[" + ListText(term.parts) + "]";
      return is_settled ? text : Use("list_of") + "(" + text + ")";
    }
    case TermKind::Comprehension: {
      const std::string text = Text(*term.parts[0]) + ClausesText(term);
      if (!term.is_list) {
        return "(" + text + ")";
      }
      return ElementOf(term.type) != kAny ? "[" + text + "]" : Use("list_of") + "(" + text + ")";
    }
    case TermKind::ToFloat:
      return "float(" + Text(*term.parts[0]) + ")";
    case TermKind::Box:
    case TermKind::Unbox:
      return Text(*term.parts[0], least);
    case TermKind::Check:
      return Use("declared") + "(" + Text(*term.parts[0]) + ", \"" +
             frontend::PrintType(*term.declared) + "\", \"" + std::string(term.text) + "\")";
    case TermKind::CheckBool:
      return Use("condition") + "(" + Text(*term.parts[0]) + ")";
    case TermKind::Keep:
      prelude_.Use("Seq");
      return "Seq(" + Text(*term.parts[0]) + ")";
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

TypeId PythonPrinter::ElementOf(TypeId list) const {
  return list != kNumber && module_.types->Kind(list) == TypeKind::List
             ? module_.types->Element(list)
             : kAny;
}

std::string PythonPrinter::ListText(std::span<Term* const> items) {
  std::string text;
  for (const Term* item : items) {
    text += (text.empty() ? "" : ", ") + Text(*item);
  }
  return text;
}

std::string PythonPrinter::ClausesText(const Term& comprehension) {
  std::string text;
  for (const Clause& clause : comprehension.clauses) {
    if (clause.source != nullptr) {
      text += " for " + NameOf(clause.variable) + " in " + Text(*clause.source, Binding::Or);
    } else {
      text += " if " + Text(*clause.condition, Binding::Or);
    }
  }
  return text;
}

std::string PythonPrinter::LambdaText(const Term& term) {
  const Routine& lambda = *module_.routines[term.index];
  std::string params;
  for (uint32_t i = 0; i < lambda.param_count; ++i) {
    params += (params.empty() ? "" : ", ") + lambda.locals[i].name;
  }
  if (term.in_loop) {  // names of the loop will stand for other values
    for (uint32_t i = 0; i < lambda.capture_count; ++i) {
      const std::string& name = lambda.locals[lambda.param_count + i].name;
      params += (params.empty() ? "" : ", ") + name + "=" + name;
    }
  }
  const Routine* outer = routine_;
  routine_ = &lambda;
  std::string body = "None";
  LAB_CHECK(lambda.body.size() <= 1);
  if (!lambda.body.empty() && lambda.body[0]->term != nullptr) {
    body = Text(*lambda.body[0]->term);
  }
  routine_ = outer;
  return (params.empty() ? "lambda: " : "lambda " + params + ": ") + body;
}

std::string PythonPrinter::CallText(const Term& call) {
  if (call.kind == TermKind::CallValue) {
    return Text(*call.parts[0], Binding::Primary) + "(" + ListText(call.parts.subspan(1)) + ")";
  }
  const Routine& callee = *module_.routines[call.index];
  if (callee.kind != RoutineKind::Extern) {
    return callee.name + "(" + ListText(call.parts) + ")";
  }
  const frontend::FunctionDecl& decl = *module_.program->resolution.functions[callee.function].decl;
  std::string args;
  for (size_t i = 0; i < call.parts.size(); ++i) {
    const bool is_narrow = decl.params[i].type->kind == frontend::TypeExprKind::I32;
    const std::string text = Text(*call.parts[i]);
    args += (args.empty() ? "" : ", ") + (is_narrow ? Use("int32") + "(" + text + ")" : text);
  }
  return callee.name + "(" + args + ")";
}

std::string PythonPrinter::Checked(std::string text, TypeId type) {
  if (type == kFloat || options_.overflow == Overflow::Native) {
    return text;
  }
  if (type == kInt) {
    prelude_.Use("int64");
    return "int64(" + text + ")";
  }
  return Use("number64") + "(" + text + ")";
}

std::string PythonPrinter::BinaryText(const Term& binary, Binding least) {
  return OperationText(binary.op, *binary.parts[0], *binary.parts[1], binary.type, least);
}

std::string PythonPrinter::OperationText(BinaryOp op, const Term& left, const Term& right,
                                         TypeId result, Binding least) {
  if (!IsSettled(*module_.types, op, left.type, right.type)) {
    return DynamicText(op, left, right);
  }
  if (auto native = NativeOperation(op, left, right, least)) {
    return *native;
  }
  if (frontend::IsComparison(op)) {
    // Python takes a nan to equal itself in lists.
    return IsFloatList(*module_.types, left.type) ? DynamicText(op, left, right)
                                                  : InfixText(op, left, right, least);
  }
  if (op == BinaryOp::Pow) {
    const bool is_plain = right.kind == TermKind::Int && right.integer >= 0 &&
                          (left.type == kFloat || right.integer <= 64);
    if (!is_plain) {
      return Use("power") + "(" + Text(left) + ", " + Text(right) + ")";
    }
  }
  const bool has_check =
      result != kFloat && IsNumber(result) && options_.overflow == Overflow::Checked &&
      op != BinaryOp::Mod && op != BinaryOp::Div &&
      !(op == BinaryOp::FloorDiv && right.kind == TermKind::Int && right.integer != -1);
  return has_check ? Checked(InfixText(op, left, right, Binding::Lambda), result)
                   : InfixText(op, left, right, least);
}

std::string PythonPrinter::InfixText(BinaryOp op, const Term& left, const Term& right,
                                     Binding least, std::string_view cast) {
  Binding own = Binding::Product;
  Binding left_least = Binding::Product;
  Binding right_least = Binding::Sign;
  if (frontend::IsComparison(op)) {
    own = Binding::Compare;
    left_least = Binding::Sum;
    right_least = Binding::Sum;
  } else if (op == BinaryOp::Add || op == BinaryOp::Sub) {
    own = Binding::Sum;
    left_least = Binding::Sum;
    right_least = Binding::Product;
  } else if (op == BinaryOp::Pow) {
    own = Binding::Power;
    left_least = Binding::Primary;
    right_least = Binding::Sign;
  }
  const std::string word = " " + std::string(frontend::Spelling(op)) + " ";
  if (!cast.empty()) {
    left_least = std::max(left_least, Binding::Sign);
  }
  return Parenthesised(std::string(cast) + Text(left, left_least) + word + Text(right, right_least),
                       least > own);
}

std::string PythonPrinter::DynamicText(BinaryOp op, const Term& left, const Term& right) {
  const std::string args = "(" + Text(left) + ", " + Text(right) + ")";
  switch (op) {
    case BinaryOp::Add:
      return Use("add") + args;
    case BinaryOp::Sub:
      return Use("sub") + args;
    case BinaryOp::Mul:
      return Use("mul") + args;
    case BinaryOp::Div:
      return Use("div") + args;
    case BinaryOp::FloorDiv:
      return Use("floordiv") + args;
    case BinaryOp::Mod:
      return Use("mod") + args;
    case BinaryOp::Pow:
      return Use("pow_any") + args;
    case BinaryOp::Eq:
      return Use("equal") + args;
    case BinaryOp::Ne:
      return "(not " + Use("equal") + args + ")";
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      return Use("less") + "(\"" + std::string(frontend::Spelling(op)) + "\", " + Text(left) +
             ", " + Text(right) + ")";
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

}  // namespace emit
