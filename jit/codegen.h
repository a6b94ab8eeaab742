#pragma once
// Machine code from a module: an object file in memory, or a listing.

#include <memory>
#include <string>

#include "jit/engine.h"

namespace llvm {
class MemoryBuffer;
class Module;
class TargetMachine;
}  // namespace llvm

namespace jit {

// The machine for code that runs in this process. Strict code is for
// x86-64-v3, or for x86-64 where the processor has less, so that a class room
// sees the same code; fast code is for the processor at hand. StartLlvm() first.
std::unique_ptr<llvm::TargetMachine> MakeMachine(int level, Math math);
// "x86-64-v3"
std::string_view StrictProcessor();

// Keeps its passes from module to module: building them anew would take as
// long as half of a small compilation. The objects are the same.
class CodeGenerator {
 public:
  explicit CodeGenerator(llvm::TargetMachine& machine);
  ~CodeGenerator();
  CodeGenerator(const CodeGenerator&) = delete;
  CodeGenerator& operator=(const CodeGenerator&) = delete;

  // The object file; changes the module.
  std::unique_ptr<llvm::MemoryBuffer> Generate(llvm::Module& module);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The assembly text of what Generate() would make; leaves the module alone.
std::string AssemblyText(const llvm::Module& module, llvm::TargetMachine& machine);

}  // namespace jit
