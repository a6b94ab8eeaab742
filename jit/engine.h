#pragma once
// LLVM at arm's length: takes modules that lowering has filled, and turns them
// into machine code in this process. Nothing here knows the language.
//
// Code reaches the table of symbols it was given and nothing else: the
// process's own symbols are not searched. No page is ever writable and
// executable. Code lives as long as its Engine. One thread at a time uses an
// Engine; several may live at once.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jit/planted_fault.h"

namespace llvm {
class LLVMContext;
class Module;
}  // namespace llvm

namespace jit {

// Strict: bit-identical to the interpreter. Fast: reductions over libm calls
// may be vectorised (DESIGN.md: --math=fast); sums stay in source order.
enum class Math : uint8_t { Strict, Fast };

struct EngineOptions {
  // 0: no passes, fastest code generator; 1: the cheap pipeline; 2: full
  // optimisation; 3: the same with more unrolling and inlining.
  int optimise = 2;
  Math math = Math::Strict;
  bool perf_map = false;      // names for `perf`: /tmp/perf-PID.map
  bool gdb = false;           // names for `gdb`
  bool keep_text = false;     // for dumps: texts() is filled
  bool log_inlining = false;  // ModuleReport::inlined and not_inlined are filled; costs some time
  // For tests: the rules of jit/lint.h are checked too, and an offence is a bug of the lab.
  bool check_code = false;
  // For tests of tests: what is wrong with all code.
  PlantedFault planted_fault = PlantedFault::None;
  // A function with more instructions than this is compiled without
  // optimisation (its cost grows faster than its size), and reported; a loop
  // counts 50. At the limit a function takes about 0.3 s.
  uint32_t max_instructions = 10'000;
};

// A name that code may call, or read. The names in OperationSymbols()
// (jit/engine_linker.h) are LLVM's own: a symbol given under one of them is
// not used.
struct Symbol {
  std::string_view name;
  const void* address;
};

// A function that was not optimised, and why ("too large: 31,207 instructions,
// 12 loops, limit 10,000 (a loop counts 50)").
struct Refusal {
  std::string function;  // the symbol
  std::string reason;
};

// Calls of one function of a module in another.
struct InlineDecision {
  std::string callee;  // symbols
  std::string caller;
  std::string reason;  // why it was not inlined: "too large: 345, limit 225"; else empty
};

// What became of one module. Times are the clock's; each phase begins where the one before ended,
// or a moment later.
struct ModuleReport {
  double optimise_begin = 0;
  double optimise_end = 0;
  double codegen_begin = 0;
  double codegen_end = 0;  // where linking begins
  double link_end = 0;
  uint64_t instructions = 0;  // as lowered
  uint64_t code_bytes = 0;
  std::vector<Refusal> refusals;
  std::vector<InlineDecision> inlined;  // in the order in which it was done
  std::vector<InlineDecision> not_inlined;
};

// The sum over all modules.
struct EngineReport {
  double start_seconds = 0;  // making LLVM ready: constructors, target, code generator
  double optimise_seconds = 0;
  double codegen_seconds = 0;
  double link_seconds = 0;
  uint64_t modules = 0;
  uint64_t functions = 0;     // that reached the code generator
  uint64_t instructions = 0;  // as lowered
  uint64_t code_bytes = 0;
  std::vector<Refusal> refusals;
  std::vector<std::string> vectorised;  // symbols of functions with a vectorised loop (Math::Fast)
};

// The texts of the last module, with keep_text.
struct EngineTexts {
  std::string ir;
  std::string optimised_ir;
  std::string assembly;
};

class Engine {
 public:
  // `interrupt`: a non-zero value stops optimisation at the next pass (code is
  // then finished cheaply); may be null. `clock` gives seconds.
  Engine(const EngineOptions& options, std::span<const Symbol> symbols,
         std::function<double()> clock, const std::atomic<uint32_t>* interrupt);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Makes ready what the first Compile() would: passes and code generator. Another thread may fill
  // a module meanwhile.
  void WarmUp();

  // An empty module with target and data layout set, in the engine's context.
  std::unique_ptr<llvm::Module> NewModule(std::string_view name);
  llvm::LLVMContext& context();

  // Optimises, generates code and links. A module that does not verify, or
  // that calls what is not in the table, is a bug of the lab (LAB_CHECK).
  ModuleReport Compile(std::unique_ptr<llvm::Module> module);
  // The address of an external function of a compiled module.
  void* Address(std::string_view symbol);

  const EngineReport& report() const;
  const EngineTexts& texts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// "LLVM 19.1.7, x86-64-v3" for reports.
std::string EngineDescription();

}  // namespace jit
