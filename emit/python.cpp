// A module as a Python or Cython program. tests/emit/python_test.cpp; that it means the same:
// tests/peers.

#include "emit/python.h"

#include <algorithm>

#include "emit/lower.h"
#include "emit/python_printer.h"
#include "frontend/check.h"
#include "frontend/print_source.h"

namespace emit {

using frontend::TypeExpr;
using frontend::TypeExprKind;
using runtime::BuiltinKind;

namespace {

// Words of the language and of the program text that this printer makes.
constexpr std::string_view kWords[] = {
    "arguments", "result",
    "False",     "None",
    "True",      "and",
    "as",        "assert",
    "async",     "await",
    "break",     "class",
    "continue",  "def",
    "del",       "elif",
    "else",      "except",
    "finally",   "for",
    "from",      "global",
    "if",        "import",
    "in",        "is",
    "lambda",    "nonlocal",
    "not",       "or",
    "pass",      "raise",
    "return",    "try",
    "while",     "with",
    "yield",     "abs",
    "all",       "any",
    "bool",      "builtins",
    "cache",     "ctypes",
    "error",     "filter",
    "float",     "functools",
    "int",       "int64",
    "io",        "isinstance",
    "iter",      "len",
    "list",      "map",
    "max",       "memo",
    "min",       "next",
    "operator",  "perf_counter",
    "print",     "range",
    "repr",      "round",
    "Seq",       "sequence",
    "set",       "str",
    "StringIO",  "sum",
    "sys",       "time",
    "tuple",     "type",
    "zip",       "dict",
    "callable",  "getattr",
    "hasattr",   "enumerate",
    "cdef",      "cpdef",
    "cimport",   "ctypedef",
    "extern",    "inline",
    "nogil",     "double",
    "long",      "bint",
    "acos",      "asin",
    "atan",      "atan2",
    "ceil",      "cos",
    "e",         "exp",
    "fabs",      "floor",
    "hypot",     "inf",
    "log",       "log10",
    "log2",      "nan",
    "pi",        "pow",
    "sin",       "sqrt",
    "tan",       "object",
    "struct",    "union",
    "enum",      "print_function",
};

Traits TraitsOf(PythonDialect dialect) {
  return {
      .has_routine_per_version = false,
      .has_comprehensions = true,
      .has_choose = true,
      .has_long_lambdas = false,
      .has_labels = false,
      .has_defaults = true,
      .expands_consumers = false,
      .orders_operands = true,
      .names_objects = false,
      .is_reserved = dialect == PythonDialect::Cython ? IsCythonWord : IsPythonWord,
  };
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? word : ", " + word;
  }
  return text;
}

}  // namespace

bool IsPythonWord(std::string_view name) {
  return name.starts_with("gc_") || name.starts_with("__") || name.ends_with("Error") ||
         std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords);
}

Translation TranslateToPython(const frontend::Program& program, PythonDialect dialect,
                              const Options& options) {
  for (const frontend::Function& function : program.resolution.functions) {
    if (function.kind == frontend::FunctionKind::Extern && function.decl->library != "m") {
      Translation translation;
      translation.refusal =
          Refusal{.span = function.decl->binding.span,
                  .text = "only functions of the C math library are called from other languages"};
      return translation;
    }
  }
  runtime::TypeTable types;
  const std::unique_ptr<Module> module = Lower(program, types, TraitsOf(dialect));
  return PythonPrinter(*module, dialect, options).Print();
}

PythonPrinter::PythonPrinter(const Module& module, PythonDialect dialect, const Options& options)
    : module_(module),
      dialect_(dialect),
      options_(options),
      out_(*module.program->source, "#", "    "),
      prelude_(kPythonPrelude) {
  out_.SkipHead();
  if (dialect_ == PythonDialect::Cython) {
    cython_.emplace(module_, options_);
    prelude_.Add(kCythonPrelude);
  }
}

std::string PythonPrinter::Use(std::string_view part) {
  prelude_.Use(part);
  return "gc_" + std::string(part);
}

Translation PythonPrinter::Print() {
  for (const auto& routine : module_.routines) {
    routine_ = routine.get();
    switch (routine->kind) {
      case RoutineKind::Named:
      case RoutineKind::Generator:
        PrintRoutine(*routine);
        break;
      case RoutineKind::Extern:
        PrintExtern(*routine);
        break;
      case RoutineKind::Lambda:
        break;  // written where it is made
      case RoutineKind::Top:
        PrintArguments();
        out_.Gap(2);
        PrintDeclarations(*routine);
        for (const Statement* statement : routine->body) {
          PrintStatement(*statement);
        }
        break;
    }
  }
  PrintEnding();
  // What the program turned out to need stands in front of it.
  Writer whole(out_.source(), "#", "    ");
  PrintHead(&whole);
  return whole.Join(std::move(out_));
}

