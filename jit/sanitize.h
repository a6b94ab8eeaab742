#pragma once
// In a build for a sanitizer (the presets `asan` and `tsan`) compiled code is checked like the rest
// of the process: LLVM's own pass marks its loads and stores for the runtime library that the
// process has been linked with. In every other build there is nothing here to do or to call.

#include <span>

#include "jit/engine.h"

namespace llvm {
class Module;
}  // namespace llvm

namespace jit {

// Adds the checks; the last thing that is done to a module before code is generated.
void Sanitize(llvm::Module& module);

// What the checks call, for the linker's table.
std::span<const Symbol> SanitizerSymbols();

}  // namespace jit
