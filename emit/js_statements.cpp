// Statements and functions in JavaScript. tests/emit/js_test.cpp.

#include <algorithm>

#include "emit/js_printer.h"
#include "emit/quote.h"
#include "frontend/check.h"
#include "runtime/builtins.h"

namespace emit {

using runtime::BuiltinKind;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kStr;
using runtime::TypeKind;

namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? word : ", " + word;
  }
  return text;
}

// Whether a statement of the block gives the local another value.
bool Assigns(const Block& block, LocalId local) {
  return std::any_of(block.begin(), block.end(), [local](const Statement* statement) {
    const bool is_one = statement->kind == StatementKind::Assign ||
                        statement->kind == StatementKind::Update ||
                        (statement->kind == StatementKind::Declare);
    return (is_one && statement->local == local) || Assigns(statement->body, local) ||
           std::any_of(statement->arms.begin(), statement->arms.end(),
                       [local](const Arm& arm) { return Assigns(arm.body, local); });
  });
}

}  // namespace

// Functions ----------------------------------------------------------------------------

std::string JsPrinter::Function(const std::vector<std::string>& params, const Piece& result) {
  return "(" + Joined(params) + ") => " + result.text;
}

std::string JsPrinter::Params(const Routine& routine) {
  std::vector<std::string> params = ParamNames(routine);
  for (LocalId i = 0; i < routine.param_count && routine.kind == RoutineKind::Named; ++i) {
    const std::string value = DefaultOf(routine, i);
    if (!value.empty() && !routine.is_memo) {
      params[i] += " = " + value;
    }
  }
  return Joined(params);
}

std::string JsPrinter::PrintLambda(const Term& term) {
  const Routine& lambda = *module_.routines[term.index];
  std::string text;
  InRoutine(term.index, [&] {
    const Block& body = lambda.body;
    text = "(" + Joined(ParamNames(lambda)) + ") => ";
    if (body.size() == 1 && body[0]->kind == StatementKind::Return && body[0]->term != nullptr) {
      text += PrintReturned(*body[0]->term).text;
    } else if (body.size() == 1 && body[0]->kind == StatementKind::Evaluate) {
      text += PrintReturned(*body[0]->term).text;
    } else {
      text += "{" + Nested([&] { PrintBlock(body); }) + "}";
    }
  });
  return text;
}

std::string JsPrinter::MemoKey(const Routine& routine) {
  bool has_floats = false;
  bool has_others = false;
  for (LocalId i = 0; i < routine.param_count; ++i) {
    const TypeId type = routine.locals[i].type;
    has_floats |= type == kFloat;
    has_others |= type != kFloat && type != kInt && type != kBool && type != kStr;
  }
  return has_others ? ", " + Use("key") : has_floats ? ", " + Use("float_key") : "";
}

void JsPrinter::PrintRoutine(const Routine& routine) {
  if (routine.is_memo) {
    const std::string key = MemoKey(routine);
    const std::string_view part = !key.empty() || routine.param_count > 2 ? "memo_of_many"
                                  : routine.param_count == 2              ? "memo_of_two"
                                                                          : "memo";
    std::vector<std::string> defaults;
    bool has_defaults = false;
    for (LocalId i = 0; i < routine.param_count; ++i) {
      const std::string value = DefaultOf(routine, i);
      has_defaults |= !value.empty();
      defaults.push_back(value.empty() ? "undefined" : value);
    }
    Line(HeaderOf(routine), "const " + routine.name + " = " +
                                (has_defaults ? Use("with_defaults") + "(" : "") + Use(part) +
                                "((" + Params(routine) + ") => {");
    Open();
    PrintBlock(routine.body);
    Close("}" + key + ")" + (has_defaults ? ", [" + Joined(defaults) + "])" : "") + ";");
    return;
  }
  Line(HeaderOf(routine), std::string("function") + (routine.yields ? "* " : " ") + routine.name +
                              "(" + Params(routine) + ") {");
  Open();
  PrintBlock(routine.body);
  Close("}");
}

