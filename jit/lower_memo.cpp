// Memo functions: a look into the cache, which is inlined at calls; the look into the table and the
// body, in a function of its own.

#include "frontend/check.h"
#include "jit/lowering.h"
#include "jit/memo_cache.h"
#include "runtime/mutant.h"

namespace jit {

using runtime::Tag;

void Lowering::Count(uint64_t* counter) {
  if (machine_.counting) {
    llvm::Value* place = unit_.Address(counter);
    b_.CreateStore(b_.CreateAdd(b_.CreateLoad(b_.getInt64Ty(), place), I64(1)), place);
  }
}

void Lowering::LowerMemoProbe() {
  llvm::Function* probe = function_;
  Enter(NewBlock("probe"));
  Count(&machine_.calls);
  // What MemoCache::EntryOf computes.
  const std::span<const Tag> keys = memo_cache_->keys();
  std::vector<llvm::Value*> words;
  llvm::Value* sum = I64(0);
  llvm::Value* upper = I64(0);
  for (size_t i = 0; i < keys.size(); ++i) {
    llvm::Value* key = probe->getArg(static_cast<unsigned>(i) + (version_.calls.has_depth ? 1 : 0));
    words.push_back(ToBoxed({inferred_.params[i], RepOf(inferred_.params[i]), key}).word);
    if (MemoCache::UsesUpperBits(keys[i])) {
      upper = b_.CreateAdd(upper, b_.CreateMul(words[i], I64(MemoCache::kMultipliers[i])));
    } else {
      const uint64_t stride = MemoCache::kStrides[keys.size() - 1 - i];
      sum = b_.CreateAdd(sum, b_.CreateMul(words[i], I64(stride)));
    }
  }
  sum = b_.CreateAdd(sum, b_.CreateLShr(upper, MemoCache::kUpperBits));
  llvm::Value* index = b_.CreateAnd(sum, I64(MemoCache::kEntries - 1));
  llvm::Value* entry =
      b_.CreateInBoundsGEP(b_.getInt64Ty(), unit_.Address(memo_cache_->entries()),
                           b_.CreateNUWMul(index, I64(memo_cache_->entry_words())));
  const auto word_at = [&](size_t at) {
    return b_.CreateLoad(b_.getInt64Ty(),
                         b_.CreateConstInBoundsGEP1_64(b_.getInt64Ty(), entry, at));
  };
  llvm::Value* differs = I64(0);
  for (size_t i = LAB_MUTANT(622, 0U, 1U); i < words.size(); ++i) {
    differs = b_.CreateOr(differs, b_.CreateXor(words[i], word_at(i)));
  }
  llvm::BasicBlock* hit = NewBlock("hit");
  llvm::BasicBlock* miss = NewBlock("miss");
  llvm::BasicBlock* leave = NewBlock("leave");
  BranchUnlikely(b_.CreateICmpNE(differs, I64(0)), miss, hit);

  Enter(hit);
  Count(&memo_cache_->hits);
  Piece known{runtime::kAny, Rep::Value};
  const size_t at = words.size();
  switch (RepOf(inferred_.result)) {
    case Rep::Unit:
      known = UnitPiece(inferred_.result);
      break;
    case Rep::Float:
      known = Float(b_.CreateBitCast(word_at(at), b_.getDoubleTy()));
      break;
    case Rep::Int:
    case Rep::Bool:
    case Rep::Ref:
      known.word = word_at(at);
      break;
    case Rep::Value:
      known.tag = word_at(at);
      known.word = word_at(at + 1);
      break;
  }
  known = Own(As(known, inferred_.result));
  std::vector<llvm::Value*> parts;
  if (known.rep == Rep::Value) {
    parts.push_back(known.tag);
  }
  if (known.rep != Rep::Unit) {
    parts.push_back(known.word);
  }
  parts.push_back(b_.getFalse());
  llvm::BasicBlock* after_hit = b_.GetInsertBlock();
  Go(leave);

  // The name says to listings that this is code of the same function.
  function_ = llvm::Function::Create(probe->getFunctionType(), llvm::Function::InternalLinkage,
                                     probe->getName() + "$miss", unit_.module());
  function_->setCallingConv(probe->getCallingConv());
  function_->setAttributes(probe->getAttributes());
  function_->addFnAttr(llvm::Attribute::NoInline);
  Enter(miss);
  std::vector<llvm::Value*> args;
  for (llvm::Argument& arg : probe->args()) {
    args.push_back(&arg);
  }
  llvm::CallInst* call = b_.CreateCall(function_, args);
  call->setCallingConv(probe->getCallingConv());
  const bool is_flag = parts.size() == 1;
  std::vector<llvm::Value*> computed;
  for (unsigned i = 0; i < parts.size(); ++i) {
    computed.push_back(is_flag ? call : b_.CreateExtractValue(call, i));
  }
  Go(leave);

  // The parts of the result meet as scalars, as in FinishFunction.
  Enter(leave);
  for (size_t i = 0; i < parts.size(); ++i) {
    llvm::PHINode* phi = b_.CreatePHI(parts[i]->getType(), 2);
    phi->addIncoming(parts[i], after_hit);
    phi->addIncoming(computed[i], miss);
    parts[i] = phi;
  }
  llvm::Value* returned = is_flag ? parts[0] : llvm::PoisonValue::get(probe->getReturnType());
  for (unsigned i = 0; !is_flag && i < parts.size(); ++i) {
    returned = b_.CreateInsertValue(returned, parts[i], i);
  }
  b_.CreateRet(returned);
}

void Lowering::LowerMemo() {
  runtime::MemoTable* table = machine_.tables.Memo(inferred_.function);
  llvm::Value* table_pointer = unit_.Address(table);
  const size_t count = inferred_.params.size();
  const auto boxed_keys = [&] {
    std::vector<Piece> keys;
    for (size_t i = 0; i < count; ++i) {
      keys.push_back(ToBoxed(Load(own_.locals[i])));
    }
    return keys;
  };
  // The bare words of the key, for the cache.
  const auto words = [&] {
    scratch_values_ = std::max<uint64_t>(scratch_values_, count);
    for (size_t i = 0; i < count; ++i) {
      b_.CreateStore(ToBoxed(Load(own_.locals[i])).word,
                     b_.CreateConstInBoundsGEP1_64(b_.getInt64Ty(), scratch_, i));
    }
    return scratch_;
  };
  llvm::Value* found;
  if (memo_cache_ != nullptr) {
    found = Call(HelperId::MemoFindWords, {unit_.Address(memo_cache_), words()});
  } else {
    llvm::Value* array = ValueArray(boxed_keys());
    bool may_be_refused = false;
    for (size_t i = 0; i < count; ++i) {
      const TypeId type = own_.locals[i].type;
      may_be_refused |= type != runtime::kInt && type != runtime::kFloat &&
                        type != runtime::kBool && type != runtime::kStr;
    }
    if (may_be_refused) {
      // The place is the caller's, as the body has not begun.
      FailIf(b_.CreateNot(Call(HelperId::MemoCheckKey, {array, I64(count)})), [] {});
    }
    found = Call(HelperId::MemoFind, {table_pointer, array});
  }
  llvm::BasicBlock* hit = NewBlock("hit");
  llvm::BasicBlock* miss = NewBlock("miss");
  b_.CreateCondBr(b_.CreateIsNotNull(found), hit, miss);
  Enter(hit);
  Piece known{runtime::kAny, Rep::Value};
  known.tag = b_.CreateLoad(b_.getInt64Ty(), found);
  known.word =
      b_.CreateLoad(b_.getInt64Ty(), b_.CreateConstInBoundsGEP1_64(b_.getInt64Ty(), found, 1));
  Init(own_.result, known);
  Go(own_.on_return);
  Enter(miss);
  // The body's returns come here first.
  llvm::BasicBlock* leave = own_.on_return;
  own_.on_return = NewBlock("computed");
  LowerResult(*own_.function->decl->body);
  b_.CreateUnreachable();
  Enter(own_.on_return);
  own_.on_return = leave;
  const Piece result = ToBoxed(Load(own_.result));
  llvm::Value* inserted = memo_cache_ != nullptr
                              ? Call(HelperId::MemoInsertWords,
                                     {unit_.Address(memo_cache_), words(), result.tag, result.word})
                              : Call(HelperId::MemoInsert, {table_pointer, ValueArray(boxed_keys()),
                                                            result.tag, result.word});
  FailIf(b_.CreateNot(inserted), [] {});
  Go(own_.on_return);
  Unreachable();
}

}  // namespace jit
