// The backend's face: what is compiled before the run, and how calls from
// outside enter and leave compiled code. Tests: tests/jit/jit_test.cpp.

#include "jit/jit.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "frontend/check.h"
#include "infer/version_events.h"
#include "jit/compile_events.h"
#include "jit/machine.h"
#include "jit/support.h"
#include "jit/vector_math.h"
#include "runtime/error_texts.h"

namespace jit {
namespace {

// The version that a call without arguments runs, when the types of all defaults are known.
std::optional<infer::VersionId> DefaultVersion(Machine& machine, frontend::FunctionId id) {
  const frontend::Function& function = machine.program.resolution.functions[id];
  if (function.yields || function.decl == nullptr) {
    return std::nullopt;
  }
  const infer::VersionId top = machine.VersionFor(frontend::kTopFunction, {});
  std::vector<runtime::TypeId> types;
  for (const frontend::Param& param : function.decl->params) {
    if (param.default_value == nullptr) {
      return std::nullopt;
    }
    const runtime::TypeId type = machine.inference.Accept(
        param.type, machine.inference.ExprType(machine.inference.Get(top), *param.default_value));
    if (type == runtime::kAny || type == runtime::kNever) {
      return std::nullopt;
    }
    types.push_back(type);
  }
  return machine.VersionFor(id, types);
}

bool HasTopLevel(const frontend::Program& program) {
  for (const frontend::Item& item : program.items) {
    if (item.expr != nullptr) {
      return true;
    }
  }
  return false;
}

// What a run without arguments enters: the top level and main.
std::vector<infer::VersionId> StartVersions(Machine& machine, runtime::Entry entry) {
  std::vector<infer::VersionId> versions;
  if (HasTopLevel(machine.program)) {
    versions.push_back(machine.VersionFor(frontend::kTopFunction, {}));
  }
  const frontend::Function* main =
      entry == runtime::Entry::Main ? machine.program.FindFunction("main") : nullptr;
  if (main != nullptr) {
    if (const auto version = DefaultVersion(machine, machine.program.IdOf(*main))) {
      versions.push_back(*version);
    }
  }
  return versions;
}

// The versions of a generator that the program has reached so far: it stands inside the loops that
// consume it, and has code of its own only when it is an entry.
void AddGenerators(Machine& machine, std::string_view name,
                   std::vector<infer::VersionId>* versions) {
  for (infer::VersionId id = 0; id < machine.inference.version_count(); ++id) {
    const frontend::Function& function =
        machine.program.resolution.functions[machine.inference.Get(id).function];
    if (function.yields && function.name == name) {
      versions->push_back(id);
    }
  }
}

class JitExecutable final : public runtime::Executable {
 public:
  JitExecutable(const frontend::Program& program, runtime::Context& context,
                const EngineOptions& options, runtime::Counting counting, runtime::Entry entry)
      : state_(program, context, infer::Typing::Inferred),
        machine_(program, context, state_, options,
                 NewEngine(options, context.clock, &context.interrupt), counting),
        options_(options),
        prepared_(context.clock()) {
    const std::vector<infer::VersionId> versions = StartVersions(machine_, entry);
    if (!versions.empty()) {
      machine_.Compile(versions, Depths::One);
    }
  }

  runtime::Outcome RunTop() override {
    runtime::Outcome outcome;
    if (HasTopLevel(machine_.program)) {
      const infer::VersionId top = machine_.VersionFor(frontend::kTopFunction, {});
      ++entries_;
      if (!machine_.CodeOf(top, 1).entry(0, nullptr, &outcome.value)) {
        TakeError(frontend::kTopFunction, &outcome);
      }
    }
    return outcome;
  }

  runtime::Outcome Call(frontend::FunctionId function,
                        std::span<const runtime::Value> args) override {
    runtime::Outcome outcome;
    ++entries_;
    std::vector<runtime::Value> owned;
    for (const runtime::Value arg : args) {
      owned.push_back(runtime::Retain(arg));
    }
    outcome.value = support::CallValue(&machine_, 0, runtime::Value::Function(function),
                                       owned.data(), owned.size());
    if (outcome.value.tag == kFailedTag) {
      TakeError(function, &outcome);
    }
    return outcome;
  }

  runtime::WorkCounters counters() const override {
    runtime::WorkCounters counters;
    counters.calls = machine_.calls;
    counters.memo = machine_.MemoCounters();
    return counters;
  }

