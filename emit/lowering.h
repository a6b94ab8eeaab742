#pragma once
// How Lower() works: Lowering decides which routines there are, RoutineLowering fills one of them.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "emit/effects.h"
#include "emit/names.h"
#include "emit/tree.h"
#include "infer/infer.h"

namespace emit {

using infer::VersionId;

// The least type that says what is known of both.
TypeId JoinTypes(TypeId a, TypeId b);

class Lowering {
 public:
  Lowering(const frontend::Program& program, runtime::TypeTable& types, const Traits& traits);
  std::unique_ptr<Module> Run();

  const frontend::Program& program() const { return program_; }
  const frontend::Resolution& resolution() const { return program_.resolution; }
  infer::Inference& inference() { return inference_; }
  runtime::TypeTable& types() { return types_; }
  const Traits& traits() const { return traits_; }
  Module& module() { return *module_; }
  const std::vector<bool>& acting() const { return acting_; }
  const TopLevelNames& top_level_names() const { return top_level_names_; }
  const std::vector<std::string>& local_names(frontend::FunctionId function) const {
    return local_names_[function];
  }

  // The routine that a call of this version is a call of; made when it is not there yet.
  RoutineId RoutineOf(frontend::FunctionId function, VersionId version);
  // The routine behind the function as a value, for captured values of these types.
  RoutineId ValueRoutine(frontend::FunctionId function, std::span<const TypeId> captures);
  // The versions that the routine stands for.
  const std::vector<VersionId>& VersionsOf(RoutineId routine) const {
    return instances_[routine].versions;
  }
  TypeId DefaultType(const frontend::Expr& value);
  // True when the function is used as a value somewhere: lambdas, and names that are not called.
  bool IsHandedOn(frontend::FunctionId function) const { return handed_on_[function]; }

 private:
  struct Instance {
    std::vector<VersionId> versions;
  };

  RoutineId AddRoutine(frontend::FunctionId function, std::vector<VersionId> versions);
  VersionId GenericVersion(frontend::FunctionId function, std::span<const TypeId> captures);
  VersionId EntryVersion(VersionId root);
  void AddJoinedRoutines();
  void NameRoutines();
  void Order();
  void FindRecursion();

  const frontend::Program& program_;
  runtime::TypeTable& types_;
  const Traits& traits_;
  infer::Inference inference_;
  std::unique_ptr<Module> module_;
  std::vector<bool> acting_;
  std::vector<bool> handed_on_;  // by function
  TopLevelNames top_level_names_;
  std::vector<std::vector<std::string>> local_names_;
  std::vector<std::vector<VersionId>> reached_;  // by function
  std::deque<Instance> instances_;               // by routine
  std::map<std::pair<frontend::FunctionId, VersionId>, RoutineId> routine_of_;
  std::vector<RoutineId> open_;  // not filled yet
  VersionId top_version_ = 0;
};

// Where the value of an expression goes.
struct Dest {
  enum class Kind : uint8_t { Discard, Local, Return };
  Kind kind = Kind::Discard;
  LocalId local = 0;
};

class RoutineLowering {
 public:
  RoutineLowering(Lowering& lowering, RoutineId routine);
  void Run();

 private:
  // The loops of the target that `break` and `continue` of a loop of the program stand for.
  struct LoopContext {
    LoopId break_loop;
    LoopId continue_loop;
  };
  // A loop of the target that is open. Without labels, what leaves it for a loop further out sets
  // a flag, and what is to be done stands behind the loop.
  struct OpenLoop {
    struct Leaving {
      StatementKind kind;
      LoopId loop;
      LocalId flag;
    };
    LoopId loop;
    std::vector<Leaving> leavings = {};
  };
  static constexpr Dest kDiscard = {};
  static constexpr LoopId kNoLoop = UINT32_MAX;

  using Sink = std::function<void(Term*)>;

