// The pipelines. Ours take three quarters of the time of LLVM's default ones for the same speed of
// fourteen kernels: code of the language has no virtual calls, exceptions, coroutines or profile,
// and strict arithmetic leaves nothing to vectorise (an overflow check leaves the loop, a sum keeps
// its order). Each pass left out was measured to change no kernel. Test: tests/jit/engine_test.cpp.

#include "jit/optimise.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/PassInstrumentation.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Transforms/IPO/AlwaysInliner.h>
#include <llvm/Transforms/IPO/FunctionAttrs.h>
#include <llvm/Transforms/IPO/GlobalDCE.h>
#include <llvm/Transforms/IPO/Inliner.h>
#include <llvm/Transforms/IPO/SCCP.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/ADCE.h>
#include <llvm/Transforms/Scalar/ConstraintElimination.h>
#include <llvm/Transforms/Scalar/CorrelatedValuePropagation.h>
#include <llvm/Transforms/Scalar/DeadStoreElimination.h>
#include <llvm/Transforms/Scalar/DivRemPairs.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/GVN.h>
#include <llvm/Transforms/Scalar/IndVarSimplify.h>
#include <llvm/Transforms/Scalar/JumpThreading.h>
#include <llvm/Transforms/Scalar/LICM.h>
#include <llvm/Transforms/Scalar/LoopDeletion.h>
#include <llvm/Transforms/Scalar/LoopIdiomRecognize.h>
#include <llvm/Transforms/Scalar/LoopInstSimplify.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Scalar/LoopRotation.h>
#include <llvm/Transforms/Scalar/LoopSimplifyCFG.h>
#include <llvm/Transforms/Scalar/LoopUnrollPass.h>
#include <llvm/Transforms/Scalar/LowerExpectIntrinsic.h>
#include <llvm/Transforms/Scalar/SROA.h>
#include <llvm/Transforms/Scalar/SimpleLoopUnswitch.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>
#include <llvm/Transforms/Vectorize/LoopVectorize.h>

#include "jit/false_dependency.h"

namespace jit {

namespace {

using llvm::FunctionPassManager;
using llvm::LoopPassManager;
using llvm::ModulePassManager;

// What the loop passes are to do with MemorySSA; LLVM's own defaults.
llvm::LICMOptions LicmOptions() {
  llvm::LICMOptions options;
  options.AllowSpeculation = true;
  return options;
}

// What small functions are worth before anything is inlined: done once for each, not once for each
// of their calls.
FunctionPassManager FirstPasses() {
  FunctionPassManager passes;
  passes.addPass(llvm::LowerExpectIntrinsicPass());
  passes.addPass(llvm::SimplifyCFGPass());
  passes.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
  passes.addPass(llvm::EarlyCSEPass());
  return passes;
}

FunctionPassManager CheapPasses() {
  FunctionPassManager passes;
  passes.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
  passes.addPass(llvm::EarlyCSEPass());
  passes.addPass(llvm::InstCombinePass());
  passes.addPass(llvm::SimplifyCFGPass());
  return passes;
}

// Loops before their counters are known: rotated to test at the end, invariant code moved out.
LoopPassManager FirstLoopPasses(int level) {
  LoopPassManager passes;
  passes.addPass(llvm::LoopInstSimplifyPass());
  passes.addPass(llvm::LoopSimplifyCFGPass());
  passes.addPass(llvm::LICMPass(LicmOptions()));
  passes.addPass(llvm::LoopRotatePass());
  passes.addPass(llvm::LICMPass(LicmOptions()));
  passes.addPass(llvm::SimpleLoopUnswitchPass(/*NonTrivial=*/level >= 3));
  return passes;
}

LoopPassManager SecondLoopPasses(int level) {
  LoopPassManager passes;
  passes.addPass(llvm::LoopIdiomRecognizePass());
  passes.addPass(llvm::IndVarSimplifyPass());
  passes.addPass(llvm::LoopDeletionPass());
  passes.addPass(llvm::LoopFullUnrollPass(level));
  return passes;
}

// What each function goes through while the inliner walks the call graph from the callees up.
FunctionPassManager SimplifyFunction(int level) {
  FunctionPassManager passes;
  passes.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
  passes.addPass(llvm::EarlyCSEPass(/*UseMemorySSA=*/true));
  passes.addPass(llvm::JumpThreadingPass());
  passes.addPass(llvm::CorrelatedValuePropagationPass());
  passes.addPass(llvm::SimplifyCFGPass());
  passes.addPass(llvm::InstCombinePass());
  passes.addPass(llvm::ConstraintEliminationPass());
  passes.addPass(
      llvm::createFunctionToLoopPassAdaptor(FirstLoopPasses(level), /*UseMemorySSA=*/true));
  passes.addPass(llvm::SimplifyCFGPass());
  passes.addPass(llvm::InstCombinePass());
  passes.addPass(llvm::createFunctionToLoopPassAdaptor(SecondLoopPasses(level)));
  passes.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
  passes.addPass(llvm::GVNPass());
  passes.addPass(llvm::InstCombinePass());
  passes.addPass(llvm::JumpThreadingPass());
  passes.addPass(llvm::ADCEPass());
  passes.addPass(llvm::DSEPass());
  passes.addPass(llvm::SimplifyCFGPass(
      llvm::SimplifyCFGOptions().hoistCommonInsts(true).sinkCommonInsts(true)));
  passes.addPass(llvm::InstCombinePass());
  return passes;
}

// Once nothing more is inlined.
FunctionPassManager FinishFunction(int level, Math math) {
  FunctionPassManager passes;
  if (math == Math::Fast) {
    passes.addPass(llvm::createFunctionToLoopPassAdaptor(llvm::LoopRotatePass()));
    passes.addPass(llvm::LoopVectorizePass());
    passes.addPass(llvm::InstCombinePass());
  }
  passes.addPass(llvm::SimplifyCFGPass(llvm::SimplifyCFGOptions()
                                           .convertSwitchRangeToICmp(true)
                                           .convertSwitchToLookupTable(true)
                                           .needCanonicalLoops(false)
                                           .hoistCommonInsts(true)
                                           .sinkCommonInsts(true)));
  passes.addPass(llvm::LoopUnrollPass(llvm::LoopUnrollOptions(level)));
  passes.addPass(llvm::DivRemPairsPass());
  passes.addPass(llvm::SimplifyCFGPass());
  return passes;
}

ModulePassManager FullPasses(int level, Math math) {
  FunctionPassManager early;
  early.addPass(llvm::InstCombinePass());
  early.addPass(llvm::SimplifyCFGPass(llvm::SimplifyCFGOptions().convertSwitchRangeToICmp(true)));

  llvm::ModuleInlinerWrapperPass inliner(
      llvm::getInlineParams(static_cast<unsigned>(level), /*SizeOptLevel=*/0),
      /*MandatoryFirst=*/false);
  inliner.getPM().addPass(llvm::PostOrderFunctionAttrsPass());
  inliner.getPM().addPass(llvm::createCGSCCToFunctionPassAdaptor(
      SimplifyFunction(level), /*EagerlyInvalidate=*/true, /*NoRerun=*/true));

  ModulePassManager passes;
  passes.addPass(llvm::IPSCCPPass());
  passes.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(early)));
  passes.addPass(std::move(inliner));
  passes.addPass(llvm::GlobalDCEPass());
  passes.addPass(llvm::createModuleToFunctionPassAdaptor(FinishFunction(level, math)));
  return passes;
}

