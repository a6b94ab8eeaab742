#pragma once
// Rules that every module keeps and LLVM's verifier does not know.
//
//  - No fast-math flag in strict mode: results are bit-identical on every engine.
//  - Every loop looks at the interrupt flag, or is short by construction (MarkShort).
//  - Only functions of the module, intrinsics and the table of symbols are called, and functions of
//    the C library as `nobuiltin`, or LLVM would put its own meaning in their place.

#include <span>
#include <string>

#include "jit/engine.h"

namespace llvm {
class Instruction;
class Module;
class SwitchInst;
}  // namespace llvm

namespace jit {

// Marks the branch that begins another turn, as its first target, of a loop which runs few turns
// between two looks at the flag.
void MarkShort(llvm::Instruction* back_branch);

// Marks branches into code that is shared by the yields of a generator, and the switch at its end
// that goes back: behind branches[i], to successor i. A way into the code by one and out of it to
// another is none.
void MarkShared(llvm::SwitchInst* back, std::span<llvm::Instruction* const> branches);

enum class LintStage : uint8_t {
  Lowered,    // all rules
  Optimised,  // LLVM unrolls and splits loops, and they are not looked at again
};

// The first offence, in words; "" when there is none.
std::string Lint(const llvm::Module& module, LintStage stage, Math math,
                 std::span<const Symbol> symbols);

}  // namespace jit
