// Follows calls from version to version. The versions themselves do not name
// what they pass to map and filter: those are found by their types.

#include "infer/reach.h"

#include <algorithm>

#include "frontend/walk.h"
#include "runtime/builtins.h"

namespace infer {

using frontend::Expr;
using frontend::Function;
using frontend::FunctionId;
using frontend::FunctionKind;
using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kInt;
using runtime::kNever;
using runtime::TypeKind;

namespace {

// The version that map or filter calls for each element; kNoVersion when it is not known.
VersionId MappedVersion(Inference& inference, const frontend::Program& program,
                        const Version& version, const frontend::CallExpr& call) {
  const runtime::TypeTable& types = inference.types();
  const runtime::Type& callee = types.Get(inference.ExprType(version, *call.callee));
  const bool maps = callee.kind == TypeKind::Builtin &&
                    (callee.index == static_cast<uint32_t>(BuiltinKind::Map) ||
                     callee.index == static_cast<uint32_t>(BuiltinKind::Filter));
  if (!maps || call.args.size() != 2) {
    return kNoVersion;
  }
  const runtime::Type& function = types.Get(inference.ExprType(version, *call.args[0].value));
  const TypeId element = inference.ElementOf(inference.ExprType(version, *call.args[1].value));
  const bool is_known = function.kind == TypeKind::Function || function.kind == TypeKind::Lambda;
  if (!is_known || element == kNever ||
      program.resolution.functions[function.index].param_count != 1) {
    return kNoVersion;
  }
  std::vector<TypeId> args{element};
  args.insert(args.end(), function.args.begin(), function.args.end());
  return inference.Request(function.index, args);
}

}  // namespace

std::vector<VersionId> RequestRoots(Inference& inference, const frontend::Program& program) {
  const std::vector<Function>& functions = program.resolution.functions;
  std::vector<VersionId> roots{inference.Request(frontend::kTopFunction, {})};
  const VersionId top = roots.front();
  for (FunctionId id = 1; id < functions.size(); ++id) {
    const Function& function = functions[id];
    const bool is_main = function.kind == FunctionKind::Def && function.name == "main";
    if (!is_main && function.kind != FunctionKind::Bench) {
      continue;
    }
    std::vector<TypeId> args;
    for (const frontend::Param& param : function.decl->params) {
      args.push_back(param.type ? kAny
                     : param.default_value
                         ? inference.ExprType(inference.Get(top), *param.default_value)
                         : kInt);
    }
    roots.push_back(inference.Request(id, args));
  }
  return roots;
}

std::vector<std::vector<VersionId>> Reach(Inference& inference, const frontend::Program& program,
                                          const std::vector<VersionId>& roots) {
  std::vector<std::vector<VersionId>> reached(program.resolution.functions.size());
  std::vector<VersionId> open;
  const auto visit = [&](VersionId id) {
    if (id == kNoVersion) {
      return;
    }
    std::vector<VersionId>& known = reached[inference.Get(id).function];
    if (std::find(known.begin(), known.end(), id) == known.end()) {
      known.push_back(id);
      open.push_back(id);
    }
  };
  for (const VersionId root : roots) {
    visit(root);
  }
  while (!open.empty()) {
    const Version& version = inference.Get(open.back());
    open.pop_back();
    for (const VersionId callee : version.callees) {
      visit(callee);
    }
    for (const Expr* expr : OwnExprs(program, version.function)) {
      if (const auto* call = frontend::DynCast<frontend::CallExpr>(*expr)) {
        visit(MappedVersion(inference, program, version, *call));
      }
    }
  }
  return reached;
}

std::vector<const Expr*> OwnExprs(const frontend::Program& program, FunctionId function) {
  const Function& it = program.resolution.functions[function];
  std::vector<const Expr*> open;
  if (it.lambda != nullptr) {
    open.push_back(it.lambda->body);
  } else if (it.generator != nullptr) {
    frontend::ForEachChild(*it.generator, [&](const Expr& child) {
      if (&child != it.generator->clauses[0].source) {
        open.push_back(&child);
      }
    });
  } else if (it.decl != nullptr && it.decl->body != nullptr) {
    open.push_back(it.decl->body);
  } else if (it.kind == FunctionKind::Top) {
    for (const frontend::Item& item : program.items) {
      if (item.expr != nullptr) {
        open.push_back(item.expr);
      }
    }
  }
  std::reverse(open.begin(), open.end());
  std::vector<const Expr*> exprs;
  while (!open.empty()) {
    const Expr& expr = *open.back();
    open.pop_back();
    exprs.push_back(&expr);
    const size_t base = open.size();
    if (program.resolution.function_of_expr[expr.id] == 0) {
      frontend::ForEachChild(expr, [&](const Expr& child) { open.push_back(&child); });
    } else if (expr.kind == frontend::ExprKind::Comprehension) {
      open.push_back(frontend::Cast<frontend::ComprehensionExpr>(expr).clauses[0].source);
    }
    std::reverse(open.begin() + static_cast<std::ptrdiff_t>(base), open.end());
  }
  return exprs;
}

}  // namespace infer
