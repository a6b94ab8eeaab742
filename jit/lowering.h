#pragma once
// From the tree of a version to LLVM's instructions, in one pass. Every local
// and every value that outlives an expression stands in a slot (memory), which
// LLVM promotes to registers; a generator's slots stand in its frame instead,
// so that it can be left and entered again.
//
// Failing operations branch to cold blocks that record the place and leave the
// function with its failure flag set. What a run holds when it fails is not
// released one by one: the heap frees everything.

#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <llvm/IR/IRBuilder.h>

#include "frontend/program.h"
#include "infer/infer.h"
#include "infer/loop_entry.h"
#include "jit/machine.h"
#include "jit/support.h"
#include "jit/unit.h"
#include "runtime/builtins.h"

namespace jit {

using frontend::BinaryOp;
using frontend::Expr;
using frontend::Span;
using runtime::BuiltinKind;
using runtime::TypeId;

// The value of an expression in registers.
struct Piece {
  TypeId type = runtime::kNever;
  Rep rep = Rep::Unit;
  llvm::Value* word = nullptr;  // by rep; Value: the bits
  llvm::Value* tag = nullptr;   // Value only
  // Whether the reference is ours to give away or release. Else it is borrowed from a slot, a
  // list or a literal that lives on.
  bool owned = false;
};

// A place for a value in memory.
struct Slot {
  TypeId type = runtime::kNever;
  Rep rep = Rep::Unit;
  llvm::Value* word = nullptr;  // its address
  llvm::Value* tag = nullptr;   // Value only: address of the tag
};

enum class Use : uint8_t { Value, Discard };

class Lowering {
 public:
  // Fills the function of a version (for a generator: its Resume). `loop`: it is entered at a turn
  // of that loop, has its state as argument, and gives what the entry's root gives; null: it is
  // entered at its beginning. `naturals`: LoopFacts.
  Lowering(Unit& unit, const Version& version, const infer::LoopEntry* loop = nullptr,
           uint64_t naturals = 0);
  void Run();

 private:
  using Builder = llvm::IRBuilder<>;
  // What a loop does with an element. It takes the element over if that is owned.
  using Body = std::function<void(Piece element)>;

  // One function of the program being lowered: the version itself, or a generator whose body
  // stands inside the loop that consumes it.
  struct Loop {
    llvm::BasicBlock* on_break;
    llvm::BasicBlock* on_continue;
    size_t held_on_break;  // cleanups to keep
    size_t held_on_continue;
  };
  struct Frame {
    const frontend::Function* function;
    const infer::Version* version;
    std::vector<Slot> locals;  // by LocalId
    Slot result;               // Unit for generators
    llvm::BasicBlock* on_return = nullptr;
    size_t held = 0;  // cleanups of the frames around it
    std::vector<Loop> loops;
    const std::function<void(Piece)>* on_yield = nullptr;  // null: the version's own `yield`
    SiteId site = kNoSite;       // where it was inlined
    // Address of an i32: the depth that its calls count from (a loop over a generator raises it);
    // null: nothing here needs it.
    llvm::Value* depth = nullptr;
    Frame* outer = nullptr;
  };

  // ---- lower_function.cpp ----
  void LowerResult(const Expr& e);
  void LowerTop();
  void LowerGenerator();
  void BindParameters();
  void BindState();

  // ---- lower_loop.cpp: functions that are entered at a turn of a loop ----
  using StepKind = infer::StepKind;
  bool IsResumed(const Expr& e, StepKind kind) const;  // the next step that is going on then
  // Where that is the next of those: runs `emit`, which sets the step's slots to its words of the
  // state, which begin at `at`, in code of its own. Called once these slots are there and before
  // what the step runs is lowered. `turn`: where a turn begins, of a step that turns come from.
  void Resume(const Expr& e, StepKind kind, llvm::BasicBlock* turn,
              const std::function<void(size_t at)>& emit);
  // In `emit`: the turn begins at this step, not at a loop inside it.
  bool IsResumeTarget() const { return resumed_ == loop_->path.size(); }
  bool IsRepeatable(const Expr& condition) const;
  // A word of the state, as a value of a type; taken over.
  Piece StateAt(size_t index, TypeId type);
  void ResumeSlot(const Slot& slot, size_t at);
  void ResumeWord(llvm::Value* address, size_t at);  // an int
  void ShowState(const Piece& piece, size_t at);  // where tests ask for it
  llvm::Value* StateWord(size_t index, size_t half);
  void LowerRoot();
  void CheckLargeFrame();
  void Return(Piece piece, Span span);  // converts, checks the declared result, leaves the frame
  void FinishFunction();

