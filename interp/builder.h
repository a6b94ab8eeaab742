#pragma once
// Builds the tree of one version: from the syntax tree and the inferred types
// to nodes. One Builder lives as long as one build.
//
// Expressions come back as a Piece, which is not yet a node: a local, a
// constant, or an operator over pieces. The node that uses it decides how much
// of it to take into its own shape (select_shape.cpp) and emits the rest.
//
// Statements go into a Chain. An expression that a `return`, `break`,
// `continue` or `yield` can leave is always built as statements: its operands
// are spilled to temporaries first, so that nodes which yield values never have
// to report how they ended.

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"
#include "interp/machine.h"
#include "interp/node.h"
#include "interp/shape_index.h"
#include "interp/tiers.h"
#include "runtime/builtins.h"

// Sets a node's function to the instance of a function template that yields
// values of a representation.
#define LAB_SET_BY_REP(node, function, rep)               \
  do {                                                    \
    ::interp::Node* const target = (node);                \
    switch (rep) {                                        \
      case ::interp::Rep::Unit:                           \
        target->exec = &function<::interp::Status>;       \
        break;                                            \
      case ::interp::Rep::Int:                            \
        target->eval_int = &function<int64_t>;            \
        break;                                            \
      case ::interp::Rep::Float:                          \
        target->eval_float = &function<double>;           \
        break;                                            \
      case ::interp::Rep::Bool:                           \
        target->eval_bool = &function<bool>;              \
        break;                                            \
      case ::interp::Rep::Ref:                            \
        target->eval_ref = &function<::runtime::Object*>; \
        break;                                            \
      case ::interp::Rep::Value:                          \
        target->eval_value = &function<::runtime::Value>; \
        break;                                            \
    }                                                     \
  } while (false)

namespace interp {

using frontend::Expr;
using frontend::Span;
using runtime::BuiltinKind;
using runtime::TypeId;

enum class Arg : uint8_t;

enum class Form : uint8_t {
  Unit,     // no words; `node` (a chain, may be null) has to run first
  Local,    // a slot that the program's own variable owns
  Temp,     // a slot whose value may be moved out
  Const,    // int, float or bool
  Convert,  // float from an int local
  Binary,   // an operator over ints, or over floats
  Node,     // anything else; refs and values it yields are owned
};

struct Piece {
  Form form = Form::Unit;
  Rep rep = Rep::Unit;
  TypeId type = runtime::kNone;
  uint32_t slot = 0;
  Word constant{};
  frontend::BinaryOp op{};
  Span span{};
  const Piece* left = nullptr;
  const Piece* right = nullptr;
  const Node* node = nullptr;
  Node* statement = nullptr;  // Unit: the one statement to run, not yet in a chain
};

// Statements in the order they run. A choice goes on in one of two chains,
// which are linked to what follows it; branches may be shared.
struct Chain {
  struct Step {
    Step(Node* statement) : node(statement) {}  // NOLINT: a statement is a step
    Node* node;
    std::shared_ptr<Chain> then;  // choices only
    std::shared_ptr<Chain> otherwise;
  };
  std::vector<Step> nodes;
  // Set once linked: a shared branch is linked once.
  bool is_linked = false;
  const Node* head = nullptr;
};

// Where the value of a statement goes: nowhere, to a slot, or to the slot of
// the function's result.
struct Dest {
  enum class Kind : uint8_t { Discard, Slot, Result } kind = Kind::Discard;
  uint32_t slot = 0;
  TypeId type = runtime::kNone;
};

// A frame slot of known type.
struct Slot {
  uint32_t at;
  Rep rep;
  TypeId type;
};

class Builder {
 public:
  // How an index operation has its list (list_nodes.h).
  struct ListSource {
    enum class Kind : uint8_t { Local, Element, Node } kind;
    std::vector<Operand> operands;
    std::vector<Span> spans;
  };

  // Replaces code.entry by the finished tree.
  static void Build(Machine& machine, Code& code);

 private:
  using Path = std::shared_ptr<Chain>;

