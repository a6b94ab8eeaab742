// The same steps as `lab run`. Tests: tests/cli/check_test.cpp.

#include "cli/engine_outcome.h"

#include <cerrno>

#include "cli/crash.h"
#include "runtime/context.h"
#include "runtime/run.h"
#include "runtime/type.h"

namespace cli {
namespace {

// Takes as much as a run of a peer may print, and refuses the rest.
class BoundedOutput final : public runtime::Output {
 public:
  explicit BoundedOutput(size_t most_bytes) : most_bytes_(most_bytes) {}
  bool Write(std::string_view text) override {
    if (text.size() > most_bytes_ - text_.size()) {
      error = ENOSPC;
      return false;
    }
    text_ += text;
    return true;
  }
  bool Flush() override { return true; }
  std::string Take() { return std::move(text_); }

 private:
  size_t most_bytes_;
  std::string text_;
};

}  // namespace

peers::Outcome RunOnEngine(const Engine& engine, const frontend::Program& program,
                           const CheckOptions& options, Env& env) {
  runtime::TypeTable types;
  BoundedOutput output(peers::RunLimits{}.output_bytes);
  runtime::Limits limits;
  limits.memory_bytes = options.max_memory_bytes;
  limits.seconds = options.time_limit_seconds;
  runtime::Context context(program, types, output, limits);
  context.clock = env.clock;
  context.allowed_externs = options.allowed_externs;
  peers::Outcome result;
  runtime::OnLargeStack([&] {
    const SignalStack signal_stack;
    const runtime::InterruptOnCtrlC interrupt(context);
    const runtime::Watchdog watchdog(context);
    const std::unique_ptr<runtime::Backend> backend = engine.configuration->make(engine.settings);
    const std::unique_ptr<runtime::Executable> executable =
        backend->Prepare(program, context, runtime::Counting::No, runtime::Entry::Main);
    const runtime::Outcome outcome =
        runtime::RunProgram(*executable, context, options.arguments, /*print_last=*/false);
    if (outcome.error) {
      result.error_kind = runtime::Name(outcome.error->failure.kind);
      result.note = outcome.error->failure.message;
      if (!outcome.error->trace.empty()) {
        const uint32_t line = program.source->Locate(outcome.error->trace[0].at.begin).line;
        result.error_lines = {line, line};
      }
    }
    runtime::Release(outcome.value);
  });
  result.output = output.Take();
  return result;
}

}  // namespace cli
