// The words of JavaScript, and how its programs end. tests/emit/js_test.cpp; that they mean the
// same: tests/peers.

#include "emit/js.h"

#include <algorithm>

#include "emit/js_printer.h"
#include "emit/libm.h"
#include "emit/lower.h"
#include "emit/preludes.h"
#include "emit/quote.h"
#include "frontend/check.h"
#include "runtime/builtins.h"

namespace emit {

using runtime::kAny;
using runtime::kNone;

namespace {

constexpr std::string_view kWords[] = {
    "await",    "break",      "case",       "catch",      "class",     "const",      "continue",
    "debugger", "default",    "delete",     "do",         "else",      "enum",       "export",
    "extends",  "false",      "finally",    "for",        "function",  "if",         "import",
    "in",       "instanceof", "new",        "null",       "return",    "super",      "switch",
    "this",     "throw",      "true",       "try",        "typeof",    "var",        "void",
    "while",    "with",       "yield",      "let",        "static",    "implements", "interface",
    "package",  "private",    "protected",  "public",     "arguments", "eval",       "undefined",
    "NaN",      "Infinity",   "Math",       "Number",     "String",    "Array",      "Object",
    "Map",      "Set",        "WeakMap",    "WeakSet",    "Error",     "JSON",       "BigInt",
    "RegExp",   "Buffer",     "process",    "require",    "module",    "exports",    "performance",
    "console",  "global",     "globalThis", "__filename", "__dirname", "Symbol",     "Promise",
};

bool IsJsWord(std::string_view name) {
  constexpr std::string_view kDeclaring[] = {"function* ", "function ", "const ", "let ", "class "};
  static const std::unordered_set<std::string_view> prelude = NamesOf(kJsPrelude, kDeclaring);
  return prelude.contains(name) ||
         std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords);
}

constexpr Traits kTraits = {
    .has_routine_per_version = true,
    .has_comprehensions = false,
    .has_choose = true,
    .has_long_lambdas = true,
    .has_labels = true,
    .has_defaults = true,
    .expands_consumers = false,
    .orders_operands = true,
    .names_objects = false,
    .is_reserved = IsJsWord,
};

constexpr Syntax kSyntax = {
    .ints = Ints::Double,
    .comment = "//",
    .end = ";",
    .no = "!",
    .both = "&&",
    .either = "||",
    .equal = "===",
    .unequal = "!==",
    .join = "+",
    .join_level = Level::Add,
    .open_list = "[",
    .close_list = "]",
    .begin_if = "if (",
    .begin_elif = "} else if (",
    .then = ") {",
    .otherwise = "} else {",
    .end_block = "}",
    .floor = "Math.floor",
    .to_text = "String",
    .floors_modulo = false,
    .has_updates = true,
    .throws = "throw new Error(",
    .end_throw = ");",
};

// C functions that JavaScript has under the same or another name, for doubles and for floats.
struct Row {
  std::string_view c_name;
  std::string_view name;
};
constexpr Row kMathFunctions[] = {
    {"acos", "acos"},   {"acosh", "acosh"}, {"asin", "asin"},   {"asinh", "asinh"},
    {"atan", "atan"},   {"atanh", "atanh"}, {"cbrt", "cbrt"},   {"ceil", "ceil"},
    {"cos", "cos"},     {"cosh", "cosh"},   {"exp", "exp"},     {"expm1", "expm1"},
    {"fabs", "abs"},    {"floor", "floor"}, {"log", "log"},     {"log10", "log10"},
    {"log1p", "log1p"}, {"log2", "log2"},   {"sin", "sin"},     {"sinh", "sinh"},
    {"sqrt", "sqrt"},   {"tan", "tan"},     {"tanh", "tanh"},   {"trunc", "trunc"},
    {"atan2", "atan2"}, {"fmod", "%"},      {"ldexp", "ldexp"},
};

}  // namespace

std::string_view JsMathFunction(std::string_view c_name) {
  for (const Row& row : kMathFunctions) {
    if (c_name == row.c_name ||
        (c_name.ends_with('f') && c_name.substr(0, c_name.size() - 1) == row.c_name)) {
      return row.name;
    }
  }
  return {};
}