  Builder(Machine& machine, Code& code, uint32_t spill_room);

  // ---- functions (build_function.cpp) ----
  void LayOutLocals();
  void BuildFunction();
  const Node* WrapEntry(const Node* body, bool is_exec);
  const Node* BuildTop();
  bool CanTail(const Expr& e) const;
  bool AlwaysReturns(const Expr& e) const;
  const Node* Tail(const Expr& e);
  const Node* TailItems(std::span<const Expr* const> items);
  const Node* TailLeaf(const Expr& e);
  const Node* TailRegion(const Expr& e);
  const Node* TailBranches(const frontend::IfExpr& e, size_t at, const Node* otherwise);
  bool IsGuard(const Expr& e) const;
  bool ResultDeclared() const {
    return function_.decl != nullptr && function_.decl->result_type != nullptr && !function_.yields;
  }
  // Where `return` and the end of the body leave their value. What a generator returns is not
  // its result.
  Dest ResultDest() const {
    const bool is_kept = !function_.yields && (code_.result != Rep::Unit || ResultDeclared());
    return {is_kept ? Dest::Kind::Result : Dest::Kind::Discard};
  }
  // The value as the function returns it: declared type applied.
  Piece AsResult(Piece piece, Span span);
  // In counting runs, adds `count` whenever the node is run.
  const Node* Counted(const Node* node, Rep rep, uint64_t count);
  Piece CountedCondition(const Piece& condition, uint64_t count);
  void CountHere(uint64_t count, Chain& out);

  // ---- loops that can be entered on another tier (build_loop.cpp) ----
  void FindLoops();
  bool LeavesFunction() const;  // whether going over may do the rest of the function
  // Whether turns that come from `source` (or from a `while`) can be left.
  bool IsCounted(const Expr& source) const { return entries_.contains(&source); }
  // Where a step that is going on has its words: they are taken from there. Also of a root.
  void KeepState(const Expr& step, std::initializer_list<Slot> slots);
  void KeepFunction(const Expr& stage, const Piece& function);  // of map or filter, which stays
  void KeepResult(const Expr& root, const Slot& slot) { roots_[&root] = slot; }
  // The loop whose turns come from `source`. The states of all steps of its path are known.
  Loop* LoopAt(const Expr& source);
  Loop* LoopOf(const frontend::WhileExpr& e);  // null: it can not be left
  // What a turn of a `while` runs that does not count its turns itself.
  Path TurnOf(const frontend::WhileExpr& e);
  // Adds what `build` makes of the loop, so that going over ends no more than the loop.
  void AddRoot(const Expr& loop, Chain& out, const std::function<void(Chain&)>& build);
  using Body = std::function<void(const Piece& element, Chain&)>;
  // Loops over a range, a list or a string that can be left at each turn.
  Node* NewCountedRange(const frontend::CallExpr& e, const Slot& slot, const Node* first,
                        const Node* last, const Node* step, const Body& body);
  Node* NewCountedPiece(const Expr& source, const Node* value, const Slot& slot, Span at,
                        const Body& body);

  // ---- expressions (build_expr.cpp) ----
  Piece Build(const Expr& e, Chain* pre);
  Piece BuildParts(const Expr& e, Chain* pre);
  Piece BuildViaSlot(const Expr& e, Chain* pre);
  Piece BuildName(const frontend::NameExpr& e);
  Piece BuildConst(const Expr& e);
  Piece BuildStr(const frontend::StrExpr& e);
  Piece UnaryOn(const frontend::UnaryExpr& e, Piece operand);
  Piece BuildBinary(const frontend::BinaryExpr& e, Chain* pre);
  Piece Operate(frontend::BinaryOp op, Span span, Piece a, Piece b);
  Piece CompareTyped(frontend::BinaryOp op, Span span, Piece a, Piece b);
  Piece BuildLongChain(const frontend::BinaryExpr& e, Chain* pre);
  Piece BuildLogical(const frontend::LogicalExpr& e);
  Piece LogicalOf(const frontend::LogicalExpr& e,
                  const std::function<Piece(const frontend::Expr&)>& build);
  Piece BuildIndex(const frontend::IndexExpr& e, Chain* pre);
  ListSource SourceOf(const Expr& e, const Piece& built, const Piece& index);
  bool IsPlainElement(const Expr& e) const;
  int IndexShapeOf(Piece* index);  // makes it a node when no shape fits
  void AddIndex(const Piece& index, std::vector<Operand>* operands, std::vector<Span>* spans);
  Piece ListOf(const frontend::ListExpr& e, TypeId type, const std::vector<Piece>& items);
  Piece BuildIf(const frontend::IfExpr& e);
  Piece BuildBlock(const frontend::BlockExpr& e);
  // Builds several expressions, left to right; spills those that stand before
  // one that may leave.
  std::vector<Piece> BuildAll(std::span<const Expr* const> exprs, Chain* pre);
  Piece Spill(Piece piece, Chain* pre);

