// The words of Lua, and how its programs end. tests/emit/lua_test.cpp; that they mean the same:
// tests/peers.

#include "emit/lua.h"

#include <algorithm>

#include "emit/libm.h"
#include "emit/lower.h"
#include "emit/lua_printer.h"
#include "emit/preludes.h"
#include "emit/quote.h"
#include "frontend/check.h"
#include "runtime/builtins.h"

namespace emit {

using frontend::TypeExprKind;
using runtime::kAny;
using runtime::kNone;

namespace {

constexpr std::string_view kWords[] = {
    "and",      "break",    "do",           "else",         "elseif",
    "end",      "false",    "for",          "function",     "goto",
    "if",       "in",       "local",        "nil",          "not",
    "or",       "repeat",   "return",       "then",         "true",
    "until",    "while",    "arg",          "coroutine",    "error",
    "io",       "ipairs",   "math",         "next",         "os",
    "pairs",    "pcall",    "require",      "select",       "string",
    "table",    "type",     "utf8",         "unpack",       "assert",
    "load",     "rawequal", "rawlen",       "rawget",       "rawset",
    "_G",       "_ENV",     "jit",          "bit",          "debug",
    "tonumber", "tostring", "setmetatable", "getmetatable", "collectgarbage",
    "dofile",   "loadfile", "xpcall",       "module",       "package",
};

constexpr std::string_view kDeclaring[] = {"local function ", "local "};

bool IsWord(const std::unordered_set<std::string_view>& prelude, std::string_view name) {
  return prelude.contains(name) ||
         std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords);
}

bool IsLuaWord(std::string_view name) {
  static const std::unordered_set<std::string_view> prelude = NamesOf(kLuaPrelude, kDeclaring);
  return IsWord(prelude, name);
}

bool IsLuaJitWord(std::string_view name) {
  static const std::unordered_set<std::string_view> prelude = NamesOf(kLuaJitPrelude, kDeclaring);
  return IsWord(prelude, name);
}

constexpr Traits TraitsOf(LuaDialect dialect) {
  return {
      .has_routine_per_version = true,
      .has_comprehensions = false,
      .has_choose = false,
      .has_long_lambdas = true,
      .has_labels = true,
      .has_defaults = true,
      .expands_consumers = false,
      .orders_operands = true,
      .names_objects = false,
      .is_reserved = dialect == LuaDialect::LuaJit ? IsLuaJitWord : IsLuaWord,
  };
}

constexpr Syntax SyntaxOf(Ints ints) {
  return {
      .ints = ints,
      .comment = "--",
      .end = "",
      .no = "not ",
      .both = "and",
      .either = "or",
      .equal = "==",
      .unequal = "~=",
      .join = "..",
      .join_level = Level::Concat,
      .open_list = "{",
      .close_list = "}",
      .begin_if = "if ",
      .begin_elif = "elseif ",
      .then = " then",
      .otherwise = "else",
      .end_block = "end",
      .floor = "math.floor",
      .to_text = "tostring",
      .floors_modulo = true,
      .has_updates = false,
      .throws = "error(",
      .end_throw = ")",
  };
}

constexpr Syntax kLuaSyntax = SyntaxOf(Ints::Int64);
constexpr Syntax kLuaJitSyntax = SyntaxOf(Ints::Double);

std::string CTypeOf(const frontend::TypeExpr& type) {
  return type.kind == TypeExprKind::Float ? "double"
         : type.kind == TypeExprKind::F32 ? "float"
         : type.kind == TypeExprKind::I32 ? "int"
                                          : "long";
}

// What standard Lua has of C's functions, for doubles.
bool HasInLua(const frontend::FunctionDecl& decl) { return decl.binding.name == "fmod"; }

}  // namespace

LuaPrinter::LuaPrinter(const Module& module, LuaDialect dialect, const Options& options)
    : ScriptPrinter(module, options, dialect == LuaDialect::LuaJit ? kLuaJitSyntax : kLuaSyntax,
                    dialect == LuaDialect::LuaJit ? kLuaJitPrelude : kLuaPrelude),
      dialect_(dialect) {}

