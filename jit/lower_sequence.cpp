// Sequences that are consumed where they stand. Producers push: each stage runs
// what follows it as the body of its loop, so that a chain of stages becomes
// one loop without allocation. What is known only at run time is pulled step by
// step (iterate.h).
//
// Loops keep their state in slots and read it anew after their body, which may
// leave the function and enter it again.

#include "frontend/check.h"
#include "jit/iterate.h"
#include "jit/layout.h"
#include "jit/lint.h"
#include "jit/lowering.h"
#include "runtime/mutant.h"

namespace jit {

using frontend::DynCast;
using runtime::Tag;
using runtime::TypeKind;

namespace {

// Turns between two looks at the interrupt flag.
constexpr uint64_t kTurnsPerPoll = 1024;
// A loop of so few turns does not look at all: what stands around it does.
constexpr int64_t kFewTurns = 16;

bool HasFewTurns(const llvm::Value* first, const llvm::Value* last) {
  const auto* begin = llvm::dyn_cast<llvm::ConstantInt>(first);
  const auto* end = llvm::dyn_cast<llvm::ConstantInt>(last);
  int64_t turns;
  return begin != nullptr && end != nullptr &&
         !__builtin_sub_overflow(end->getSExtValue(), begin->getSExtValue(), &turns) &&
         turns <= kFewTurns;
}

}  // namespace

TypeId Lowering::ElementType(const Expr& source) const {
  return machine_.inference.ElementOf(TypeOf(source));
}

// False for the calls that Push takes apart.
bool Lowering::IsPlainSource(const Expr& source) const {
  const auto* call = DynCast<frontend::CallExpr>(source);
  BuiltinKind kind;
  return call == nullptr || !IsBuiltin(*call->callee, &kind) ||
         (kind != BuiltinKind::Range && kind != BuiltinKind::Map && kind != BuiltinKind::Filter);
}

bool Lowering::PushesInPlace(const Expr& source) const {
  const auto* generator = DynCast<frontend::ComprehensionExpr>(source);
  return !IsPlainSource(source) || (generator != nullptr && !generator->is_list &&
                                    resolution_.function_of_expr[source.id] == 0);
}

void Lowering::Deliver(Piece element, TypeId type, const Body& body) {
  // Code behind what never returns is not made.
  if (element.type != runtime::kNever && type != runtime::kNever) {
    body(As(element, type));
  }
}

void Lowering::Poll(Span span) {
  llvm::LoadInst* flag = b_.CreateAlignedLoad(
      b_.getInt32Ty(), unit_.Address(&machine_.context.interrupt), llvm::Align(4));
  flag->setAtomic(llvm::AtomicOrdering::Monotonic);
  FailIf(b_.CreateIsNotNull(flag), [&] { Call(HelperId::FailInterrupted, {I32(SiteOf(span))}); });
}

void Lowering::Push(const Expr& source, Span at, const Body& body) {
  if (const auto* call = DynCast<frontend::CallExpr>(source)) {
    BuiltinKind kind;
    if (IsBuiltin(*call->callee, &kind)) {
      if (kind == BuiltinKind::Range && PushRange(*call, body)) {
        return;
      }
      if (kind == BuiltinKind::Map || kind == BuiltinKind::Filter) {
        PushStage(*call, kind, at, body);
        return;
      }
    } else if (PushGenerator(*call, at, body)) {
      return;
    }
  }
  const auto* generator = DynCast<frontend::ComprehensionExpr>(source);
  if (generator != nullptr && !generator->is_list && resolution_.function_of_expr[source.id] == 0) {
    PushClauses(*generator, 0,
                [&] { Deliver(Eval(*generator->element), ElementType(source), body); });
    return;
  }
  PushPiece(source, Eval(source), at, body);
}

// ---- range ----

bool Lowering::PushRange(const frontend::CallExpr& e, const Body& body) {
  std::vector<const Expr*> values;
  for (const frontend::Argument& argument : e.args) {
    if (TypeOf(*argument.value) != runtime::kInt) {
      return false;
    }
    values.push_back(argument.value);
  }
  const std::vector<Piece> args = EvalAll(values);
  llvm::Value* first = args.size() == 1 ? I64(0) : args[0].word;
  llvm::Value* last = args.size() == 1 ? args[0].word : args[1].word;
  if (args.size() == 3) {
    CountSteps(e, first, last, args[2].word, body);
  } else {
    CountUp(e, first, last, body);
  }
  return true;
}

// Two loops: the inner one runs at most kTurnsPerPoll turns without a look at
// the interrupt flag, so that nothing stands in the way of LLVM's loop passes.
// Neither counter can wrap: the inner stays below `last`, and the outer goes on
// only where it does. A body that calls the mathematical library takes its time,
// and LLVM can do little about it: it looks at every turn, which makes one loop
// of it and halves the time to compile.
void Lowering::CountUp(const Expr& source, llvm::Value* first, llvm::Value* last,
                       const Body& body) {
  llvm::Type* word = b_.getInt64Ty();
  llvm::Value* begin = NewWord(word);  // of the inner loop
  llvm::Value* stop = NewWord(word);
  llvm::Value* end = NewWord(word);
  llvm::Value* at = NewWord(word);
  llvm::BasicBlock* stretch = NewBlock("stretch");
  llvm::BasicBlock* head = NewBlock("range");
  llvm::BasicBlock* turn = NewBlock("turn");
  llvm::BasicBlock* pause = NewBlock("pause");
  llvm::BasicBlock* done = NewBlock("range_end");
  b_.CreateStore(first, begin);
  b_.CreateStore(last, end);
  b_.CreateCondBr(b_.CreateICmpSLT(first, last), stretch, done);
  llvm::BasicBlock* resumed = nullptr;  // begins a stretch where a turn is entered
  Resume(source, StepKind::Range, head, [&](size_t position) {
    ResumeWord(begin, position);
    ResumeWord(end, position + 1);
    resumed = b_.GetInsertBlock();
  });

  Enter(head);
  llvm::Value* i = b_.CreateLoad(word, at);
  b_.CreateCondBr(b_.CreateICmpSLT(i, b_.CreateLoad(word, stop)), turn, pause);
  Enter(turn);
  const uint32_t math_calls = math_calls_;
  body(Int(i));
  const bool is_slow = math_calls_ != math_calls && machine_.math == Math::Strict;
  const bool is_whole = is_slow || HasFewTurns(first, last);  // one stretch
  if (is_slow) {
    Poll(source.span);
  }
  b_.CreateStore(b_.CreateNSWAdd(b_.CreateLoad(word, at), I64(1)), at);
  MarkShort(b_.CreateBr(head));

  const auto begin_stretch = [&] {
    llvm::Value* from = b_.CreateLoad(word, begin);
    llvm::Value* limit = b_.CreateLoad(word, end);
    if (!is_whole) {
      llvm::Value* far =
          b_.CreateBinaryIntrinsic(llvm::Intrinsic::sadd_sat, from, I64(kTurnsPerPoll));
      limit = b_.CreateBinaryIntrinsic(llvm::Intrinsic::smin, far, limit);
    }
    b_.CreateStore(from, at);
    b_.CreateStore(limit, stop);
  };
  if (resumed != nullptr) {
    b_.SetInsertPoint(resumed->getTerminator());
    begin_stretch();
  }
  Enter(stretch);
  begin_stretch();
  Go(head);

  Enter(pause);
  if (is_whole) {
    Go(done);
  } else {
    Poll(source.span);
    llvm::BasicBlock* again = NewBlock("again");
    b_.CreateCondBr(b_.CreateICmpSLT(b_.CreateLoad(word, stop), b_.CreateLoad(word, end)), again,
                    done);
    Enter(again);
    const uint64_t stride = LAB_MUTANT(624, kTurnsPerPoll, kTurnsPerPoll + 1);
    b_.CreateStore(b_.CreateNSWAdd(b_.CreateLoad(word, begin), I64(stride)), begin);
    Go(stretch);
  }
  Enter(done);
}

// Any step: the turns are counted beforehand, since the step behind the last
// may wrap.
void Lowering::CountSteps(const Expr& source, llvm::Value* first, llvm::Value* last,
                          llvm::Value* step, const Body& body) {
  const Span span = source.span;
  const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(step);
  if (constant == nullptr || constant->isZero()) {
    FailIf(b_.CreateIsNull(step), [&] { Call(HelperId::FailRangeStep, {I32(SiteOf(span))}); });
  }
  llvm::Type* word = b_.getInt64Ty();
  llvm::Value* up = b_.CreateICmpSGT(step, I64(0));
  llvm::Value* low = b_.CreateSelect(up, first, last);
  llvm::Value* high = b_.CreateSelect(up, last, first);
  llvm::Value* size = b_.CreateSelect(up, step, b_.CreateNeg(step));
  // A step of zero has failed; one here keeps the division defined wherever LLVM may move it.
  size = b_.CreateBinaryIntrinsic(llvm::Intrinsic::umax, size, I64(1));
  llvm::Value* distance = b_.CreateSub(high, low);
  llvm::Value* inner = b_.CreateSub(distance, I64(LAB_MUTANT(623, 1, 0)));
  llvm::Value* count = b_.CreateAdd(b_.CreateUDiv(inner, size), I64(1));
  llvm::Value* at = NewWord(word);
  llvm::Value* left = NewWord(word);
  llvm::Value* turns = NewWord(word);
  llvm::Value* stride = NewWord(word);
  llvm::BasicBlock* stretch = NewBlock("stretch");
  llvm::BasicBlock* turn = NewBlock("turn");
  llvm::BasicBlock* pause = NewBlock("pause");
  llvm::BasicBlock* done = NewBlock("range_end");
  b_.CreateStore(first, at);
  b_.CreateStore(step, stride);
  b_.CreateStore(count, left);
  b_.CreateCondBr(b_.CreateICmpSLT(low, high), stretch, done);

  const auto begin_stretch = [&] {
    llvm::Value* rest = b_.CreateLoad(word, left);
    llvm::Value* now = b_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, rest, I64(kTurnsPerPoll));
    b_.CreateStore(now, turns);
    b_.CreateStore(b_.CreateNUWSub(rest, now), left);
  };
  Resume(source, StepKind::Steps, turn, [&](size_t position) {
    ResumeWord(at, position);
    ResumeWord(left, position + 1);
    ResumeWord(stride, position + 2);
    begin_stretch();
  });
  Enter(stretch);
  begin_stretch();
  Go(turn);

