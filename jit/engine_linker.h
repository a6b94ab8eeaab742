#pragma once
// Brings object files into this process: memory, relocation, symbols.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "jit/engine.h"

namespace llvm {
class MemoryBuffer;
}  // namespace llvm

namespace jit {

// What code may use beside the symbols it was given: the functions that LLVM
// itself calls for an operation the processor lacks.
std::span<const Symbol> OperationSymbols();

class Linker {
 public:
  Linker(const EngineOptions& options, std::span<const Symbol> symbols);
  ~Linker();
  Linker(const Linker&) = delete;
  Linker& operator=(const Linker&) = delete;

  // The objects may use each other, and their code can be called afterwards. A
  // symbol that nobody defines is a bug of the lab.
  void Add(std::vector<std::unique_ptr<llvm::MemoryBuffer>> objects);
  void* Address(std::string_view symbol);

  uint64_t code_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jit