void LuaPrinter::PrintExtern(const Routine& routine) {
  const frontend::FunctionDecl& decl = *FunctionOf(routine).decl;
  const std::string name(decl.binding.name);
  const std::string local = HasManyNames() || is_forward_[routine_id_] ? "" : "local ";
  if (!IsLibm(name)) {
    // The place of the error is that of the call.
    Plain(local + routine.name + " = function() error(" +
          Quoted("extern: the library \"m\" has no function `" + name + "` that may be called") +
          ", 2) end");
    return;
  }
  if (!IsJit()) {
    Line(routine.span, local + routine.name + " = math." + name);
    return;
  }
  prelude_.Use("ffi");
  std::string params;
  std::string checked;
  bool checks = false;
  const std::vector<std::string> names = ParamNames(routine);
  for (size_t i = 0; i < names.size(); ++i) {
    const frontend::TypeExpr& type = *decl.params[i].type;
    params += (i == 0 ? "" : ", ") + CTypeOf(type) + " " + names[i];
    const bool is_narrow = type.kind == TypeExprKind::I32;
    checks = checks || is_narrow;
    checked += (i == 0 ? "" : ", ") + (is_narrow ? Call("int32", {names[i]}).text : names[i]);
  }
  Line(routine.span,
       "ffi.cdef[[ " + CTypeOf(*decl.result_type) + " " + name + "(" + params + "); ]]");
  const bool is_long = CTypeOf(*decl.result_type) == "long";
  if (!checks && !is_long) {
    Line(routine.span, local + routine.name + " = ffi.C." + name);
    return;
  }
  const std::string call = "ffi.C." + name + "(" + checked + ")";
  std::string list;
  for (const std::string& each : names) {
    list += (list.empty() ? "" : ", ") + each;
  }
  Line(routine.span,
       local + routine.name + " = function(" + list + ") return " +
           (is_long ? Call("exact", {"tonumber(" + call + ")"}).text : "(" + call + ")") + " end");
}

// Arguments and measuring --------------------------------------------------------------

// A list of names, what reads them, and whether they are needed.
std::string LuaPrinter::Readers(const Routine& routine) {
  std::string text;
  for (LocalId i = 0; i < routine.param_count; ++i) {
    const frontend::Param& param = FunctionOf(routine).decl->params[i];
    text += text.empty() ? "{" : ", {";
    text += Quoted(param.binding.name) + ", " + ReaderOf(routine.locals[i].type) +
            (param.default_value == nullptr ? ", true}" : "}");
  }
  return "{" + text + "}";
}

void LuaPrinter::PrintArguments() {
  const Routine* main = MainRoutine();
  if (main == nullptr || main->param_count == 0) {
    return;
  }
  Line(FunctionOf(*main).decl->binding.span,
       "local " + FreshName("args") + " = " + Call("arguments_of", {Readers(*main), "arg"}).text);
}

void LuaPrinter::PrintEnding() {
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
      const std::string tag = result == kAny ? Use("type_of") : Function({}, {TypeText(result)});
      Plain("[" + Quoted(function.name) + "] = {run = " + routine->name +
            ", readers = " + Readers(*routine) + ", tag = " + tag +
            ", show = " + Function({item_}, TextOf(value)) + "},");
    }
    Close("})");
    return;
  }
  const Routine* main = MainRoutine();
  if (main == nullptr) {
    return;
  }
  const std::string args = main->param_count == 0
                               ? ""
                               : std::string(IsJit() ? "unpack(" : "table.unpack(") +
                                     FreshName("args") + ", 1, " +
                                     std::to_string(main->param_count) + ")";
  const Piece call{main->name + "(" + args + ")"};
  if (main->result == kNone || main->result == runtime::kNever) {
    Plain(call.text);
  } else if (main->result == kAny) {
    Use("print");
    Plain(Call("print_value", {call.text}).text);
  } else {
    const Arg value{.piece = call, .type = main->result, .term = nullptr};
    Plain(Call("print", {PrintedText(value).text}).text);
  }
}

Translation TranslateToLua(const frontend::Program& program, LuaDialect dialect,
                           const Options& options) {
  for (const frontend::Function& function : program.resolution.functions) {
    if (function.kind != frontend::FunctionKind::Extern) {
      continue;
    }
    // What no library has is an error of the program, at its first call.
    const bool is_known =
        function.decl->library == "m" &&
        (dialect == LuaDialect::LuaJit || HasInLua(*function.decl) || !IsLibm(function.name));
    if (!is_known) {
      Translation translation;
      translation.refusal = Refusal{
          .span = function.decl->binding.span,
          .text = function.decl->library == "m"
                      ? "standard Lua cannot call C: it has no `" + std::string(function.name) + "`"
                      : "a function of a C library other than \"m\" cannot be called from Lua"};
      return translation;
    }
  }
  runtime::TypeTable types;
  const std::unique_ptr<Module> module = Lower(program, types, TraitsOf(dialect));
  return LuaPrinter(*module, dialect, options).Print();
}

}  // namespace emit
