// The ground that lowering stands on: pieces and slots, references, cleanups,
// failures, and calls of helpers.

#include "jit/lowering.h"

#include <llvm/IR/MDBuilder.h>

#include "frontend/check.h"
#include "jit/layout.h"
#include "runtime/mutant.h"

namespace jit {

using runtime::Tag;

// ---- pieces ----

Piece Lowering::UnitPiece(TypeId type) const { return {type, Rep::Unit}; }

Piece Lowering::ConstInt(int64_t value) { return Int(I64(static_cast<uint64_t>(value))); }

Piece Lowering::Boxed(llvm::Value* pair, bool owned) {
  return {runtime::kAny, Rep::Value, b_.CreateExtractValue(pair, 1), b_.CreateExtractValue(pair, 0),
          owned};
}

Piece Lowering::Undefined(TypeId type) {
  const Rep rep = RepOf(type);
  Piece piece{type, rep};
  if (rep != Rep::Unit) {
    piece.word = llvm::PoisonValue::get(unit_.TypeOf(rep));
  }
  if (rep == Rep::Value) {
    piece.tag = llvm::PoisonValue::get(b_.getInt64Ty());
  }
  return piece;
}

Piece Lowering::As(Piece piece, TypeId type) {
  const Rep rep = RepOf(type);
  if (piece.type == runtime::kNever) {
    return Undefined(type);
  }
  if (rep == Rep::Float && (piece.rep == Rep::Int || piece.rep == Rep::Value)) {
    return ToFloat(piece);
  }
  if (piece.rep == rep) {
    if (rep != Rep::Unit) {
      piece.type = type;
    }
    return piece;
  }
  if (rep == Rep::Unit) {
    Release(piece);
    return UnitPiece(type);
  }
  Piece result{type, rep};
  result.owned = piece.owned;
  if (rep == Rep::Value) {
    const runtime::Type& from = types_.Get(piece.type);
    result.tag = I64(static_cast<uint64_t>(runtime::TagOf(from.kind)));
    switch (piece.rep) {
      case Rep::Unit:
        result.word = I64(from.index);
        break;
      case Rep::Int:
        result.word = piece.word;
        break;
      case Rep::Float:
        result.word = b_.CreateBitCast(piece.word, b_.getInt64Ty());
        break;
      case Rep::Bool:
        result.word = b_.CreateZExt(piece.word, b_.getInt64Ty());
        break;
      case Rep::Ref:
        result.word = b_.CreatePtrToInt(piece.word, b_.getInt64Ty());
        break;
      case Rep::Value:
        break;
    }
    return result;
  }
  if (piece.rep != Rep::Value) {
    // Only where inference knows that this is never reached.
    return Undefined(type);
  }
  switch (rep) {
    case Rep::Int:
      result.word = piece.word;
      break;
    case Rep::Bool:
      result.word = b_.CreateTrunc(piece.word, b_.getInt1Ty());
      break;
    case Rep::Ref:
      result.word = b_.CreateIntToPtr(piece.word, b_.getPtrTy());
      break;
    case Rep::Unit:
    case Rep::Float:
    case Rep::Value:
      break;
  }
  if (!runtime::IsCounted(rep)) {
    result.owned = false;
  }
  return result;
}

Piece Lowering::ToFloat(Piece piece) {
  switch (piece.rep) {
    case Rep::Float:
      return piece;
    case Rep::Int:
      return Float(b_.CreateSIToFP(piece.word, b_.getDoubleTy()));
    case Rep::Value: {
      llvm::Value* is_int =
          b_.CreateICmpEQ(piece.tag, I64(static_cast<uint64_t>(Tag::Int)));
      return Float(b_.CreateSelect(is_int, b_.CreateSIToFP(piece.word, b_.getDoubleTy()),
                                   b_.CreateBitCast(piece.word, b_.getDoubleTy())));
    }
    case Rep::Unit:
    case Rep::Bool:
    case Rep::Ref:
      break;
  }
  return Undefined(runtime::kFloat);
}

// ---- references ----

void Lowering::RetainRef(llvm::Value* object) {
  llvm::Value* count = LoadField(object, kReferencesOffset, b_.getInt32Ty(), Memory::Count);
  StoreField(object, kReferencesOffset, b_.CreateAdd(count, I32(1)), Memory::Count);
}

void Lowering::ReleaseRef(llvm::Value* object) {
  llvm::Value* count = LoadField(object, kReferencesOffset, b_.getInt32Ty(), Memory::Count);
  llvm::Value* rest = b_.CreateSub(count, I32(1));
  StoreField(object, kReferencesOffset, rest, Memory::Count);
  llvm::BasicBlock* destroy = NewBlock("destroy");
  llvm::BasicBlock* next = NewBlock("released");
  b_.CreateCondBr(b_.CreateICmpEQ(rest, I32(0)), destroy, next);
  Enter(destroy);
  Call(HelperId::DestroyObject, {object});
  Go(next);
  Enter(next);
}

Piece Lowering::Own(Piece piece) {
  if (piece.owned || !runtime::IsCounted(piece.rep)) {
    return piece;
  }
  if (piece.rep == Rep::Ref) {
    RetainRef(piece.word);
  } else {
    llvm::BasicBlock* retain = NewBlock("retain");
    llvm::BasicBlock* next = NewBlock("retained");
    const auto first = static_cast<uint64_t>(LAB_MUTANT(614, Tag::Str, Tag::List));
    b_.CreateCondBr(b_.CreateICmpUGE(piece.tag, I64(first)), retain, next);
    Enter(retain);
    RetainRef(b_.CreateIntToPtr(piece.word, b_.getPtrTy()));
    Go(next);
    Enter(next);
  }
  piece.owned = true;
  return piece;
}

void Lowering::Release(const Piece& piece) {
  if (!piece.owned) {
    return;
  }
  if (piece.rep == Rep::Ref) {
    ReleaseRef(piece.word);
  } else if (piece.rep == Rep::Value) {
    llvm::BasicBlock* release = NewBlock("release");
    llvm::BasicBlock* next = NewBlock("released");
    b_.CreateCondBr(b_.CreateICmpUGE(piece.tag, I64(static_cast<uint64_t>(Tag::Str))), release,
                    next);
    Enter(release);
    Call(HelperId::ReleaseValue, {piece.tag, piece.word});
    Go(next);
    Enter(next);
  }
}

void Lowering::ReleaseIfSet(const Piece& piece) {
  if (piece.rep != Rep::Ref) {
    Release(piece);
    return;
  }
  llvm::BasicBlock* release = NewBlock("release");
  llvm::BasicBlock* next = NewBlock("released");
  b_.CreateCondBr(b_.CreateIsNull(piece.word), next, release);
  Enter(release);
  Release(piece);
  Go(next);
  Enter(next);
}

// ---- slots ----

llvm::Value* Lowering::NewWord(llvm::Type* type) {
  Builder at_entry(entry_, entry_->begin());
  if (generator_frame_ == nullptr) {
    return at_entry.CreateAlloca(type);
  }
  // All fields are eight bytes apart: a frame is small, and alignment is simple.
  const uint64_t offset = sizeof(GeneratorFrame) + frame_bytes_;
  frame_bytes_ += 8;
  return at_entry.CreateConstInBoundsGEP1_64(at_entry.getInt8Ty(), generator_frame_, offset);
}

Slot Lowering::NewSlot(TypeId type) {
  Slot slot{type, RepOf(type)};
  if (slot.rep != Rep::Unit) {
    slot.word = NewWord(unit_.MemoryTypeOf(slot.rep));
  }
  if (slot.rep == Rep::Value) {
    slot.tag = NewWord(b_.getInt64Ty());
  }
  return slot;
}

void Lowering::Init(const Slot& slot, Piece piece) {
  if (piece.type == runtime::kNever) {
    return;
  }
  piece = Own(As(piece, slot.type));
  if (slot.rep == Rep::Unit) {
    return;
  }
  llvm::Value* word = piece.word;
  if (slot.rep == Rep::Bool) {
    word = b_.CreateZExt(word, b_.getInt8Ty());
  }
  b_.CreateStore(word, slot.word);
  if (slot.rep == Rep::Value) {
    b_.CreateStore(piece.tag, slot.tag);
  }
}

void Lowering::Store(const Slot& slot, Piece piece) {
  if (!runtime::IsCounted(slot.rep) || piece.type == runtime::kNever) {
    Init(slot, piece);
    return;
  }
  piece = Own(As(piece, slot.type));
  const Piece old = Take(slot);
  Init(slot, piece);
  Release(old);
}

Piece Lowering::Load(const Slot& slot) {
  Piece piece{slot.type, slot.rep};
  if (slot.rep == Rep::Unit) {
    return piece;
  }
  piece.word = b_.CreateLoad(unit_.MemoryTypeOf(slot.rep), slot.word);
  if (slot.rep == Rep::Bool) {
    piece.word = b_.CreateTrunc(piece.word, b_.getInt1Ty());
  } else if (slot.rep == Rep::Value) {
    piece.tag = b_.CreateLoad(b_.getInt64Ty(), slot.tag);
  }
  return piece;
}

Piece Lowering::Take(const Slot& slot) {
  Piece piece = Load(slot);
  piece.owned = runtime::IsCounted(slot.rep);
  return piece;
}

llvm::Value* Lowering::ValueArray(const std::vector<Piece>& boxed) {
  // Helpers use it up at once, so that one array serves the whole function.
  scratch_values_ = std::max<uint64_t>(scratch_values_, boxed.size());
  for (size_t i = 0; i < boxed.size(); ++i) {
    b_.CreateStore(boxed[i].tag, b_.CreateConstInBoundsGEP1_64(b_.getInt64Ty(), scratch_, 2 * i));
    b_.CreateStore(boxed[i].word,
                   b_.CreateConstInBoundsGEP1_64(b_.getInt64Ty(), scratch_, 2 * i + 1));
  }
  return scratch_;
}

// ---- cleanups ----

void Lowering::EmitCleanups(size_t keep) {
  for (size_t i = cleanups_.size(); i-- > keep;) {
    const Cleanup cleanup = cleanups_[i];
    if (cleanup.close) {
      cleanup.close();
    } else if (cleanup.iterator != nullptr) {
      Call(HelperId::EndIteration, {b_.CreateLoad(b_.getPtrTy(), cleanup.iterator)});
    } else {
      Release(Take(cleanup.slot));
    }
  }
}

void Lowering::PopCleanups(size_t keep) {
  EmitCleanups(keep);
  Drop(keep);
}

Lowering::Aside Lowering::PutAside(Piece piece, bool later_exits, bool later_assigns) {
  Aside aside;
  aside.piece = piece;
  aside.held = cleanups_.size();
  if (piece.rep == Rep::Unit) {
    return aside;
  }
  if (later_exits) {
    aside.in_slot = true;
    aside.slot = NewSlot(piece.type);
    Init(aside.slot, piece);
    if (runtime::IsCounted(aside.slot.rep)) {
      Hold(aside.slot);
    }
  } else if (later_assigns) {
    aside.piece = LAB_MUTANT(615, Own(piece), piece);
  }
  return aside;
}

Piece Lowering::TakeBack(const Aside& aside) {
  return aside.in_slot ? Take(aside.slot) : aside.piece;
}

// ---- blocks and failures ----

llvm::BasicBlock* Lowering::NewBlock(const char* name) {
  return llvm::BasicBlock::Create(unit_.context(), name, function_);
}

void Lowering::Go(llvm::BasicBlock* block) { b_.CreateBr(block); }

void Lowering::Unreachable() {
  Enter(NewBlock("dead"));
}

SiteId Lowering::SiteOf(Span span) {
  machine_.sites.push_back(
      {machine_.program.IdOf(*frame_->function), span, frame_->site});
  return static_cast<SiteId>(machine_.sites.size() - 1);
}

SiteId Lowering::SiteOfCall(Span span, std::vector<Span> arguments) {
  const SiteId site = SiteOf(span);
  machine_.sites[site].arguments = std::move(arguments);
  return site;
}

llvm::Value* Lowering::MachinePointer() { return unit_.Address(&machine_); }

llvm::CallInst* Lowering::Call(HelperId helper, const std::vector<llvm::Value*>& args) {
  llvm::FunctionCallee callee = unit_.Helper(helper);
  std::vector<llvm::Value*> all;
  if (unit_.TakesMachine(helper)) {
    all.push_back(MachinePointer());
  }
  all.insert(all.end(), args.begin(), args.end());
  llvm::CallInst* call = b_.CreateCall(callee, all);
  call->setAttributes(llvm::cast<llvm::Function>(callee.getCallee())->getAttributes());
  return call;
}

llvm::CallInst* Lowering::Call(HelperId helper, std::initializer_list<llvm::Value*> args) {
  return Call(helper, std::vector<llvm::Value*>(args));
}

void Lowering::BranchUnlikely(llvm::Value* condition, llvm::BasicBlock* then,
                              llvm::BasicBlock* otherwise) {
  b_.CreateCondBr(condition, then, otherwise, unit_.unlikely());
}

void Lowering::FailIf(llvm::Value* bad, const std::function<void()>& cold) {
  if (const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(bad);
      constant != nullptr && constant->isZero()) {
    return;
  }
  llvm::BasicBlock* fail = NewBlock("fail");
  llvm::BasicBlock* next = NewBlock("ok");
  BranchUnlikely(bad, fail, next);
  Enter(fail);
  cold();
  Go(on_failure_);
  Enter(next);
}

void Lowering::Require(llvm::Value* ok, SiteId site) {
  FailIf(b_.CreateNot(ok), [&] { Call(HelperId::Failed, {I32(site)}); });
}

llvm::Value* Lowering::RequireRef(llvm::Value* pointer, SiteId site) {
  FailIf(b_.CreateIsNull(pointer), [&] { Call(HelperId::Failed, {I32(site)}); });
  return pointer;
}

// Tells LLVM that it may read from a list ahead of checks: what a loop reads of it each turn then
// moves out of the loop.
void Lowering::AssumeList(llvm::Value* list) {
  const auto holds = [&](const char* what, std::vector<llvm::Value*> args) {
    return llvm::OperandBundleDef(what, std::move(args));
  };
  b_.CreateAssumption(b_.getTrue(), {holds("nonnull", {list}),
                                     holds("dereferenceable", {list, I64(runtime::kObjectBytes)}),
                                     holds("align", {list, I64(alignof(runtime::List))})});
}

Piece Lowering::RequireValue(llvm::Value* pair, SiteId site) {
  const Piece piece = Boxed(pair);
  FailIf(b_.CreateICmpEQ(piece.tag, I64(static_cast<uint64_t>(kFailedTag))),
         [&] { Call(HelperId::Failed, {I32(site)}); });
  return piece;
}

llvm::Value* Lowering::LoadField(llvm::Value* object, uint64_t offset, llvm::Type* type,
                                 Memory memory) {
  llvm::LoadInst* load = b_.CreateLoad(
      type, offset == 0 ? object
                        : b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), object, offset));
  load->setMetadata(llvm::LLVMContext::MD_tbaa, unit_.Alias(memory));
  return load;
}

void Lowering::StoreField(llvm::Value* object, uint64_t offset, llvm::Value* value,
                          Memory memory) {
  llvm::StoreInst* store = b_.CreateStore(
      value, offset == 0 ? object
                         : b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), object, offset));
  store->setMetadata(llvm::LLVMContext::MD_tbaa, unit_.Alias(memory));
}

}  // namespace jit
