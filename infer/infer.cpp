// The front of the inference: chooses between inferred and boxed versions.

#include "infer/infer.h"

#include <optional>

#include "infer/boxed.h"
#include "infer/versions.h"

namespace infer {

using runtime::kAny;

class Inference::Solver {
 public:
  Solver(const frontend::Program& of, runtime::TypeTable& table, Typing typing)
      : program(of), types(table), lattice(table, worklist) {
    switch (typing) {
      case Typing::Inferred:
        inferred.emplace(of, table);
        break;
      case Typing::Boxed:
        boxed.emplace(of);
        break;
    }
  }

  // The expression's index in the tables of the version; the defaults of
  // parameters stand in those of the top level.
  size_t Locate(const Version*& version, const frontend::Expr& expr) {
    const frontend::Function& function = program.resolution.functions[version->function];
    if (expr.id >= function.first_expr && expr.id < function.end_expr) {
      return expr.id - function.first_expr;
    }
    version = boxed ? &boxed->Get(frontend::kTopFunction) : &inferred->Get(inferred->top());
    return expr.id;
  }

  const frontend::Program& program;
  const runtime::TypeTable& types;
  std::optional<Versions> inferred;
  std::optional<BoxedVersions> boxed;
  // For questions about single types, which hold no cells.
  Worklist worklist;
  Lattice lattice;
};

Inference::Inference(const frontend::Program& program, runtime::TypeTable& types, Typing typing)
    : solver_(std::make_unique<Solver>(program, types, typing)) {}

Inference::~Inference() = default;

VersionId Inference::Request(frontend::FunctionId function, std::span<const TypeId> args) {
  if (solver_->boxed) {
    solver_->boxed->Get(function);
    return function;
  }
  return solver_->inferred->Request(function, args);
}

const Version& Inference::Get(VersionId id) const {
  return solver_->boxed ? solver_->boxed->Get(id) : solver_->inferred->Get(id);
}

size_t Inference::version_count() const {
  return solver_->boxed ? solver_->boxed->count() : solver_->inferred->count();
}

TypeId Inference::ExprType(const Version& version, const frontend::Expr& expr) const {
  const Version* owner = &version;
  const size_t index = solver_->Locate(owner, expr);
  return owner->exprs[index];
}

VersionId Inference::Callee(const Version& version, const frontend::Expr& call) const {
  const Version* owner = &version;
  const size_t index = solver_->Locate(owner, call);
  return owner->callees[index];
}

TypeId Inference::GlobalType(frontend::GlobalId global) const {
  return solver_->boxed ? kAny : solver_->inferred->GlobalType(global);
}

const runtime::TypeTable& Inference::types() const { return solver_->types; }

TypeId Inference::Accept(const frontend::TypeExpr* declared, TypeId argument) {
  return solver_->lattice.Accept(declared, argument);
}

TypeId Inference::ElementOf(TypeId source) const { return solver_->lattice.ElementOf(source); }

}  // namespace infer
