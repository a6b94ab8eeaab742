#pragma once
// --math=fast: calls of the mathematical library that the optimiser may turn
// into calls for 2, 4 or 8 numbers at once, by libmvec of the C library.

#include <vector>

#include "jit/engine.h"

namespace llvm {
class CallInst;
class Module;
}  // namespace llvm

namespace jit {

// Allows it for a call of `sin`, `llvm.sin.f64` and their like, when libmvec
// has the function and the processor the registers; else does nothing. The
// call may then read and write no memory: no errno. For Math::Fast only.
void MarkVectorisable(llvm::CallInst* call);

// libmvec's functions; empty where there is no libmvec.
const std::vector<Symbol>& VectorMathSymbols();

// The functions of an optimised module that call libmvec: what was really
// vectorised. In the order of the module.
std::vector<std::string> FunctionsWithVectorMath(const llvm::Module& module);

}  // namespace jit