  std::vector<runtime::TierCount> tiers() const override {
    std::string tier = fmt::format("native -O{}", options_.optimise);
    if (options_.math == Math::Fast) {
      tier += " fast-math";
    }
    if (const size_t refused = machine_.engine->report().refusals.size(); refused > 0) {
      tier += fmt::format(", {} not optimised", refused);
    }
    return {{std::move(tier), entries_}};
  }

  std::vector<runtime::PhaseTime> phases() const override {
    const EngineReport& report = machine_.engine->report();
    return {{"start LLVM", report.start_seconds}, {"infer", machine_.infer_seconds},
            {"lower", machine_.lower_seconds},    {"optimise", report.optimise_seconds},
            {"codegen", report.codegen_seconds},  {"link", report.link_seconds}};
  }

  std::vector<runtime::Event> events() const override {
    runtime::Event started{.kind = runtime::EventKind::Started};
    started.lasts_seconds = machine_.engine->report().start_seconds;
    started.seconds = prepared_ - started.lasts_seconds;
    std::vector<runtime::Event> events{std::move(started)};
    AddCompileEvents(machine_, &events);
    infer::AddMissingTyped(machine_.program, machine_.inference, &events);
    runtime::SortByTime(&events);
    return events;
  }

  std::vector<std::string> notes() const override {
    const EngineReport& report = machine_.engine->report();
    std::vector<std::string> notes;
    notes.push_back(EngineDescription());
    notes.push_back(fmt::format(
        "{} versions in {} modules: {} instructions lowered, {} bytes of code",
        runtime::GroupedText(machine_.counters.versions), runtime::GroupedText(report.modules),
        runtime::GroupedText(report.instructions), runtime::GroupedText(report.code_bytes)));
    for (const Refusal& refusal : report.refusals) {
      notes.push_back(fmt::format("not optimised: {}: {}", refusal.function, refusal.reason));
    }
    for (const std::string& function : report.vectorised) {
      notes.push_back(fmt::format("vectorised: {}", function));
    }
    return notes;
  }

 private:
  void TakeError(frontend::FunctionId function, runtime::Outcome* outcome) {
    outcome->value = runtime::Value::None();
    machine_.tables.has_failed = true;
    if (machine_.error.has_value()) {
      outcome->error = std::exchange(machine_.error, std::nullopt);
      return;
    }
    // The call itself was refused: its place is the function.
    runtime::Context& context = machine_.context;
    LAB_CHECK(context.failure.has_value());
    outcome->error =
        runtime::RunError{std::move(*context.failure),
                          {{function, machine_.program.resolution.functions[function].span}}};
    context.failure.reset();
    machine_.failed_argument = -1;
  }

  infer::RunState state_;
  Machine machine_;
  EngineOptions options_;
  double prepared_;  // when the compiler was ready
  uint64_t entries_ = 0;
};

}  // namespace

Jit::Jit(const EngineOptions& options) : options_(options) {
  if (options.math == Math::Fast) {
    VectorMathSymbols();  // loads the library
  }
}

std::string Jit::name() const {
  return options_.optimise == 2 ? "jit" : fmt::format("jit-O{}", options_.optimise);
}

std::unique_ptr<runtime::Executable> Jit::Prepare(const frontend::Program& program,
                                                  runtime::Context& context,
                                                  runtime::Counting counting,
                                                  runtime::Entry entry) {
  return std::make_unique<JitExecutable>(program, context, options_, counting, entry);
}

EngineTexts DumpCode(const frontend::Program& program, runtime::Context& context,
                     const EngineOptions& options, std::string_view kept) {
  EngineOptions with_text = options;
  with_text.keep_text = true;
  infer::RunState state(program, context, infer::Typing::Inferred);
  Machine machine(program, context, state, with_text,
                  NewEngine(with_text, context.clock, &context.interrupt), runtime::Counting::No);
  machine.kept = kept;
  std::vector<infer::VersionId> versions = StartVersions(machine, runtime::Entry::Main);
  for (frontend::FunctionId id = 0; id < program.resolution.functions.size(); ++id) {
    if (program.resolution.functions[id].kind == frontend::FunctionKind::Bench) {
      if (const auto version = DefaultVersion(machine, id)) {
        versions.push_back(*version);
      }
    }
  }
  AddGenerators(machine, kept, &versions);
  if (!versions.empty()) {
    machine.Compile(versions, Depths::One);
  }
  return machine.engine->texts();
}

}  // namespace jit