  Enter(turn);
  body(Int(b_.CreateLoad(word, at)));
  b_.CreateStore(b_.CreateAdd(b_.CreateLoad(word, at), b_.CreateLoad(word, stride)), at);
  llvm::Value* less = b_.CreateNUWSub(b_.CreateLoad(word, turns), I64(1));
  b_.CreateStore(less, turns);
  MarkShort(b_.CreateCondBr(b_.CreateIsNotNull(less), turn, pause));

  Enter(pause);
  Poll(span);
  b_.CreateCondBr(b_.CreateIsNotNull(b_.CreateLoad(word, left)), stretch, done);
  Enter(done);
}

// ---- values ----

void Lowering::PushPiece(const Expr& source, Piece value, Span at, const Body& body) {
  if (value.type == runtime::kNever) {
    return;
  }
  if (value.rep == Rep::Ref && KindOf(value.type) == TypeKind::List) {
    PushList(source, value, at, body);
  } else if (value.type == runtime::kStr) {
    PushStr(source, value, at, body);
  } else {
    PushIterator(value, at, body);
  }
}

void Lowering::PushList(const Expr& source, Piece list, Span at, const Body& body) {
  const TypeId element = types_.Element(list.type);
  const size_t held = cleanups_.size();
  const Slot slot = NewSlot(list.type);
  Init(slot, list);
  Hold(slot);
  llvm::Type* word = b_.getInt64Ty();
  llvm::Value* index = NewWord(word);
  llvm::BasicBlock* head = NewBlock("list");
  llvm::BasicBlock* turn = NewBlock("turn");
  llvm::BasicBlock* done = NewBlock("list_end");
  b_.CreateStore(I64(0), index);
  Go(head);
  Resume(source, StepKind::List, head, [&](size_t position) {
    ResumeSlot(slot, position);
    ResumeWord(index, position + 1);
  });

  Enter(head);
  // The body may append to the list, or take from it.
  llvm::Value* i = b_.CreateLoad(word, index);
  llvm::Value* object = Load(slot).word;
  b_.CreateCondBr(b_.CreateICmpULT(i, ListSize(object)), turn, done);
  Enter(turn);
  if (RepOf(element) == Rep::Value) {
    body(Boxed(Call(HelperId::ElementAt, {object, i})));
  } else {
    body(LoadElement(object, element, i));
  }
  EndTurn(index, at);
  MarkShort(b_.CreateBr(head));

  Enter(done);
  PopCleanups(held);
}