void JsPrinter::PrintExtern(const Routine& routine) {
  const frontend::FunctionDecl& decl = *FunctionOf(routine).decl;
  const std::string_view function = JsMathFunction(decl.binding.name);
  if (function.empty()) {
    // The place of the error is that of the call.
    Plain("const " + routine.name + " = () => " +
          Call("fail", {Quoted("extern: the library \"m\" has no function `" +
                               std::string(decl.binding.name) + "` that may be called")})
              .text +
          ";");
    return;
  }
  const bool is_single = decl.result_type->kind == frontend::TypeExprKind::F32;
  std::vector<std::string> params = ParamNames(routine);
  std::vector<std::string> args;
  for (LocalId i = 0; i < params.size(); ++i) {
    args.push_back(is_single ? "Math.fround(" + params[i] + ")" : params[i]);
  }
  const std::string call = function == "%" ? args[0] + " % " + args[1]
                           : function == "ldexp"
                               ? Call(function, args).text
                               : "Math." + std::string(function) + "(" + Joined(args) + ")";
  Line(routine.span, "const " + routine.name + " = (" + Joined(params) + ") => " +
                         (is_single ? "Math.fround(" + call + ")" : call) + ";");
}

// Statements ---------------------------------------------------------------------------

void JsPrinter::PrintForwards() {
  for (size_t i = 0; i < module_.globals.size(); ++i) {
    if (!is_constant_global_[i]) {
      Plain("let " + module_.globals[i].name + ";");
    }
  }
}

void JsPrinter::PrintConstantGlobal(const Statement& statement) {
  Line(statement.span,
       "const " + module_.globals[statement.index].name + " = " + Text(*statement.term) + ";");
}

void JsPrinter::PrintDeclare(const Statement& statement) {
  const Variable& local = routine().locals[statement.local];
  if (statement.term == nullptr) {
    Line(statement.span, "let " + local.name + ";");
  } else {
    Line(statement.span,
         (local.is_var ? "let " : "const ") + local.name + " = " + Text(*statement.term) + ";");
  }
}

void JsPrinter::PrintEffect(frontend::Span span, const Term& term) {
  if (term.kind == TermKind::CallBuiltin && term.builtin == BuiltinKind::Error &&
      term.parts[0]->type == kStr) {
    const Term& text = *term.parts[0];
    const std::string message = text.kind == TermKind::Str
                                    ? Quoted("error: " + std::string(text.text))
                                    : "\"error: \" + " + Text(text, Level::Mul);
    Line(span, "throw new Error(" + message + ");");
    return;
  }
  if (term.kind == TermKind::Local || term.kind == TermKind::None) {
    return;
  }
  Line(span, PrintReturned(term).text + ";");
}

void JsPrinter::PrintReturn(frontend::Span span, const Term& term) {
  Line(span, "return " + PrintReturned(term).text + ";");
}

void JsPrinter::PrintYield(const Statement& statement) {
  Line(statement.span, "yield " + Text(*statement.term) + ";");
}

void JsPrinter::PrintSetElement(const Statement& statement) {
  const Term& object = *statement.object;
  const Term& index = *statement.subscript;
  const bool is_settled = KindOf(object.type) == TypeKind::List && !IsOpen(object.type) &&
                          index.type == kInt &&
                          (statement.kind == StatementKind::UpdateElement ||
                           statement.term->type == ElementOf(object.type));
  if (!is_settled) {
    const Term& value = *statement.term;
    Line(statement.span,
         Call("any_set_element", {Boxed(Print(object), object.type, &object).text, Text(index),
                                  Boxed(Print(value), value.type, &value).text})
                 .text +
             ";");
    return;
  }
  std::string place;
  if (OmitsChecks() && BoundsOf(index).low >= 0) {
    place = Text(object, Level::Postfix) + "[" + Text(index) + "]";
  }
  if (statement.kind == StatementKind::SetElement && !place.empty()) {
    Line(statement.span, place + " = " + Text(*statement.term) + ";");
    return;
  }
  if (statement.kind == StatementKind::SetElement) {
    Line(statement.span,
         Call("set_element", {Text(object), Text(index), Text(*statement.term)}).text + ";");
    return;
  }
  Term old{.kind = TermKind::Index, .type = ElementOf(object.type), .span = statement.span};
  const bool is_simple = object.kind == TermKind::Local &&
                         (index.kind == TermKind::Local || index.kind == TermKind::Int);
  aliases_[&old] = is_simple ? PrintElement(Print(object), index) : Piece{item_};
  const Piece value = PrintUpdated(statement, &old);
  aliases_.erase(&old);
  if (is_simple && !place.empty()) {
    Line(statement.span, place + " = " + value.text + ";");
    return;
  }
  Line(statement.span,
       (is_simple ? Call("set_element", {Text(object), Text(index), value.text})
                  : Call("update_element", {Text(object), Text(index), Function({item_}, value)}))
               .text +
           ";");
}

