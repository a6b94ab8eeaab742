// `lab run`: reads, compiles and runs a program, and says how it ended.
// Tests: tests/cli/run_test.cpp, tests/cli/process_test.cpp.

#include <algorithm>
#include <optional>
#include <utility>

#include <unistd.h>

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/crash.h"
#include "cli/load.h"
#include "cli/stats.h"
#include "cli/write_file.h"
#include "report/events_text.h"
#include "runtime/context.h"
#include "runtime/extern.h"
#include "runtime/run.h"
#include "runtime/type.h"

namespace cli {

namespace {

// What the engine needed of its own (types, trees) is shown apart from running, though much of it
// happens on the way.
void AddEnginePhases(const runtime::Executable& executable, double seconds,
                     std::vector<runtime::PhaseTime>* phases) {
  for (const runtime::PhaseTime& phase : executable.phases()) {
    phases->push_back(phase);
    seconds -= phase.seconds;
  }
  phases->push_back({"run", std::max(seconds, 0.0)});
}

int ReportError(const runtime::RunError& error, const frontend::Program& program,
                frontend::Color color, Env& env) {
  const runtime::ErrorKind kind = error.failure.kind;
  // Whoever has closed the pipe knows why the output ends.
  if (kind != runtime::ErrorKind::Pipe) {
    WriteError(env, runtime::Render(error, program, color));
  }
  return runtime::ExitStatus(kind);
}

// `file` is the one that will be written after the run; negative: none.
void Confine(int file, Env& env, Stats* stats) {
  SandboxRights rights{.writable = {STDOUT_FILENO, STDERR_FILENO}};
  if (file >= 0) {
    rights.writable.push_back(file);
  }
  if (env.enter_sandbox(rights) == Sandbox::NotSupported) {
    stats->notes.push_back("no sandbox: the kernel, or this build of the lab, has none");
  }
}

}  // namespace

int RunRun(const RunOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  Stats stats;
  int status = kOk;

  Source source;
  const double start = env.clock();
  const std::string file = options.is_expression ? "" : options.source;
  if (!AreApart({file}, {options.events_path}, color, env, &status) ||
      !ReadProgram(options.source, options.is_expression, options.max_source_bytes, color, env,
                   &source, &status)) {
    return status;
  }
  stats.phases.push_back({"read", env.clock() - start});
  const std::unique_ptr<frontend::Program> program =
      Compile(source, color, env, options.stats ? &stats.phases : nullptr, &status);
  if (program == nullptr) {
    return status;
  }

  runtime::TypeTable types;
  runtime::Limits limits;
  limits.memory_bytes = options.max_memory_bytes;
  limits.seconds = options.time_limit_seconds;
  runtime::Context context(*program, types, env.out, limits);
  context.clock = env.clock;
  context.allowed_externs = options.allowed_externs;

  EngineSettings settings = options.settings;
  settings.on_abandoned = [&env] { env.leaves_at_once = true; };
  settings.log_inlining = !options.events_path.empty();
  report::EventLog log{source.name, std::string(options.engine->backend)};
  std::optional<OpenedFile> events_file;
  if (!options.events_path.empty() && options.events_path != "-") {
    events_file.emplace(options.events_path, OpenedFile::Begin::Anew);
    if (!events_file->is_open()) {
      return Report(events_file->complaint(), color, env);
    }
  }
  const std::unique_ptr<runtime::Backend> backend = options.engine->make(settings);
  if (options.is_sandboxed && env.enter_sandbox) {
    runtime::LoadExternLibraries(options.allowed_externs);
    Confine(events_file ? events_file->descriptor() : -1, env, &stats);
  }
  runtime::Outcome outcome;
  runtime::OnLargeStack([&] {
    const SignalStack signal_stack;
    const runtime::InterruptOnCtrlC interrupt(context);
    const runtime::Watchdog watchdog(context);
    const double begin = env.clock();
    const std::unique_ptr<runtime::Executable> executable = backend->Prepare(
        *program, context, options.stats ? runtime::Counting::Yes : runtime::Counting::No,
        runtime::Entry::Main);
    outcome = runtime::RunProgram(*executable, context, options.arguments, options.is_expression);
    if (!options.events_path.empty()) {
      log.begin = begin;
      log.end = env.clock();
      log.events = executable->events();
    }
    if (options.stats) {
      AddEnginePhases(*executable, env.clock() - begin, &stats.phases);
      const std::vector<std::string> notes = executable->notes();
      stats.notes.insert(stats.notes.end(), notes.begin(), notes.end());
      if (options.settings.fast_math) {
        stats.notes.push_back("--math=fast: last digits of sin, exp and the like may differ");
      }
      stats.work = executable->counters();
      stats.heap = context.heap.counters();
    }
    runtime::Release(std::exchange(outcome.value, runtime::Value::None()));
  });

  if (outcome.error) {
    status = ReportError(*outcome.error, *program, color, env);
  }
  if (options.stats) {
    WriteError(env, StatsText(stats));
  }
  if (options.events_path == "-") {
    env.out.Write(report::EventFile(log, options.events_path));
  } else if (events_file && !events_file->Write(report::EventFile(log, options.events_path))) {
    const int written = Report(events_file->complaint(), color, env);
    status = status == kOk ? written : status;
  }
  return status;
}

}  // namespace cli
