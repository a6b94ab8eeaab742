// The targets and their names. tests/emit/emit_test.cpp.

#include "emit/emit.h"

#include "emit/c.h"
#include "emit/js.h"
#include "emit/lua.h"
#include "emit/python.h"
#include "frontend/check.h"

namespace emit {
namespace {

struct Row {
  Target target;
  std::string_view name;
  std::string_view extension;
};

constexpr Row kRows[] = {
    {Target::Python, "python", "py"}, {Target::Cython, "cython", "pyx"}, {Target::C, "c", "c"},
    {Target::Lua, "lua", "lua"},      {Target::LuaJit, "luajit", "lua"}, {Target::Js, "js", "js"},
};

const Row& RowOf(Target target) {
  for (const Row& row : kRows) {
    if (row.target == target) {
      return row;
    }
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

}  // namespace

std::string_view Name(Target target) { return RowOf(target).name; }

std::string_view FileExtension(Target target) { return RowOf(target).extension; }

std::optional<Target> FindTarget(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) {
      return row.target;
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> TargetNames() {
  std::vector<std::string_view> names;
  for (const Row& row : kRows) {
    names.push_back(row.name);
  }
  return names;
}

Translation Translate(const frontend::Program& program, Target target, const Options& options) {
  switch (target) {
    case Target::Python:
      return TranslateToPython(program, PythonDialect::Python, options);
    case Target::C:
      return TranslateToC(program, options);
    case Target::Cython:
      return TranslateToPython(program, PythonDialect::Cython, options);
    case Target::Lua:
      return TranslateToLua(program, LuaDialect::Lua54, options);
    case Target::LuaJit:
      return TranslateToLua(program, LuaDialect::LuaJit, options);
    case Target::Js:
      return TranslateToJs(program, options);
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

}  // namespace emit