  // lower_statement.cpp
  void LowerTo(const frontend::Expr& expr, Dest dest);
  void LowerBlock(const frontend::BlockExpr& block, Dest dest);
  void LowerIf(const frontend::IfExpr& branches, Dest dest);
  void LowerLet(const frontend::LetExpr& let);
  void DeclareAs(const frontend::LetExpr& let, LocalId local, const frontend::Expr& value);
  void LowerAssign(const frontend::AssignExpr& assign);
  void AssignLocal(const frontend::AssignExpr& assign, LocalId local);
  void AssignElement(const frontend::AssignExpr& assign);
  void LowerWhile(const frontend::WhileExpr& loop);
  void LowerFor(const frontend::ForExpr& loop);
  void LowerReturn(const frontend::ReturnExpr& statement);
  void LowerYield(const frontend::YieldExpr& statement);
  void Jump(frontend::Span span, StatementKind kind, LoopId loop);
  void Store(Dest dest, Term* term, frontend::Span span);
  void Finish(Block* body);
  void LowerBody();
  void CheckParameters();

  // lower_expr.cpp
  Term* Lower(const frontend::Expr& expr);
  Term* LowerName(const frontend::NameExpr& name);
  Term* LowerSpine(const frontend::BinaryExpr& binary);
  // `type`: of the result, as inference has it.
  Term* MakeBinary(frontend::BinaryOp op, frontend::Span span, Term* left, Term* right,
                   TypeId type);
  Term* LowerUnary(const frontend::UnaryExpr& unary);
  Term* LowerLogical(const frontend::LogicalExpr& logical);
  Term* LowerChoice(const frontend::IfExpr& branches);
  Term* Choice(const frontend::IfExpr& branches, size_t first, TypeId type);
  Term* LowerLambda(const frontend::LambdaExpr& lambda);
  Term* LowerList(const frontend::ListExpr& list);
  bool IsLong(const frontend::LambdaExpr& lambda);
  void Define(Term* lambda, LocalId local);
  Term* LowerIndex(const frontend::IndexExpr& index);
  Term* MakeIndex(frontend::Span span, Term* object, Term* index, TypeId type);
  Term* LowerCondition(const frontend::Expr& expr);
  Term* AsCondition(Term* term);
  std::vector<Term*> LowerOperands(std::span<const frontend::Expr* const> exprs);
  // The same for operands that are made in other ways.
  using Operand = std::function<Term*()>;
  std::vector<Term*> LowerInOrder(std::span<const Operand> operands);
  Term* Named(Term* term);
  void KeepOrder(std::vector<Term*>* terms);
  // What is in a list is shown by `print` when all arguments are there, which may change it.
  void FinishBeforeShown(std::vector<Term*>* terms);
  bool NeedsStatements(const frontend::Expr& expr);
  bool IsOutOfOrder(const frontend::CallExpr& call, frontend::FunctionId function) const;
  bool ComputeNeeds(const frontend::Expr& expr);

  // lower_call.cpp
  Term* LowerCall(const frontend::CallExpr& call);
  Term* LowerDirectCall(const frontend::CallExpr& call, frontend::FunctionId function);
  Term* LowerValueCall(const frontend::CallExpr& call);
  Term* LowerBuiltinCall(const frontend::CallExpr& call, runtime::BuiltinKind builtin);
  Term* MakeCall(frontend::Span span, TypeId type, RoutineId routine, std::vector<Term*> args);
  Term* MakeBuiltinCall(frontend::Span span, TypeId type, runtime::BuiltinKind builtin,
                        std::vector<Term*> args);
  Term* Kept(Term* term);
  // A call of a value with arguments that are there already.
  Term* CallTerm(frontend::Span span, Term* callee, std::vector<Term*> args, TypeId type);
  Term* CoerceArgument(const Routine& callee, size_t param, Term* argument);
  RoutineId RoutineForArguments(frontend::FunctionId function, std::span<Term* const> arguments);
  bool Takes(runtime::BuiltinKind builtin, std::span<Term* const> args) const;
  TypeId ResultOf(runtime::BuiltinKind builtin, TypeId inferred) const;
  RoutineId RoutineOfCall(const frontend::CallExpr& call, frontend::FunctionId function);