// Counts the turn, and looks at the interrupt flag in the first and now and then.
void Lowering::EndTurn(llvm::Value* index, Span at) {
  llvm::BasicBlock* poll = NewBlock("poll");
  llvm::BasicBlock* next = NewBlock("next_turn");
  llvm::Value* i = b_.CreateLoad(b_.getInt64Ty(), index);
  BranchUnlikely(b_.CreateIsNull(b_.CreateAnd(i, I64(kTurnsPerPoll - 1))), poll, next);
  Enter(poll);
  Poll(at);
  Go(next);
  Enter(next);
  b_.CreateStore(b_.CreateAdd(b_.CreateLoad(b_.getInt64Ty(), index), I64(1), "", true, true),
                 index);
}

void Lowering::PushStr(const Expr& source, Piece str, Span at, const Body& body) {
  const size_t held = cleanups_.size();
  const Slot slot = NewSlot(runtime::kStr);
  Init(slot, str);
  Hold(slot);
  llvm::Type* word = b_.getInt64Ty();
  llvm::Value* offset = NewWord(word);
  llvm::BasicBlock* head = NewBlock("str");
  llvm::BasicBlock* turn = NewBlock("turn");
  llvm::BasicBlock* done = NewBlock("str_end");
  b_.CreateStore(I64(0), offset);
  Go(head);
  Resume(source, StepKind::Str, head, [&](size_t position) {
    ResumeSlot(slot, position);
    ResumeWord(offset, position + 1);
    if (!IsResumeTarget()) {
      // Its turn goes on in a loop inside: the element has been taken.
      llvm::Value* piece =
          RequireRef(Call(HelperId::NextCodePoint, {Load(slot).word, offset}), SiteOf(at));
      Release(Ref(runtime::kStr, piece, true));
    }
  });

  Enter(head);
  llvm::Value* object = Load(slot).word;
  llvm::Value* size = LoadField(object, kStrSizeBytesOffset, word, Memory::Header);
  b_.CreateCondBr(b_.CreateICmpULT(b_.CreateLoad(word, offset), size), turn, done);
  Enter(turn);
  Poll(at);
  llvm::Value* piece = RequireRef(Call(HelperId::NextCodePoint, {object, offset}), SiteOf(at));
  body(Ref(runtime::kStr, piece, true));
  Go(head);

  Enter(done);
  PopCleanups(held);
}

