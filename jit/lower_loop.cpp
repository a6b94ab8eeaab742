// A function that is entered at a turn of a loop is lowered as a whole. Where it begins, it loads
// the state and sets the slots of all loops that are running, from the outermost inwards, and jumps
// into the innermost; nothing else leads there, and LLVM drops what is not reached. That this is
// possible anywhere between statements is what generators rely on as well.
// Tests: tests/tiered, tests/golden on `tiered`.

#include <llvm/IR/MDBuilder.h>

#include "frontend/check.h"
#include "frontend/walk.h"
#include "jit/lowering.h"

namespace jit {

// A condition that has just held can be tested again when that changes nothing. Entered there, a
// loop is one like any other, and LLVM sees what holds in its body.
bool Lowering::IsRepeatable(const Expr& condition) const {
  std::vector<const Expr*> pending{&condition};
  while (!pending.empty()) {
    const Expr& e = *pending.back();
    pending.pop_back();
    const bool is_operator = e.kind == frontend::ExprKind::Unary || e.kind == frontend::ExprKind::Binary ||
                             e.kind == frontend::ExprKind::Logical;
    const bool is_leaf = e.kind == frontend::ExprKind::Int || e.kind == frontend::ExprKind::Float ||
                         e.kind == frontend::ExprKind::Bool || e.kind == frontend::ExprKind::Name;
    const Rep rep = machine_.RepOf(machine_.inference.ExprType(inferred_, e));
    if ((!is_operator && !is_leaf) || (rep != Rep::Int && rep != Rep::Float && rep != Rep::Bool)) {
      return false;
    }
    frontend::ForEachChild(e, [&](const Expr& child) { pending.push_back(&child); });
  }
  return true;
}

Piece Lowering::StateAt(size_t index, TypeId type) {
  const auto word = [&](uint64_t at) {
    return b_.CreateLoad(b_.getInt64Ty(),
                         b_.CreateConstInBoundsGEP1_64(b_.getInt64Ty(), state_, at));
  };
  Piece boxed{runtime::kAny, Rep::Value};
  boxed.tag = word(2 * index);
  llvm::LoadInst* payload = word(2 * index + 1);
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

void Lowering::BindState() {
  const frontend::Function& function = *own_.function;
  own_.locals.resize(function.locals.size());
  unsigned next = 0;
  if (version_.calls.has_depth) {
    own_.depth = NewWord(b_.getInt32Ty());
    b_.CreateStore(function_->getArg(next++), own_.depth);
  }
  state_ = function_->getArg(next);
  for (size_t i = 0; i < inferred_.params.size(); ++i) {
    own_.locals[i] = NewSlot(inferred_.params[i]);
    Init(own_.locals[i], StateAt(i, inferred_.params[i]));  // never released: it is borrowed
  }
  position_ = inferred_.params.size() + loop_->locals.size();
  resume_ = NewBlock("resume");
  Go(resume_);
  Unreachable();
}

bool Lowering::IsResumed(const Expr& loop) const {
  return loop_ != nullptr && frame_ == &own_ && resumed_ < loop_->path.size() &&
         loop_->path[resumed_].loop == &loop;
}

std::optional<Lowering::Resumed> Lowering::Resume(const Expr& loop) {
  if (!IsResumed(loop)) {
    return std::nullopt;
  }
  const bool is_target = ++resumed_ == loop_->path.size();
  Resumed resumed{is_target, position_, resume_, is_target ? nullptr : NewBlock("resume")};
  position_ += infer::PositionWords(loop_->path[resumed_ - 1].kind);
  resume_ = resumed.then;
  return resumed;
}

void Lowering::FillResumed(const Resumed& resumed, llvm::BasicBlock* target,
                           const std::function<void()>& emit) {
  llvm::BasicBlock* here = b_.GetInsertBlock();
  Enter(resumed.block);
  if (resumed.is_target) {
    for (size_t i = 0; i < loop_->locals.size(); ++i) {
      Slot& slot = own_.locals[loop_->locals[i]];
      if (slot.rep != Rep::Unit && slot.word != nullptr) {
        Init(slot, StateAt(inferred_.params.size() + i, slot.type));
      }
    }
  }
  emit();
  Go(resumed.is_target ? target : resumed.then);
  Enter(here);
}

}  // namespace jit