  // ---- lower_memo.cpp ----
  // Fills the function with a look into the cache; what is lowered then is a function of its own,
  // called when that fails.
  void LowerMemoProbe();
  void LowerMemo();
  void Count(uint64_t* counter);  // where work is counted

  // ---- lower_expr.cpp ----
  // The value with the type that inference gives the expression.
  Piece Eval(const Expr& e, Use use = Use::Value);
  Piece EvalKind(const Expr& e, Use use);
  Piece EvalStr(const frontend::StrExpr& e);
  Piece EvalName(const frontend::NameExpr& e);
  Piece EvalGlobal(frontend::GlobalId global, Span span);
  Piece EvalUnary(const frontend::UnaryExpr& e);
  Piece EvalBinary(const frontend::BinaryExpr& e);
  // Left to right. What a later operand could invalidate is put aside.
  std::vector<Piece> EvalAll(std::span<const Expr* const> exprs);
  Piece EvalLambda(const frontend::LambdaExpr& e);
  Piece EvalStoredGenerator(const frontend::ComprehensionExpr& e);
  // A sequence that is a value: the function's arguments, to be run later. Uses them up.
  Piece NewSequence(frontend::FunctionId function, TypeId type, std::vector<Piece> args, Span span);
  // As an i1; fails with a type error when it is no bool.
  llvm::Value* Condition(Piece piece, Span span);
  // Branches; `and` and `or` become choices.
  void Choose(const Expr& condition, llvm::BasicBlock* then, llvm::BasicBlock* otherwise);

  // ---- lower_control.cpp ----
  void EvalItem(const Expr& e);  // of a block, but for the last
  Piece EvalBlock(const frontend::BlockExpr& e, Use use);
  Piece EvalIf(const frontend::IfExpr& e, Use use);
  Piece EvalLogical(const frontend::LogicalExpr& e);
  // `is_item`: directly in a block, which releases the local at its end.
  void LowerLet(const frontend::LetExpr& e, bool is_item);
  void LowerWhile(const frontend::WhileExpr& e);
  void LowerFor(const frontend::ForExpr& e);
  void LowerReturn(const frontend::ReturnExpr& e);
  void LowerJump(bool is_break);
  void Yield(Piece element);

  // ---- lower_assign.cpp ----
  void LowerAssign(const frontend::AssignExpr& e);
  void AssignLocal(const frontend::AssignExpr& e, const Slot& slot, const frontend::Local& local);
  void AssignIndex(const frontend::AssignExpr& e, const frontend::IndexExpr& target);
  bool AppendInPlace(const frontend::AssignExpr& e, uint32_t local);
  void AppendToBoxed(const Slot& slot, const Piece& more, Span span);
  // xs[i] op= value on an element of settled type; false when there is no short form.
  bool UpdateElement(const frontend::AssignExpr& e, Span target, llvm::Value* list, TypeId element,
                     llvm::Value* index, const Piece& value);