// Next() polls.
void Lowering::PushIterator(Piece source, Span at, const Body& body) {
  const TypeId element = machine_.inference.ElementOf(source.type);
  const size_t held = cleanups_.size();
  const SiteId site = SiteOf(at);
  const Piece boxed = ToBoxed(source);
  llvm::Value* depth = frame_->depth != nullptr ? Depth() : I32(0);
  llvm::Value* opened = RequireRef(Call(HelperId::Iterate, {depth, boxed.tag, boxed.word}), site);
  Release(boxed);
  llvm::Value* iterator = NewWord(b_.getPtrTy());
  b_.CreateStore(opened, iterator);
  Cleanup end;
  end.iterator = iterator;
  cleanups_.push_back(end);
  // While the body runs, the calls of this frame count from another depth.
  llvm::Value* outer_depth = frame_->depth;
  llvm::Value* inner_depth = outer_depth != nullptr ? NewWord(b_.getInt32Ty()) : nullptr;
  llvm::BasicBlock* head = NewBlock("sequence");
  llvm::BasicBlock* turn = NewBlock("turn");
  llvm::BasicBlock* done = NewBlock("sequence_end");
  Go(head);

  Enter(head);
  llvm::Value* memory = ValueArray({});
  llvm::Value* pulled = b_.CreateLoad(b_.getPtrTy(), iterator);
  llvm::Value* step = Call(HelperId::Next, {pulled, memory});
  const auto is = [&](Step which) {
    return b_.CreateICmpEQ(step,
                           llvm::ConstantInt::get(step->getType(), static_cast<uint64_t>(which)));
  };
  FailIf(is(Step::Failed), [&] { Call(HelperId::Failed, {I32(site)}); });
  b_.CreateCondBr(is(Step::Element), turn, done);
  Enter(turn);
  Piece value{runtime::kAny, Rep::Value};
  value.tag = b_.CreateLoad(b_.getInt64Ty(), memory);
  value.word =
      b_.CreateLoad(b_.getInt64Ty(), b_.CreateConstInBoundsGEP1_64(b_.getInt64Ty(), memory, 1));
  value.owned = true;
  if (inner_depth != nullptr) {
    b_.CreateStore(b_.CreateLoad(b_.getInt32Ty(), pulled), inner_depth);
    frame_->depth = LAB_MUTANT(625, inner_depth, outer_depth);
  }
  Deliver(value, element, body);
  frame_->depth = outer_depth;
  Go(head);

  Enter(done);
  PopCleanups(held);
}

