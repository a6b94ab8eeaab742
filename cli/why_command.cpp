// `lab why`: runs a program and explains what the engine did with it. Tests:
// tests/cli/why_test.cpp.

#include <utility>

#include <unistd.h>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/crash.h"
#include "cli/load.h"
#include "report/why_text.h"
#include "runtime/context.h"
#include "runtime/extern.h"
#include "runtime/run.h"
#include "runtime/type.h"

namespace cli {
namespace {

// The explanation is the output; the program's is not wanted.
class NoOutput final : public runtime::Output {
 public:
  bool Write(std::string_view /*text*/) override { return true; }
  bool Flush() override { return true; }
};

bool CheckLine(const WhyOptions& options, const frontend::Program& program,
               const report::LineContent& content, frontend::Color color, Env& env, int* status) {
  const uint32_t count = program.source->line_count();
  if (options.line <= count && !content.is_empty) {
    return true;
  }
  const std::string message =
      options.line > count
          ? fmt::format("`{}` has no line {}: it ends with line {}", options.run.source,
                        options.line, count)
          : fmt::format("nothing begins on line {} of `{}`", options.line, options.run.source);
  *status = Report({kUsage, message, {"name a line with code, or leave the line out"}, "why"},
                   color, env);
  return false;
}

}  // namespace

int RunWhy(const WhyOptions& options, Env& env) {
  const RunOptions& run = options.run;
  const frontend::Color color = ResolveColor(run.color, env);
  int status = kOk;
  Source source;
  if (!ReadProgram(run.source, run.is_expression, run.max_source_bytes, color, env, &source,
                   &status)) {
    return status;
  }
  const std::unique_ptr<frontend::Program> program = Compile(source, color, env, nullptr, &status);
  if (program == nullptr) {
    return status;
  }
  report::LineContent content;
  if (options.line != 0) {
    content = report::ContentOf(*program, options.line);
    if (!CheckLine(options, *program, content, color, env, &status)) {
      return status;
    }
  }

  runtime::TypeTable types;
  runtime::Limits limits;
  limits.memory_bytes = run.max_memory_bytes;
  limits.seconds = run.time_limit_seconds;
  NoOutput output;
  runtime::Context context(*program, types, output, limits);
  context.clock = env.clock;
  context.allowed_externs = run.allowed_externs;
  EngineSettings settings = run.settings;
  settings.log_inlining = true;
  settings.on_abandoned = [&env] { env.leaves_at_once = true; };
  report::EventLog log{source.name, std::string(run.engine->backend)};
  const std::unique_ptr<runtime::Backend> backend = run.engine->make(settings);
  if (run.is_sandboxed && env.enter_sandbox) {
    runtime::LoadExternLibraries(run.allowed_externs);
    env.enter_sandbox({.writable = {STDOUT_FILENO, STDERR_FILENO}});
  }
  runtime::Outcome outcome;
  runtime::OnLargeStack([&] {
    const SignalStack signal_stack;
    const runtime::InterruptOnCtrlC interrupt(context);
    const runtime::Watchdog watchdog(context);
    log.begin = env.clock();
    const std::unique_ptr<runtime::Executable> executable =
        backend->Prepare(*program, context, runtime::Counting::No, runtime::Entry::Main);
    outcome = runtime::RunProgram(*executable, context, run.arguments, run.is_expression);
    log.end = env.clock();
    log.events = executable->events();
    runtime::Release(std::exchange(outcome.value, runtime::Value::None()));
  });

  if (outcome.error) {
    status = runtime::ExitStatus(outcome.error->failure.kind);
    WriteError(env, runtime::Render(*outcome.error, *program, color));
  }
  report::Why why = report::ExplainRun(log, *program);
  if (options.line != 0) {
    why = report::AtLine(why, content, options.line);
  }
  if (options.json) {
    env.out.Write(report::WhyJson(why, options.line));
  } else if (options.line != 0) {
    env.out.Write(report::WhyLine(why, options.line, program->source->Line(options.line)));
  } else {
    env.out.Write(report::WhyTable(why));
  }
  return status;
}

}  // namespace cli