  // ---- lower_operator.cpp ----
  // The operator on two pieces, which it uses up.
  Piece Operate(BinaryOp op, Span span, Piece a, Piece b);
  Piece OperateInt(BinaryOp op, Span span, llvm::Value* a, llvm::Value* b);
  Piece OperateFloat(BinaryOp op, Span span, llvm::Value* a, llvm::Value* b);
  Piece Compare(BinaryOp op, Span span, Piece a, Piece b);
  Piece OperateBoxed(BinaryOp op, Span span, Piece a, Piece b);
  Piece Negate(Piece a, Span span);
  Piece Not(Piece a, Span span);
  // An operation that says itself whether its result fits: llvm.sadd.with.overflow and its like.
  llvm::Value* CheckedInt(unsigned intrinsic, BinaryOp op, Span span, llvm::Value* a,
                          llvm::Value* b);
  llvm::Value* FloorDivOrMod(BinaryOp op, Span span, llvm::Value* a, llvm::Value* b);
  llvm::Value* FloorDivOrModByConstant(BinaryOp op, Span span, llvm::Value* a, int64_t b);
  llvm::Value* DivInts(Span span, llvm::Value* a, llvm::Value* b);
  llvm::Value* PowInts(Span span, llvm::Value* a, llvm::Value* b);
  // libm's pow; `fail` records what is wrong with a result that is not finite.
  llvm::Value* CallPow(llvm::Value* base, llvm::Value* exponent, const std::function<void()>& fail);
  void FailIntIf(llvm::Value* bad, BinaryOp op, Span span, llvm::Value* a, llvm::Value* b);
  void FailFloatIf(llvm::Value* bad, BinaryOp op, Span span, llvm::Value* a, llvm::Value* b);
  // Where `odd` holds, which is rare, `is_bad` tells whether that is a failure.
  void FailIfOdd(llvm::Value* odd, const std::function<llvm::Value*()>& is_bad,
                 const std::function<void()>& cold);
  llvm::Value* CompareMixed(BinaryOp op, Piece a, Piece b);  // an int and a float, exactly
  Piece CompareStrs(BinaryOp op, Piece a, Piece b);
  Piece AddStrs(Span span, Piece a, Piece b);
  Piece CallBinary(BinaryOp op, Span span, Piece a, Piece b);
  llvm::Value* Abs(llvm::Value* x);  // of a float

  // ---- lower_list.cpp ----
  Piece EvalList(const frontend::ListExpr& e);
  Piece ListOf(TypeId type, Span span, std::vector<Piece> items);
  Piece EvalIndex(const frontend::IndexExpr& e);
  // The checked index, counted from the beginning.
  llvm::Value* CheckedIndex(llvm::Value* list, llvm::Value* index, Span span);
  // The element, owned when it is counted.
  Piece LoadElement(llvm::Value* list, TypeId element, llvm::Value* index);
  // Takes over the piece; releases the old element.
  void StoreElement(llvm::Value* list, TypeId element, llvm::Value* index, Piece piece);
  // Appends to a list of settled element type; takes over the piece.
  void Append(llvm::Value* list, TypeId element, Piece piece, Span span);
  llvm::Value* ListSize(llvm::Value* list);
  llvm::Value* ListData(llvm::Value* list);
  // A length in an object's header: never negative.
  llvm::Value* LoadSize(llvm::Value* object, uint64_t offset);
  // Elements of a list's data, of settled type. Loaded ones are borrowed.
  Piece LoadItem(llvm::Value* data, TypeId element, llvm::Value* index);
  void StoreItem(llvm::Value* data, TypeId element, llvm::Value* index, const Piece& piece);
  llvm::Value* ItemAddress(llvm::Value* data, Rep rep, llvm::Value* index);
  // Whether lists of this type have elements that compiled code reads and writes itself.
  bool HoldsTyped(TypeId list) const;
  // What `rows[i]` gives without a reference of its own: it lives as long as `root` does, which
  // is to be released instead, and as nothing runs that could take it out of its list.
  struct Borrowed {
    Piece piece;
    Piece root;
  };
  Borrowed Borrow(const Expr& e);
  // Whether evaluating it takes nothing out of any list and assigns nothing.
  bool IsPlain(const Expr& e) const;
  Piece ReadIndex(Piece object, Piece index, Span span);  // releases neither

  // ---- lower_call.cpp ----
  Piece EvalCall(const frontend::CallExpr& e);
  using Callee = std::function<Piece()>;  // the callee's value, to be asked for after the arguments
  // `callee`: null when the call names its function, or stands right behind its lambda.
  Piece CallFunction(const frontend::CallExpr& e, frontend::FunctionId function,
                     const Callee* callee);
  Piece CallDynamic(const frontend::CallExpr& e, const Callee& callee);
  Piece CallExtern(const frontend::CallExpr& e, const frontend::Function& function);
  Piece CallC(const void* address, llvm::Type* type, const std::vector<Piece>& args);
  Piece CallValue(Piece callee, std::vector<Piece> args, SiteId site);
  Piece MakeSequence(const frontend::CallExpr& e, frontend::FunctionId function);
  // Calls a version: arguments in the order of its parameters, captures last; uses them up.
  Piece CallVersion(infer::VersionId version, std::vector<Piece> args, Span span);
  // A lambda's captures, borrowed from the closure.
  void AddCaptures(llvm::Value* closure, const infer::Version& version, size_t first,
                   std::vector<Piece>* args);
  // In the order written, as the declarations want them.
  std::vector<Piece> EvalArguments(const std::vector<frontend::BoundArgument>& bound,
                                   std::span<const frontend::Param> params);
  Piece EvalDefault(const Expr& e);
  Piece Declared(Piece piece, const frontend::TypeExpr* declared, std::string_view name,
                 Span span);
  // A lambda literal's captures, in order, borrowed.
  std::vector<Piece> CapturesOf(const frontend::Function& function);
  void CheckDepth(Span span);  // before a call that is_checked
  llvm::Value* Depth();        // i32: what calls count from
  llvm::Value* CalleeDepth();  // Depth() + 1

