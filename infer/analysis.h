#pragma once
// One pass over the body of a version: gives each expression its type from the
// types of its parts, and joins what is assigned, returned and yielded.
//
// Locals are flow-insensitive. When one grows after it was read, what read it
// is stale: a loop whose own reads alone are stale is walked again at once,
// else the pass is repeated.

#include <span>
#include <vector>

#include "frontend/program.h"
#include "infer/versions.h"
#include "runtime/builtins.h"

namespace infer {

// Whether the value of an expression goes anywhere. An `if` whose value is
// discarded has no type to settle.
enum class Use : uint8_t { Value, Discard };

class Analysis {
 public:
  Analysis(Versions& versions, Pass& pass);
  void Run();

 private:
  TypeId Eval(const frontend::Expr& expr, Use use);
  TypeId EvalKind(const frontend::Expr& expr, Use use);
  TypeId EvalName(const frontend::NameExpr& name);
  TypeId EvalList(const frontend::ListExpr& list);
  TypeId EvalComprehension(const frontend::ComprehensionExpr& comprehension);
  TypeId EvalStoredGenerator(const frontend::ComprehensionExpr& generator,
                             frontend::FunctionId function);
  TypeId EvalBinary(const frontend::BinaryExpr& binary);
  TypeId EvalLogical(const frontend::LogicalExpr& logical);
  TypeId EvalIndex(const frontend::IndexExpr& index);
  TypeId EvalLambda(const frontend::LambdaExpr& lambda);
  TypeId EvalBlock(const frontend::BlockExpr& block, Use use);
  TypeId EvalLet(const frontend::LetExpr& let);
  TypeId EvalAssign(const frontend::AssignExpr& assign);
  TypeId EvalIf(const frontend::IfExpr& branches, Use use);
  TypeId EvalWhile(const frontend::WhileExpr& loop);
  TypeId EvalFor(const frontend::ForExpr& loop);
  TypeId EvalReturn(const frontend::ReturnExpr& statement);
  TypeId EvalYield(const frontend::YieldExpr& statement);

  void RunTop();
  void RunGenerator(const frontend::ComprehensionExpr& generator);
  // The element's type, after binding the variables of the clauses from `first` on.
  TypeId EvalClauses(const frontend::ComprehensionExpr& comprehension, size_t first);
  // Walks a loop's body until only reads before the loop are stale.
  template <typename Body>
  void RepeatWhileStale(Body body) {
    const Tick outer_stale = pass_.stale;
    for (;;) {
      pass_.stale = kNoTick;
      const Tick start = versions_.worklist().Advance();
      body();
      if (pass_.stale == kNoTick || pass_.stale < start) {
        break;
      }
    }
    pass_.MarkStale(outer_stale);
  }
  bool CanIterate(TypeId source) const;

  // calls.cpp
  TypeId EvalCall(const frontend::CallExpr& call);
  TypeId EvalDirectCall(const frontend::CallExpr& call, frontend::FunctionId function);
  // A call of a value; `version` is set when it is one of a function of the program.
  TypeId CallValue(TypeId callee, std::span<const TypeId> args, VersionId* version);
  TypeId CallFunction(frontend::FunctionId function, std::span<const TypeId> args,
                      std::span<const TypeId> captures, VersionId* version);

  // builtin_rules.cpp
  TypeId CallBuiltin(runtime::BuiltinKind builtin, std::span<const TypeId> args,
                     const frontend::Expr* site);
  TypeId NumberKept(TypeId argument);
  TypeId MapType(TypeId function, TypeId source);
  TypeId FilterType(TypeId function, TypeId source);
  TypeId ListType(TypeId source, const frontend::Expr* site);
  TypeId SumType(std::span<const TypeId> args);
  TypeId ExtremeType(std::span<const TypeId> args);

  TypeId ReadLocal(frontend::LocalId local);
  TypeId ReadCapture(frontend::Ref outer);
  void JoinLocal(frontend::LocalId local, TypeId type);
  void Bind(const frontend::Binding& binding, TypeId type);
  void Set(const frontend::Expr& expr, TypeId type) { exprs_[expr.id - first_expr_] = type; }
  void SetCallee(const frontend::Expr& expr, VersionId version) {
    callees_[expr.id - first_expr_] = version;
  }

  Versions& versions_;
  Pass& pass_;
  Lattice& lattice_;
  runtime::TypeTable& types_;
  const frontend::Resolution& resolution_;
  const frontend::Function& function_;
  std::vector<TypeId>& locals_;
  std::vector<TypeId>& exprs_;
  std::vector<VersionId>& callees_;
  frontend::ExprId first_expr_;
  std::vector<Tick> first_read_;  // by LocalId, since it last grew
};

}  // namespace infer