  // ---- statements (build_statement.cpp) ----
  void Statement(const Expr& e, const Dest& dest, Chain& out);
  void StatementParts(const Expr& e, const Dest& dest, Chain& out);
  void StatementBlock(const frontend::BlockExpr& e, const Dest& dest, Chain& out, bool release);
  void StatementIf(const frontend::IfExpr& e, const Dest& dest, Chain& out);
  void StatementLogical(const frontend::LogicalExpr& e, const Dest& dest, Chain& out);
  // Moves the nodes from `before` on into a node that owns the slots.
  void HoldFrom(size_t before, const std::vector<Slot>& slots, Chain& out);
  void StatementLet(const frontend::LetExpr& e, Chain& out);
  void StatementAssign(const frontend::AssignExpr& e, Chain& out);
  void AssignLocal(const frontend::AssignExpr& e, uint32_t local, Chain& out);
  bool AppendInPlace(const frontend::AssignExpr& e, uint32_t local, Chain& out);
  void AssignIndex(const frontend::AssignExpr& e, const frontend::IndexExpr& target, Chain& out);
  void StatementWhile(const frontend::WhileExpr& e, Chain& out);
  void StatementWhileIn(const frontend::WhileExpr& e, Chain& out);
  void StatementFor(const frontend::ForExpr& e, Chain& out);
  void StatementReturn(const frontend::ReturnExpr& e, Chain& out);
  void Yield(Piece element, Chain& out);
  void Deliver(Piece piece, Span span, const Dest& dest, Chain& out);
  const Node* Region(const Expr& e, const Dest& dest);  // a counted chain of its own
  Path PathOf(const Expr& e, const Dest& dest);
  void ReleaseSlots(const std::vector<Slot>& slots, Chain& out);
  // Releases the refs and values that the block itself declares.
  void ReleaseDeclared(const frontend::BlockExpr& e, Chain& out);