JsPrinter::JsPrinter(const Module& module, const Options& options)
    : ScriptPrinter(module, options, kSyntax, kJsPrelude) {}

std::string JsPrinter::Readers(const Routine& routine) {
  std::string text;
  for (LocalId i = 0; i < routine.param_count; ++i) {
    const frontend::Param& param = FunctionOf(routine).decl->params[i];
    text += text.empty() ? "" : ", ";
    text += std::string(param.binding.name) + ": " + ReaderOf(routine.locals[i].type);
  }
  return text.empty() ? std::string("{}") : "{ " + text + " }";
}

// The arguments of main are looked at before anything runs.
void JsPrinter::PrintArguments() {
  const Routine* main = MainRoutine();
  if (main == nullptr || main->param_count == 0) {
    return;
  }
  const frontend::FunctionDecl& decl = *FunctionOf(*main).decl;
  std::string text = Call("arguments_of", {Readers(*main), "process.argv.slice(2)"}).text;
  std::vector<std::string> needed;
  for (const frontend::Param& param : decl.params) {
    if (param.default_value == nullptr) {
      needed.push_back(Quoted(param.binding.name));
    }
  }
  if (!needed.empty()) {
    text.back() = ',';
    for (size_t i = 0; i < needed.size(); ++i) {
      text += (i == 0 ? " [" : ", ") + needed[i];
    }
    text += "])";
  }
  Line(decl.binding.span, "const " + FreshName("args") + " = " + text + ";");
}

void JsPrinter::PrintEnding() {
  if (options_.ending == Ending::Measure) {
    prelude_.Use("measure");
    Plain("measure({");
    Open();
    for (const auto& routine : module_.routines) {
      const frontend::Function& function = FunctionOf(*routine);
      const RoutineId entry = module_.entry_of_function[module_.program->IdOf(function)];
      if (function.kind != frontend::FunctionKind::Bench || module_.routines[entry] != routine) {
        continue;
      }
      const TypeId result = routine->result == runtime::kNever ? kAny : routine->result;
      const Arg value{.piece = {item_}, .type = result, .term = nullptr};
      const std::string tag = result == kAny ? Use("type_of") : "() => " + TypeText(result);
      Plain(std::string(function.name) + ": { run: " + routine->name +
            ", readers: " + Readers(*routine) + ", tag: " + tag +
            ", show: " + Function({item_}, TextOf(value)) + " },");
    }
    Close("});");
    return;
  }
  const Routine* main = MainRoutine();
  if (main == nullptr) {
    return;
  }
  const Routine& routine = *main;
  const std::string args = routine.param_count > 0 ? "..." + FreshName("args") : "";
  const Piece call{routine.name + "(" + args + ")"};
  if (routine.result == kNone || routine.result == runtime::kNever) {
    Plain(call.text + ";");
  } else if (routine.result == kAny) {
    Use("print");
    Plain(Call("print_value", {call.text}).text + ";");
  } else {
    const Arg value{.piece = call, .type = routine.result, .term = nullptr};
    Plain(Call("print", {PrintedText(value).text}).text + ";");
  }
}

Translation TranslateToJs(const frontend::Program& program, const Options& options) {
  for (const frontend::Function& function : program.resolution.functions) {
    if (function.kind != frontend::FunctionKind::Extern) {
      continue;
    }
    // What no library has is an error of the program, at its first call.
    const bool is_known = function.decl->library == "m" &&
                          (!JsMathFunction(function.name).empty() || !IsLibm(function.name));
    if (!is_known) {
      Translation translation;
      translation.refusal = Refusal{
          .span = function.decl->binding.span,
          .text = function.decl->library == "m"
                      ? "JavaScript has no function like `" + std::string(function.name) + "`"
                      : "a function of a C library other than \"m\" cannot be called from "
                        "JavaScript"};
      return translation;
    }
  }
  runtime::TypeTable types;
  const std::unique_ptr<Module> module = Lower(program, types, kTraits);
  return JsPrinter(*module, options).Print();
}

}  // namespace emit
