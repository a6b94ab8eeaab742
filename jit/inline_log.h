#pragma once
// What LLVM's inliners decide, from the remarks that they give on request.

#include <vector>

#include "jit/engine.h"

namespace jit {

class InlineLog {
 public:
  virtual ~InlineLog() = default;
  // Calls of functions that are marked `alwaysinline`, which LLVM is about to inline and gives no
  // remark of.
  virtual void AddMarked(const llvm::Module& module) = 0;
  // What was decided since the last call.
  virtual void Take(ModuleReport* report) = 0;
};

// Installs the log in a context, which owns it.
InlineLog* LogInlining(llvm::LLVMContext& context);

}  // namespace jit