  // ---- lower_builtin.cpp ----
  Piece EvalBuiltin(const frontend::CallExpr& e, BuiltinKind kind);
  bool LowerMath(BuiltinKind kind, Span span, std::vector<Piece>& args, Piece* out);
  bool LowerTyped(BuiltinKind kind, Span span, std::vector<Piece>& args, Piece* out);
  Piece CallBuiltinBoxed(BuiltinKind kind, Span span, std::vector<Piece>& args);
  bool LowerUnaryMath(BuiltinKind kind, Span span, const Piece& arg, Piece* out);
  Piece RoundToInt(BuiltinKind kind, Span span, const Piece& arg);
  Piece Absolute(BuiltinKind kind, Span span, const Piece& arg);
  Piece BetterOf(BuiltinKind kind, const Piece& a, const Piece& b);  // min or max of two numbers
  Piece Convert(BuiltinKind kind, Span span, Piece arg, bool* done);  // bool, int, float, str
  Piece PopElement(Span span, Piece list);
  void Keep(const Piece& piece);
  bool WriteNumber(const frontend::CallExpr& e);  // write(b, str(int))

  // ---- lower_sequence.cpp ----
  // Runs `body` for each element of `source`, as one loop of all its stages. `at` is the place of
  // calls that stages make. on_break of the loop is where a consumer that has enough goes.
  void Push(const Expr& source, Span at, const Body& body);
  // Hands on an element as `type`.
  void Deliver(Piece element, TypeId type, const Body& body);
  bool PushRange(const frontend::CallExpr& e, const Body& body);
  void CountUp(const Expr& source, llvm::Value* first, llvm::Value* last, const Body& body);
  void CountSteps(const Expr& source, llvm::Value* first, llvm::Value* last, llvm::Value* step,
                  const Body& body);
  void PushClauses(const frontend::ComprehensionExpr& e, size_t first,
                   const std::function<void()>& body);
  // Runs through the value of `source`, which it uses up.
  void PushPiece(const Expr& source, Piece value, Span at, const Body& body);
  void PushList(const Expr& source, Piece list, Span at, const Body& body);
  void PushStr(const Expr& source, Piece str, Span at, const Body& body);
  void PushIterator(Piece source, Span at, const Body& body);
  void EndTurn(llvm::Value* index, Span at);
  bool IsPlainSource(const Expr& source) const;
  bool PushesInPlace(const Expr& source) const;
  TypeId ElementType(const Expr& source) const;
  void Poll(Span span);

  // ---- lower_stage.cpp ----
  // The function of a map or filter, as long as its loop runs.
  struct Stage {
    TypeId type = runtime::kNever;
    infer::VersionId version = infer::kNoVersion;  // when it is known
    Slot function;                                 // Unit: not needed
    std::vector<Slot> captures;                    // borrowed
  };
  bool OpenStage(const frontend::CallExpr& e, BuiltinKind kind, TypeId element, Stage* stage);
  void OpenCaptures(Stage* stage, std::vector<Piece> captures);
  Piece CallStage(const Stage& stage, Piece element, Span at);
  Piece CheckStage(Piece value, BuiltinKind kind, uint32_t which, Span span);
  void PushStage(const frontend::CallExpr& e, BuiltinKind kind, Span at, const Body& body);
  struct SharedYields;
  bool MayInline(const frontend::Function& function) const;
  bool PushGenerator(const frontend::CallExpr& e, Span at, const Body& body);
  void YieldShared(SharedYields& yields, Piece element, size_t outside);
  void HoldShared(const SharedYields& yields);