  // ---- calls (build_call.cpp) ----
  Piece BuildCall(const frontend::CallExpr& e, Chain* pre);
  // `closure`: the callee's piece when it is a value, else null.
  Piece CallFunction(const frontend::CallExpr& e, frontend::FunctionId function,
                     const Piece* closure, Chain* pre);
  Piece CallDynamic(const frontend::CallExpr& e, Piece callee, Chain* pre);
  Piece CallExtern(const frontend::CallExpr& e, const frontend::Function& function, Chain* pre);
  Piece MakeSequence(const frontend::CallExpr& e, frontend::FunctionId function, Chain* pre);
  Piece SequenceOf(frontend::FunctionId function, TypeId type, Span span,
                   const std::vector<Piece>& pieces, const std::vector<uint32_t>& params);
  Piece BuildLambda(const frontend::LambdaExpr& e);
  Piece BuildStoredGenerator(const frontend::ComprehensionExpr& e, Chain* pre);
  // The argument as the parameter's declaration wants it, checked or converted.
  Piece Declared(Piece piece, const frontend::TypeExpr* declared, TypeId accepted,
                 std::string_view name, Span span);
  std::vector<Piece> BuildArguments(const std::vector<frontend::BoundArgument>& bound,
                                    std::span<const frontend::Param> params, Chain* pre);
  Piece BuildDefault(const Expr& e);
  bool NeverFits(const frontend::CallExpr& e, const frontend::Function& function);
  Piece RaisingArguments(const frontend::CallExpr& e, const frontend::Function& function,
                         Chain* pre);
  // Words for a callee's header and arguments at the cursor; where its frame begins.
  uint32_t ReserveCallee(const Code& code);
  Piece EmitCall(Code* code, uint32_t base, Span span, const std::vector<Piece>& args,
                 const std::vector<uint32_t>& params, Chain before);
  Node* EmitFusedCall(Code* code, uint32_t base, Span span, const std::vector<Piece>& args,
                      const std::vector<uint32_t>& params);
  Node* EmitCallShape(Code* code, uint32_t base, Span span, const Piece& argument);
  static bool SetFusedCall(Node* node, const std::vector<Arg>& kinds, Rep rep);
  static void SetCallMany(Node* node, Rep rep);
  static void SetShapeCallFor(Node* node, int shape, Rep rep);
  // A call of a function value on a slot, as map and filter make: the place is the consumer's.
  Piece CallOnSlot(const Piece& function, const Slot& argument, Span span);
  Piece NewDynamicCall(const Node* callee, const std::vector<const Node*>& args,
                       const std::vector<Span>& spans);
  Node* NewCopyCaptures(const Node* closure, uint32_t base, Code* code);

  // ---- built-ins (build_builtin.cpp) ----
  Piece BuildBuiltin(const frontend::CallExpr& e, BuiltinKind kind, Chain* pre);
  // Built-ins with nodes of their own for these types; false when there is none.
  bool BuildMath(BuiltinKind kind, Span span, const std::vector<Piece>& args, Piece* out);
  bool BuildTyped(BuiltinKind kind, Span span, const std::vector<Piece>& args, Piece* out);
  Piece CallBuiltinBoxed(BuiltinKind kind, Span span, const std::vector<Piece>& args);
  Piece AppendTo(Span span, const Piece& list, const Piece& element);

  // ---- sequences (build_sequence.cpp, build_consumer.cpp) ----
  // Runs `body` for each element of `source`. Loops leave the element in
  // `target` when there is one, else where they like. `at` is the place shown
  // for calls that stages make.
  void Push(const Expr& source, const Slot* target, Span at, Chain& out, const Body& body);
  // The same with the element always in `target`.
  void PushTo(const Expr& source, const Slot& target, Span at, Chain& out,
              const std::function<void(Chain&)>& body);
  // Where a loop over a value leaves its elements; its own places are released after it.
  struct ElementPlace {
    Slot slot;
    bool is_own;
  };
  ElementPlace PlaceFor(TypeId element, const Slot* target);
  // Runs through the value of `source`.
  void PushPiece(const Expr& source, Piece value, const ElementPlace& place, Span at, Chain& out,
                 const Body& body);
  bool PushRange(const frontend::CallExpr& e, const Slot* target, Chain& out, const Body& body);
  void PushStage(const frontend::CallExpr& e, BuiltinKind kind, const Slot* target, Span at,
                 Chain& out, const Body& body);
  bool PushGenerator(const frontend::CallExpr& e, const Slot* target, Span at, Chain& out,
                     const Body& body);
  void PushClauses(const frontend::ComprehensionExpr& e, size_t at, Chain& out,
                   const std::function<void(Chain&)>& body);
  bool PushesDirectly(const Expr& source) const;
  bool IsPlainSource(const Expr& source) const;
  // True for what Push runs without a sequence ever being made.
  bool PushesInPlace(const Expr& source) const;
  // Checks at run time what map and filter are given: argument 0 or 1.
  const Node* NewStageCheck(const Node* value, BuiltinKind kind, int argument, Span span);
  static void SetExecByRep(Node* node, Rep rep, const std::array<ExecFn, kRepCount>& functions);
  void Boundary(Chain inner, Chain& out);
  Slot LocalSlot(frontend::BindingId binding) const;
  // The element type of a source expression.
  TypeId ElementType(const Expr& source);
  Piece BuildListComprehension(const frontend::ComprehensionExpr& e, Chain* pre);
  Piece Consume(const frontend::CallExpr& e, BuiltinKind kind, Chain* pre);
  Piece ConsumeFold(const frontend::CallExpr& e, BuiltinKind kind, Chain* pre);
  Piece ConsumeQuantifier(const frontend::CallExpr& e, BuiltinKind kind, Chain* pre);
  Piece ConsumeList(const frontend::CallExpr& e, Chain* pre);
  Piece ConsumeJoin(const frontend::CallExpr& e, Chain* pre);
  // A value made by running a chain that leaves it in a slot. When the chain
  // may leave, it goes to `pre`.
  Piece AfterChain(const Expr& e, Chain chain, const Slot& result, Chain* pre);
  Slot NewResult(const Expr& e, TypeId type);
  Slot NewListSlot(const Expr& e, Chain& out);
  void Collect(const Slot& list, const Piece& element, Span span, Chain& out);

