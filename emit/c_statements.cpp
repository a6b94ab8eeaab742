// Statements as lines of C. tests/emit/c_test.cpp; that they mean the same: tests/peers.

#include <algorithm>

#include "emit/c_printer.h"
#include "emit/walk.h"
#include "frontend/check.h"

namespace emit {

using frontend::BinaryOp;
using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kFloat;
using runtime::kInt;
using runtime::kStr;

namespace {

// Whether evaluating the term leaves all objects where they are.
bool IsQuiet(const Term& term) {
  bool is_quiet = true;
  ForEachTerm(term, [&](const Term& part) {
    const bool calls = part.kind == TermKind::Call || part.kind == TermKind::CallValue ||
                       part.kind == TermKind::Keep || part.kind == TermKind::Lambda ||
                       part.kind == TermKind::Comprehension;
    const bool changes = part.kind == TermKind::CallBuiltin &&
                         (part.builtin == BuiltinKind::Append || part.builtin == BuiltinKind::Pop ||
                          part.builtin == BuiltinKind::Map || part.builtin == BuiltinKind::Filter);
    is_quiet = is_quiet && !calls && !changes;
  });
  return is_quiet;
}

bool Mentions(const Statement& statement, LocalId local) {
  bool found = false;
  ForEachTerm(statement, [&](const Term& term) {
    found = found || (term.kind == TermKind::Local && term.index == local);
  });
  return found;
}

bool MentionsInside(const Statement& statement, LocalId local) {
  bool found = false;
  const auto look = [&](const Block& block) {
    ForEachStatement(block, [&](const Statement& inner) {
      found = found || Mentions(inner, local) ||
              ((inner.kind == StatementKind::Update || inner.kind == StatementKind::Assign) &&
               inner.local == local);
    });
  };
  for (const Arm& arm : statement.arms) {
    look(arm.body);
  }
  look(statement.body);
  return found;
}

}  // namespace

// A temporary that only reads an element of a list needs no reference of its own when the list
// keeps the element until the last use.
bool CPrinter::IsBorrowed(const Statement& declare, std::span<Statement* const> rest) const {
  const Variable& variable = routine_->locals[declare.local];
  const Term* term = declare.term;
  if (routine_->yields || !variable.is_temporary || variable.is_var || term == nullptr ||
      term->kind != TermKind::Index || term->parts[0]->kind != TermKind::Local ||
      routine_->locals[term->parts[0]->index].is_var || term->type != variable.type ||
      ShapeOf(term->parts[0]->type) != Shape::List || term->parts[1]->type != kInt ||
      FieldOf(term->type).empty()) {
    return false;
  }
  uint32_t left = uses_[declare.local];
  for (const Statement* statement : rest) {
    bool is_quiet = MentionsInside(*statement, declare.local) == false;
    switch (statement->kind) {
      case StatementKind::Declare:
        break;
      case StatementKind::Assign:
      case StatementKind::Update:
        is_quiet = is_quiet && !IsObject(routine_->locals[statement->local].type);
        break;
      case StatementKind::SetElement:
      case StatementKind::UpdateElement:
        is_quiet = is_quiet && !IsObject(statement->term->type);
        break;
      case StatementKind::Evaluate:
      case StatementKind::Return:
      case StatementKind::If:
        break;
      case StatementKind::SetGlobal:
      case StatementKind::Define:
      case StatementKind::While:
      case StatementKind::ForRange:
      case StatementKind::ForEach:
      case StatementKind::Break:
      case StatementKind::Continue:
      case StatementKind::Yield:
      case StatementKind::Fail:
        return false;
    }
    ForEachTerm(*statement, [&](const Term& part) {
      is_quiet = is_quiet && IsQuiet(part);
      if (part.kind == TermKind::Local && part.index == declare.local) {
        --left;
      }
    });
    // The last one may put an element into another list: that takes a reference of its own.
    if (statement->kind == StatementKind::Evaluate && left == 0 && statement->term != nullptr &&
        statement->term->kind == TermKind::CallBuiltin &&
        statement->term->builtin == BuiltinKind::Append) {
      return MentionsInside(*statement, declare.local) == false;
    }
    if (!is_quiet) {
      return false;
    }
    if (left == 0) {
      return true;
    }
    if (!statement->arms.empty()) {
      return false;
    }
  }
  return false;
}

void CPrinter::PrintBlock(const Block& block) {
  for (size_t i = 0; i < block.size(); ++i) {
    PrintStatement(*block[i], std::span<Statement* const>(block).subspan(i + 1));
  }
}

void CPrinter::PrintStatement(const Statement& statement, std::span<Statement* const> rest) {
  switch (statement.kind) {
    case StatementKind::Declare:
      PrintDeclare(statement, rest);
      return;
    case StatementKind::Assign:
    case StatementKind::SetGlobal:
      PrintAssign(statement);
      return;
    case StatementKind::Update:
      PrintUpdate(statement);
      return;
    case StatementKind::SetElement:
      PrintSetElement(statement);
      return;
    case StatementKind::UpdateElement:
      PrintUpdateElement(statement);
      return;
    case StatementKind::Evaluate:
      PrintEvaluate(statement);
      return;
    case StatementKind::If:
      PrintIf(statement);
      return;
    case StatementKind::While:
      loops_.push_back({.id = statement.loop});
      Line(statement.span,
           "while (" + (statement.term == nullptr ? "true" : Text(*statement.term)) + ") {");
      PrintLoopBody(statement);
      return;
    case StatementKind::ForRange:
      PrintForRange(statement);
      return;
    case StatementKind::ForEach:
      PrintForEach(statement);
      return;
    case StatementKind::Return:
      PrintReturn(statement);
      return;
    case StatementKind::Break:
    case StatementKind::Continue:
      PrintJump(statement);
      return;
    case StatementKind::Yield:
      PrintYield(statement);
      return;
    case StatementKind::Fail:
      Line(statement.span, "fail(__LINE__, \"empty\", \"`" + std::string(Name(statement.builtin)) +
                               "` of nothing has no value\");");
      return;
    case StatementKind::Define:
      break;  // not with these traits
  }
  LAB_CHECK(false);
}

// Variables ------------------------------------------------------------------------

std::string CPrinter::NewVariable(std::string_view base, const std::string& type) {
  std::string name(base);
  for (int number = 2; !local_names_.insert(name).second; ++number) {
    name = std::string(base) + "_" + std::to_string(number);
  }
  if (routine_->yields) {
    extra_fields_.push_back(type + (type.ends_with('*') ? "" : " ") + name + ";");
    return "self->" + name;
  }
  return name;
}

void CPrinter::PrintDeclare(const Statement& statement, std::span<Statement* const> rest) {
  const Variable& variable = routine_->locals[statement.local];
  const Shape shape = ShapeOf(variable.type);
  if (shape == Shape::Unit || lambdas_[statement.local] != nullptr) {
    if (statement.term != nullptr && !IsIdle(*statement.term) &&
        lambdas_[statement.local] == nullptr) {
      PrintEvaluate(statement);
    }
    return;
  }
  if (routine_->yields) {
    if (statement.term != nullptr) {
      PrintAssign(statement);
    }
    return;
  }
  const std::string declared = Declared(variable.type, variable.name);
  if (IsBorrowed(statement, rest)) {
    Line(statement.span, declared + " = " + IndexText(*statement.term, true) + ";");
    return;
  }
  if (!IsObject(shape)) {
    Line(statement.span,
         declared +
             (statement.term == nullptr ? "" : " = " + OwnedAs(*statement.term, variable.type)) +
             ";");
    if (uses_[statement.local] == 0) {
      Line(statement.span, "(void)" + variable.name + ";");
    }
    return;
  }
  const bool is_value = shape == Shape::Value;
  const std::string nothing = is_value ? "of_none()" : "NULL";
  Line(statement.span,
       std::string(is_value ? "OWNED_VALUE " : "OWNED ") + declared + " = " +
           (statement.term == nullptr ? nothing : OwnedAs(*statement.term, variable.type)) + ";");
}

// Assign, SetGlobal, and the Declare of a generator's field.
void CPrinter::PrintAssign(const Statement& statement) {
  const bool is_global = statement.kind == StatementKind::SetGlobal;
  const TypeId type =
      is_global ? module_.globals[statement.index].type : routine_->locals[statement.local].type;
  const std::string place = is_global ? global_names_[statement.index] : NameOf(statement.local);
  switch (ShapeOf(type)) {
    case Shape::Unit:
      PrintEvaluate(statement);
      break;
    case Shape::Bool:
    case Shape::Int:
    case Shape::Float:
      Line(statement.span, place + " = " + OwnedAs(*statement.term, type) + ";");
      break;
    case Shape::Value:
      Line(statement.span, "assign_value(&" + place + ", " + OwnedAs(*statement.term, type) + ");");
      break;
    case Shape::Str:
    case Shape::List:
    case Shape::Buffer:
    case Shape::Seq:
    case Shape::Function:
      Line(statement.span, "assign(&" + place + ", " + OwnedAs(*statement.term, type) + ");");
      break;
  }
  if (is_global && module_.program->resolution.globals[statement.index].may_be_unset) {
    Line(statement.span, place + "_is_set = true;");
  }
}

// `place op= value` as an expression statement.
std::string CPrinter::Update(BinaryOp op, const std::string& place, TypeId type,
                             const Term& value) {
  const Operand right = OperandOf(value);
  if (type == kAny) {
    if (op == BinaryOp::Add) {
      return Failing("add_to_value", {"&" + place, Boxed(right)});
    }
    return "assign_value(&" + place + ", " + DynamicText(op, place, Boxed(right), Binding::Comma) +
           ")";
  }
  if (type == kStr) {
    return op == BinaryOp::Add
               ? Call("extend_str", {"&" + place, right.text})
               : "assign(&" + place + ", " + Call("repeat_str", {place, right.text}) + ")";
  }
  const bool is_native = options_.overflow == Overflow::Native || type == kFloat;
  const bool divides_safely =
      op == BinaryOp::Div && ((value.kind == TermKind::Float && value.real != 0) ||
                              (value.kind == TermKind::Int && value.integer != 0));
  if ((is_native && (op == BinaryOp::Add || op == BinaryOp::Sub || op == BinaryOp::Mul)) ||
      divides_safely) {
    return place + " " + std::string(frontend::Spelling(op)) + "= " + right.text;
  }
  return place + " = " + OperationText(op, {.text = place, .type = type}, right);
}

void CPrinter::PrintUpdate(const Statement& statement) {
  const TypeId type = routine_->locals[statement.local].type;
  Line(statement.span, Update(statement.op, NameOf(statement.local), type, *statement.term) + ";");
}

void CPrinter::PrintSetElement(const Statement& statement) {
  const Term& object = *statement.object;
  const Term& index = *statement.subscript;
  const TypeId element =
      ShapeOf(object.type) == Shape::List ? module_.types->Element(object.type) : kAny;
  const std::string field(index.type == kInt ? FieldOf(element) : "");
  if (field.empty() || statement.term->type != element) {
    Line(statement.span, Failing("set_value", {Boxed(OperandOf(object)), Boxed(OperandOf(index)),
                                               Boxed(OperandOf(*statement.term))}) +
                             ";");
    return;
  }
  const std::string list = Text(object, Binding::Primary);
  const std::string value = Text(*statement.term);
  if (ShapeOf(element) == Shape::Str) {
    Line(statement.span, "set_object(" + list + ", " + Text(index) + ", " + value + ");");
  } else if (ShapeOf(element) == Shape::List) {
    Line(statement.span, Failing("set_list", {list, Text(index), value}) + ";");
  } else {
    Line(statement.span,
         list + "->" + field + "[" + Failing("at", {list, Text(index)}) + "] = " + value + ";");
  }
}

void CPrinter::PrintUpdateElement(const Statement& statement) {
  const Term& object = *statement.object;
  const TypeId element = module_.types->Element(object.type);
  const std::string list = Text(object, Binding::Primary);
  std::string place = list + "->" + std::string(FieldOf(element)) + "[";
  const std::string at = Failing("at", {list, Text(*statement.subscript)});
  const bool is_once = element == kStr || (element == kFloat && statement.op != BinaryOp::Div) ||
                       (options_.overflow == Overflow::Native && statement.op <= BinaryOp::Mul);
  if (is_once && !(element == kStr && statement.op != BinaryOp::Add)) {
    place += at + "]";
  } else {
    const std::string index = NewVariable("place", "int64_t");
    Line(statement.span, (routine_->yields ? "" : "int64_t ") + index + " = " + at + ";");
    place += index + "]";
  }
  Line(statement.span, Update(statement.op, place, element, *statement.term) + ";");
}

void CPrinter::PrintEvaluate(const Statement& statement) {
  Term term = *statement.term;
  if (term.kind == TermKind::CallBuiltin && GivesNone(term.builtin)) {
    term.type = runtime::kNone;
  }
  const std::string text = Text(term);
  if (text.empty()) {
    return;
  }
  if (IsOwned(term)) {
    Line(statement.span,
         (ShapeOf(term.type) == Shape::Value ? "drop_value(" : "drop(") + text + ");");
    return;
  }
  const bool is_statement =
      ShapeOf(term.type) == Shape::Unit || (term.kind == TermKind::Call && text.ends_with(')'));
  Line(statement.span, (is_statement ? text : "(void)(" + text + ")") + ";");
}

// Control --------------------------------------------------------------------------

void CPrinter::PrintIf(const Statement& statement) {
  bool is_first = true;
  for (const Arm& arm : statement.arms) {
    if (arm.condition != nullptr) {
      Line(arm.condition->span,
           std::string(is_first ? "if (" : "} else if (") + Text(*arm.condition) + ") {");
    } else {
      out_->Plain("} else {");
    }
    is_first = false;
    out_->Indent();
    PrintBlock(arm.body);
    out_->Outdent();
  }
  out_->Plain("}");
}

void CPrinter::PrintReturn(const Statement& statement) {
  if (routine_->yields) {
    Line(statement.span, "return false;");
    return;
  }
  if (statement.term == nullptr || ShapeOf(routine_->result) == Shape::Unit) {
    if (statement.term != nullptr && !IsIdle(*statement.term)) {
      PrintEvaluate(statement);
    }
    Line(statement.span, routine_->kind == RoutineKind::Top ? "return 0;" : "return;");
    return;
  }
  Line(statement.span, "return " + OwnedAs(*statement.term, routine_->result) + ";");
}

void CPrinter::PrintYield(const Statement& statement) {
  const std::string state = std::to_string(++state_count_);
  const bool is_scalar = !IsObject(statement.term->type);
  const std::string value =
      Boxed({.text = is_scalar ? Text(*statement.term) : Owned(*statement.term),
             .type = statement.term->type});
  Line(statement.span, "*item = " + value + ";");
  Line(statement.span, "self->state = " + state + ";");
  Line(statement.span, "return true;");
  out_->Plain("case " + state + ":;");
}

}  // namespace emit
