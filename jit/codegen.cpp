// Target machine and code generator. Test: tests/jit/engine_test.cpp.

#include "jit/codegen.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Target/TargetOptions.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/Transforms/Utils/Cloning.h>
#include <sys/platform/x86.h>

#include "frontend/check.h"
#include "runtime/mutant.h"

namespace jit {

namespace {

constexpr const char* kTriple = "x86_64-pc-linux-gnu";

// Asks the C library, which has asked the processor when the process started: in a virtual machine
// each cpuid instruction takes tens of microseconds.
bool HasVersion3() {
  return CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(BMI1) && CPU_FEATURE_ACTIVE(BMI2) &&
         CPU_FEATURE_ACTIVE(F16C) && CPU_FEATURE_ACTIVE(FMA) && CPU_FEATURE_ACTIVE(LZCNT) &&
         CPU_FEATURE_ACTIVE(MOVBE) && CPU_FEATURE_ACTIVE(POPCNT) && CPU_FEATURE_ACTIVE(SSE4_2) &&
         CPU_FEATURE_ACTIVE(CMPXCHG16B);
}

std::string HostFeatures() {
  std::string features;
  for (const auto& feature : llvm::sys::getHostCPUFeatures()) {
    features += features.empty() ? "" : ",";
    features += feature.getValue() ? "+" : "-";
    features += feature.getKey();
  }
  // Some processors are said to prefer half of their vectors; loops over sin() gain from the whole.
  return features + ",-prefer-256-bit";
}

llvm::CodeGenOptLevel GeneratorLevel(int level) {
  switch (level) {
    case 0:
      return llvm::CodeGenOptLevel::None;
    case 1:
      return llvm::CodeGenOptLevel::Less;
    case 2:
      return llvm::CodeGenOptLevel::Default;
    default:
      return llvm::CodeGenOptLevel::Aggressive;
  }
}

// As for the optimiser: a call of `sin` that the lowering marked as no built-in stays a call.
llvm::TargetLibraryInfoImpl NoLibrary(const llvm::TargetMachine& machine) {
  llvm::TargetLibraryInfoImpl library(machine.getTargetTriple());
  library.disableAllFunctions();
  return library;
}

}  // namespace

std::string_view StrictProcessor() {
  static const bool has_version_3 = HasVersion3();
  return has_version_3 ? "x86-64-v3" : "x86-64";
}

std::unique_ptr<llvm::TargetMachine> MakeMachine(int level, Math math) {
  std::string error;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(kTriple, error);
  LAB_CHECK(target != nullptr);
  std::string processor(StrictProcessor());
  std::string features;
  if (math == Math::Fast) {
    processor = llvm::sys::getHostCPUName();
    features = HostFeatures();
  }
  llvm::TargetOptions options;
  // a * b + c rounds twice.
  options.AllowFPOpFusion = LAB_MUTANT(629, llvm::FPOpFusion::Strict, llvm::FPOpFusion::Fast);
  options.EnableFastISel = level == 0;
  // JITLink 19 turns a relaxable call through memory into a relative one that misses, when the
  // callee stands below 4 GB, as a program with a fixed address does, and the code above.
  options.MCOptions.X86RelaxRelocations = false;
  std::unique_ptr<llvm::TargetMachine> machine(
      target->createTargetMachine(kTriple, processor, features, options, llvm::Reloc::PIC_,
                                  llvm::CodeModel::Small, GeneratorLevel(level), /*JIT=*/true));
  LAB_CHECK(machine != nullptr);
  return machine;
}

struct CodeGenerator::State {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream{bytes};
  llvm::MCContext* context = nullptr;  // belongs to the passes
  llvm::legacy::PassManager passes;
};

CodeGenerator::CodeGenerator(llvm::TargetMachine& machine) : state_(std::make_unique<State>()) {
  state_->passes.add(new llvm::TargetLibraryInfoWrapperPass(NoLibrary(machine)));
  const bool is_unsupported =
      machine.addPassesToEmitMC(state_->passes, state_->context, state_->stream);
  LAB_CHECK(!is_unsupported);
}

CodeGenerator::~CodeGenerator() = default;

std::unique_ptr<llvm::MemoryBuffer> CodeGenerator::Generate(llvm::Module& module) {
  state_->bytes.clear();
  state_->passes.run(module);
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(state_->bytes), module.getName(),
                                                         false);
}

std::string AssemblyText(const llvm::Module& module, llvm::TargetMachine& machine) {
  const std::unique_ptr<llvm::Module> copy = llvm::CloneModule(module);
  llvm::SmallVector<char, 0> text;
  llvm::raw_svector_ostream stream(text);
  machine.Options.MCOptions.AsmVerbose = true;  // names blocks, loops and constants in comments
  llvm::legacy::PassManager passes;
  passes.add(new llvm::TargetLibraryInfoWrapperPass(NoLibrary(machine)));
  const bool is_unsupported = machine.addPassesToEmitFile(
      passes, stream, nullptr, llvm::CodeGenFileType::AssemblyFile, /*DisableVerify=*/true);
  LAB_CHECK(!is_unsupported);
  passes.run(*copy);
  return std::string(text.begin(), text.end());
}

}  // namespace jit
