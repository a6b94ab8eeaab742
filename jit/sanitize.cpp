// AddressSanitizer and ThreadSanitizer over compiled code. Instrumented after optimisation: what is
// checked is what runs. Checks are calls, whose names and meaning g++ and LLVM share, and no
// constructor or version check is made, since nothing would run it: the process has started its
// runtime library long before. Test: tests/jit/sanitize_test.cpp.

#include "jit/sanitize.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LAB_SANITIZES_CODE 1
#include <llvm/IR/Module.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Transforms/Instrumentation/AddressSanitizer.h>
#include <llvm/Transforms/Instrumentation/ThreadSanitizer.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#define LAB_SANITIZER_FUNCTIONS(X)                                                                \
  X(__asan_load1) X(__asan_load2) X(__asan_load4) X(__asan_load8) X(__asan_load16)                \
  X(__asan_loadN) X(__asan_store1) X(__asan_store2) X(__asan_store4) X(__asan_store8)             \
  X(__asan_store16) X(__asan_storeN) X(__asan_memcpy) X(__asan_memmove) X(__asan_memset)          \
  X(__asan_handle_no_return) X(__asan_alloca_poison) X(__asan_allocas_unpoison)                   \
  X(__asan_set_shadow_00) X(__asan_set_shadow_f1) X(__asan_set_shadow_f2) X(__asan_set_shadow_f3) \
  X(__asan_set_shadow_f5) X(__asan_set_shadow_f8)
#elif defined(__SANITIZE_THREAD__)
#define LAB_SANITIZER_FUNCTIONS(X)                                                           \
  X(__tsan_func_entry) X(__tsan_func_exit) X(__tsan_read1) X(__tsan_read2) X(__tsan_read4)   \
  X(__tsan_read8) X(__tsan_read16) X(__tsan_write1) X(__tsan_write2) X(__tsan_write4)        \
  X(__tsan_write8) X(__tsan_write16) X(__tsan_unaligned_read2) X(__tsan_unaligned_read4)     \
  X(__tsan_unaligned_read8) X(__tsan_unaligned_read16) X(__tsan_unaligned_write2)            \
  X(__tsan_unaligned_write4) X(__tsan_unaligned_write8) X(__tsan_unaligned_write16)          \
  X(__tsan_read_range) X(__tsan_write_range) X(__tsan_atomic8_load) X(__tsan_atomic32_load)  \
  X(__tsan_atomic64_load) X(__tsan_atomic8_store) X(__tsan_atomic32_store)                   \
  X(__tsan_atomic64_store)
#endif

#ifdef LAB_SANITIZES_CODE
// Only their addresses are taken: the types are LLVM's affair.
#define LAB_DECLARE(name) void name();
extern "C" {
LAB_SANITIZER_FUNCTIONS(LAB_DECLARE)
}
#undef LAB_DECLARE
#endif

namespace jit {

#ifdef LAB_SANITIZES_CODE

namespace {

llvm::ModulePassManager Passes() {
  llvm::ModulePassManager passes;
#if defined(__SANITIZE_ADDRESS__)
  llvm::AddressSanitizerOptions options;
  options.InstrumentationWithCallsThreshold = 0;
  options.InsertVersionCheck = false;
  // A frame on another stack would hide how deep the calls stand.
  options.UseAfterReturn = llvm::AsanDetectStackUseAfterReturnMode::Never;
  passes.addPass(llvm::AddressSanitizerPass(options, /*UseGlobalGC=*/false,
                                            /*UseOdrIndicator=*/false, llvm::AsanDtorKind::None,
                                            llvm::AsanCtorKind::None));
#else
  passes.addPass(llvm::createModuleToFunctionPassAdaptor(llvm::ThreadSanitizerPass()));
#endif
  return passes;
}

constexpr llvm::Attribute::AttrKind kSanitized =
#if defined(__SANITIZE_ADDRESS__)
    llvm::Attribute::SanitizeAddress;
#else
    llvm::Attribute::SanitizeThread;
#endif

}  // namespace

void Sanitize(llvm::Module& module) {
  for (llvm::Function& function : module) {
    if (!function.isDeclaration()) {
      function.addFnAttr(kSanitized);
    }
  }
  llvm::PassBuilder builder;
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  Passes().run(module, modules);
}

std::span<const Symbol> SanitizerSymbols() {
#define LAB_SYMBOL(name) {#name, reinterpret_cast<const void*>(&::name)},
  static const Symbol kSymbols[] = {LAB_SANITIZER_FUNCTIONS(LAB_SYMBOL)};
#undef LAB_SYMBOL
  return kSymbols;
}

#else

void Sanitize(llvm::Module& /*module*/) {}

std::span<const Symbol> SanitizerSymbols() { return {}; }

#endif

}  // namespace jit