// ---- comprehensions ----

void Lowering::PushClauses(const frontend::ComprehensionExpr& e, size_t at,
                           const std::function<void()>& body) {
  if (at == e.clauses.size()) {
    body();
    return;
  }
  const frontend::Clause& clause = e.clauses[at];
  if (!clause.is_for) {
    llvm::BasicBlock* kept = NewBlock("kept");
    llvm::BasicBlock* next = NewBlock("next");
    Choose(*clause.source, kept, next);
    Enter(kept);
    PushClauses(e, at + 1, body);
    Go(next);
    Enter(next);
    return;
  }
  const frontend::Ref ref = resolution_.bindings[clause.variable.id];
  LAB_CHECK(ref.kind == frontend::RefKind::Local);
  const Body turn = [&](Piece element) {
    const size_t held = cleanups_.size();
    const Slot slot = NewSlot(frame_->version->locals[ref.index]);
    frame_->locals[ref.index] = slot;
    Init(slot, element);
    if (runtime::IsCounted(slot.rep)) {
      Hold(slot);
    }
    PushClauses(e, at + 1, body);
    PopCleanups(held);
  };
  if (frame_->function->generator == &e && at == 0) {
    // A stored generator: the first source was evaluated when it was made.
    PushPiece(*clause.source, Load(frame_->locals[0]), clause.source->span, turn);
  } else {
    Push(*clause.source, clause.source->span, turn);
  }
}

}  // namespace jit
