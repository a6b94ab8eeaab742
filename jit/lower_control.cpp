// Blocks, choices, loops, and the ways out of them.

#include "frontend/check.h"
#include "jit/lowering.h"
#include "runtime/mutant.h"

namespace jit {

using frontend::RefKind;

void Lowering::EvalItem(const Expr& e) {
  if (const auto* let = frontend::DynCast<frontend::LetExpr>(e)) {
    LowerLet(*let, true);
  } else {
    Eval(e, Use::Discard);
  }
}

Piece Lowering::EvalBlock(const frontend::BlockExpr& e, Use use) {
  const size_t held = cleanups_.size();
  Piece result = UnitPiece();
  for (const Expr* item : e.items) {
    if (item != e.items.back() || item->kind == frontend::ExprKind::Let) {
      EvalItem(*item);
    } else {
      result = Eval(*item, use);
    }
  }
  if (cleanups_.size() != held) {
    // What the block's locals hold goes; the value stays.
    result = LAB_MUTANT(616, Own(result), result);
    PopCleanups(held);
  }
  return result;
}

Piece Lowering::EvalIf(const frontend::IfExpr& e, Use use) {
  const TypeId type = use == Use::Discard || e.otherwise == nullptr ? runtime::kNone : TypeOf(e);
  const Slot result = NewSlot(type);
  llvm::BasicBlock* end = NewBlock("end_if");
  const auto branch = [&](const Expr& body) {
    const Piece value = Eval(body, result.rep == Rep::Unit ? Use::Discard : Use::Value);
    Init(result, value);
    Go(end);
  };
  for (const frontend::Branch& test : e.branches) {
    llvm::BasicBlock* then = NewBlock("then");
    llvm::BasicBlock* otherwise = NewBlock("else");
    Choose(*test.condition, then, otherwise);
    Enter(then);
    branch(*test.body);
    Enter(otherwise);
  }
  if (e.otherwise != nullptr) {
    branch(*e.otherwise);
  } else {
    Go(end);
  }
  Enter(end);
  return result.rep == Rep::Unit ? UnitPiece(use == Use::Discard ? runtime::kNone : type)
                                 : Take(result);
}

Piece Lowering::EvalLogical(const frontend::LogicalExpr& e) {
  const Slot result = NewSlot(runtime::kBool);
  const bool is_and = e.op == frontend::LogicalOp::And;
  llvm::BasicBlock* end = NewBlock("end_logical");
  for (const Expr* operand : e.operands) {
    llvm::Value* holds = Condition(Eval(*operand), operand->span);
    Init(result, Bool(holds));
    if (operand == e.operands.back()) {
      Go(end);
      break;
    }
    llvm::BasicBlock* rest = NewBlock("rest");
    b_.CreateCondBr(holds, is_and ? rest : end, is_and ? end : rest);
    Enter(rest);
  }
  Enter(end);
  return Load(result);
}

void Lowering::LowerLet(const frontend::LetExpr& e, bool is_item) {
  const frontend::Ref ref = resolution_.bindings[e.binding.id];
  const bool is_local = ref.kind == RefKind::Local;
  Piece piece = Eval(*e.value);
  if (e.type != nullptr) {
    piece = Declared(piece, e.type, e.binding.name, e.value->span);
  }
  if (piece.type == runtime::kNever) {
    if (is_local && frame_->locals[ref.index].word == nullptr) {
      frame_->locals[ref.index] = NewSlot(frame_->version->locals[ref.index]);
    }
    return;
  }
  if (!is_local) {
    const TypeId type = machine_.inference.GlobalType(ref.index);
    piece = Own(As(piece, type));
    llvm::Value* place = unit_.Address(&machine_.tables.globals[ref.index]);
    if (piece.rep == Rep::Value) {
      StoreField(place, 0, piece.tag, Memory::Values);
    }
    if (piece.rep != Rep::Unit) {
      StoreField(place, 8,
                 piece.rep == Rep::Bool ? b_.CreateZExt(piece.word, b_.getInt8Ty()) : piece.word,
                 Memory::Values);
    }
    llvm::StoreInst* set =
        b_.CreateStore(b_.getInt8(1), unit_.Address(&machine_.tables.global_set[ref.index]));
    set->setMetadata(llvm::LLVMContext::MD_tbaa, unit_.Alias(Memory::Flags));
    return;
  }
  Slot& slot = frame_->locals[ref.index];
  slot = NewSlot(frame_->version->locals[ref.index]);
  if (!runtime::IsCounted(slot.rep)) {
    Init(slot, piece);
  } else if (is_item) {
    Init(slot, piece);
    Hold(slot);
  } else {
    // It may or may not be reached: empty at first, released when the function ends.
    Builder at_start(start_, start_->begin());
    if (slot.rep == Rep::Value) {
      at_start.CreateStore(at_start.getInt64(static_cast<uint64_t>(runtime::Tag::None)), slot.tag);
      at_start.CreateStore(at_start.getInt64(0), slot.word);
    } else {
      at_start.CreateStore(llvm::ConstantPointerNull::get(b_.getPtrTy()), slot.word);
    }
    const Piece old = Take(slot);
    Init(slot, piece);
    ReleaseIfSet(old);
    irregular_.push_back(slot);
  }
}

void Lowering::LowerWhile(const frontend::WhileExpr& e) {
  llvm::BasicBlock* head = NewBlock("while");
  llvm::BasicBlock* body = NewBlock("body");
  llvm::BasicBlock* next = NewBlock("next_turn");
  llvm::BasicBlock* end = NewBlock("end_while");
  Go(head);
  Enter(head);
  // Jumps in the condition belong to the loop around this one.
  Choose(*e.condition, body, end);
  Resume(e, StepKind::While, IsRepeatable(*e.condition) ? head : body, [](size_t) {});
  Enter(body);
  frame_->loops.push_back({end, next, cleanups_.size(), cleanups_.size()});
  Eval(*e.body, Use::Discard);
  frame_->loops.pop_back();
  Go(next);
  Enter(next);
  LAB_MUTANT(303, Poll(e.condition->span), void());
  Go(head);
  Enter(end);
}

void Lowering::LowerFor(const frontend::ForExpr& e) {
  const frontend::Ref ref = resolution_.bindings[e.variable.id];
  llvm::BasicBlock* end = NewBlock("end_for");
  const size_t outside = cleanups_.size();
  // A loop over a generator counts its body's calls from deeper down, until it ends or is left.
  llvm::Value* depth = nullptr;
  if (frame_->depth != nullptr) {
    depth = NewWord(b_.getInt32Ty());
    b_.CreateStore(Depth(), depth);
  }
  Resume(e, StepKind::For, nullptr, [&](size_t) {
    if (depth != nullptr) {
      b_.CreateStore(Depth(), depth);
    }
  });
  Push(*e.source, e.source->span, [&](Piece element) {
    Slot& slot = frame_->locals[ref.index];
    slot = NewSlot(frame_->version->locals[ref.index]);
    Init(slot, element);
    llvm::BasicBlock* next = NewBlock("next_turn");
    const size_t held = cleanups_.size();
    if (runtime::IsCounted(slot.rep)) {
      Hold(slot);
    }
    frame_->loops.push_back({end, next, outside, held});
    Eval(*e.body, Use::Discard);
    frame_->loops.pop_back();
    if (runtime::IsCounted(slot.rep)) {
      PopCleanups(held);
    }
    Go(next);
    Enter(next);
  });
  Go(end);
  Enter(end);
  if (depth != nullptr) {
    b_.CreateStore(b_.CreateLoad(b_.getInt32Ty(), depth), frame_->depth);
  }
}

void Lowering::LowerReturn(const frontend::ReturnExpr& e) {
  if (e.value != nullptr) {
    LowerResult(*e.value);
  } else {
    Return(UnitPiece(), e.span);
  }
}

void Lowering::LowerJump(bool is_break) {
  LAB_CHECK(!frame_->loops.empty());
  const Loop& loop = frame_->loops.back();
  const bool leaves = LAB_MUTANT(617, is_break, false);
  EmitCleanups(leaves ? loop.held_on_break : loop.held_on_continue);
  Go(is_break ? loop.on_break : loop.on_continue);
  Unreachable();
}

}  // namespace jit