  // ---- emitting (emit.cpp, select_shape.cpp) ----
  const Node* Emit(const Piece& piece, Rep rep);
  const Node* EmitInt(const Piece& piece) { return Emit(piece, Rep::Int); }
  const Node* EmitFloat(const Piece& piece) { return Emit(piece, Rep::Float); }
  const Node* EmitBool(const Piece& piece) { return Emit(piece, Rep::Bool); }
  const Node* EmitRef(const Piece& piece) { return Emit(piece, Rep::Ref); }
  const Node* EmitValue(const Piece& piece) { return Emit(piece, Rep::Value); }
  const Node* EmitConverted(const Piece& piece, Rep rep);
  const Node* EmitShape(const Piece& piece);
  Node* EmitStore(const Piece& piece, const Slot& slot);
  // The same for a slot that holds nothing yet to be released: an argument.
  Node* EmitInit(const Piece& piece, const Slot& slot);
  Node* EmitStoreShape(const Piece& piece, uint32_t slot);
  Node* EmitDiscard(const Piece& piece);
  struct ConditionTables {
    const ShapeTable<ExecFn, kCompareOps, kIntShapes, kIntLeaves>* ints;
    const ShapeTable<ExecFn, kCompareOps, kFloatShapes, kFloatLeaves>* floats;
  };
  Node* EmitCondition(const Piece& condition, std::initializer_list<Operand> first, ExecFn on_node,
                      const ConditionTables& tables);
  Piece Leaf(const Piece& piece);     // a leaf, emitting operators as nodes
  Piece Flatten(const Piece& piece);  // a leaf, or an operator over leaves
  std::pair<Piece, Piece> Pair(const Piece& piece, bool inner_allowed);
  static Path NewPath() { return std::make_shared<Chain>(); }
  void AddIf(const Piece& condition, Path then, Path otherwise, Chain& out);
  // The same for a condition still to be built: `and` and `or` become choices.
  void AddChoice(const Expr& condition, const Path& then, const Path& otherwise, Chain& out);
  Node* EmitWhile(const Piece& condition, const Node* body, Loop* loop);
  const Node* EmitSelect(const Piece& condition, Rep rep, const Node* then, const Node* otherwise);
  // Changes the representation to that of `type`: boxes, unboxes, int to float
  // where inference says that a float arrives.
  Piece As(Piece piece, TypeId type);
  Piece ToFloat(Piece piece);
  Piece Condition(Piece piece, Span span);
  // Links a chain; what is returned ends with Status::Normal.
  const Node* Finish(Chain& chain);
  const Node* Link(Chain& chain, const Node* next);

