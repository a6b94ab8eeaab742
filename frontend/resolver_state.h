#pragma once
// The resolver's state, shared by its files. Nobody else includes this.
//
// One walk over the tree in the order of expression ids. The names in force are
// kept in one table with an undo log, so that a look-up costs the same in any
// depth of scopes.

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "frontend/resolver.h"

namespace frontend {

class ResolverState {
 public:
  ResolverState(const SyntaxTree& tree, Signatures builtins, DiagnosticSink& sink)
      : tree_(tree), builtins_(builtins), sink_(sink) {}

  Resolution Run();

 private:
  enum class DeclarationKind : uint8_t { Builtin, Function, TopLevel, Local };
  enum class Origin : uint8_t { Let, Var, Parameter, LoopVariable };

  struct Declaration {
    DeclarationKind kind;
    Origin origin = Origin::Let;
    uint32_t index = 0;       // a BuiltinId, FunctionId, index into top_level_, or LocalId
    FunctionId function = 0;  // Local: whose
    uint32_t scope = 0;       // how many scopes were open
    Span span = {};
    std::string_view name = {};
    int32_t* slot = nullptr;  // its entry in names_
    int32_t previous = -1;    // what the name meant before
  };

  // A `let` or `var` that is an item of the file.
  struct TopLevelName {
    const LetExpr* let;
    LocalId local = 0;  // while it is a local of the top level
    bool is_declared = false;
    bool is_initializing = false;
    bool is_global = false;
    GlobalId global = 0;
  };

  // A Function whose body is being walked. Its locals are numbered as they come,
  // captures apart with kCaptureBit, and renumbered when all captures are known.
  struct FunctionState {
    FunctionId id = kTopFunction;
    FunctionKind kind = FunctionKind::Top;
    std::vector<Local> captured;
    std::unordered_map<LocalId, LocalId> capture_of;  // outer local -> inner
    std::vector<ExprId> local_names;                  // Name expressions to renumber
    std::vector<BindingId> local_bindings;
    std::vector<FunctionId> children;  // Functions that may capture from this one
    int loops = 0;                     // around the current expression
    bool in_comprehension = false;     // jumps may not leave it
    uint32_t generator_floor = 0;      // scopes outside the innermost generator in place; 0: none
    Span returns_value = {};           // the first `return` with a value
  };

  static constexpr LocalId kCaptureBit = 0x80000000;

  // resolver.cpp
  void DeclareBuiltins();
  void DeclareItems();
  void DeclareItem(const Binding& binding, Declaration declaration);
  void ResolveItem(const Item& item, FunctionId& next_named);
  void ResolveNamedFunction(const FunctionDecl& decl, FunctionId id);
  void BeginFunction(FunctionId id);
  void EndFunction();
  void Renumber(FunctionState& state);
  void FinishTopLevel();
  void DeclareParams(std::span<const Param> params);

  // resolve_expr.cpp: each returns the effects of the expression.
  uint8_t Visit(const Expr& expr);
  uint8_t VisitKind(const Expr& expr);
  uint8_t VisitBinary(const BinaryExpr& expr);
  uint8_t VisitBlock(const BlockExpr& block);
  uint8_t VisitLet(const LetExpr& let);
  uint8_t VisitAssign(const AssignExpr& assign);
  uint8_t VisitFor(const ForExpr& loop);
  uint8_t VisitLoopBody(const Expr& body);
  uint8_t VisitReturn(const ReturnExpr& expr);
  uint8_t VisitYield(const YieldExpr& expr);
  uint8_t VisitLambda(const LambdaExpr& lambda);
  uint8_t VisitSource(const Expr& source, bool in_place);
  uint8_t VisitComprehension(const ComprehensionExpr& expr, bool in_place);
  uint8_t VisitStoredGenerator(const ComprehensionExpr& expr);
  // The clauses after the first source, and the element.
  uint8_t VisitClauses(const ComprehensionExpr& expr, bool in_place);
  uint8_t SourceEffects(const Expr& source) const;
  // Whether the expression names a `var` that is in force here.
  bool ReadsVar(const Expr& expr);
  void CheckJump(const Expr& expr);

