// Conversions from int whose register is cleared first. llvm.arithmetic.fence
// keeps the code generator from folding the cleared register away; it also
// keeps the optimiser from seeing through the conversion, so this comes last.
// Test: tests/jit/engine_test.cpp.

#include "jit/false_dependency.h"

#include <vector>

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/Module.h>

namespace jit {
namespace {

bool IsMathCall(const llvm::Instruction& instruction) {
  const auto* call = llvm::dyn_cast<llvm::CallInst>(&instruction);
  if (call == nullptr || !call->getType()->isDoubleTy()) {
    return false;
  }
  const llvm::Intrinsic::ID id = call->getIntrinsicID();
  return id == llvm::Intrinsic::not_intrinsic || id == llvm::Intrinsic::sin ||
         id == llvm::Intrinsic::cos;
}

bool IsConversion(const llvm::Instruction& instruction) {
  const auto* conversion = llvm::dyn_cast<llvm::CastInst>(&instruction);
  if (conversion == nullptr || !conversion->getType()->isDoubleTy() ||
      !conversion->getSrcTy()->isIntegerTy(64)) {
    return false;
  }
  const auto opcode = conversion->getOpcode();
  return opcode == llvm::Instruction::SIToFP ||
         (opcode == llvm::Instruction::UIToFP && conversion->hasNonNeg());
}

}  // namespace

void BreakFalseDependencies(llvm::Module& module) {
  std::vector<llvm::Instruction*> conversions;
  for (llvm::Function& function : module) {
    bool calls_math = false;
    const size_t before = conversions.size();
    for (llvm::Instruction& instruction : llvm::instructions(function)) {
      calls_math |= IsMathCall(instruction);
      if (IsConversion(instruction)) {
        conversions.push_back(&instruction);
      }
    }
    if (!calls_math || function.hasOptNone()) {
      conversions.resize(before);
    }
  }
  for (llvm::Instruction* conversion : conversions) {
    llvm::IRBuilder<> b(conversion);
    llvm::Type* pair = llvm::FixedVectorType::get(b.getDoubleTy(), 2);
    const auto fence = [&](llvm::Value* value) {
      return b.CreateIntrinsic(llvm::Intrinsic::arithmetic_fence, {pair}, {value});
    };
    llvm::Value* cleared = fence(llvm::Constant::getNullValue(pair));
    llvm::Value* real = b.CreateSIToFP(conversion->getOperand(0), b.getDoubleTy());
    llvm::Value* whole = fence(b.CreateInsertElement(cleared, real, uint64_t{0}));
    conversion->replaceAllUsesWith(b.CreateExtractElement(whole, uint64_t{0}));
    conversion->eraseFromParent();
  }
}

}  // namespace jit