  // ---- lower_consumer.cpp ----
  Piece Consume(const frontend::CallExpr& e, BuiltinKind kind);
  Piece ConsumeFold(const frontend::CallExpr& e, BuiltinKind kind);
  const frontend::ComprehensionExpr* UnseenList(const Expr& source) const;
  Piece CountUnseen(const frontend::ComprehensionExpr& list);
  // The first overflow of a sum, which fails when all is added; not in use without slots.
  struct LateOverflow {
    Slot has_failed;
    Slot left;
    Slot right;
  };
  void SumLate(const Slot& result, const LateOverflow& late, Piece element);
  Piece ConsumeQuantifier(const frontend::CallExpr& e, BuiltinKind kind);
  Piece ConsumeList(const frontend::CallExpr& e);
  Piece ConsumeJoin(const frontend::CallExpr& e);
  Piece JoinInPlace(const frontend::CallExpr& e);
  void FoldTyped(BuiltinKind kind, const Slot& result, const Slot& flag, bool has_start,
                 Piece element, Span span);
  void FoldBoxed(BuiltinKind kind, const Slot& result, const Slot& flag, Piece element, Span span);
  Slot NewListSlot(const Expr& e);
  Piece EvalListComprehension(const frontend::ComprehensionExpr& e);
  void Collect(const Slot& list, Piece element, Span span);

  // ---- pieces and slots (lower_piece.cpp) ----
  Piece UnitPiece(TypeId type = runtime::kNone) const;  // none, a def, a built-in
  Piece Int(llvm::Value* word) const { return {runtime::kInt, Rep::Int, word}; }
  Piece Float(llvm::Value* word) const { return {runtime::kFloat, Rep::Float, word}; }
  Piece Bool(llvm::Value* word) const { return {runtime::kBool, Rep::Bool, word}; }
  Piece Ref(TypeId type, llvm::Value* word, bool owned) const {
    return {type, Rep::Ref, word, nullptr, owned};
  }
  // From a helper's {tag, bits}.
  Piece Boxed(llvm::Value* pair, bool owned = true);
  Piece ConstInt(int64_t value);
  // In the representation of `type`: boxes, unboxes, int to float where a float is expected.
  Piece As(Piece piece, TypeId type);
  Piece ToFloat(Piece piece);
  Piece ToBoxed(Piece piece) { return As(piece, runtime::kAny); }
  // With a reference of its own.
  Piece Own(Piece piece);
  void Release(const Piece& piece);  // if it is owned
  void ReleaseIfSet(const Piece& piece);  // the same for what may be null
  void RetainRef(llvm::Value* object);
  void ReleaseRef(llvm::Value* object);
  Piece Undefined(TypeId type);  // where code is not reached

  Slot NewSlot(TypeId type);
  llvm::Value* NewWord(llvm::Type* type);  // a slot of one machine word; its address
  void Init(const Slot& slot, Piece piece);   // takes over the piece; the slot holds nothing yet
  void Store(const Slot& slot, Piece piece);  // the same; releases what it held
  Piece Load(const Slot& slot);               // borrowed
  Piece Take(const Slot& slot);               // moved out
  // Boxed values in memory, for a helper's arguments; good until the next call of this.
  llvm::Value* ValueArray(const std::vector<Piece>& boxed);

  // Cleanups: slots to be released on every way out of where they were pushed.
  struct Cleanup {
    Slot slot;                        // or:
    llvm::Value* iterator = nullptr;  // address of an Iterator* to end
    std::function<void()> close = {};  // or: code of its own
  };
  void Hold(const Slot& slot) { cleanups_.push_back({slot}); }
  void EmitCleanups(size_t keep);  // emits code for all above `keep`; does not pop them
  void PopCleanups(size_t keep);   // emits code and pops: the normal end of a scope
  void Drop(size_t keep) { cleanups_.resize(keep); }  // pops without code: moved out

  // A piece put aside while `later` is evaluated.
  struct Aside {
    Piece piece;
    Slot slot;
    bool in_slot = false;
    size_t held = 0;
  };
  Aside PutAside(Piece piece, bool later_exits, bool later_assigns);
  Piece TakeBack(const Aside& aside);

