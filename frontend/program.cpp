// The pipeline from bytes to a checked program, and the small look-ups that
// engines need.

#include "frontend/program.h"

#include <algorithm>
#include <utility>

#include "frontend/lexer.h"
#include "frontend/parser.h"
#include "frontend/resolver.h"

namespace frontend {

const ArgumentMap* Resolution::FindArgumentMap(ExprId call) const {
  auto found = std::lower_bound(argument_maps.begin(), argument_maps.end(), call,
                                [](const ArgumentMap& map, ExprId id) { return map.call < id; });
  return found != argument_maps.end() && found->call == call ? &*found : nullptr;
}

const Function* Program::FindFunction(std::string_view name) const {
  for (const Function& function : resolution.functions) {
    bool is_named = function.kind == FunctionKind::Def || function.kind == FunctionKind::Bench;
    if (is_named && function.name == name) {
      return &function;
    }
  }
  return nullptr;
}

FunctionId Program::IdOf(const Function& function) const {
  return static_cast<FunctionId>(&function - resolution.functions.data());
}

std::unique_ptr<Program> LoadProgram(std::string name, std::string text, Signatures builtins,
                                     DiagnosticSink& sink, const PhaseObserver& phase_ended) {
  auto end_phase = [&](std::string_view phase) {
    if (phase_ended) {
      phase_ended(phase);
    }
  };
  auto program = std::make_unique<Program>();
  program->source = std::make_unique<SourceFile>(std::move(name), std::move(text));
  program->builtins = builtins;
  TokenBuffer tokens = Lex(*program->source, sink);
  end_phase("lex");
  if (!tokens.usable) {
    return nullptr;
  }
  SyntaxTree tree = Parse(*program->source, tokens, program->arena, sink);
  end_phase("parse");
  // What a broken part declares is not known, so names cannot be judged.
  if (tree.complete) {
    program->resolution = Resolve(tree, builtins, sink);
    end_phase("resolve");
  }
  if (sink.has_errors()) {
    return nullptr;
  }
  program->items = std::move(tree.items);
  program->expr_count = tree.expr_count;
  program->binding_count = tree.binding_count;
  return program;
}

std::vector<BoundArgument> BindArguments(const Resolution& resolution, const CallExpr& call,
                                         const Function& function) {
  const std::span<const Param> params = function.params();
  const ArgumentMap* map = resolution.FindArgumentMap(call.id);
  std::vector<BoundArgument> bound;
  for (uint32_t i = 0; i < call.args.size(); ++i) {
    bound.push_back({call.args[i].value, map != nullptr ? map->param_of_arg[i] : i, false});
  }
  if (map != nullptr) {
    for (const uint32_t param : map->defaulted_params) {
      bound.push_back({params[param].default_value, param, true});
    }
  } else {
    // Calls of a value have no map: what is missing at the end is defaulted.
    for (uint32_t i = static_cast<uint32_t>(call.args.size()); i < params.size(); ++i) {
      bound.push_back({params[i].default_value, i, true});
    }
  }
  return bound;
}

}  // namespace frontend