  // resolve_calls.cpp
  uint8_t VisitCall(const CallExpr& call);
  bool ConsumedInPlace(Ref callee, const CallExpr& call, size_t arg) const;
  uint8_t CallEffects(Ref callee, const CallExpr& call) const;
  void CheckCall(Ref callee, const CallExpr& call);
  void CheckBuiltinCall(BuiltinId id, const CallExpr& call);
  void CheckNoNames(const CallExpr& call, std::string_view why);
  void MatchArguments(const FunctionDecl& decl, const CallExpr& call);
  void ReportTooMany(const CallExpr& call, std::string_view name, size_t max, size_t min);
  void ReportMissing(const CallExpr& call, std::string message);

  // resolve_names.cpp
  Declaration* Find(std::string_view name);
  void Declare(std::string_view name, Declaration declaration);
  uint32_t OpenScope();
  void CloseScope(uint32_t mark);
  void CloseScopes(uint32_t count, uint32_t mark);
  LocalId AddLocal(const Binding& binding, const TypeExpr* type, Origin origin);
  void VisitName(const NameExpr& expr);
  Ref ReadTopLevel(const NameExpr& expr, TopLevelName& top);
  Ref ReadLocal(const NameExpr& expr, const Declaration& declaration);
  Ref CaptureThrough(size_t owner_level, LocalId local, const Local& source);
  void SetName(const NameExpr& expr, Ref ref);
  void VisitTarget(const NameExpr& target, bool is_compound);
  // `fix`: better advice than the usual one for this origin, if there is one.
  void ReportFixed(const NameExpr& target, Origin origin, Span declared, std::string fix = {});
  bool CrossesLambda(size_t owner_level) const;
  size_t LevelOf(FunctionId function) const;

  // resolve_reports.cpp
  void ReportUnknown(const NameExpr& expr);
  void ReportUndeclared(const NameExpr& target, bool is_compound);
  void ReportCapturedVar(const NameExpr& expr, Span declared);
  void ReportTopLevelVar(const NameExpr& expr, Span declared);
  void ReportOuterAssignment(const NameExpr& target, bool in_generator, Span declared);
  void ReportUsedBefore(const NameExpr& expr, Span declared);
  void ReportSelfReference(const NameExpr& expr);
  std::string_view SuggestName(std::string_view name);

  // resolve_decl.cpp
  void CheckSignature(const FunctionDecl& decl);
  void CheckParamType(const FunctionDecl& decl, const Param& param);
  void CheckExternType(const TypeExpr& type, bool is_result);
  void CheckType(const TypeExpr& type);
  void CheckDuplicates(std::span<const Param> params);
  void ResolveDefault(const Expr& expr);
  void ResolveDefaultName(const NameExpr& expr);
  void ReportDefault(const Expr& expr);

  FunctionState& current() { return stack_.back(); }
  bool at_top() const { return stack_.size() == 1; }
  void MakeGlobal(TopLevelName& top);

  const SyntaxTree& tree_;
  Signatures builtins_;
  DiagnosticSink& sink_;
  Resolution result_;
  std::deque<FunctionState> stack_;                      // [0] is the top level
  std::unordered_map<std::string_view, int32_t> names_;  // -> declarations_, or -1
  std::vector<Declaration> declarations_;
  uint32_t scope_ = 0;
  std::vector<TopLevelName> top_level_;
  std::vector<const LetExpr*> initializing_;       // enclosing declarations whose value is walked
  std::vector<const BlockExpr*> open_blocks_;      // to look for declarations that come later
  std::unordered_set<std::string_view> reported_;  // unknown names, once each
  int suggestions_left_ = 20;
  ExprId next_expr_ = 0;  // one more than the highest id walked
};

}  // namespace frontend
