// Goes through all instructions, and looks for ways in circles. Test: tests/jit/lint_test.cpp.

#include "jit/lint.h"

#include <algorithm>
#include <vector>

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Operator.h>
#include <llvm/Support/raw_ostream.h>

namespace jit {
namespace {

constexpr const char* kShort = "lab.short";
constexpr const char* kShared = "lab.shared";

std::string At(const llvm::Function& function, const llvm::Value& where, const char* offence) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << offence << " in " << function.getName() << ": " << where;
  return text;
}

bool IsInTable(llvm::StringRef name, std::span<const Symbol> symbols) {
  return std::any_of(symbols.begin(), symbols.end(), [&](const Symbol& symbol) {
    return name == llvm::StringRef(symbol.name.data(), symbol.name.size());
  });
}

std::string LintCall(const llvm::CallBase& call, std::span<const Symbol> symbols) {
  const llvm::Function* callee = call.getCalledFunction();
  if (callee == nullptr) {
    // `keep` is assembler code without instructions; a C function that the program has declared
    // stands there by its address.
    const bool is_constant = llvm::isa<llvm::ConstantExpr>(call.getCalledOperand());
    return call.isInlineAsm() || is_constant ? "" : "a call of what is not known";
  }
  if (callee->isIntrinsic() || !callee->isDeclaration()) {
    return {};
  }
  if (!IsInTable(callee->getName(), symbols)) {
    return "a call of a function that is not in the table";
  }
  return callee->getName().starts_with("lab_") || call.isNoBuiltin()
             ? ""
             : "a call of the C library that is not nobuiltin";
}

// Flags are atomic words; iterators, memo tables and the like look at them themselves.
bool Polls(const llvm::Instruction& instruction) {
  if (const auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction)) {
    return load->isAtomic();
  }
  const auto* call = llvm::dyn_cast<llvm::CallInst>(&instruction);
  const llvm::Function* callee = call != nullptr ? call->getCalledFunction() : nullptr;
  return callee != nullptr && callee->getName() == "lab_Next";
}

bool HasPoll(const llvm::BasicBlock& block) {
  return std::any_of(block.begin(), block.end(), Polls);
}

// The switches of MarkShared by the node that they share with their branches.
using Switches = llvm::DenseMap<const llvm::Metadata*, const llvm::Instruction*>;

Switches FindSwitches(const llvm::Function& function) {
  Switches switches;
  for (const llvm::BasicBlock& block : function) {
    const llvm::Instruction* end = block.getTerminator();
    if (llvm::isa<llvm::SwitchInst>(end) && end->getMetadata(kShared) != nullptr) {
      switches[end->getMetadata(kShared)->getOperand(0).get()] = end;
    }
  }
  return switches;
}

// The blocks that may follow, but for the beginning of another turn of a short loop. Shared code is
// followed by nothing, and the branch into it by the code behind it as well.
std::vector<const llvm::BasicBlock*> Successors(const llvm::BasicBlock& block,
                                                const Switches& switches) {
  std::vector<const llvm::BasicBlock*> blocks(llvm::succ_begin(&block), llvm::succ_end(&block));
  const llvm::Instruction* end = block.getTerminator();
  if (end->getMetadata(kShort) != nullptr) {
    blocks.erase(blocks.begin());
  }
  if (const llvm::MDNode* shared = end->getMetadata(kShared)) {
    if (llvm::isa<llvm::SwitchInst>(end)) {
      return {};
    }
    const auto* index = llvm::mdconst::extract<llvm::ConstantInt>(shared->getOperand(1));
    const llvm::Instruction* back = switches.lookup(shared->getOperand(0).get());
    blocks.push_back(back->getSuccessor(static_cast<unsigned>(index->getZExtValue())));
  }
  return blocks;
}

// A way from a block back to itself that meets no look at the flag: a depth-first search over the
// blocks without one.
std::string LintLoops(const llvm::Function& function) {
  enum class Seen : uint8_t { No, OnPath, Done };
  llvm::DenseMap<const llvm::BasicBlock*, Seen> seen;
  const Switches switches = FindSwitches(function);
  struct Step {
    const llvm::BasicBlock* block;
    std::vector<const llvm::BasicBlock*> left;
  };
  for (const llvm::BasicBlock& start : function) {
    std::vector<Step> path;
    const auto enter = [&](const llvm::BasicBlock& block) {
      seen[&block] = HasPoll(block) ? Seen::Done : Seen::OnPath;
      if (seen[&block] == Seen::OnPath) {
        path.push_back({&block, Successors(block, switches)});
      }
    };
    if (seen.lookup(&start) == Seen::No) {
      enter(start);
    }
    while (!path.empty()) {
      Step& step = path.back();
      if (step.left.empty()) {
        seen[step.block] = Seen::Done;
        path.pop_back();
        continue;
      }
      const llvm::BasicBlock& next = *step.left.back();
      step.left.pop_back();
      if (seen.lookup(&next) == Seen::OnPath) {
        return At(function, next, "a loop that never looks at the interrupt flag");
      }
      if (seen.lookup(&next) == Seen::No) {
        enter(next);
      }
    }
  }
  return {};
}

}  // namespace

void MarkShort(llvm::Instruction* back_branch) {
  back_branch->setMetadata(kShort, llvm::MDNode::get(back_branch->getContext(), {}));
}

void MarkShared(llvm::SwitchInst* back, std::span<llvm::Instruction* const> branches) {
  llvm::LLVMContext& context = back->getContext();
  llvm::MDNode* both = llvm::MDNode::getDistinct(context, {});
  back->setMetadata(kShared, llvm::MDNode::get(context, {both}));
  for (size_t i = 0; i < branches.size(); ++i) {
    auto* index = llvm::ConstantInt::get(llvm::Type::getInt32Ty(context), i);
    branches[i]->setMetadata(
        kShared, llvm::MDNode::get(context, {both, llvm::ConstantAsMetadata::get(index)}));
  }
}

std::string Lint(const llvm::Module& module, LintStage stage, Math math,
                 std::span<const Symbol> symbols) {
  for (const llvm::Function& function : module) {
    for (const llvm::Instruction& instruction : llvm::instructions(function)) {
      const auto* real = llvm::dyn_cast<llvm::FPMathOperator>(&instruction);
      if (math == Math::Strict && real != nullptr && real->getFastMathFlags().any()) {
        return At(function, instruction, "a fast-math flag in strict mode");
      }
      if (const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction)) {
        if (const std::string offence = LintCall(*call, symbols); !offence.empty()) {
          return At(function, instruction, offence.c_str());
        }
      }
    }
    if (stage == LintStage::Lowered && !function.isDeclaration()) {
      if (std::string offence = LintLoops(function); !offence.empty()) {
        return offence;
      }
    }
  }
  return {};
}

}  // namespace jit