void PythonPrinter::PrintHead(Writer* head) {
  head->Head();
  if (cython_) {
    PrintDirectives(head);
  }
  const auto import = [&](std::string_view from, const std::set<std::string>& names) {
    if (!names.empty()) {
      head->Plain("from " + std::string(from) + " import " + Joined({names.begin(), names.end()}));
    }
  };
  import("functools", from_functools_);
  if (uses_buffers_) {
    import("io", {"StringIO"});
  }
  import("math", from_math_);
  if (uses_clock_) {
    import("time", {"perf_counter"});
  }
  const std::string prelude = prelude_.Text("\n\n\n");
  if (!prelude.empty()) {
    head->Gap();
    head->Plain("# What gc means and Python does not.\n" + prelude);
    head->Gap(2);
    head->Plain("# The program.");
    head->Gap();
  } else {
    head->Gap(2);
  }
}

std::string PythonPrinter::Annotation(const TypeExpr* type) {
  switch (type->kind) {
    case TypeExprKind::Int:
    case TypeExprKind::I32:
      return "int";
    case TypeExprKind::Float:
    case TypeExprKind::F32:
      return "float";
    case TypeExprKind::Bool:
      return "bool";
    case TypeExprKind::Str:
      return "str";
    case TypeExprKind::None:
      return "None";
    case TypeExprKind::List: {
      const std::string inner = Annotation(type->args[0]);
      return inner.empty() ? "list" : "list[" + inner + "]";
    }
    case TypeExprKind::Seq:
    case TypeExprKind::Function:
      return "";  // what Python calls them says less than nothing
  }
  LAB_CHECK(false);
}

std::string PythonPrinter::AnnotationOf(const Variable& variable) {
  return cython_ || variable.declared == nullptr ? "" : Annotation(variable.declared);
}

// Empty: it is no constant, and every call gives the argument.
std::string PythonPrinter::DefaultText(const frontend::Expr& value) {
  if (!IsConstantDefault(value)) {
    return "";
  }
  if (const auto* boolean = frontend::DynCast<frontend::BoolExpr>(value)) {
    return boolean->value ? "True" : "False";
  }
  if (value.kind == frontend::ExprKind::None) {
    return "None";
  }
  if (const auto* unary = frontend::DynCast<frontend::UnaryExpr>(value)) {
    const bool is_negative = unary->op == frontend::UnaryOp::Negate;
    return (is_negative ? "-" : "not ") + DefaultText(*unary->operand);
  }
  return std::string(out_.source().text(value.span));
}

std::string PythonPrinter::Signature(const Routine& routine) {
  const frontend::Function& function = module_.program->resolution.functions[routine.function];
  std::vector<std::string> params;
  // A generator's captures are passed to it; a lambda finds its own around it.
  const uint32_t count =
      routine.param_count + (routine.kind == RoutineKind::Generator ? routine.capture_count : 0);
  // Only the last parameters may have defaults. One that is no constant is none here, so that
  // neither are those before it.
  uint32_t first_default = count;
  while (function.decl != nullptr && first_default > 0 &&
         function.decl->params[first_default - 1].default_value != nullptr &&
         !DefaultText(*function.decl->params[first_default - 1].default_value).empty()) {
    --first_default;
  }
  for (uint32_t i = 0; i < count; ++i) {
    const Variable& variable = routine.locals[i];
    const std::string type = cython_ ? std::string(cython_->TypeOf(routine, i)) : "";
    std::string text = type.empty() ? variable.name : type + " " + variable.name;
    const std::string annotation = AnnotationOf(variable);
    text += annotation.empty() ? "" : ": " + annotation;
    if (i >= first_default) {
      std::string value = DefaultText(*function.decl->params[i].default_value);
      const bool is_float =
          variable.declared != nullptr && variable.declared->kind == TypeExprKind::Float;
      if (is_float && value.find_first_not_of("-0123456789_") == std::string::npos) {
        value += ".0";  // an int that becomes a float
      }
      text += (annotation.empty() ? "=" : " = ") + value;
    }
    params.push_back(text);
  }
  std::string text = "(" + Joined(params) + ")";
  if (!cython_ && function.decl != nullptr && function.decl->result_type != nullptr &&
      !routine.yields) {
    const std::string annotation = Annotation(function.decl->result_type);
    text += annotation.empty() ? "" : " -> " + annotation;
  }
  return text;
}

std::string PythonPrinter::HeaderText(const Routine& routine) {
  const std::string middle = routine.name + Signature(routine);
  return (cython_ ? CythonHeader(routine, middle) : "def " + middle) + ":";
}

void PythonPrinter::PrintRoutine(const Routine& routine) {
  out_.Gap(2);
  const frontend::Function& function = module_.program->resolution.functions[routine.function];
  frontend::Span header = routine.span;
  if (function.decl != nullptr) {
    header.end = function.decl->body->span.begin;
  }
  if (routine.is_memo) {
    const bool is_plain =
        std::all_of(routine.locals.begin(), routine.locals.begin() + routine.param_count,
                    [](const Variable& param) {
                      return param.type == runtime::kInt || param.type == runtime::kStr;
                    });
    if (is_plain) {
      from_functools_.insert("cache");
      out_.Line(header, "@cache");
    } else {
      prelude_.Use("memo");
      out_.Line(header, "@memo");
    }
  }
  if (routine.yields) {
    prelude_.Use("sequence");
    out_.Line(header, "@sequence");
  }
  out_.Line(header, HeaderText(routine));
  out_.Indent();
  PrintDeclarations(routine);
  PrintBlock(routine.body);
  out_.Outdent();
}

