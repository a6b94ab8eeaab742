// Each fault is a change to all instructions of a kind, so that small programs show it.
// Tests: tests/jit/planted_fault_test.cpp, tests/fuzz/self_proof_test.cpp.

#include "jit/planted_fault.h"

#include <utility>
#include <vector>

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/Module.h>
#include <sys/mman.h>

#include "frontend/check.h"

namespace jit {
namespace {

std::vector<llvm::Function*> Bodies(llvm::Module& module) {
  std::vector<llvm::Function*> bodies;
  for (llvm::Function& function : module) {
    if (!function.isDeclaration()) {
      bodies.push_back(&function);
    }
  }
  return bodies;
}

// The instructions of a class for which `is_wanted` holds, in order.
template <typename Kind, typename Test>
std::vector<Kind*> Find(llvm::Module& module, const Test& is_wanted) {
  std::vector<Kind*> found;
  for (llvm::Function* function : Bodies(module)) {
    for (llvm::Instruction& instruction : llvm::instructions(function)) {
      auto* one = llvm::dyn_cast<Kind>(&instruction);
      if (one != nullptr && is_wanted(*one)) {
        found.push_back(one);
      }
    }
  }
  return found;
}

template <typename Test>
std::vector<llvm::CallInst*> FindCalls(llvm::Module& module, const Test& is_wanted) {
  return Find<llvm::CallInst>(module, [&](const llvm::CallInst& call) {
    const llvm::Function* callee = call.getCalledFunction();
    return callee != nullptr && is_wanted(callee->getName());
  });
}

void SubtractForAdd(llvm::Module& module) {
  for (llvm::CallInst* call : FindCalls(module, [](llvm::StringRef name) {
         return name.starts_with("llvm.sadd.with.overflow");
       })) {
    call->setCalledFunction(llvm::Intrinsic::getDeclaration(
        &module, llvm::Intrinsic::ssub_with_overflow, {call->getArgOperand(0)->getType()}));
  }
}

// Each report of a failure takes the site of the next one.
void ExchangeSites(llvm::Module& module) {
  const std::vector<llvm::CallInst*> reports =
      FindCalls(module, [](llvm::StringRef name) { return name.starts_with("lab_Fail"); });
  constexpr unsigned kSite = 1;  // the argument, behind the machine
  llvm::Value* first = reports.empty() ? nullptr : reports[0]->getArgOperand(kSite);
  for (size_t i = 0; i < reports.size(); ++i) {
    const bool is_last = i + 1 == reports.size();
    reports[i]->setArgOperand(kSite, is_last ? first : reports[i + 1]->getArgOperand(kSite));
  }
}

void DropPolls(llvm::Module& module) {
  for (llvm::LoadInst* load : Find<llvm::LoadInst>(
           module, [](const llvm::LoadInst& candidate) { return candidate.isAtomic(); })) {
    load->replaceAllUsesWith(llvm::Constant::getNullValue(load->getType()));
    load->eraseFromParent();
  }
}

void DropReleases(llvm::Module& module) {
  for (llvm::CallInst* call : FindCalls(module, [](llvm::StringRef name) {
         return name == "lab_DestroyObject" || name == "lab_ReleaseValue";
       })) {
    call->eraseFromParent();
  }
}

void MapWritableCode() {
  constexpr size_t kPageBytes = 4096;
  const void* page = mmap(nullptr, kPageBytes, PROT_READ | PROT_WRITE | PROT_EXEC,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  LAB_CHECK(page != MAP_FAILED);
}

// What `add` builds comes first in each function.
template <typename Add>
void AddAtStart(llvm::Module& module, const Add& add) {
  for (llvm::Function* function : Bodies(module)) {
    llvm::BasicBlock& entry = function->getEntryBlock();
    llvm::IRBuilder<> builder(&entry, entry.begin());
    add(builder);
  }
}

// Looks at an atomic word at each turn, as loops have to.
void AddEndlessLoops(llvm::Module& module, llvm::Value* word) {
  for (llvm::Function* function : Bodies(module)) {
    llvm::BasicBlock* old_entry = &function->getEntryBlock();
    llvm::LLVMContext& context = module.getContext();
    llvm::BasicBlock* turn = llvm::BasicBlock::Create(context, "turn", function, old_entry);
    llvm::IRBuilder<> builder(llvm::BasicBlock::Create(context, "entry", function, turn));
    builder.CreateBr(turn);
    builder.SetInsertPoint(turn);
    builder.CreateAlignedLoad(builder.getInt64Ty(), word, llvm::Align(sizeof(uint64_t)))
        ->setAtomic(llvm::AtomicOrdering::Monotonic);
    builder.CreateBr(turn);
  }
}

}  // namespace

void FaultPlanter::Plant(llvm::Module& module) {
  const auto word = [&] {
    return llvm::ConstantExpr::getIntToPtr(
        llvm::ConstantInt::get(llvm::Type::getInt64Ty(module.getContext()),
                               reinterpret_cast<uintptr_t>(&shared_word_)),
        llvm::PointerType::getUnqual(module.getContext()));
  };
  switch (fault_) {
    case PlantedFault::None:
      return;
    case PlantedFault::WrongAdd:
      return SubtractForAdd(module);
    case PlantedFault::WrongPlace:
      return ExchangeSites(module);
    case PlantedFault::MissedPoll:
      return DropPolls(module);
    case PlantedFault::Leak:
      return DropReleases(module);
    case PlantedFault::WritableCode:
      return MapWritableCode();
    case PlantedFault::Crash:
      return AddAtStart(module, [](llvm::IRBuilder<>& builder) {
        builder.CreateIntrinsic(llvm::Intrinsic::trap, {}, {});
      });
    case PlantedFault::Hang:
      return AddEndlessLoops(module, word());
    case PlantedFault::Race:
      ++shared_word_;  // on the thread that compiles
      return AddAtStart(module, [&](llvm::IRBuilder<>& builder) {
        builder.CreateStore(builder.getInt64(0), word());
      });
  }
}

}  // namespace jit
