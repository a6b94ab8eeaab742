// The same steps as `lab run`, with the outcome kept as data. Test: tests/fuzz/observe_test.cpp.

#include "fuzz/observe.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "fuzz/deadline.h"
#include "runtime/context.h"
#include "runtime/ops.h"
#include "runtime/run.h"
#include "runtime/type.h"

namespace fuzz {
namespace {

void KeepError(const runtime::RunError& error, const frontend::Program& program,
               Observation* observation) {
  observation->error_kind = runtime::Name(error.failure.kind);
  observation->error_message = error.failure.message;
  observation->error_help = error.failure.help;
  for (const runtime::TraceEntry& entry : error.trace) {
    const frontend::Place place = program.source->Locate(entry.at.begin);
    observation->trace.push_back(
        {std::string(program.resolution.functions[entry.function].name), place.line, place.column});
  }
}

// How much more is alive after each further call of main: the first has made what stays, such as
// literals and results of memo functions. So does one that compiles something anew, and what is
// left behind counts only when every call leaves something. False: one of them failed.
bool CountLeft(runtime::Executable& executable, runtime::Context& context,
               Observation* observation) {
  const frontend::Function* main = context.program.FindFunction("main");
  if (main == nullptr) {
    return true;
  }
  uint64_t objects = UINT64_MAX;
  uint64_t bytes = UINT64_MAX;
  constexpr int kCalls = 4;
  for (int i = 0; i < kCalls && (objects > 0 || bytes > 0); ++i) {
    const runtime::HeapCounters before = context.heap.counters();
    const runtime::Outcome again = executable.Call(context.program.IdOf(*main), {});
    runtime::Release(again.value);
    if (again.error) {
      return false;
    }
    const runtime::HeapCounters after = context.heap.counters();
    objects = std::min(objects, after.live_objects - before.live_objects);
    bytes = std::min(bytes, after.live_bytes - before.live_bytes);
  }
  observation->left_objects = objects;
  observation->left_bytes = bytes;
  return true;
}

// Time stands still for programs, so that all engines see the same. Only the engine that decides by
// it needs one that passes, and programs see at least the same sign.
double SecondsBeforeZero() {
  constexpr double kFarSeconds = 1e9;
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since_start).count() - kFarSeconds;
}

Disagreement Differ(std::string what, std::string_view base, std::string_view other) {
  return {std::move(what), fmt::format("- {}\n+ {}", base, other)};
}

}  // namespace

std::string Observation::ErrorText() const {
  if (!raised()) {
    return "no error";
  }
  std::string text = fmt::format("{}: {}", error_kind, error_message);
  if (!error_help.empty()) {
    text += fmt::format(" ({})", error_help);
  }
  constexpr size_t kShown = 8;
  for (size_t i = 0; i < trace.size() && i < kShown; ++i) {
    text += fmt::format("\n  {}:{}:{}", trace[i].function, trace[i].line, trace[i].column);
  }
  if (trace.size() > kShown) {
    text += fmt::format("\n  {} calls in all", trace.size());
  }
  return text;
}

Observation Observe(const frontend::Program& program, const cli::Configuration& configuration,
                    const cli::EngineSettings& settings,
                    std::optional<std::chrono::milliseconds> moment) {
  Observation observation;
  runtime::TypeTable types;
  runtime::StringOutput output;
  runtime::Limits limits;
  limits.memory_bytes = kMemoryBytes;
  runtime::Context context(program, types, output, limits);
  context.clock = configuration.mode == "auto" ? SecondsBeforeZero : [] { return 0.0; };
  const auto backend = configuration.make(settings);
  auto executable = backend->Prepare(program, context, runtime::Counting::No, runtime::Entry::Main);
  std::optional<Deadline> deadline;
  if (moment) {
    deadline.emplace(context, *moment);
  }
  const runtime::Outcome outcome = runtime::RunProgram(*executable, context, {}, false);
  if (outcome.error) {
    KeepError(*outcome.error, program, &observation);
  } else if (!runtime::Format(context, outcome.value, &observation.value)) {
    context.failure.reset();
  }
  runtime::Release(outcome.value);
  observation.output = output.text();
  for (const runtime::TierCount& tier : executable->tiers()) {
    observation.loops_entered += tier.tier.ends_with(", loops") ? tier.calls : 0;
  }
  const bool has_failed = observation.raised() || !CountLeft(*executable, context, &observation);
  executable.reset();
  if (!has_failed) {
    observation.kept_objects = context.heap.counters().live_objects;
    observation.kept_bytes = context.heap.counters().live_bytes;
  }
  return observation;
}

Disagreement Compare(const Observation& base, const Observation& other) {
  if (base.output != other.output) {
    return Differ("output", base.output, other.output);
  }
  if (base.value != other.value) {
    return Differ("value", base.value, other.value);
  }
  if (base.error_kind != other.error_kind || base.error_message != other.error_message ||
      base.error_help != other.error_help) {
    return Differ("error", base.ErrorText(), other.ErrorText());
  }
  if (base.trace != other.trace) {
    return Differ("traceback", base.ErrorText(), other.ErrorText());
  }
  if (base.left_objects != other.left_objects || base.left_bytes != other.left_bytes) {
    return {"leak",
            fmt::format("- {} objects, {} bytes are left over\n"
                        "+ {} objects, {} bytes are left over",
                        base.left_objects, base.left_bytes, other.left_objects, other.left_bytes)};
  }
  return {};
}

}  // namespace fuzz
