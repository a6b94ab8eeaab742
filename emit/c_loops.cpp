// Loops in C, and the jumps out of them. tests/emit/c_test.cpp; that they mean the same:
// tests/peers.

#include "emit/c_printer.h"
#include "emit/walk.h"

namespace emit {

using runtime::kAny;
using runtime::kStr;

namespace {

std::optional<int64_t> LiteralOf(const Term& term) {
  if (term.kind == TermKind::Int) {
    return term.integer;
  }
  if (term.kind == TermKind::Negate && IsNegatable(*term.parts[0])) {
    return -term.parts[0]->integer;
  }
  return std::nullopt;
}

}  // namespace

// The body of the loop whose header is written, its end, and the labels that jumps need.
void CPrinter::PrintLoopBody(const Statement& statement) {
  // Jumps from loops inside need labels.
  bool is_continued = false;
  ForEachStatement(statement.body, [&](const Statement& it) {
    if (it.kind == StatementKind::While || it.kind == StatementKind::ForRange ||
        it.kind == StatementKind::ForEach) {
      ForEachStatement(it.body, [&](const Statement& jump) {
        is_continued =
            is_continued || (jump.kind == StatementKind::Continue && jump.loop == statement.loop);
      });
    }
  });
  out_->Indent();
  if (is_continued) {
    out_->Plain("{");
    out_->Indent();
  }
  PrintBlock(statement.body);
  if (is_continued) {
    out_->Outdent();
    out_->Plain("}");
    out_->Plain("next_" + std::to_string(statement.loop) + ":;");
  }
  out_->Outdent();
  out_->Plain("}");
  if (loops_.back().is_left) {
    out_->Plain("end_" + std::to_string(statement.loop) + ":;");
  }
  loops_.pop_back();
}

void CPrinter::PrintJump(const Statement& statement) {
  const bool is_break = statement.kind == StatementKind::Break;
  if (loops_.back().id == statement.loop) {
    Line(statement.span, is_break ? "break;" : "continue;");
    return;
  }
  for (Loop& loop : loops_) {
    loop.is_left = loop.is_left || (is_break && loop.id == statement.loop);
  }
  Line(statement.span,
       (is_break ? "goto end_" : "goto next_") + std::to_string(statement.loop) + ";");
}

void CPrinter::PrintForRange(const Statement& statement) {
  const Term& first = *statement.parts[0];
  const Term& last = *statement.parts[1];
  const Term& step = *statement.parts[2];
  const Variable& variable = routine_->locals[statement.local];
  const bool is_plain_variable = ShapeOf(variable.type) == Shape::Int;
  const bool is_generator = routine_->yields;
  const std::string counter =
      is_plain_variable ? NameOf(statement.local) : NewVariable(variable.name + "_at", "int64_t");
  std::string header = "for (" + std::string(is_generator ? "" : "int64_t ") + counter + " = " +
                       Text(first, Binding::Choice);
  const auto fixed = [&](const Term& term, std::string_view base) {
    if (LiteralOf(term).has_value() ||
        (term.kind == TermKind::Local && !routine_->locals[term.index].is_var)) {
      return Text(term, Binding::Sum);
    }
    const std::string name = NewVariable(base, "int64_t");
    header += ", " + name + " = " + Text(term, Binding::Choice);
    return name;
  };
  const std::string end = fixed(last, "end");
  const std::optional<int64_t> by = LiteralOf(step);
  std::string condition = counter + (by < 0 ? " > " : " < ") + end;
  std::string next = counter + (by < 0 ? "--" : "++");
  if (by != 1 && by != -1) {
    std::string text = by.has_value() ? std::to_string(*by) : "";
    if (by.value_or(0) == 0) {
      text = NewVariable("step", "int64_t");
      header += ", " + text + " = " + Failing("check_step", {Text(step, Binding::Choice)});
      condition = text + " > 0 ? " + counter + " < " + end + " : " + counter + " > " + end;
    }
    next = options_.overflow == Overflow::Native
               ? counter + " += " + text
               : counter + " = " + Call("step_int", {counter, text});
  }
  loops_.push_back({.id = statement.loop});
  Line(statement.span, header + "; " + condition + "; " + next + ") {");
  if (!is_plain_variable && ShapeOf(variable.type) == Shape::Value) {
    out_->Indent();
    Line(statement.span,
         (is_generator ? "" : "Value ") + NameOf(statement.local) + " = of_int(" + counter + ");");
    out_->Outdent();
  }
  PrintLoopBody(statement);
}

void CPrinter::PrintForEach(const Statement& statement) {
  const Variable& variable = routine_->locals[statement.local];
  const Term& source = *statement.term;
  const bool is_generator = routine_->yields;
  const Shape shape = ShapeOf(source.type);
  const std::string type = CType(source.type);
  const bool is_used = uses_[statement.local] > 0;
  std::string items = Text(source, Binding::Primary);
  const bool is_fixed =
      (source.kind == TermKind::Local && !routine_->locals[source.index].is_var) ||
      (source.kind == TermKind::Global && !source.is_checked);
  if (!is_fixed && (shape == Shape::List || shape == Shape::Str || shape == Shape::Seq)) {
    // A name of its own: the variable may become another list meanwhile.
    items = NewVariable("items", type);
    if (is_generator) {
      Line(statement.span, "assign(&" + items + ", " + Owned(source) + ");");
    } else {
      Line(statement.span, "OWNED " + type + items + " = " + Owned(source) + ";");
    }
  }
  // Stores the next element under the name of the variable.
  const auto bind = [&](const std::string& value, TypeId element) {
    if (ShapeOf(variable.type) == Shape::Unit) {
      return;
    }
    const std::string text = Converted({.text = value, .type = element}, variable.type);
    const std::string name = NameOf(statement.local);
    if (!is_generator) {
      const std::string_view owned = !IsObject(variable.type)                 ? ""
                                     : ShapeOf(variable.type) == Shape::Value ? "OWNED_VALUE "
                                                                              : "OWNED ";
      Line(statement.span, std::string(owned) + Declared(variable.type, name) + " = " + text + ";");
      if (!is_used && owned.empty()) {
        Line(statement.span, "(void)" + name + ";");
      }
    } else if (!IsObject(variable.type)) {
      Line(statement.span, name + " = " + text + ";");
    } else if (ShapeOf(variable.type) == Shape::Value) {
      Line(statement.span, "assign_value(&" + name + ", " + text + ");");
    } else {
      Line(statement.span, "assign(&" + name + ", " + text + ");");
    }
  };
  loops_.push_back({.id = statement.loop});
  const std::string_view declares = is_generator ? "" : "int64_t ";
  switch (shape) {
    case Shape::List: {
      const TypeId element = module_.types->Element(source.type);
      const std::string field(FieldOf(element));
      const std::string at = NewVariable("at", "int64_t");
      Line(statement.span, "for (" + std::string(declares) + at + " = 0; " + at + " < " + items +
                               "->size; " + at + "++) {");
      out_->Indent();
      if (field.empty()) {
        bind("item_of(" + items + ", " + at + ")", kAny);
      } else {
        const std::string item = items + "->" + field + "[" + at + "]";
        bind(IsObject(element) ? "retain(" + item + ")" : item, element);
      }
      break;
    }
    case Shape::Str: {
      const std::string at = NewVariable("at", "int64_t");
      Line(statement.span,
           "for (" + std::string(declares) + at + " = 0; " + at + " < " + items + "->size;) {");
      out_->Indent();
      bind(Call("next_char", {items, "&" + at}), kStr);
      break;
    }
    case Shape::Seq: {
      const std::string item = NewVariable("element", "Value");
      Line(statement.span, Failing("consume_seq", {items}) + ";");
      Line(statement.span, "for (" + std::string(is_generator ? "" : "Value " + item) +
                               "; next_of(" + items + ", &" + item + ");) {");
      out_->Indent();
      const TypeId element = module_.types->Element(source.type);
      if (ShapeOf(element) == Shape::Unit) {
        bind("", element);
      } else {
        bind(Unboxed(item, element), element);
      }
      break;
    }
    case Shape::Value:
    case Shape::Unit:
    case Shape::Bool:
    case Shape::Int:
    case Shape::Float:
    case Shape::Buffer:
    case Shape::Function: {
      const std::string name = NewVariable("items", "Items");
      const std::string item = NewVariable("element", "Value");
      const std::string value = Failing("items_of", {Boxed(OperandOf(source))});
      if (is_generator) {
        Line(statement.span, "drop_items(&" + name + ");");
        Line(statement.span, name + " = " + value + ";");
      } else {
        Line(statement.span, "OWNED_ITEMS Items " + name + " = " + value + ";");
      }
      if (IsOwned(source)) {
        Line(statement.span, "drop_value(" + name + ".source);");
      }
      Line(statement.span, "for (" + std::string(is_generator ? "" : "Value " + item) +
                               "; next_item(&" + name + ", &" + item + ");) {");
      out_->Indent();
      bind(item, kAny);
      break;
    }
  }
  out_->Outdent();
  PrintLoopBody(statement);
}

}  // namespace emit
