// Starts LLVM when the first engine is made, not when the process starts: its static constructors
// and the pages they touch would cost every run of the interpreter 2 ms. Where the linker script
// was not used the table is empty and the constructors have run before main(). Test: engine_test.

#include "jit/llvm_start.h"

#include <iterator>
#include <mutex>
#include <new>

#include <llvm/Support/CommandLine.h>
#include <llvm/Support/ErrorHandling.h>
#include <llvm/Support/TargetSelect.h>

#include "frontend/check.h"

extern "C" {
using Constructor = void (*)(int argc, char** argv, char** environment);
// The bounds of the table; null when there is none.
[[gnu::weak]] extern Constructor lab_llvm_constructors_begin[];
[[gnu::weak]] extern Constructor lab_llvm_constructors_end[];
}

namespace jit {

namespace {

void Fail(void* /*data*/, const char* reason, bool /*crash_report*/) {
  frontend::CheckFailed(reason, __FILE__, __LINE__);
}

// As for `new`, which LLVM does not use everywhere.
[[noreturn]] void FailForMemory(void* /*data*/, const char* reason, bool /*crash_report*/) {
  if (const std::new_handler handler = std::get_new_handler()) {
    handler();
  }
  frontend::CheckFailed(reason, __FILE__, __LINE__);
}

void Start() {
  // They take the arguments of main(), which none of LLVM's reads.
  char* no_strings[] = {nullptr};
  for (Constructor* next = lab_llvm_constructors_begin; next != lab_llvm_constructors_end; ++next) {
    (*next)(0, no_strings, no_strings);
  }
  llvm::install_fatal_error_handler(Fail);
  llvm::install_bad_alloc_error_handler(FailForMemory);
  LLVMInitializeX86TargetInfo();
  LLVMInitializeX86Target();
  LLVMInitializeX86TargetMC();
  LLVMInitializeX86AsmPrinter();
  // Two settings exist only as command-line options of LLVM. Listings use the syntax that students
  // know from books; a vectorised sum is added in the order of the source.
  const char* const options[] = {"lab", "-x86-asm-syntax=intel", "-force-ordered-reductions=true",
                                 "-x86-experimental-pref-innermost-loop-alignment=5"};
  llvm::cl::ParseCommandLineOptions(static_cast<int>(std::size(options)), options);
}

}  // namespace

void StartLlvm() {
  static std::once_flag once;
  std::call_once(once, Start);
}

}  // namespace jit
