#pragma once
// A last touch to optimised code, for the processor's sake.

namespace llvm {
class Module;
}  // namespace llvm

namespace jit {

// Converting an int to a float, x86 writes half of a register and keeps the
// other half, so that the conversion waits for whatever wrote the register
// last. The code generator clears the register first when that was near, but
// does not count what a called function wrote: sin() of a loop's counter then
// waits for the sin() of the turn before. In functions that call the
// mathematical library this clears the register of every such conversion.
void BreakFalseDependencies(llvm::Module& module);

}  // namespace jit
