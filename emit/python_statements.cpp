// Statements as lines of Python. tests/emit/python_test.cpp.

#include "emit/operators.h"
#include "emit/python_printer.h"
#include "frontend/check.h"

namespace emit {

using runtime::BuiltinKind;
using runtime::kAny;
using runtime::TypeKind;

void PythonPrinter::PrintBlock(const Block& block) {
  const size_t before = out_.line_count();
  for (const Statement* statement : block) {
    PrintStatement(*statement);
  }
  if (out_.line_count() == before) {
    out_.Plain("pass");
  }
}

void PythonPrinter::PrintStatement(const Statement& statement) {
  switch (statement.kind) {
    case StatementKind::Declare:
      PrintDeclare(statement);
      return;
    case StatementKind::Assign:
      out_.Line(statement.span, NameOf(statement.local) + " = " + Text(*statement.term));
      return;
    case StatementKind::SetGlobal:
      out_.Line(statement.span, GlobalDeclarationText(statement.index) +
                                    module_.globals[statement.index].name + " = " +
                                    Text(*statement.term));
      return;
    case StatementKind::Update:
      PrintUpdate(statement);
      return;
    case StatementKind::SetElement:
    case StatementKind::UpdateElement:
      PrintElement(statement);
      return;
    case StatementKind::Evaluate:
      PrintEvaluate(statement);
      return;
    case StatementKind::Define:
      PrintDefine(statement);
      return;
    case StatementKind::If:
      PrintIf(statement);
      return;
    case StatementKind::While:
      out_.Line(statement.span,
                "while " + (statement.term != nullptr ? Text(*statement.term) : "True") + ":");
      break;
    case StatementKind::ForRange:
      PrintForRange(statement);
      break;
    case StatementKind::ForEach:
      out_.Line(statement.span,
                "for " + NameOf(statement.local) + " in " + Text(*statement.term) + ":");
      break;
    case StatementKind::Return:
      out_.Line(statement.span, statement.term == nullptr || statement.term->kind == TermKind::None
                                    ? "return"
                                    : "return " + Text(*statement.term));
      return;
    case StatementKind::Break:
      out_.Line(statement.span, "break");
      return;
    case StatementKind::Continue:
      out_.Line(statement.span, "continue");
      return;
    case StatementKind::Yield:
      out_.Line(statement.span, "yield " + Text(*statement.term));
      return;
    case StatementKind::Fail:
      out_.Line(statement.span, "raise ValueError(\"empty: `" +
                                    std::string(runtime::Name(statement.builtin)) +
                                    "` of nothing has no value\")");
      return;
  }
  // The loops.
  out_.Indent();
  PrintBlock(statement.body);
  out_.Outdent();
}

void PythonPrinter::PrintDeclare(const Statement& statement) {
  if (statement.term == nullptr) {
    return;  // Python declares by assigning
  }
  const Variable& variable = routine_->locals[statement.local];
  const std::string annotation = AnnotationOf(variable);
  out_.Line(statement.span, DeclarationText(statement.local) + variable.name +
                                (annotation.empty() ? "" : ": " + annotation) + " = " +
                                Text(*statement.term));
}

void PythonPrinter::PrintUpdate(const Statement& statement) {
  const std::string& name = NameOf(statement.local);
  Term place;
  place.kind = TermKind::Local;
  place.index = statement.local;
  place.type = routine_->locals[statement.local].type;
  const std::string whole =
      OperationText(statement.op, place, *statement.term, place.type, Binding::Lambda);
  // `total = total + x` reads better as `total += x`; a check around it does not.
  const std::string op(frontend::Spelling(statement.op));
  const std::string plain = name + " " + op + " ";
  const bool is_plain = whole.starts_with(plain);
  out_.Line(statement.span,
            is_plain ? name + " " + op + "= " + Text(*statement.term) : name + " = " + whole);
}

void PythonPrinter::PrintElement(const Statement& statement) {
  const Term& object = *statement.object;
  const Term& index = *statement.subscript;
  const std::string place = Text(object, Binding::Primary) + "[" + Text(index) + "]";
  const TypeId element = ElementOf(object.type);
  const bool is_settled = element != kAny && element == statement.term->type;
  if (statement.kind == StatementKind::SetElement) {
    if (is_settled && index.type == runtime::kInt) {
      out_.Line(statement.span, place + " = " + Text(*statement.term));
    } else {
      out_.Line(statement.span, Use("store") + "(" + Text(object) + ", " + Text(index) + ", " +
                                    Text(*statement.term) + ")");
    }
    return;
  }
  Term old;
  old.kind = TermKind::Index;
  old.type = module_.types->Element(object.type);
  Term* const parts[] = {statement.object, statement.subscript};
  old.parts = parts;
  const std::string whole =
      OperationText(statement.op, old, *statement.term, old.type, Binding::Lambda);
  const std::string op(frontend::Spelling(statement.op));
  const bool is_plain = whole.starts_with(place + " " + op + " ");
  out_.Line(statement.span,
            is_plain ? place + " " + op + "= " + Text(*statement.term) : place + " = " + whole);
}

void PythonPrinter::PrintEvaluate(const Statement& statement) {
  const Term& term = *statement.term;
  if (term.kind == TermKind::CallBuiltin && term.builtin == BuiltinKind::Assert &&
      term.parts[0]->type == runtime::kBool) {
    const bool has_text = term.parts.size() == 2;
    if (!has_text || term.parts[1]->kind == TermKind::Str) {
      out_.Line(statement.span,
                "assert " + Text(*term.parts[0]) + (has_text ? ", " + Text(*term.parts[1]) : ""));
      return;
    }
  }
  const std::string text = Text(term);
  // Cython takes every text that a body begins with to describe it.
  out_.Line(statement.span, Parenthesised(text, cython_ && text.starts_with('"')));
}

void PythonPrinter::PrintIf(const Statement& statement) {
  for (const Arm& arm : statement.arms) {
    const bool is_first = &arm == statement.arms.data();
    if (arm.condition != nullptr) {
      out_.Line(arm.condition->span, (is_first ? "if " : "elif ") + Text(*arm.condition) + ":");
    } else {
      out_.Plain("else:");
    }
    out_.Indent();
    PrintBlock(arm.body);
    out_.Outdent();
  }
}

void PythonPrinter::PrintForRange(const Statement& statement) {
  const Term& first = *statement.parts[0];
  const Term& step = *statement.parts[2];
  const bool has_step = step.kind != TermKind::Int || step.integer != 1;
  const bool has_first = has_step || first.kind != TermKind::Int || first.integer != 0;
  std::string range = has_first ? Text(first) + ", " : "";
  range += Text(*statement.parts[1]);
  range += has_step ? ", " + Text(step) : "";
  out_.Line(statement.span, "for " + NameOf(statement.local) + " in range(" + range + "):");
}

void PythonPrinter::PrintDefine(const Statement& statement) {
  const Routine& lambda = *module_.routines[statement.index];
  std::string params;
  for (uint32_t i = 0; i < lambda.param_count; ++i) {
    params += (params.empty() ? "" : ", ") + lambda.locals[i].name;
  }
  if (statement.term->in_loop) {  // names of the loop will stand for other values
    for (uint32_t i = 0; i < lambda.capture_count; ++i) {
      const std::string& name = lambda.locals[lambda.param_count + i].name;
      params += (params.empty() ? "" : ", ") + name + "=" + name;
    }
  }
  const std::string& name = NameOf(statement.local);
  out_.Line(lambda.span, "def " + name + "(" + params + "):");
  const Routine* outer = routine_;
  routine_ = &lambda;
  out_.Indent();
  PrintBlock(lambda.body);
  out_.Outdent();
  routine_ = outer;
}

}  // namespace emit
