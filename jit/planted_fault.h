#pragma once
// Faults put into compiled code on purpose, with which tools that look for faults are tried: the
// fuzzer has to catch each of them before it is believed (fuzz/self_proof.h). Unlike the faults of
// runtime/mutant.h they are there in every build, and are chosen by EngineOptions::planted_fault.

#include <cstdint>

namespace llvm {
class Module;
}  // namespace llvm

namespace jit {

enum class PlantedFault : uint8_t {
  None,
  WrongAdd,      // sums of ints are differences
  WrongPlace,    // errors, and the calls that led there, stand where others do
  MissedPoll,    // no loop looks at the interrupt flag
  Leak,          // what is not needed any more is never freed
  WritableCode,  // a page of the process is writable and executable
  Crash,         // each function ends the process by a signal
  Hang,          // each function runs until it is killed
  Race,          // functions write to a word that compiling writes to as well
};

class FaultPlanter {
 public:
  explicit FaultPlanter(PlantedFault fault) : fault_(fault) {}
  FaultPlanter(const FaultPlanter&) = delete;
  FaultPlanter& operator=(const FaultPlanter&) = delete;

  // Damages a module as it was lowered. It still verifies.
  void Plant(llvm::Module& module);

 private:
  PlantedFault fault_;
  uint64_t shared_word_ = 0;  // that planted code refers to
};

}  // namespace jit