  // ---- blocks, failures, calls of helpers (lower_piece.cpp) ----
  llvm::BasicBlock* NewBlock(const char* name);
  void Enter(llvm::BasicBlock* block) { b_.SetInsertPoint(block); }
  void Go(llvm::BasicBlock* block);  // branches
  // Code after this is not reached; a block for it is opened.
  void Unreachable();
  SiteId SiteOf(Span span);
  SiteId SiteOfCall(Span span, std::vector<Span> arguments);
  llvm::Value* I32(uint64_t value) { return b_.getInt32(static_cast<uint32_t>(value)); }
  llvm::Value* I64(uint64_t value) { return b_.getInt64(value); }
  llvm::Value* MachinePointer();
  // Helpers take the machine first where support.h says so: pass it.
  llvm::CallInst* Call(HelperId helper, std::initializer_list<llvm::Value*> args);
  llvm::CallInst* Call(HelperId helper, const std::vector<llvm::Value*>& args);
  // Where `bad` (i1) holds: runs `cold`, which records the failure, and leaves the function.
  void FailIf(llvm::Value* bad, const std::function<void()>& cold);
  // Leaves when a helper (or a callee) has failed: its answer false, null or kFailedTag.
  void Require(llvm::Value* ok, SiteId site);
  llvm::Value* RequireRef(llvm::Value* pointer, SiteId site);
  void AssumeList(llvm::Value* list);
  Piece RequireValue(llvm::Value* pair, SiteId site);
  // Where `condition` holds with low probability.
  void BranchUnlikely(llvm::Value* condition, llvm::BasicBlock* then, llvm::BasicBlock* otherwise);
  llvm::Value* LoadField(llvm::Value* object, uint64_t offset, llvm::Type* type, Memory memory);
  void StoreField(llvm::Value* object, uint64_t offset, llvm::Value* value, Memory memory);

  TypeId TypeOf(const Expr& e) const {
    return machine_.inference.ExprType(*frame_->version, e);
  }
  Rep RepOf(TypeId type) const { return machine_.RepOf(type); }
  uint8_t EffectsOf(const Expr& e) const { return resolution_.effects[e.id]; }
  bool Exits(const Expr& e) const { return (EffectsOf(e) & frontend::kExits) != 0; }
  bool Assigns(const Expr& e) const { return (EffectsOf(e) & frontend::kAssigns) != 0; }
  frontend::Ref RefOf(const Expr& e) const;
  bool IsBuiltin(const Expr& callee, BuiltinKind* kind) const;
  runtime::TypeKind KindOf(TypeId type) const { return types_.Kind(type); }

  Unit& unit_;
  Machine& machine_;
  runtime::TypeTable& types_;
  const frontend::Resolution& resolution_;
  const Version& version_;
  const infer::Version& inferred_;
  llvm::Function* function_;
  MemoCache* memo_cache_ = nullptr;  // what LowerMemoProbe looks into
  Builder b_;
  Frame own_;
  Frame* frame_ = &own_;
  std::vector<Cleanup> cleanups_;
  std::vector<Slot> irregular_;  // locals whose `let` stands inside an expression
  llvm::BasicBlock* entry_ = nullptr;  // slots are made here
  llvm::BasicBlock* start_ = nullptr;  // what runs once, at the first entry
  llvm::BasicBlock* on_failure_ = nullptr;
  llvm::AllocaInst* scratch_ = nullptr;  // for ValueArray
  uint64_t scratch_values_ = 1;
  // Generators only.
  llvm::Value* generator_frame_ = nullptr;
  uint64_t frame_bytes_ = 0;
  std::vector<llvm::BasicBlock*> resumes_;  // by state - 1
  // Functions entered at a loop only.
  const infer::LoopEntry* loop_;
  uint64_t naturals_;
  llvm::Value* state_ = nullptr;
  llvm::BasicBlock* resume_ = nullptr;  // where the next step to be resumed sets its slots
  size_t resumed_ = 0;                  // steps of the path so far
  size_t position_ = 0;                 // their words in the state, and all before
  uint32_t math_calls_ = 0;  // emitted so far, of the mathematical library or of what calls it
  uint32_t inlined_ = 0;  // generators standing inside one another
};

}  // namespace jit