void PythonPrinter::PrintExtern(const Routine& routine) {
  if (cython_ && cython_->IsCompiled(routine)) {
    PrintCythonExtern(routine);
    return;
  }
  const auto c_type = [](const TypeExpr& type) -> std::string {
    switch (type.kind) {
      case TypeExprKind::Int:
        return "ctypes.c_int64";
      case TypeExprKind::I32:
        return "ctypes.c_int32";
      case TypeExprKind::F32:
        return "ctypes.c_float";
      case TypeExprKind::Bool:
        return "ctypes.c_bool";
      case TypeExprKind::None:
        return "None";
      case TypeExprKind::Float:
      case TypeExprKind::Str:
      case TypeExprKind::List:
      case TypeExprKind::Seq:
      case TypeExprKind::Function:
        return "ctypes.c_double";
    }
    LAB_CHECK(false);
  };
  const frontend::Function& function = module_.program->resolution.functions[routine.function];
  std::vector<std::string> params{c_type(*function.decl->result_type)};
  for (const frontend::Param& param : function.decl->params) {
    params.push_back(c_type(*param.type));
  }
  out_.Line(routine.span, routine.name + " = " + Use("extern") + "(\"" +
                              std::string(function.name) + "\", " + Joined(params) + ")");
}

const Routine* PythonPrinter::MainRoutine() const {
  const frontend::Function* main = module_.program->FindFunction("main");
  const bool is_run = main != nullptr && main->kind == frontend::FunctionKind::Def &&
                      options_.ending == Ending::Main;
  return is_run ? module_.routines[module_.entry_of_function[module_.program->IdOf(*main)]].get()
                : nullptr;
}

// The arguments of main are looked at before anything runs.
void PythonPrinter::PrintArguments() {
  const Routine* main = MainRoutine();
  if (main == nullptr || main->param_count == 0) {
    return;
  }
  const frontend::FunctionDecl& decl = *module_.program->resolution.functions[main->function].decl;
  std::string wanted;
  std::vector<std::string> needed;
  for (const frontend::Param& param : decl.params) {
    const std::string name = "\"" + std::string(param.binding.name) + "\"";
    wanted += (wanted.empty() ? "" : ", ") + name + ": " + Wanted(param);
    if (param.default_value == nullptr) {
      needed.push_back(name);
    }
  }
  out_.Gap(2);
  out_.Line(decl.binding.span, "arguments = " + Use("arguments") + "({" + wanted + "}, " +
                                   (needed.empty() ? "set()" : "{" + Joined(needed) + "}") + ")");
}

std::string PythonPrinter::Wanted(const frontend::Param& param) {
  return "\"" + (param.type != nullptr ? frontend::PrintType(*param.type) : "any") + "\"";
}

// Cython's functions of one parameter without a default take no names.
std::string PythonPrinter::GivenArguments(const Routine& main) {
  const frontend::FunctionDecl& decl = *module_.program->resolution.functions[main.function].decl;
  const bool is_nameless =
      cython_ && main.param_count == 1 && decl.params[0].default_value == nullptr;
  return is_nameless ? "(*arguments.values())" : "(**arguments)";
}

void PythonPrinter::PrintEnding() {
  const std::vector<frontend::Function>& functions = module_.program->resolution.functions;
  for (const auto& routine : module_.routines) {
    if (routine->is_recursive) {
      prelude_.Use(routine->is_memo ? "recursion_of_memo" : "recursion");
    }
  }
  if (options_.ending == Ending::Measure) {
    prelude_.Use("measure");
    out_.Gap();
    out_.Gap();
    out_.Plain("gc_measure({");
    for (const auto& routine : module_.routines) {
      const frontend::Function& function = functions[routine->function];
      if (function.kind == frontend::FunctionKind::Bench) {
        std::vector<std::string> types;
        for (const frontend::Param& param : function.decl->params) {
          types.push_back(Wanted(param));
        }
        out_.Plain("    \"" + std::string(function.name) + "\": (" + routine->name + ", [" +
                   Joined(types) + "]),");
      }
    }
    out_.Plain("})");
    return;
  }
  const Routine* main = MainRoutine();
  if (main == nullptr) {
    return;
  }
  const Routine& routine = *main;
  const std::string call =
      routine.name + (routine.param_count > 0 ? GivenArguments(routine) : "()");
  out_.Gap(2);
  out_.Plain("if __name__ == \"__main__\":");
  if (routine.result == runtime::kNone || routine.result == runtime::kNever) {
    out_.Plain("    " + call);
    return;
  }
  out_.Plain("    result = " + call);
  const bool is_plain = routine.result == runtime::kInt || routine.result == runtime::kFloat ||
                        routine.result == runtime::kStr;
  if (is_plain) {
    out_.Plain("    print(result)");
  } else {
    prelude_.Use("text");
    out_.Plain("    if result is not None:");
    out_.Plain("        print(gc_text(result))");
  }
}

}  // namespace emit
