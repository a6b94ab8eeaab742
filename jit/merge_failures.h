#pragma once
// Fewer calls in the cold part of functions, for the compiler's own speed.

namespace llvm {
class Function;
}  // namespace llvm

namespace jit {

// Calls of one cold function that go on at the same place become one call, whose arguments depend
// on where it is reached from. Every check of the language has such a call, and a call is among the
// dearest things to generate code for.
void MergeFailures(llvm::Function& function);

}  // namespace jit
