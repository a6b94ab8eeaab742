#pragma once
// The JIT backend: compiles a program before it runs, specialised by the types
// its functions are called with, and what turns up later when it is first
// called. See docs/jit.md.

#include <memory>
#include <string>
#include <string_view>

#include "jit/engine.h"
#include "runtime/backend.h"

namespace jit {

class Jit : public runtime::Backend {
 public:
  explicit Jit(const EngineOptions& options = {});

  std::string name() const override;
  std::unique_ptr<runtime::Executable> Prepare(const frontend::Program& program,
                                               runtime::Context& context,
                                               runtime::Counting counting,
                                               runtime::Entry entry) override;

 private:
  EngineOptions options_;
};

// What the compiler makes of a program: the top level, `main` and the benches, each with its
// defaults, and all they call. Texts of one module. `kept`: a function of the program whose
// versions keep code of their own even when every call of them is inlined; empty: none.
EngineTexts DumpCode(const frontend::Program& program, runtime::Context& context,
                     const EngineOptions& options, std::string_view kept = {});

}  // namespace jit
