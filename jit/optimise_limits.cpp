// Some passes and the register allocator take time that grows with the square of a function's size,
// and with the number of its loops even when it is small: 300 loops one after another took 0.8 s,
// 1,000 took 12 s, unoptimised 0.05 s. So a loop counts as many instructions. Test: engine_test.

#include "jit/optimise_limits.h"

#include <string>
#include <utility>

#include <llvm/ADT/SmallVector.h>
#include <llvm/Analysis/CFG.h>
#include <llvm/IR/Function.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Module.h>
#include <llvm/Transforms/Utils/Cloning.h>

namespace jit {

namespace {

// 150 loops of 20 instructions take the time of 10,000 instructions without loops.
constexpr uint32_t kInstructionsPerLoop = 50;

struct Size {
  uint32_t instructions = 0;
  uint32_t loops = 0;

  uint64_t cost() const { return instructions + uint64_t{kInstructionsPerLoop} * loops; }
};

Size SizeOf(const llvm::Function& function) {
  llvm::SmallVector<std::pair<const llvm::BasicBlock*, const llvm::BasicBlock*>, 16> back_edges;
  llvm::FindFunctionBackedges(function, back_edges);
  return {.instructions = function.getInstructionCount(),
          .loops = static_cast<uint32_t>(back_edges.size())};
}

// 31207 as "31,207".
std::string Grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t end = digits.size(); end > 3; end -= 3) {
    digits.insert(end - 3, ",");
  }
  return digits;
}

std::string Reason(Size size, uint32_t limit) {
  return "too large: " + Grouped(size.instructions) + " instructions, " + Grouped(size.loops) +
         " loops, limit " + Grouped(limit) + " (a loop counts " + Grouped(kInstructionsPerLoop) +
         ")";
}

void KeepCalls(llvm::Function& function) {
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    auto* call = llvm::dyn_cast<llvm::CallInst>(&instruction);
    if (call != nullptr && call->getCalledFunction() != nullptr &&
        !call->hasFnAttr(llvm::Attribute::AlwaysInline)) {
      call->addFnAttr(llvm::Attribute::NoInline);
    }
  }
}

// Another module shall be able to refer to it.
void Publish(llvm::GlobalValue& value, std::string_view suffix) {
  if (value.hasLocalLinkage()) {
    value.setName(value.getName() + "." + llvm::StringRef(suffix.data(), suffix.size()));
    value.setLinkage(llvm::GlobalValue::ExternalLinkage);
  }
}

// The other module's objects may stand far away: reached through a table, not by distance.
void ReleaseDeclarations(llvm::Module& module) {
  for (llvm::Function& function : module) {
    if (function.isDeclaration() && !function.isIntrinsic()) {
      function.setDSOLocal(false);
      function.addFnAttr(llvm::Attribute::NonLazyBind);
    }
  }
  for (llvm::GlobalVariable& variable : module.globals()) {
    if (variable.isDeclaration()) {
      variable.setDSOLocal(false);
    }
  }
}

}  // namespace

void RefuseLarge(llvm::Module& module, uint32_t limit, std::vector<Refusal>& refusals) {
  for (llvm::Function& function : module) {
    if (function.isDeclaration() || function.hasOptNone()) {
      continue;
    }
    const Size size = SizeOf(function);
    if (size.cost() > limit) {
      function.removeFnAttr(llvm::Attribute::AlwaysInline);
      function.addFnAttr(llvm::Attribute::NoInline);
      function.addFnAttr(llvm::Attribute::OptimizeNone);
      refusals.push_back({.function = function.getName().str(), .reason = Reason(size, limit)});
    } else if (size.cost() > limit / 4) {
      KeepCalls(function);
    }
  }
}

std::unique_ptr<llvm::Module> SplitRefused(llvm::Module& module, uint32_t limit,
                                           std::string_view suffix) {
  // Small functions that lowering has marked so itself may stay.
  const auto is_refused = [limit](const llvm::Function& function) {
    return function.hasOptNone() && SizeOf(function).cost() > limit;
  };
  llvm::SmallVector<llvm::Function*, 4> refused;
  for (llvm::Function& function : module) {
    if (is_refused(function)) {
      refused.push_back(&function);
    }
  }
  if (refused.empty()) {
    return nullptr;
  }
  for (llvm::GlobalValue& value : module.global_values()) {
    if (!value.isDeclaration()) {
      Publish(value, suffix);
    }
  }
  llvm::ValueToValueMapTy copies;
  std::unique_ptr<llvm::Module> plain =
      llvm::CloneModule(module, copies, [&](const llvm::GlobalValue* value) {
        const auto* function = llvm::dyn_cast<llvm::Function>(value);
        return function != nullptr && is_refused(*function);
      });
  for (llvm::Function* function : refused) {
    function->deleteBody();
    function->removeFnAttr(llvm::Attribute::OptimizeNone);
  }
  ReleaseDeclarations(module);
  ReleaseDeclarations(*plain);
  return plain;
}

}  // namespace jit
