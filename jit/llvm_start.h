#pragma once
// Brings LLVM to life on first use. Nothing of LLVM may be touched before.

namespace jit {

// Runs LLVM's static constructors, which cmake/llvm_constructors.ld has put
// off, registers the X86 target and sets LLVM's global options. Once for the
// process; from any thread.
void StartLlvm();

}  // namespace jit
