// Finds the functions whose loops wait for library functions. Test: tests/jit/passes_test.cpp.

#include "jit/pass_gate.h"

#include <algorithm>

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Module.h>

namespace jit {

namespace {

bool CallsLibrary(const llvm::Instruction& instruction) {
  const auto* call = llvm::dyn_cast<llvm::CallInst>(&instruction);
  const llvm::Function* callee = call != nullptr ? call->getCalledFunction() : nullptr;
  if (callee == nullptr || !callee->isDeclaration()) {
    return false;
  }
  switch (callee->getIntrinsicID()) {
    case llvm::Intrinsic::not_intrinsic:
    case llvm::Intrinsic::sin:
    case llvm::Intrinsic::cos:
    case llvm::Intrinsic::exp:
    case llvm::Intrinsic::log:
    case llvm::Intrinsic::pow:
      return true;
    default:  // LLVM's enumeration
      return false;
  }
}

bool AlwaysCallsLibrary(const llvm::Loop& loop, const llvm::DominatorTree& dominators) {
  const llvm::BasicBlock* latch = loop.getLoopLatch();
  for (const llvm::BasicBlock* block : loop.blocks()) {
    if (latch != nullptr && dominators.dominates(block, latch) &&
        std::any_of(block->begin(), block->end(), CallsLibrary)) {
      return true;
    }
  }
  return false;
}

bool IsLight(llvm::Function& function) {
  const llvm::DominatorTree dominators(function);
  const llvm::LoopInfo loops(dominators);
  bool has_loop = false;
  for (const llvm::Loop* loop : loops.getLoopsInPreorder()) {
    if (loop->isInnermost()) {
      has_loop = true;
      if (!AlwaysCallsLibrary(*loop, dominators)) {
        return false;
      }
    }
  }
  return has_loop;
}

// By the names that LLVM's passes give themselves; one that it does not have
// matches nothing.
bool IsForLoops(llvm::StringRef pass) {
  static const llvm::StringSet<> names = {
      "Early Machine Loop Invariant Code Motion",
      "Machine Loop Invariant Code Motion",
      "Loop Strength Reduction",
      "Live Range Shrink",
      "Machine Common Subexpression Elimination",
      "Machine code sinking",
      "Machine Instruction Scheduler",
      "Machine Copy Propagation Pass",
  };
  return names.contains(pass);
}

}  // namespace

void PassGate::Study(llvm::Module& module) {
  light_.clear();
  for (llvm::Function& function : module) {
    if (!function.isDeclaration() && IsLight(function)) {
      light_.insert(("function (" + function.getName() + ")").str());
    }
  }
}

bool PassGate::shouldRunPass(llvm::StringRef pass, llvm::StringRef unit) {
  return !(IsForLoops(pass) && light_.contains(unit));
}

}  // namespace jit