  // lower_sequence.cpp
  // Where a sequence is consumed at once.
  Term* LowerSource(const frontend::Expr& expr);
  Term* LowerComprehension(const frontend::ComprehensionExpr& comprehension);
  Term* MakeComprehension(const frontend::ComprehensionExpr& comprehension);
  Term* LowerStoredGenerator(const frontend::ComprehensionExpr& generator,
                             frontend::FunctionId function);
  // Does `body` for each element, in loops; `variable`, when there is one, is the loop's variable.
  void Iterate(const frontend::Expr& source, const LocalId* variable, frontend::Span header,
               LoopContext* context, const Sink& body);
  void IterateTerm(Term* source, TypeId element, const LocalId* variable, frontend::Span header,
                   LoopContext* context, const Sink& body);
  void IterateRange(const frontend::CallExpr& range, const LocalId* variable, frontend::Span header,
                    LoopContext* context, const Sink& body);
  void IterateClauses(const frontend::ComprehensionExpr& comprehension, size_t clause,
                      LoopContext* context, const Sink& body);
  bool IsExpanded(const frontend::Expr& source);
  Term* Bind(const LocalId* variable, Term* element);
  Term* CollectInto(TypeId type, frontend::Span span, const std::function<void(const Sink&)>& fill);
  LocalId DeclareVariable(std::string_view hint, TypeId type, Term* value);
  void Set(LocalId local, Term* value);
  void ForEachWithFirst(const frontend::CallExpr& call, runtime::BuiltinKind builtin,
                        const Sink& first, const Sink& others);
  void FailUnless(LocalId started, const frontend::CallExpr& call, runtime::BuiltinKind builtin);
  bool ExpandsConsumer(const frontend::CallExpr& call, runtime::BuiltinKind builtin);
  Term* ExpandConsumer(const frontend::CallExpr& call, runtime::BuiltinKind builtin);
  Term* ExpandSum(const frontend::CallExpr& call);
  Term* ExpandExtreme(const frontend::CallExpr& call, runtime::BuiltinKind builtin);
  Term* ExpandSearch(const frontend::CallExpr& call, runtime::BuiltinKind builtin);
  Term* ExpandList(const frontend::CallExpr& call);
  Term* ExpandJoin(const frontend::CallExpr& call);
  // Null when the expression is something else.
  const frontend::CallExpr* AsBuiltinCall(const frontend::Expr& expr,
                                          runtime::BuiltinKind builtin) const;
  const frontend::CallExpr* AsStage(const frontend::Expr& expr) const;  // of map or filter
  const frontend::ComprehensionExpr* AsInlineGenerator(const frontend::Expr& expr) const;
  void Loop(Statement* loop, LoopContext* context, const std::function<void()>& body);

  // lowering.cpp: pieces of the tree
  TypeId TypeOf(const frontend::Expr& expr);
  TypeId ElementOf(TypeId source);
  VersionId CalleeOf(const frontend::Expr& expr);
  Term* New(TermKind kind, TypeId type, frontend::Span span);
  Term* New(TermKind kind, TypeId type, frontend::Span span, std::vector<Term*> parts);
  Term* NewInt(int64_t value, frontend::Span span);
  Term* NewBool(frontend::Span span, uint8_t value);
  Term* NewLocal(LocalId local, frontend::Span span);
  Statement* Emit(StatementKind kind, frontend::Span span);
  Statement* NewStatement(StatementKind kind, frontend::Span span);
  LocalId NewTemporary(std::string_view hint, TypeId type);
  // A name for the value, so that it is evaluated here.
  Term* Save(Term* term, std::string_view hint);
  Term* SaveUnlessStable(Term* term, std::string_view hint);
  Term* Coerce(Term* term, TypeId type);
  Term* CoerceDeclared(Term* term, const frontend::TypeExpr* declared, std::string_view name);
  Term* Placeholder(TypeId type, frontend::Span span);
  Term* Boxed(Term* term);
  void DeclareLocal(LocalId local, Term* term, frontend::Span span);
  Block LowerInBlock(const std::function<void()>& fill);
  bool IsObjectType(TypeId type) const;
  bool IsOpenList(TypeId type) const;

  Lowering& lowering_;
  const Traits& traits_;
  const RoutineId id_;
  Routine& routine_;
  const frontend::Function& function_;
  const std::vector<VersionId>& versions_;
  Names names_;
  Block* out_ = nullptr;  // where statements go
  std::vector<LoopContext> loops_;
  std::vector<OpenLoop> open_loops_;
  std::vector<uint8_t> needs_;  // by ExprId - first: 0 not known, 1 no, 2 yes
  uint32_t depth_in_loops_ = 0;
};

}  // namespace emit
