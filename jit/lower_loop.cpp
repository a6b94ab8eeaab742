// A function that is entered at a turn of a loop is lowered as a whole, or the entry's root is.
// Where it begins, it loads the state and sets the slots of all steps that are going on, from the
// outermost inwards, and jumps into the innermost; nothing else leads there, and LLVM drops what is
// not reached. That this is possible anywhere between statements, and in consumers, is what
// generators rely on as well.
// Tests: tests/tiered, tests/golden on `tiered`.

#include <llvm/IR/MDBuilder.h>

#include "frontend/check.h"
#include "frontend/walk.h"
#include "jit/lowering.h"

namespace jit {

// A condition that has just held can be tested again when that changes nothing. Entered there, a
// loop is one like any other, and LLVM sees what holds in its body.
bool Lowering::IsRepeatable(const Expr& condition) const {
  using frontend::ExprKind;
  std::vector<const Expr*> pending{&condition};
  while (!pending.empty()) {
    const Expr& e = *pending.back();
    pending.pop_back();
    const bool is_operator = e.kind == ExprKind::Unary || e.kind == ExprKind::Binary ||
                             e.kind == ExprKind::Logical;
    const bool is_leaf = e.kind == ExprKind::Int || e.kind == ExprKind::Float ||
                         e.kind == ExprKind::Bool || e.kind == ExprKind::Name;
    const Rep rep = machine_.RepOf(machine_.inference.ExprType(inferred_, e));
    if ((!is_operator && !is_leaf) || (rep != Rep::Int && rep != Rep::Float && rep != Rep::Bool)) {
      return false;
    }
    frontend::ForEachChild(e, [&](const Expr& child) { pending.push_back(&child); });
  }
  return true;
}

// Half 0 of a boxed value is its tag, half 1 its payload.
llvm::Value* Lowering::StateWord(size_t index, size_t half) {
  return b_.CreateConstInBoundsGEP1_64(b_.getInt64Ty(), state_, 2 * index + half);
}

Piece Lowering::StateAt(size_t index, TypeId type) {
  Piece boxed{runtime::kAny, Rep::Value};
  boxed.tag = b_.CreateLoad(b_.getInt64Ty(), StateWord(index, 0));
  llvm::LoadInst* payload = b_.CreateLoad(b_.getInt64Ty(), StateWord(index, 1));
  if (index < 64 && (naturals_ >> index & 1) != 0) {
    const llvm::APInt end = llvm::APInt::getSignedMinValue(64);
    payload->setMetadata(llvm::LLVMContext::MD_range,
                         llvm::MDBuilder(unit_.context()).createRange(llvm::APInt(64, 0), end));
  }
  boxed.word = payload;
  Piece piece = As(boxed, type);
  piece.owned = runtime::IsCounted(piece.rep);
  return piece;
}

void Lowering::ResumeSlot(const Slot& slot, size_t at) {
  if (slot.rep != Rep::Unit) {
    Init(slot, StateAt(at, slot.type));
    ShowState(Load(slot), at);
  }
}

void Lowering::ResumeWord(llvm::Value* address, size_t at) {
  b_.CreateStore(StateAt(at, runtime::kInt).word, address);
  ShowState(Int(b_.CreateLoad(b_.getInt64Ty(), address)), at);
}

void Lowering::ShowState(const Piece& piece, size_t at) {
  if (machine_.on_state) {
    const Piece boxed = ToBoxed(piece);
    Call(HelperId::ShowState, {I32(at), I32(piece.type), boxed.tag, boxed.word});
  }
}

void Lowering::BindState() {
  const frontend::Function& function = *own_.function;
  own_.locals.resize(function.locals.size());
  unsigned next = 0;
  if (version_.calls.has_depth) {
    own_.depth = NewWord(b_.getInt32Ty());
    b_.CreateStore(function_->getArg(next++), own_.depth);
  }
  state_ = function_->getArg(next);
  // None of these is released here: they are borrowed, or given back.
  const auto bind = [&](frontend::LocalId local, TypeId type) {
    own_.locals[local] = NewSlot(type);
    ResumeSlot(own_.locals[local], position_++);
  };
  for (uint32_t i = 0; i < inferred_.params.size(); ++i) {
    bind(i, inferred_.params[i]);
  }
  for (const auto* locals : {&loop_->kept, &loop_->changed}) {
    for (const frontend::LocalId local : *locals) {
      bind(local, inferred_.locals[local]);
    }
  }
  position_ += loop_->locals.size();
  resume_ = NewBlock("resume");
  Go(resume_);
  Unreachable();
}

bool Lowering::IsResumed(const Expr& e, StepKind kind) const {
  return loop_ != nullptr && frame_ == &own_ && resumed_ < loop_->path.size() &&
         loop_->path[resumed_].expr == &e && loop_->path[resumed_].kind == kind;
}

void Lowering::Resume(const Expr& e, StepKind kind, llvm::BasicBlock* turn,
                      const std::function<void(size_t)>& emit) {
  if (!IsResumed(e, kind)) {
    return;
  }
  const size_t at = position_;
  position_ += infer::StateWords(kind);
  ++resumed_;
  const bool is_target = IsResumeTarget();
  llvm::BasicBlock* here = b_.GetInsertBlock();
  Enter(resume_);
  if (is_target) {
    // The slots of all that is around it have been made.
    const size_t first = inferred_.params.size() + loop_->kept.size() + loop_->changed.size();
    for (size_t i = 0; i < loop_->locals.size(); ++i) {
      const Slot& slot = own_.locals[loop_->locals[i]];
      if (slot.word != nullptr) {
        ResumeSlot(slot, first + i);
      }
    }
  }
  emit(at);
  resume_ = is_target ? nullptr : NewBlock("resume");
  Go(is_target ? turn : resume_);
  Enter(here);
}

// The root's value is the result; what it has changed goes back to where it came from.
void Lowering::LowerRoot() {
  const bool is_loop = own_.result.rep == Rep::Unit;
  const Piece value = Eval(*loop_->root, is_loop ? Use::Discard : Use::Value);
  if (value.type != runtime::kNever) {
    Init(own_.result, value);
    size_t at = inferred_.params.size() + loop_->kept.size();
    for (const frontend::LocalId local : loop_->changed) {
      const Piece boxed = ToBoxed(Take(own_.locals[local]));
      b_.CreateStore(boxed.tag, StateWord(at, 0));
      b_.CreateStore(boxed.word, StateWord(at, 1));
      ++at;
    }
  }
  PopCleanups(0);
  Go(own_.on_return);
  Unreachable();
}

}  // namespace jit
