#pragma once
// Which passes of the code generator are worth their time for which function.

#include <llvm/ADT/StringSet.h>
#include <llvm/IR/OptBisect.h>

namespace llvm {
class Module;
}  // namespace llvm

namespace jit {

// A loop that calls a library function in every turn spends its time there:
// what these passes could save is little, and what they move out of the loop is
// spilled around the call, half of the register allocator's work. LLVM asks the
// gate of its context before each optional pass.
class PassGate final : public llvm::OptPassGate {
 public:
  // Looks at the functions that are about to be generated.
  void Study(llvm::Module& module);

  bool isEnabled() const override { return !light_.empty(); }
  bool shouldRunPass(llvm::StringRef pass, llvm::StringRef unit) override;

 private:
  llvm::StringSet<> light_;  // as LLVM describes functions: "function (name)"
};

}  // namespace jit
