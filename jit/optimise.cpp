// The pipelines. Ours are shorter than LLVM's default ones: code of the language has no virtual
// calls, no exceptions, no globals of its own, no coroutines and no profile, and strict arithmetic
// leaves nothing to vectorise (an overflow check leaves the loop, a sum keeps its order). What is
// left out was found to make no kernel faster. Test: tests/jit/engine_test.cpp.

#include "jit/optimise.h"

#include <llvm/Analysis/GlobalsModRef.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/PassInstrumentation.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Transforms/IPO/AlwaysInliner.h>
#include <llvm/Transforms/IPO/FunctionAttrs.h>
#include <llvm/Transforms/IPO/GlobalDCE.h>
#include <llvm/Transforms/IPO/Inliner.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/ADCE.h>
#include <llvm/Transforms/Scalar/BDCE.h>
#include <llvm/Transforms/Scalar/ConstraintElimination.h>
#include <llvm/Transforms/Scalar/CorrelatedValuePropagation.h>
#include <llvm/Transforms/Scalar/DeadStoreElimination.h>
#include <llvm/Transforms/Scalar/DivRemPairs.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/GVN.h>
#include <llvm/Transforms/Scalar/IndVarSimplify.h>
#include <llvm/Transforms/Scalar/InstSimplifyPass.h>
#include <llvm/Transforms/Scalar/JumpThreading.h>
#include <llvm/Transforms/Scalar/LICM.h>
#include <llvm/Transforms/Scalar/LoopDeletion.h>
#include <llvm/Transforms/Scalar/LoopIdiomRecognize.h>
#include <llvm/Transforms/Scalar/LoopInstSimplify.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Scalar/LoopRotation.h>
#include <llvm/Transforms/Scalar/LoopSimplifyCFG.h>
#include <llvm/Transforms/Scalar/LoopUnrollPass.h>
#include <llvm/Transforms/Scalar/MemCpyOptimizer.h>
#include <llvm/Transforms/Scalar/MergedLoadStoreMotion.h>
#include <llvm/Transforms/Scalar/Reassociate.h>
#include <llvm/Transforms/Scalar/SCCP.h>
#include <llvm/Transforms/Scalar/SROA.h>
#include <llvm/Transforms/Scalar/SimpleLoopUnswitch.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>
#include <llvm/Transforms/Vectorize/LoopVectorize.h>

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
  passes.addPass(llvm::ReassociatePass());
  passes.addPass(llvm::ConstraintEliminationPass());
  passes.addPass(
      llvm::createFunctionToLoopPassAdaptor(FirstLoopPasses(level), /*UseMemorySSA=*/true));
  passes.addPass(llvm::SimplifyCFGPass());
  passes.addPass(llvm::InstCombinePass());
  passes.addPass(llvm::createFunctionToLoopPassAdaptor(SecondLoopPasses(level)));
  passes.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
  passes.addPass(llvm::MergedLoadStoreMotionPass());
  passes.addPass(llvm::GVNPass());
  passes.addPass(llvm::SCCPPass());
  passes.addPass(llvm::BDCEPass());
  passes.addPass(llvm::InstCombinePass());
  passes.addPass(llvm::JumpThreadingPass());
  passes.addPass(llvm::CorrelatedValuePropagationPass());
  passes.addPass(llvm::ADCEPass());
  passes.addPass(llvm::MemCpyOptPass());
  passes.addPass(llvm::DSEPass());
  passes.addPass(llvm::createFunctionToLoopPassAdaptor(llvm::LICMPass(LicmOptions()),
                                                       /*UseMemorySSA=*/true));
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
  passes.addPass(llvm::InstCombinePass());
  passes.addPass(llvm::createFunctionToLoopPassAdaptor(llvm::LICMPass(LicmOptions()),
                                                       /*UseMemorySSA=*/true));
  passes.addPass(llvm::InstSimplifyPass());
  passes.addPass(llvm::DivRemPairsPass());
  passes.addPass(llvm::SimplifyCFGPass());
  return passes;
}

ModulePassManager FullPasses(int level, Math math) {
  FunctionPassManager early;
  early.addPass(llvm::SimplifyCFGPass());
  early.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
  early.addPass(llvm::EarlyCSEPass());

  llvm::ModuleInlinerWrapperPass inliner(
      llvm::getInlineParams(static_cast<unsigned>(level), /*SizeOptLevel=*/0),
      /*MandatoryFirst=*/false);
  inliner.getPM().addPass(llvm::PostOrderFunctionAttrsPass());
  inliner.getPM().addPass(llvm::createCGSCCToFunctionPassAdaptor(
      SimplifyFunction(level), /*EagerlyInvalidate=*/true, /*NoRerun=*/true));

  ModulePassManager passes;
  passes.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(early)));
  passes.addPass(std::move(inliner));
  passes.addPass(llvm::GlobalDCEPass());
  passes.addPass(llvm::createModuleToFunctionPassAdaptor(FinishFunction(level, math)));
  return passes;
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
    if (interrupt != nullptr) {
      callbacks.registerShouldRunOptionalPassCallback([this](llvm::StringRef, llvm::Any) {
        was_interrupted = was_interrupted || interrupt->load(std::memory_order_relaxed) != 0;
        return !was_interrupted;
      });
    }
    // No name is special: LLVM would turn pow(x, 2.0) into x * x, which has other last digits.
    library.disableAllFunctions();
    functions.registerPass([this] { return llvm::TargetLibraryAnalysis(library); });
    builder.registerModuleAnalyses(modules);
    builder.registerCGSCCAnalyses(components);
    builder.registerFunctionAnalyses(functions);
    builder.registerLoopAnalyses(loops);
    builder.crossRegisterProxies(loops, functions, components, modules);
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
  return !state_->was_interrupted;
}

}  // namespace jit
