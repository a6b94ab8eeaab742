#pragma once
// Programs compiled inside the test, with the executable kept so that it can be looked at.

#include <memory>
#include <string>

#include "frontend/program.h"
#include "jit/jit.h"
#include "runtime/context.h"
#include "runtime/output.h"
#include "runtime/type.h"
#include "tests/support/program_run.h"

namespace jit {

// Fails the test when the text does not compile; the result is then null.
std::unique_ptr<frontend::Program> Load(const std::string& text);

// Seconds of a clock that only goes forward.
double Now();

// A program made ready. Must live on a large stack (runtime::OnLargeStack).
class Prepared {
 public:
  explicit Prepared(const frontend::Program& program, const EngineOptions& options = {});

  runtime::Executable& executable() { return *executable_; }
  runtime::Context& context() { return context_; }
  // Runs the top level; its value, or the error as "kind: message".
  std::string RunTop();

 private:
  runtime::TypeTable types_;
  runtime::StringOutput output_;
  runtime::Context context_;
  std::unique_ptr<runtime::Executable> executable_;
};

// A whole run on the configuration of this name.
support::ProgramRun RunOn(const char* configuration, const std::string& text,
                          cli::RunOptions options = {});

// The same on the interpreter and on the JIT without and with optimisation; fails the test where
// they differ. Returns the interpreter's.
support::ProgramRun ExpectSame(const std::string& text, const cli::RunOptions& options = {});

}  // namespace jit
