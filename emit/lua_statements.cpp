// Statements and functions in Lua. tests/emit/lua_test.cpp.

#include <algorithm>
#include <limits>

#include "emit/lua_printer.h"
#include "emit/walk.h"
#include "frontend/check.h"
#include "runtime/builtins.h"

namespace emit {

using frontend::BinaryOp;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

namespace {

// A function of Lua has at most 200 local variables, and the file is one: what would not fit is
// global.
constexpr size_t kMostTopLevelNames = 80;

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? word : ", " + word;
  }
  return text;
}

std::string LabelOf(std::string_view what, LoopId loop) {
  return std::string(what) + "_" + std::to_string(loop + 1);
}

}  // namespace

// Names --------------------------------------------------------------------------------

bool LuaPrinter::HasManyNames() const {
  return module_.routines.size() + module_.top().locals.size() + module_.globals.size() >
         kMostTopLevelNames;
}

// What functions use that stands below them must be declared above.
void LuaPrinter::PrintForwards() {
  const size_t count = module_.routines.size();
  is_forward_.assign(count, false);
  for (RoutineId id = 0; id < count; ++id) {
    if (module_.routines[id]->kind == RoutineKind::Lambda) {
      continue;  // stands where it is made
    }
    const auto visit = [&](const auto& self, const Block& block) -> void {
      const auto visit_term = [&](const Term& term) {
        if (term.kind == TermKind::Lambda) {
          self(self, module_.routines[term.index]->body);
        } else if ((term.kind == TermKind::Call || term.kind == TermKind::Routine) &&
                   (term.index > id || (term.index == id && module_.routines[id]->is_memo))) {
          is_forward_[term.index] = true;
        }
      };
      ForEachStatement(block,
                       [&](const Statement& statement) { ForEachTerm(statement, visit_term); });
    };
    visit(visit, module_.routines[id]->body);
  }
  if (HasManyNames()) {
    return;
  }
  std::vector<std::string> names;
  for (size_t i = 0; i < module_.globals.size(); ++i) {
    if (!is_constant_global_[i]) {
      names.push_back(module_.globals[i].name);
    }
  }
  for (RoutineId id = 0; id < count; ++id) {
    if (is_forward_[id]) {
      names.push_back(module_.routines[id]->name);
    }
  }
  if (!names.empty()) {
    Plain("local " + Joined(names));
  }
}

void LuaPrinter::PrintConstantGlobal(const Statement& statement) {
  Line(statement.span, std::string(HasManyNames() ? "" : "local ") +
                           module_.globals[statement.index].name + " = " + Text(*statement.term));
}

void LuaPrinter::PrintDeclare(const Statement& statement) {
  const Variable& local = routine().locals[statement.local];
  const bool is_global = routine().kind == RoutineKind::Top && HasManyNames() && IsOutermost();
  if (statement.term != nullptr) {
    Line(statement.span, (is_global ? "" : "local ") + local.name + " = " + Text(*statement.term));
  } else if (!is_global) {
    Line(statement.span, "local " + local.name);
  }
}

// Functions ----------------------------------------------------------------------------

std::string LuaPrinter::Params(const Routine& routine) { return Joined(ParamNames(routine)); }

// Whether the end of the body returns the value none, for those who look at it.
bool LuaPrinter::ReturnsNone(const Routine& routine) const {
  const bool ends = !routine.body.empty() && routine.body.back()->kind == StatementKind::Return;
  return routine.result == kNone && !ends && (is_value_[routine_id_] || routine.is_memo);
}

void LuaPrinter::PrintDefaults(const Routine& routine) {
  for (LocalId i = 0; i < routine.param_count && routine.kind == RoutineKind::Named; ++i) {
    const std::string value = DefaultOf(routine, i);
    if (value.empty()) {
      continue;
    }
    const Variable& param = routine.locals[i];
    const bool may_be_false = param.type == kBool || param.type == kAny;
    if (may_be_false) {
      Plain("if " + param.name + " == nil then " + param.name + " = " + value + " end");
    } else {
      Plain(param.name + " = " + param.name + " or " + value);
    }
  }
}

void LuaPrinter::PrintBody(const Routine& routine) {
  PrintDefaults(routine);
  if (routine.yields) {
    Plain("return coroutine.wrap(function()");
    Open();
    PrintBlock(routine.body);
    Close("end)");
    return;
  }
  PrintBlock(routine.body);
  if (ReturnsNone(routine)) {
    Plain("return " + PrintNone().text);
  }
}

std::string LuaPrinter::MemoKey(const Routine& routine) {
  bool has_floats = false;
  bool has_others = false;
  for (LocalId i = 0; i < routine.param_count; ++i) {
    const TypeId type = routine.locals[i].type;
    has_floats |= type == kFloat;
    has_others |= type != kFloat && type != kInt && type != kBool && type != kStr;
  }
  return has_others ? ", " + Use("key") : has_floats ? ", " + Use("float_key") : "";
}

void LuaPrinter::PrintRoutine(const Routine& routine) {
  const bool is_declared = is_forward_[routine_id_] || HasManyNames();
  const std::string local = is_declared ? "" : "local ";
  if (!routine.is_memo) {
    Line(HeaderOf(routine), local + "function " + routine.name + "(" + Params(routine) + ")");
    Open();
    PrintBody(routine);
    Close("end");
    return;
  }
  const std::string key = MemoKey(routine);
  const std::string_view part = !key.empty() || routine.param_count > 2 ? "memo_of_many"
                                : routine.param_count == 2              ? "memo_of_two"
                                                                        : "memo";
  std::string defaults;
  bool has_defaults = false;
  for (LocalId i = 0; i < routine.param_count; ++i) {
    const std::string value = DefaultOf(routine, i);
    if (!value.empty()) {
      defaults += (has_defaults ? ", [" : "[") + std::to_string(i + 1) + "] = " + value;
      has_defaults = true;
    }
  }
  Line(HeaderOf(routine), local + routine.name + " = " +
                              (has_defaults ? Use("with_defaults") + "(" : "") + Use(part) +
                              "(function(" + Params(routine) + ")");
  Open();
  PrintBlock(routine.body);
  if (ReturnsNone(routine)) {
    Plain("return " + PrintNone().text);
  }
  Close("end" + key + ")" +
        (has_defaults ? ", {" + defaults + "}, " + std::to_string(routine.param_count) + ")" : ""));
}

