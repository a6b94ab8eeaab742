// Versions without inference: as large as the code, and made from it in one walk.

#include "infer/boxed.h"

#include "frontend/walk.h"
#include "runtime/type.h"

namespace infer {

using frontend::Expr;
using frontend::Function;
using frontend::RefKind;
using runtime::kAny;

BoxedVersions::BoxedVersions(const frontend::Program& program)
    : program_(program),
      versions_(program.resolution.functions.size()),
      is_filled_(program.resolution.functions.size(), 0) {}

const Version& BoxedVersions::Get(VersionId id) {
  if (is_filled_[id] == 0) {
    is_filled_[id] = 1;
    Fill(id);
  }
  return versions_[id];
}

void BoxedVersions::Fill(VersionId id) {
  const Function& function = program_.resolution.functions[id];
  Version& version = versions_[id];
  version.function = id;
  version.params.assign(function.param_count + function.captures.size(), kAny);
  version.result = kAny;
  version.yielded = kAny;
  version.locals.assign(function.locals.size(), kAny);
  version.exprs.assign(function.end_expr - function.first_expr, kAny);
  version.callees.assign(version.exprs.size(), kNoVersion);
  if (function.lambda != nullptr) {
    FillCallees(version, *function.lambda->body);
  } else if (function.generator != nullptr) {
    frontend::ForEachChild(*function.generator, [&](const Expr& child) {
      if (&child != function.generator->clauses[0].source) {
        FillCallees(version, child);
      }
    });
  } else if (function.decl != nullptr && function.decl->body != nullptr) {
    FillCallees(version, *function.decl->body);
  } else {
    for (const frontend::Item& item : program_.items) {
      if (item.expr != nullptr && id == frontend::kTopFunction) {
        FillCallees(version, *item.expr);
      }
    }
  }
}

// Calls by name, and generators that are stored. What stands in functions
// inside belongs to their own versions.
void BoxedVersions::FillCallees(Version& version, const Expr& root) {
  const frontend::Resolution& resolution = program_.resolution;
  const frontend::ExprId first = resolution.functions[version.function].first_expr;
  std::vector<const Expr*> open{&root};
  while (!open.empty()) {
    const Expr& expr = *open.back();
    open.pop_back();
    if (const auto* call = frontend::DynCast<frontend::CallExpr>(expr);
        call != nullptr && call->callee->kind == frontend::ExprKind::Name) {
      const frontend::Ref ref = resolution.names[call->callee->id];
      if (ref.kind == RefKind::Function) {
        version.callees[expr.id - first] = ref.index;
      }
    }
    const frontend::FunctionId inner = resolution.function_of_expr[expr.id];
    if (inner == 0) {
      frontend::ForEachChild(expr, [&](const Expr& child) { open.push_back(&child); });
    } else if (const auto* generator = frontend::DynCast<frontend::ComprehensionExpr>(expr)) {
      version.callees[expr.id - first] = inner;
      open.push_back(generator->clauses[0].source);
    }
  }
}

}  // namespace infer