void JsPrinter::PrintJump(const Statement& jump) {
  const std::string word = jump.kind == StatementKind::Break ? "break" : "continue";
  Line(jump.span,
       word + (IsInnermost(jump.loop) ? "" : " loop_" + std::to_string(jump.loop + 1)) + ";");
}

bool JsPrinter::IsFixedIn(const Statement& loop, const Term& term) const {
  return term.kind == TermKind::Int ||
         (term.kind == TermKind::Local && (!Local(term).is_var || !Assigns(loop.body, term.index)));
}

std::string JsPrinter::RangeHeader(const Statement& loop) {
  const Term& last = *loop.parts[1];
  const Term& step = *loop.parts[2];
  const std::string& name = routine().locals[loop.local].name;
  const Bounds steps = BoundsOf(step);
  const bool is_literal = step.kind == TermKind::Int || step.kind == TermKind::Negate;
  if (!(is_literal || IsFixedIn(loop, step)) || (steps.low <= 0 && steps.high >= 0)) {
    return "for (const " + name + " of " +
           Call("range",
                {Text(*loop.parts[0]), Text(last), Call("checked_step", {Text(step)}).text})
               .text +
           ") {";
  }
  std::string end = Text(last, Level::Concat);
  std::string header = "for (let " + name + " = " + Text(*loop.parts[0]);
  if (!IsFixedIn(loop, last)) {
    const std::string end_name = FreshName(name + "_end");
    header += ", " + end_name + " = " + end;
    end = end_name;
  }
  header += "; " + name + (steps.low > 0 ? " < " : " > ") + end + "; ";
  if (steps.low == 1 && steps.high == 1) {
    header += name + "++";
  } else if (steps.low == -1 && steps.high == -1) {
    header += name + "--";
  } else {
    header += name + " += " + Text(step);
  }
  return header + ") {";
}

void JsPrinter::PrintLoop(const Statement& loop) {
  const Jumps jumps = JumpsTo(loop);
  std::string header;
  if (jumps.breaks_from_inside || jumps.continues_from_inside) {
    header = "loop_" + std::to_string(loop.loop + 1) + ": ";
  }
  if (loop.kind == StatementKind::While) {
    header += "while (" + (loop.term == nullptr ? "true" : Text(*loop.term)) + ") {";
  } else if (loop.kind == StatementKind::ForRange) {
    header += RangeHeader(loop);
  } else {
    const Term& source = *loop.term;
    const Arg arg{.piece = Print(source), .type = source.type, .term = &source};
    const bool is_settled = source.type == kStr ||
                            (KindOf(source.type) == TypeKind::List && !IsOpen(source.type)) ||
                            KindOf(source.type) == TypeKind::Seq;
    header += "for (const " + routine().locals[loop.local].name + " of " +
              (is_settled ? PrintSource(arg) : Call("any_items", {arg.piece.text}).text) + ") {";
  }
  Line(loop.span, header);
  loops_.push_back(loop.loop);
  Open();
  PrintBlock(loop.body);
  Close("}");
  loops_.pop_back();
}

}  // namespace emit
