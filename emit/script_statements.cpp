// Statements in Lua and JavaScript, and the order in which a program's parts stand.
// tests/emit/lua_test.cpp, js_test.cpp.

#include <algorithm>
#include <cctype>
#include <charconv>

#include "emit/lower.h"
#include "emit/quote.h"
#include "emit/script_printer.h"
#include "frontend/check.h"
#include "frontend/walk.h"
#include "runtime/builtins.h"

namespace emit {

using runtime::kInt;

namespace {

bool IsJump(StatementKind kind) {
  return kind == StatementKind::Break || kind == StatementKind::Continue;
}

// After these nothing of the block is reached.
bool Ends(const Statement& statement) {
  return IsJump(statement.kind) || statement.kind == StatementKind::Return ||
         statement.kind == StatementKind::Fail;
}

// Whether the term needs nothing that the program does before: it may stand above its functions.
bool IsPlain(const Term& term) {
  const auto is_number = [](const Term& it) {
    return it.kind == TermKind::Int || it.kind == TermKind::Float;
  };
  return is_number(term) || term.kind == TermKind::Str || term.kind == TermKind::Bool ||
         term.kind == TermKind::Constant ||
         (term.kind == TermKind::Negate && is_number(*term.parts[0]));
}

std::unordered_set<std::string_view> NamesOfProgram(const Module& module) {
  std::unordered_set<std::string_view> names;
  for (const auto& routine : module.routines) {
    names.insert(routine->name);
    for (const Variable& local : routine->locals) {
      names.insert(local.name);
    }
  }
  for (const GlobalVariable& global : module.globals) {
    names.insert(global.name);
  }
  return names;
}

bool IsName(const Statement& statement) {
  return (statement.kind == StatementKind::SetGlobal || statement.kind == StatementKind::Declare) &&
         statement.term != nullptr && IsPlain(*statement.term);
}

}  // namespace

std::unordered_set<std::string_view> NamesOf(std::string_view prelude,
                                             std::span<const std::string_view> declaring) {
  std::unordered_set<std::string_view> names;
  for (size_t line = 0; line < prelude.size();) {
    const size_t end = std::min(prelude.find('\n', line), prelude.size());
    std::string_view text = prelude.substr(line, end - line);
    for (const std::string_view word : declaring) {
      if (text.starts_with(word)) {
        text.remove_prefix(word.size());
        const size_t length =
            std::find_if(text.begin(), text.end(),
                         [](char c) {
                           return c != '_' && std::isalnum(static_cast<unsigned char>(c)) == 0;
                         }) -
            text.begin();
        names.insert(text.substr(0, length));
        break;
      }
    }
    line = end + 1;
  }
  return names;
}

ScriptPrinter::ScriptPrinter(const Module& module, const Options& options, const Syntax& syntax,
                             std::string_view prelude)
    : module_(module),
      options_(options),
      syntax_(syntax),
      names_(NamesOfProgram(module)),
      bounds_(module, syntax.ints == Ints::Double ? 9007199254740991.0 : 9223372036854775808.0),
      prelude_(prelude),
      is_value_(module.routines.size(), false),
      is_constant_global_(module.globals.size(), false),
      item_(FreshName("x")),
      other_item_(FreshName("y")),
      out_(*module.program->source, syntax.comment, "  ") {
  for (const Term& term : module.terms) {
    if (term.kind == TermKind::Routine || term.kind == TermKind::Lambda) {
      routine_of_type_[term.type] = term.index;
      is_value_[term.index] = true;
    }
  }
  FindConstantGlobals();
  out_.SkipHead();
}

std::string ScriptPrinter::FreshName(std::string_view base) const {
  std::string name(base);
  while (names_.contains(name)) {
    name += '_';
  }
  return name;
}

// Lines --------------------------------------------------------------------------------

void ScriptPrinter::Line(frontend::Span span, std::string_view text) {
  const NestedLine line{
      .depth = depth_, .is_of_program = true, .span = span, .text = std::string(text)};
  if (nested_ != nullptr) {
    nested_->push_back(line);
  } else {
    Put(0, line);
  }
}

void ScriptPrinter::Plain(std::string_view text) {
  const NestedLine line{
      .depth = depth_, .is_of_program = false, .span = {}, .text = std::string(text)};
  if (nested_ != nullptr) {
    nested_->push_back(line);
  } else {
    Put(0, line);
  }
}

// A line may hold blocks of lines, which are marked by their numbers (Nested()).
void ScriptPrinter::Put(uint32_t depth, const NestedLine& line) {
  std::string_view text = line.text;
  const uint32_t whole = depth + line.depth;
  while (true) {
    const size_t begin = text.find('\x01');
    for (uint32_t i = 0; i < whole; ++i) {
      out_.Indent();
    }
    if (line.is_of_program) {
      out_.Line(line.span, text.substr(0, begin));
    } else {
      out_.Plain(text.substr(0, begin));
    }
    for (uint32_t i = 0; i < whole; ++i) {
      out_.Outdent();
    }
    if (begin == std::string_view::npos) {
      return;
    }
    const size_t end = text.find('\x02', begin);
    size_t block = 0;
    std::from_chars(text.data() + begin + 1, text.data() + end, block);
    for (const NestedLine& inner : nested_blocks_[block]) {
      Put(whole + 1, inner);
    }
    text.remove_prefix(end + 1);
  }
}

// Blocks -------------------------------------------------------------------------------

void ScriptPrinter::PrintBlock(const Block& block) {
  for (const Statement* statement : block) {
    PrintStatement(*statement);
    if (Ends(*statement)) {
      break;
    }
  }
}

void ScriptPrinter::PrintStatement(const Statement& statement) {
  const std::string end(syntax_.end);
  switch (statement.kind) {
    case StatementKind::Declare:
      PrintDeclare(statement);
      return;
    case StatementKind::Assign:
      Line(statement.span,
           routine().locals[statement.local].name + " = " + Text(*statement.term) + end);
      return;
    case StatementKind::SetGlobal:
      if (is_constant_global_[statement.index]) {
        PrintConstantGlobal(statement);
        return;
      }
      Line(statement.span,
           module_.globals[statement.index].name + " = " + Text(*statement.term) + end);
      return;
    case StatementKind::Update:
      PrintUpdate(statement);
      return;
    case StatementKind::SetElement:
    case StatementKind::UpdateElement:
      PrintSetElement(statement);
      return;
    case StatementKind::Evaluate:
      PrintEffect(statement.span, *statement.term);
      return;
    case StatementKind::If:
      PrintIf(statement);
      return;
    case StatementKind::While:
    case StatementKind::ForRange:
    case StatementKind::ForEach:
      PrintLoop(statement);
      return;
    case StatementKind::Return:
      if (statement.term == nullptr ||
          (statement.term->kind == TermKind::None && routine().result == runtime::kNone &&
           !is_value_[routine_id_] && !routine().is_memo)) {
        Line(statement.span, "return" + end);
      } else {
        PrintReturn(statement.span, *statement.term);
      }
      return;
    case StatementKind::Break:
    case StatementKind::Continue:
      PrintJump(statement);
      return;
    case StatementKind::Yield:
      PrintYield(statement);
      return;
    case StatementKind::Fail:
      Line(statement.span, std::string(syntax_.throws) +
                               Quoted("empty: `" + std::string(runtime::Name(statement.builtin)) +
                                      "` of nothing has no value") +
                               std::string(syntax_.end_throw));
      return;
    case StatementKind::Define:
      break;
  }
  LAB_CHECK(!"lambdas are values here");
}

void ScriptPrinter::PrintIf(const Statement& statement) {
  for (size_t i = 0; i < statement.arms.size(); ++i) {
    const Arm& arm = statement.arms[i];
    if (arm.condition == nullptr) {
      Plain(syntax_.otherwise);
    } else {
      Line(arm.condition->span, std::string(i == 0 ? syntax_.begin_if : syntax_.begin_elif) +
                                    Text(*arm.condition) + std::string(syntax_.then));
    }
    Open();
    PrintBlock(arm.body);
    --depth_;
  }
  Plain(syntax_.end_block);
}

// `old op= term` as `old op term`.
Piece ScriptPrinter::PrintUpdated(const Statement& update, Term* old) {
  Term* const parts[] = {old, update.term};
  Term sum{.kind = TermKind::Binary, .type = old->type, .span = update.span};
  sum.op = update.op;
  sum.parts = parts;
  return PrintBinary(sum);
}

// In short where the language has it for an operation without a check.
void ScriptPrinter::PrintUpdate(const Statement& statement) {
  const Variable& variable = routine().locals[statement.local];
  Term local{.kind = TermKind::Local, .type = variable.type, .span = statement.span};
  local.index = statement.local;
  const Piece right = Print(*statement.term);
  aliases_[statement.term] = right;
  const Piece piece = PrintUpdated(statement, &local);
  aliases_.erase(statement.term);
  const std::string op(variable.type == runtime::kStr ? syntax_.join : SpellingOf(statement.op));
  const auto next = static_cast<Level>(static_cast<uint8_t>(piece.level) + 1);
  const bool is_plain = syntax_.has_updates && piece.level < Level::Literal &&
                        piece.text == variable.name + " " + op + " " + Wrap(right, next);
  Line(statement.span, variable.name +
                           (is_plain ? " " + op + "= " + right.text : " = " + piece.text) +
                           std::string(syntax_.end));
}

// Loops --------------------------------------------------------------------------------

ScriptPrinter::Jumps ScriptPrinter::JumpsTo(const Statement& loop) const {
  Jumps jumps;
  const auto visit = [&](const auto& self, const Block& block, bool is_inside) -> void {
    for (const Statement* statement : block) {
      if (IsJump(statement->kind) && statement->loop == loop.loop) {
        const bool breaks = statement->kind == StatementKind::Break;
        jumps.breaks_from_inside |= breaks && is_inside;
        jumps.continues |= !breaks;
        jumps.continues_from_inside |= !breaks && is_inside;
      }
      for (const Arm& arm : statement->arms) {
        self(self, arm.body, is_inside);
      }
      self(self, statement->body, true);
    }
  };
  visit(visit, loop.body, false);
  return jumps;
}

// Functions ----------------------------------------------------------------------------

std::vector<std::string> ScriptPrinter::ParamNames(const Routine& routine) const {
  // A generator's captures are passed to it; a lambda finds its own around it.
  const uint32_t captures = routine.kind == RoutineKind::Generator ? routine.capture_count : 0;
  std::vector<std::string> names;
  for (LocalId local = 0; local < routine.param_count + captures; ++local) {
    names.push_back(routine.locals[local].name);
  }
  return names;
}

const Routine* ScriptPrinter::MainRoutine() const {
  const frontend::Function* main = module_.program->FindFunction("main");
  const bool is_run = main != nullptr && main->kind == frontend::FunctionKind::Def &&
                      options_.ending == Ending::Main;
  return is_run ? module_.routines[module_.entry_of_function[module_.program->IdOf(*main)]].get()
                : nullptr;
}

frontend::Span ScriptPrinter::HeaderOf(const Routine& routine) const {
  const frontend::Function& function = FunctionOf(routine);
  frontend::Span header = routine.span;
  if (function.decl != nullptr && function.decl->body != nullptr) {
    header.end = function.decl->body->span.begin;
  }
  return header;
}

std::string ScriptPrinter::DefaultOf(const Routine& routine, LocalId param) {
  const frontend::Function& function = FunctionOf(routine);
  if (function.decl == nullptr) {
    return {};
  }
  const frontend::Expr* value = function.decl->params[param].default_value;
  if (value == nullptr || !IsConstantDefault(*value)) {
    return {};
  }
  const auto* unary = frontend::DynCast<frontend::UnaryExpr>(*value);
  const bool is_negated = unary != nullptr;
  value = is_negated ? unary->operand : value;
  Term term{.kind = TermKind::None, .type = runtime::kNone, .span = value->span};
  if (const auto* number = frontend::DynCast<frontend::IntExpr>(*value)) {
    term.kind = TermKind::Int;
    term.type = kInt;
    term.integer = is_negated ? -number->value : number->value;
    if (routine.locals[param].type == runtime::kFloat) {
      term.kind = TermKind::Float;
      term.type = runtime::kFloat;
      term.real = static_cast<double>(term.integer);
    } else if (!is_negated) {
      term.text = module_.program->source->text(value->span);
    }
  } else if (const auto* real = frontend::DynCast<frontend::FloatExpr>(*value)) {
    term.kind = TermKind::Float;
    term.type = runtime::kFloat;
    term.real = is_negated ? -real->value : real->value;
    if (!is_negated) {
      term.text = module_.program->source->text(value->span);
    }
  } else if (const auto* text = frontend::DynCast<frontend::StrExpr>(*value)) {
    term.kind = TermKind::Str;
    term.type = runtime::kStr;
    term.text = text->value;
  } else if (const auto* boolean = frontend::DynCast<frontend::BoolExpr>(*value)) {
    term.kind = TermKind::Bool;
    term.type = runtime::kBool;
    term.boolean = boolean->value != is_negated;
  } else if (value->kind != frontend::ExprKind::None) {
    return {};
  }
  const Piece piece = Print(term);
  return routine.locals[param].type == runtime::kAny ? Boxed(piece, term.type, &term).text
                                                     : piece.text;
}

// The program --------------------------------------------------------------------------

void ScriptPrinter::FindConstantGlobals() {
  std::vector<uint32_t> first_read(module_.globals.size(), UINT32_MAX);
  for (const Term& term : module_.terms) {
    if (term.kind == TermKind::Global) {
      first_read[term.index] = std::min(first_read[term.index], term.span.begin);
    }
  }
  for (const Statement* statement : module_.top().body) {
    if (!IsName(*statement)) {
      return;
    }
    if (statement->kind == StatementKind::SetGlobal) {
      is_constant_global_[statement->index] = first_read[statement->index] > statement->span.end;
    }
  }
}

Translation ScriptPrinter::Print() {
  PrintProgram();
  // What the program turned out to need stands in front of it.
  Writer whole(out_.source(), syntax_.comment, "  ");
  whole.Head();
  const std::string prelude = prelude_.Text();
  if (!prelude.empty()) {
    whole.Gap();
    whole.Plain(prelude);
    whole.Gap();
  }
  return whole.Join(std::move(out_));
}

// Functions in the order of the program, then the top level. What the top level begins with stands
// where it stood, as long as it only gives names to literals.
void ScriptPrinter::PrintProgram() {
  const Routine& top = module_.top();
  const auto top_id = static_cast<RoutineId>(module_.routines.size() - 1);
  size_t printed = 0;
  const auto print_top_until = [&](uint32_t offset) {
    InRoutine(top_id, [&] {
      while (printed < top.body.size()) {
        const Statement& next = *top.body[printed];
        if (!IsName(next) || next.span.begin >= offset) {
          return;
        }
        PrintStatement(next);
        ++printed;
      }
    });
  };
  PrintForwards();
  for (RoutineId id = 0; id < top_id; ++id) {
    const Routine& routine = *module_.routines[id];
    print_top_until(routine.span.begin);
    InRoutine(id, [&] {
      switch (routine.kind) {
        case RoutineKind::Named:
        case RoutineKind::Generator:
          out_.Gap();
          PrintRoutine(routine);
          break;
        case RoutineKind::Extern:
          PrintExtern(routine);
          break;
        case RoutineKind::Lambda:  // written where it is made
        case RoutineKind::Top:
          break;
      }
    });
  }
  out_.Gap();
  InRoutine(top_id, [&] {
    PrintArguments();
    PrintBlock(Block(top.body.begin() + static_cast<std::ptrdiff_t>(printed), top.body.end()));
    if (options_.ending == Ending::Measure || MainRoutine() != nullptr) {
      out_.Gap();
      PrintEnding();
    }
  });
}

}  // namespace emit
