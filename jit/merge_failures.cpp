// Merges calls that report failures. LLVM's own passes would merge them only where at most one
// argument differs. Test: tests/jit/passes_test.cpp.

#include "jit/merge_failures.h"

#include <map>
#include <utility>
#include <vector>

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Instructions.h>

namespace jit {

namespace {

// The call of a cold function that ends a block, but for the jump; null when there is none.
llvm::CallInst* ColdCall(llvm::BasicBlock& block) {
  const llvm::BasicBlock* next = block.getSingleSuccessor();
  if (next == nullptr || !llvm::isa<llvm::BranchInst>(block.getTerminator()) ||
      llvm::isa<llvm::PHINode>(next->front())) {
    return nullptr;
  }
  auto* call = llvm::dyn_cast_or_null<llvm::CallInst>(block.getTerminator()->getPrevNode());
  const llvm::Function* callee = call != nullptr ? call->getCalledFunction() : nullptr;
  return callee != nullptr && callee->hasFnAttribute(llvm::Attribute::Cold) && call->use_empty()
             ? call
             : nullptr;
}

// What the calls pass at `index`: a value, or one for each way in.
llvm::Value* Argument(llvm::IRBuilder<>& builder, const std::vector<llvm::CallInst*>& calls,
                      unsigned index) {
  llvm::Value* first = calls.front()->getArgOperand(index);
  bool is_same = llvm::isa<llvm::Constant>(first);  // anything else may not be known in the block
  for (const llvm::CallInst* call : calls) {
    is_same = is_same && call->getArgOperand(index) == first;
  }
  if (is_same) {
    return first;
  }
  llvm::PHINode* phi = builder.CreatePHI(first->getType(), static_cast<unsigned>(calls.size()));
  for (llvm::CallInst* call : calls) {
    phi->addIncoming(call->getArgOperand(index), call->getParent());
  }
  return phi;
}

void Merge(llvm::Function& function, llvm::BasicBlock* next,
           const std::vector<llvm::CallInst*>& calls) {
  llvm::BasicBlock* merged =
      llvm::BasicBlock::Create(function.getContext(), "cold", &function, next);
  llvm::IRBuilder<> builder(merged);
  std::vector<llvm::Value*> arguments;
  for (unsigned i = 0; i < calls.front()->arg_size(); ++i) {
    arguments.push_back(Argument(builder, calls, i));
  }
  llvm::CallInst* call = builder.CreateCall(calls.front()->getCalledFunction(), arguments);
  call->setAttributes(calls.front()->getAttributes());
  builder.CreateBr(next);
  for (llvm::CallInst* old : calls) {
    llvm::cast<llvm::BranchInst>(old->getNextNode())->setSuccessor(0, merged);
    old->eraseFromParent();
  }
}

}  // namespace

void MergeFailures(llvm::Function& function) {
  // In the order of the blocks, so that the same program gives the same code.
  std::vector<std::vector<llvm::CallInst*>> groups;
  std::map<std::pair<const llvm::Function*, const llvm::BasicBlock*>, size_t> known;
  for (llvm::BasicBlock& block : function) {
    if (llvm::CallInst* call = ColdCall(block)) {
      const auto [group, is_new] =
          known.try_emplace({call->getCalledFunction(), block.getSingleSuccessor()}, groups.size());
      if (is_new) {
        groups.emplace_back();
      }
      groups[group->second].push_back(call);
    }
  }
  for (const std::vector<llvm::CallInst*>& calls : groups) {
    if (calls.size() > 1) {
      Merge(function, calls.front()->getParent()->getSingleSuccessor(), calls);
    }
  }
}

}  // namespace jit
