// The compiler's own macros, and three that the build passes: LAB_VERSION, LAB_LLVM_VERSION and
// LAB_LLVM_ASSERTIONS ("ON" or "OFF"). Tests: tests/measure/environment_test.cpp.

#include "measure/build_facts.h"

namespace measure {

BuildFacts ThisBuild() {
  BuildFacts facts;
  facts.lab_version = LAB_VERSION;
  facts.llvm_version = LAB_LLVM_VERSION;
  facts.llvm_has_assertions = std::string_view(LAB_LLVM_ASSERTIONS) == "ON";
#if defined(__clang__)
  facts.compiler = "clang " __clang_version__;
#else
  facts.compiler = "gcc " __VERSION__;
#endif
#if defined(__OPTIMIZE__)
  facts.is_optimised = true;
#endif
#if !defined(NDEBUG)
  facts.has_assertions = true;
#endif
#if defined(__SANITIZE_ADDRESS__)
  facts.has_sanitizers = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  facts.has_sanitizers = true;
#endif
#endif
  return facts;
}

}  // namespace measure
