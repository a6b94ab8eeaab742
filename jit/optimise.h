#pragma once
// LLVM's passes over a module, in the pipelines of the engine's levels.

#include <atomic>
#include <cstdint>
#include <memory>

#include "jit/engine.h"

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace jit {

class Optimiser {
 public:
  // `machine` must outlive the optimiser; `interrupt` may be null.
  Optimiser(llvm::TargetMachine& machine, int level, Math math,
            const std::atomic<uint32_t>* interrupt);
  ~Optimiser();
  Optimiser(const Optimiser&) = delete;
  Optimiser& operator=(const Optimiser&) = delete;

  // Inlines what is marked `alwaysinline`, which every level needs: such
  // functions exist to be inlined, and are often too small to be called.
  void InlineMarked(llvm::Module& module);
  // The passes of the level. False when the interrupt came: the rest was left
  // out, and the module is as good as it was at that moment.
  bool Run(llvm::Module& module);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jit