// Passes must be told not to touch what is marked as not to be optimised.
bool IsRefused(const llvm::Any& unit) {
  if (const auto* function = llvm::any_cast<const llvm::Function*>(&unit)) {
    return (*function)->hasOptNone();
  }
  if (const auto* loop = llvm::any_cast<const llvm::Loop*>(&unit)) {
    return (*loop)->getHeader()->getParent()->hasOptNone();
  }
  return false;
}

ModulePassManager Passes(int level, Math math) {
  ModulePassManager passes;
  if (level == 1) {
    passes.addPass(llvm::createModuleToFunctionPassAdaptor(CheapPasses()));
  } else if (level > 1) {
    passes = FullPasses(level, math);
  }
  return passes;
}

}  // namespace

struct Optimiser::State {
  State(llvm::TargetMachine& machine, int level, Math math,
        const std::atomic<uint32_t>* interrupt_flag)
      : interrupt(interrupt_flag),
        library(machine.getTargetTriple()),
        builder(&machine, llvm::PipelineTuningOptions(), std::nullopt, &callbacks),
        passes(Passes(level, math)) {
    callbacks.registerShouldRunOptionalPassCallback([this](llvm::StringRef, llvm::Any unit) {
      if (interrupt != nullptr && interrupt->load(std::memory_order_relaxed) != 0) {
        was_interrupted = true;
      }
      return !was_interrupted && !IsRefused(unit);
    });
    // No name is special: LLVM would turn pow(x, 2.0) into x * x, which has other last digits.
    library.disableAllFunctions();
    functions.registerPass([this] { return llvm::TargetLibraryAnalysis(library); });
    builder.registerModuleAnalyses(modules);
    builder.registerCGSCCAnalyses(components);
    builder.registerFunctionAnalyses(functions);
    builder.registerLoopAnalyses(loops);
    builder.crossRegisterProxies(loops, functions, components, modules);
    if (level > 0) {
      marked.addPass(llvm::createModuleToFunctionPassAdaptor(FirstPasses()));
    }
    marked.addPass(llvm::AlwaysInlinerPass(/*InsertLifetime=*/false));
  }

  void Run(ModulePassManager& which, llvm::Module& module) {
    which.run(module, modules);
    // Results refer to this module's functions.
    loops.clear();
    functions.clear();
    components.clear();
    modules.clear();
  }

  const std::atomic<uint32_t>* interrupt;
  bool was_interrupted = false;
  llvm::TargetLibraryInfoImpl library;
  llvm::PassInstrumentationCallbacks callbacks;
  llvm::PassBuilder builder;
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  ModulePassManager marked;
  ModulePassManager passes;
};

Optimiser::Optimiser(llvm::TargetMachine& machine, int level, Math math,
                     const std::atomic<uint32_t>* interrupt)
    : state_(std::make_unique<State>(machine, level, math, interrupt)) {}

Optimiser::~Optimiser() = default;

void Optimiser::InlineMarked(llvm::Module& module) { state_->Run(state_->marked, module); }

bool Optimiser::Run(llvm::Module& module) {
  state_->was_interrupted = false;
  state_->Run(state_->passes, module);
  BreakFalseDependencies(module);
  return !state_->was_interrupted;
}

}  // namespace jit
