// Names that are free. tests/emit/lower_test.cpp.

#include "emit/names.h"

namespace emit {

using frontend::Function;
using frontend::FunctionId;
using frontend::LocalId;
using frontend::RefKind;

std::string Names::Take(std::string_view base) {
  std::string name(base);
  if (traits_.is_reserved(name)) {
    name += '_';
  }
  const std::string stem = name;
  for (int number = 2; !taken_.insert(name).second || traits_.is_reserved(name); ++number) {
    name = stem + (stem.ends_with('_') ? "" : "_") + std::to_string(number);
  }
  return name;
}

std::vector<std::vector<std::string>> NameLocals(const frontend::Program& program,
                                                 const Traits& traits) {
  const std::vector<Function>& functions = program.resolution.functions;
  std::vector<std::vector<std::string>> names(functions.size());
  // What functions see of the top level keeps its name there, and hides nothing elsewhere.
  std::vector<std::string_view> visible;
  for (const frontend::Global& global : program.resolution.globals) {
    visible.push_back(global.name);
  }
  for (const Function& function : functions) {
    if (function.decl != nullptr) {
      visible.push_back(function.name);
    }
  }
  // A function stands before those inside it, so the names it lends them are known.
  for (FunctionId id = 0; id < functions.size(); ++id) {
    const Function& function = functions[id];
    std::vector<std::string>& own = names[id];
    own.resize(function.locals.size());
    Names scope(traits);
    std::vector<bool> is_captured(function.locals.size(), false);
    for (const frontend::Capture& capture : function.captures) {
      LAB_CHECK(capture.outer.kind == RefKind::Local);
      own[capture.inner] = scope.Take(names[function.parent][capture.outer.index]);
      is_captured[capture.inner] = true;
    }
    for (LocalId local = 0; local < function.param_count; ++local) {
      const std::string_view name = function.locals[local].name;
      own[local] = scope.Take(name.starts_with('<') ? "source" : name);  // of a generator
    }
    for (const std::string_view name : visible) {
      scope.Take(name);
    }
    for (LocalId local = function.param_count; local < function.locals.size(); ++local) {
      if (!is_captured[local]) {
        own[local] = scope.Take(function.locals[local].name);
      }
    }
  }
  return names;
}

}  // namespace emit