  // ---- making nodes (builder.cpp) ----
  Node* New(size_t operands, std::span<const Span> spans);
  template <typename Fn>
  Node* New(Fn* function, std::initializer_list<Operand> operands,
            std::initializer_list<Span> spans) {
    return Set(New(operands.size(), std::span(spans.begin(), spans.size())), function, operands);
  }
  template <typename Fn>
  static Node* Set(Node* node, Fn* function, std::initializer_list<Operand> operands) {
    SetFunction(node, function);
    Operand* o = node->o();
    for (const Operand& operand : operands) {
      *o++ = operand;
    }
    return node;
  }
  static void SetFunction(Node* n, ExecFn f) { n->exec = f; }
  static void SetFunction(Node* n, IntFn f) { n->eval_int = f; }
  static void SetFunction(Node* n, FloatFn f) { n->eval_float = f; }
  static void SetFunction(Node* n, BoolFn f) { n->eval_bool = f; }
  static void SetFunction(Node* n, RefFn f) { n->eval_ref = f; }
  static void SetFunction(Node* n, ValueFn f) { n->eval_value = f; }

  static Operand Int(int64_t i) { return {.i = i}; }
  static Operand Ptr(const Node* node) { return {.node = node}; }
  static Operand Of(const void* pointer) { return {.pointer = pointer}; }
  Operand Self() const { return {.machine = &machine_}; }

  Piece NodePiece(const Node* node, TypeId type) const;
  Piece UnitPiece(TypeId type, const Node* chain = nullptr) const;
  Piece StatementPiece(TypeId type, Node* statement) const;
  Piece SlotPiece(const Slot& slot, Form form) const;
  const Piece* Keep(const Piece& piece);

  // Temporaries: taken at the cursor, given back in reverse order by restoring it.
  Slot NewTemp(TypeId type);
  // A temporary that is released when the statement ends, whether it was filled or not. Refs and
  // values get words of their own among the locals: above the cursor, frames of calls that the
  // same statement makes before would have written over them.
  Slot NewSpill(TypeId type);
  uint32_t Reserve(uint32_t words);
  class Scope {  // restores the cursor
   public:
    explicit Scope(Builder& builder) : builder_(builder), cursor_(builder.cursor_) {}
    ~Scope() { builder_.cursor_ = cursor_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Builder& builder_;
    uint32_t cursor_;
  };

  TypeId TypeOf(const Expr& e) const { return inference_.ExprType(version_, e); }
  Rep RepOf(TypeId type) const { return machine_.RepOf(type); }
  bool Exits(const Expr& e) const { return (resolution_.effects[e.id] & frontend::kExits) != 0; }
  bool Assigns(const Expr& e) const {
    return (resolution_.effects[e.id] & frontend::kAssigns) != 0;
  }
  frontend::Ref RefOf(const Expr& e) const;
  bool IsBuiltin(const Expr& callee, BuiltinKind* kind) const;
  bool fused() const { return machine_.ladder == Ladder::Fused; }

  Machine& machine_;
  Code& code_;
  infer::Inference& inference_;
  const infer::Version& version_;
  const frontend::Resolution& resolution_;
  const frontend::Function& function_;
  runtime::TypeTable& types_;

  std::vector<Slot> locals_;  // by LocalId
  // Of loops that can be entered on another tier: the entry's index by the source of its turns, and
  // where each step that is going on, and what each root gives, has its words.
  std::unordered_map<const Expr*, uint32_t> entries_;
  std::unordered_map<const Expr*, std::vector<Loop::State>> states_;
  std::unordered_map<const Expr*, Slot> roots_;
  Slot result_{};             // where `return` leaves its value
  uint32_t zero_begin_ = 0;   // words to clear on entry
  uint32_t zero_end_ = 0;
  uint32_t cursor_ = 0;
  uint32_t high_ = 0;
  std::vector<Slot> spilled_;  // refs and values spilled by the current statement
  uint32_t spill_room_;        // words kept for them
  uint32_t spill_begin_ = 0;
  uint32_t spill_words_ = 0;  // words they need, known when all is built
  std::vector<std::unique_ptr<Piece>> kept_;
  const Node* end_ = nullptr;  // ends every chain
};

// Nodes an expression executes each time it is evaluated, not counting the
// parts that are regions of their own (branches, loop bodies, right sides of
// and/or): the unit of `nodes` in WorkCounters. The same on every step of the ladder.
uint64_t NodesIn(const Expr& e);

}  // namespace interp
