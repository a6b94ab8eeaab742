// A module as a C program: its functions, and what stands in front of them.
// tests/emit/c_test.cpp; that it means the same: tests/peers.

#include "emit/c.h"

#include <algorithm>

#include "emit/c_names.h"
#include "emit/c_prelude.h"
#include "emit/c_printer.h"
#include "emit/lower.h"
#include "emit/walk.h"
#include "frontend/check.h"

namespace emit {
namespace {

constexpr Traits kTraits = {
    .has_routine_per_version = true,
    .has_comprehensions = false,
    .has_choose = false,
    .has_long_lambdas = true,
    .has_labels = true,
    .has_defaults = false,
    .expands_consumers = true,
    .orders_operands = false,
    .names_objects = true,
    .is_reserved = IsCWord,
};

Translation Refused(frontend::Span span, std::string text) {
  Translation translation;
  translation.refusal = Refusal{.span = span, .text = std::move(text)};
  return translation;
}

// Whether what follows the block is never reached.
bool Leaves(const Block& block) {
  if (block.empty()) {
    return false;
  }
  const Statement& last = *block.back();
  if (last.kind == StatementKind::If) {
    return last.arms.back().condition == nullptr &&
           std::all_of(last.arms.begin(), last.arms.end(),
                       [](const Arm& arm) { return Leaves(arm.body); });
  }
  return last.kind == StatementKind::Return || last.kind == StatementKind::Fail;
}

}  // namespace

Translation TranslateToC(const frontend::Program& program, const Options& options) {
  for (const frontend::Function& function : program.resolution.functions) {
    if (function.kind == frontend::FunctionKind::Extern && function.decl->library != "m") {
      return Refused(function.decl->binding.span,
                     "only functions of the C math library are called from other languages");
    }
  }
  runtime::TypeTable types;
  const std::unique_ptr<Module> module = Lower(program, types, kTraits);
  return CPrinter(*module, options).Print();
}

CPrinter::CPrinter(const Module& module, const Options& options)
    : module_(module), options_(options), body_(*module.program->source, "//", "  "), out_(&body_) {
  out_->SkipHead();
}

std::string CPrinter::UniqueName(std::string_view base) {
  std::string name(base);
  for (int number = 2; IsCWord(name) || IsLibcName(name) || !file_names_.insert(name).second;
       ++number) {
    name = std::string(base) + "_" + std::to_string(number);
  }
  return name;
}

void CPrinter::NameAll() {
  for (const auto& routine : module_.routines) {
    file_names_.insert(routine->name);
    for (const Variable& variable : routine->locals) {
      file_names_.insert(variable.name);
    }
  }
  for (const GlobalVariable& global : module_.globals) {
    global_names_.push_back(IsLibcName(global.name) ? UniqueName(global.name + "_") : global.name);
  }
  for (const auto& routine : module_.routines) {
    function_names_.push_back(IsLibcName(routine->name) && routine->kind != RoutineKind::Extern
                                  ? UniqueName(routine->name + "_")
                                  : routine->name);
  }
  // Calls of what stands further down.
  needs_prototype_.resize(module_.routines.size(), false);
  for (RoutineId id = 0; id < module_.routines.size(); ++id) {
    ForEachStatement(module_.routines[id]->body, [&](const Statement& statement) {
      ForEachTerm(statement, [&](const Term& term) {
        const bool calls = term.kind == TermKind::Call ||
                           (term.kind == TermKind::CallValue && term.index != kNoRoutine);
        if (calls && (term.index > id || (term.index == id && RoutineAt(id).yields))) {
          needs_prototype_[term.index] = true;
        }
      });
    });
  }
}

Translation CPrinter::Print() {
  NameAll();
  for (const auto& routine : module_.routines) {
    switch (routine->kind) {
      case RoutineKind::Named:
      case RoutineKind::Lambda:
      case RoutineKind::Generator:
        PrintRoutine(*routine);
        break;
      case RoutineKind::Extern:
      case RoutineKind::Top:
        break;
    }
  }
  if (options_.ending == Ending::Measure) {
    PrintMeasure();
  } else {
    PrintMain();
  }
  // Each may need another one.
  size_t routines = 0;
  size_t builtins = 0;
  while (routines < values_.size() || builtins < builtin_values_.size()) {
    if (routines < values_.size()) {
      PrintFunctionValue(RoutineAt(values_[routines++]));
    } else {
      PrintBuiltinValue(builtin_values_[builtins++]);
    }
  }
  if (refusal_.has_value()) {
    return Refused(refusal_->span, refusal_->text);
  }
  Writer whole(out_->source(), "//", "  ");
  PrintHead(&whole);
  return whole.Join(std::move(body_));
}

void CPrinter::PrintHead(Writer* head) {
  head->Head();
  Writer front(out_->source(), "//", "  ");
  PrintDeclarations(&front);
  const std::string program = front.text() + body_.text();
  const std::string prelude = CPreludeFor(program, options_.overflow);
  for (const std::string_view header : CHeadersFor(prelude + program)) {
    head->Plain("#include <" + std::string(header) + ">");
  }
  head->Gap();
  const bool has_unused =
      std::any_of(module_.routines.begin(), module_.routines.end(), [&](const auto& routine) {
        return routine->kind != RoutineKind::Top && routine->kind != RoutineKind::Extern &&
               CountCName(body_.text(), FunctionName(*routine)) < 2;
      });
  if (has_unused) {
    head->Plain(
        "// Not everything that the program defines is called when it is started like this.");
    head->Plain("#pragma GCC diagnostic ignored \"-Wunused-function\"");
    head->Gap();
  }
  head->Plain(prelude);
  head->Gap();
  head->Plain(front.text());
  head->Gap();
}

// What functions refer to, and functions that are called above their definition.
void CPrinter::PrintDeclarations(Writer* head) {
  const auto list = [&](const std::vector<std::string>& lines) {
    if (!lines.empty()) {
      head->Gap();
      for (const std::string& line : lines) {
        head->Plain(line);
      }
    }
  };
  std::vector<std::string> globals;
  for (size_t i = 0; i < module_.globals.size(); ++i) {
    if (ShapeOf(module_.globals[i].type) != Shape::Unit) {
      globals.push_back("static " + Declared(module_.globals[i].type, global_names_[i]) + ";");
    }
    if (module_.program->resolution.globals[i].may_be_unset) {
      globals.push_back("static bool " + global_names_[i] + "_is_set;");
    }
  }
  list(globals);
  list(types_of_head_);
  std::vector<std::string> declarations = value_names_;
  declarations.insert(declarations.end(), prototypes_.begin(), prototypes_.end());
  for (RoutineId id = 0; id < module_.routines.size(); ++id) {
    const Routine& routine = RoutineAt(id);
    if (needs_prototype_[id] && routine.kind != RoutineKind::Extern) {
      declarations.push_back(Signature(routine, function_names_[id]) + ";");
    }
  }
  list(declarations);
}

// Functions ------------------------------------------------------------------------

std::string CPrinter::Signature(const Routine& routine, const std::string& name) const {
  std::string params;
  for (uint32_t i = 0; i < routine.param_count + routine.capture_count; ++i) {
    const Variable& variable = routine.locals[i];
    if (ShapeOf(variable.type) != Shape::Unit) {
      params += (params.empty() ? "" : ", ") + Declared(variable.type, variable.name);
    }
  }
  const std::string result = ResultType(routine);
  return "static " + result + (result.ends_with('*') ? "" : " ") + name + "(" +
         (params.empty() ? "void" : params) + ")";
}

void CPrinter::CountUses(const Routine& routine) {
  uses_.assign(routine.locals.size(), 0);
  lambdas_.assign(routine.locals.size(), nullptr);
  local_names_.clear();
  for (const Variable& variable : routine.locals) {
    local_names_.insert(variable.name);
  }
  extra_fields_.clear();
  state_count_ = 0;
  std::vector<uint32_t> calls(routine.locals.size(), 0);
  ForEachStatement(routine.body, [&](const Statement& statement) {
    ForEachTerm(statement, [&](const Term& term) {
      if (term.kind == TermKind::Local) {
        ++uses_[term.index];
      }
      if (term.kind == TermKind::CallValue && term.index != kNoRoutine &&
          term.parts[0]->kind == TermKind::Local) {
        ++calls[term.parts[0]->index];
      }
    });
  });
  // A lambda that is only called needs no object: what it captures are fixed names.
  ForEachStatement(routine.body, [&](const Statement& statement) {
    if (statement.kind == StatementKind::Declare && statement.term != nullptr &&
        statement.term->kind == TermKind::Lambda && !routine.locals[statement.local].is_var &&
        uses_[statement.local] == calls[statement.local]) {
      lambdas_[statement.local] = statement.term;
    }
  });
}

void CPrinter::PrintRoutine(const Routine& routine) {
  routine_ = &routine;
  CountUses(routine);
  out_->Gap();
  if (routine.yields) {
    PrintGenerator(routine);
    return;
  }
  const frontend::Function& function = module_.program->resolution.functions[routine.function];
  frontend::Span header = {.begin = routine.span.begin, .end = routine.span.begin + 1};
  if (function.decl != nullptr) {
    header.end = function.decl->body->span.begin;
  }
  const std::string& name = FunctionName(routine);
  const std::string inner = routine.is_memo ? UniqueName("compute_" + name) : name;
  if (routine.is_memo) {
    prototypes_.push_back(Signature(routine, name) + ";");
  }
  Line(header, Signature(routine, inner) + " {");
  out_->Indent();
  PrintBody(routine);
  out_->Outdent();
  out_->Plain("}");
  if (routine.is_memo) {
    PrintMemo(routine, inner);
  }
}

void CPrinter::PrintBody(const Routine& routine) {
  for (uint32_t i = 0; i < routine.param_count + routine.capture_count; ++i) {
    if (uses_[i] == 0 && ShapeOf(routine.locals[i].type) != Shape::Unit) {
      out_->Plain("(void)" + routine.locals[i].name + ";");
    }
  }
  PrintBlock(routine.body);
  if (ShapeOf(routine.result) != Shape::Unit && routine.kind != RoutineKind::Top &&
      !Leaves(routine.body)) {
    out_->Plain("__builtin_unreachable();");
  }
}

// The function as the program calls it: looks into the table first.
void CPrinter::PrintMemo(const Routine& routine, const std::string& inner) {
  // All versions of a function share its table.
  const auto [place, is_new] = memo_tables_.try_emplace(routine.function);
  if (is_new) {
    const frontend::Function& function = module_.program->resolution.functions[routine.function];
    place->second = UniqueName("known_" + std::string(function.name));
    types_of_head_.push_back("static Memo " + place->second + ";");
  }
  const std::string& table = place->second;
  std::string key;
  std::string args;
  for (uint32_t i = 0; i < routine.param_count; ++i) {
    const Variable& param = routine.locals[i];
    std::string value =
        Boxed({.text = ShapeOf(param.type) == Shape::Unit ? "" : param.name, .type = param.type});
    const bool may_be_refused = IsObject(param.type) || ShapeOf(param.type) == Shape::Unit;
    if (may_be_refused && ShapeOf(param.type) != Shape::Str) {
      value = "check_key(" + value + ")";
    }
    key += (i == 0 ? "" : ", ") + value;
    if (ShapeOf(param.type) != Shape::Unit) {
      args += (args.empty() ? "" : ", ") + param.name;
    }
  }
  const std::string arity = std::to_string(routine.param_count);
  const bool has_result = ShapeOf(routine.result) != Shape::Unit;
  const frontend::Span span = {.begin = routine.span.begin, .end = routine.span.begin + 1};
  out_->Gap();
  Line(span, Signature(routine, FunctionName(routine)) + " {");
  out_->Indent();
  const std::string keys = NewVariable("key", "Value");
  const std::string known = NewVariable("known", "Value");
  const std::string result = NewVariable("result", "Value");
  Line(span, "Value " + keys + "[] = {" + (key.empty() ? "of_none()" : key) + "};");
  Line(span,
       "const Value *" + known + " = recall_result(&" + table + ", " + arity + ", " + keys + ");");
  Line(span, "if (" + known + " != NULL) {");
  const std::string found = Unboxed("(*" + known + ")", routine.result);
  Line(span, has_result ? "  return " + Retained(found, routine.result) + ";" : "  return;");
  Line(span, "}");
  if (has_result) {
    Line(span, Declared(routine.result, result) + " = " + inner + "(" + args + ");");
    Line(span, "remember_result(&" + table + ", " + arity + ", " + keys + ", " +
                   Boxed({.text = result, .type = routine.result}) + ");");
    Line(span, "return " + result + ";");
  } else {
    Line(span, inner + "(" + args + ");");
    Line(span, "remember_result(&" + table + ", " + arity + ", " + keys + ", of_none());");
  }
  out_->Outdent();
  out_->Plain("}");
}

}  // namespace emit
