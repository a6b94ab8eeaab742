// Runs programs on the JIT, and beside the interpreter.

#include "tests/jit/jit_run.h"

#include <algorithm>
#include <chrono>

#include <gtest/gtest.h>

#include "cli/registry.h"
#include "runtime/builtins.h"
#include "runtime/ops.h"

namespace jit {

std::unique_ptr<frontend::Program> Load(const std::string& text) {
  frontend::DiagnosticSink sink;
  auto program = frontend::LoadProgram("test.gc", text, runtime::BuiltinSignatures(), sink);
  if (program == nullptr) {
    ADD_FAILURE() << frontend::RenderDiagnostics(frontend::SourceFile("test.gc", text), sink.Take(),
                                                 frontend::Color::No);
  }
  return program;
}

double Now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

Prepared::Prepared(const frontend::Program& program, const EngineOptions& options)
    : context_(program, types_, output_, {}) {
  context_.clock = Now;
  executable_ =
      Jit(options).Prepare(program, context_, runtime::Counting::No, runtime::Entry::Main);
}

std::string Prepared::RunTop() {
  const runtime::Outcome outcome = executable_->RunTop();
  if (outcome.error.has_value()) {
    return std::string(runtime::Name(outcome.error->failure.kind)) + ": " +
           outcome.error->failure.message;
  }
  std::string text;
  runtime::Format(context_, outcome.value, &text);
  runtime::Release(outcome.value);
  return text;
}

support::ProgramRun RunOn(const char* configuration, const std::string& text,
                          cli::RunOptions options) {
  const auto rows = cli::Configurations();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const cli::Configuration& candidate) {
    return candidate.name == configuration;
  });
  EXPECT_NE(row, rows.end()) << configuration;
  options.engine = &*row;
  return support::RunProgramText("test.gc", text, options);
}

support::ProgramRun ExpectSame(const std::string& text, const cli::RunOptions& options) {
  const support::ProgramRun expected = RunOn("interp-fused", text, options);
  EXPECT_EQ(expected.diagnostics, "") << text.substr(0, 1000);
  for (const char* configuration : {"jit-O0", "jit-O2"}) {
    EXPECT_EQ(support::Difference(expected, RunOn(configuration, text, options)), "")
        << configuration << "\n"
        << text.substr(0, 1000);
  }
  return expected;
}

}  // namespace jit