// A call in the place of a result takes its caller's place, which then is missing in what Lua tells
// of an error, and in the count of nested calls: brackets prevent that.
std::string LuaPrinter::ReturnedText(const Term& term) {
  const Piece piece = PrintReturned(term);
  const size_t bracket = piece.text.find('(');
  const bool is_checked = piece.level == Level::Postfix && piece.text.ends_with(')') &&
                          bracket != std::string::npos &&
                          prelude_.IsUsed(std::string_view(piece.text).substr(0, bracket));
  const bool recurs = term.kind == TermKind::Call && routine().is_recursive &&
                      module_.routines[term.index]->is_recursive;
  return is_checked || recurs ? "(" + piece.text + ")" : piece.text;
}

void LuaPrinter::PrintReturn(frontend::Span span, const Term& term) {
  Line(span, "return " + ReturnedText(term));
}

void LuaPrinter::PrintYield(const Statement& statement) {
  Line(statement.span, "coroutine.yield(" + Text(*statement.term) + ")");
}

// Loops --------------------------------------------------------------------------------

void LuaPrinter::PrintJump(const Statement& jump) {
  if (jump.kind == StatementKind::Continue) {
    Line(jump.span, "goto " + LabelOf("continue", jump.loop));
  } else {
    Line(jump.span, IsInnermost(jump.loop) ? "break" : "goto " + LabelOf("break", jump.loop));
  }
}

std::string LuaPrinter::RangeHeader(const Statement& loop) {
  const Term& last = *loop.parts[1];
  const Term& step = *loop.parts[2];
  const std::string& name = routine().locals[loop.local].name;
  const std::string first = Text(*loop.parts[0]);
  const Bounds steps = BoundsOf(step);
  const bool has_end =
      last.kind != TermKind::Int || last.integer != std::numeric_limits<int64_t>::min();
  if ((steps.low <= 0 && steps.high >= 0) || !has_end) {
    return "for " + name + " in " +
           Call("range", {first, Text(last), Call("checked_step", {Text(step)}).text}).text + " do";
  }
  // Lua's limit belongs to the loop.
  const int64_t past = steps.low > 0 ? -1 : 1;
  const bool has_number =
      last.kind == TermKind::Binary && (last.op == BinaryOp::Add || last.op == BinaryOp::Sub) &&
      last.parts[1]->kind == TermKind::Int && last.type == kInt &&
      (IsJit() || OmitsChecks() || bounds_.Fits(bounds_.Unchecked(routine_id_, last)));
  std::string end;
  if (last.kind == TermKind::Int) {
    end = std::to_string(last.integer + past);
  } else {
    const int64_t own =
        has_number ? last.parts[1]->integer * (last.op == BinaryOp::Add ? 1 : -1) : 0;
    const int64_t all = own + past;
    end = Text(has_number ? *last.parts[0] : last, Level::Add);
    if (all != 0) {
      end += (all > 0 ? " + " : " - ") + std::to_string(all > 0 ? all : -all);
    }
  }
  return "for " + name + " = " + first + ", " + end +
         (steps.low == 1 && steps.high == 1 ? "" : ", " + Text(step)) + " do";
}

void LuaPrinter::PrintLoop(const Statement& loop) {
  const Jumps jumps = JumpsTo(loop);
  std::string header;
  if (loop.kind == StatementKind::While) {
    header = "while " + (loop.term == nullptr ? "true" : Text(*loop.term)) + " do";
  } else if (loop.kind == StatementKind::ForRange) {
    header = RangeHeader(loop);
  } else {
    const Term& source = *loop.term;
    const std::string& name = routine().locals[loop.local].name;
    const Arg arg{.piece = Print(source), .type = source.type, .term = &source};
    if (source.type == kStr) {
      header = "for " + name + " in " + Call("characters", {arg.piece.text}).text + " do";
    } else if (KindOf(source.type) == TypeKind::List && !IsOpen(source.type)) {
      header = "for " + FreshName("_") + ", " + name + " in ipairs(" + arg.piece.text + ") do";
    } else if (KindOf(source.type) == TypeKind::Seq) {
      header = "for " + name + " in " + PrintSource(arg) + " do";
    } else {
      header = "for " + name + " in " + Call("any_items", {arg.piece.text}).text + " do";
    }
  }
  Line(loop.span, header);
  loops_.push_back(loop.loop);
  Open();
  // What ends a block must be the last of it, also before a label.
  const bool wraps = jumps.continues && !loop.body.empty() &&
                     (loop.body.back()->kind == StatementKind::Return ||
                      loop.body.back()->kind == StatementKind::Break);
  if (wraps) {
    Plain("do");
    Open();
  }
  PrintBlock(loop.body);
  if (wraps) {
    Close("end");
  }
  if (jumps.continues) {
    Plain("::" + LabelOf("continue", loop.loop) + "::");
  }
  Close("end");
  loops_.pop_back();
  if (jumps.breaks_from_inside) {
    Plain("::" + LabelOf("break", loop.loop) + "::");
  }
}

}  // namespace emit
