// The first engine's run is the base that all others are compared with; the rules that need no
// second engine come first. Test: tests/fuzz/matrix_test.cpp.

#include "fuzz/matrix.h"

#include <algorithm>
#include <chrono>
#include <fstream>

#include <fmt/format.h>

#include "frontend/diagnostic.h"
#include "frontend/literal.h"
#include "frontend/print_source.h"
#include "frontend/utf8.h"
#include "fuzz/check_source.h"
#include "fuzz/tree.h"
#include "runtime/builtins.h"

namespace fuzz {
namespace {

constexpr std::string_view kFileName = "fuzz.gc";

// The last lane of both, which has a thread that compiles, runs where that thread is watched: when
// code goes over depends on how fast it is, and a fault may not be seen again.
constexpr std::string_view kQuickLanes[] = {"interp-fused", "jit-O0", "tiered-random",
                                            "tiered-auto"};
constexpr std::string_view kEngineLanes[] = {"interp-boxed", "interp-typed",  "interp-fused",
                                             "jit-O0",       "jit-O2",        "tiered-calls",
                                             "tiered-loops", "tiered-random", "tiered-auto"};
constexpr std::string_view kSourceLanes[] = {"source", "interp-fused"};

// Calls, or turns, before `tiered-auto` compiles: generated programs are short.
constexpr uint64_t kAutoThreshold = 2;

std::span<const std::string_view> Lanes(Matrix matrix) {
  std::span<const std::string_view> lanes;
  switch (matrix) {
    case Matrix::Quick:
      lanes = kQuickLanes;
      break;
    case Matrix::Engines:
    case Matrix::Full:
      lanes = kEngineLanes;
      break;
    case Matrix::Source:
      return kSourceLanes;
  }
  return lanes.first(lanes.size() - (kSeesRaces ? 0 : 1));
}

std::unique_ptr<frontend::Program> Load(const std::string& text, frontend::DiagnosticSink& sink) {
  return frontend::LoadProgram(std::string(kFileName), text, runtime::BuiltinSignatures(), sink);
}

// A program that does not compile is a fault of the generator, unless it was meant.
std::optional<Finding> CheckDiagnostics(const Generated& generated, const std::string& text,
                                        uint32_t line, frontend::DiagnosticSink& sink) {
  const std::vector<frontend::Diagnostic> diagnostics = sink.Take();
  const frontend::SourceFile source(std::string(kFileName), text);
  for (const frontend::Diagnostic& diagnostic : diagnostics) {
    if (frontend::Code(diagnostic.kind) != generated.planted ||
        source.Locate(diagnostic.span.begin).line != line) {
      return Finding{"frontend", "diagnostic",
                     frontend::RenderDiagnostics(source, diagnostics, frontend::Color::No)};
    }
  }
  return std::nullopt;
}

// A tree that is printed, parsed and printed again is the same text.
std::optional<Finding> CheckPrinter(const frontend::Program& program) {
  const std::string once = frontend::PrintSource(program.items);
  frontend::DiagnosticSink sink;
  const auto again = Load(once, sink);
  if (again == nullptr) {
    return Finding{"printer", "diagnostic", once};
  }
  const std::string twice = frontend::PrintSource(again->items);
  if (once != twice) {
    return Finding{"printer", "text", fmt::format("- {}\n+ {}", once, twice)};
  }
  return std::nullopt;
}

// Where nothing at the top level can grow, a further call of main leaves nothing behind.
std::optional<Finding> CheckBalance(const frontend::Program& program, std::string_view lane,
                                    const Observation& base) {
  const bool has_variables =
      std::any_of(program.items.begin(), program.items.end(), [](const frontend::Item& item) {
        return item.expr != nullptr && item.expr->kind == frontend::ExprKind::Let;
      });
  if (has_variables || (base.left_objects == 0 && base.left_bytes == 0)) {
    return std::nullopt;
  }
  return Finding{
      std::string(lane), "leak",
      fmt::format("{} objects, {} bytes are left over", base.left_objects, base.left_bytes)};
}

// What only a limit of time ends has ended by it, wherever it was by then.
std::optional<Finding> CheckEnded(std::string_view lane, const Observation& observation) {
  if (observation.error_kind == kEndless) {
    return std::nullopt;
  }
  return Finding{std::string(lane), "endless",
                 fmt::format("- {}\n+ {}", kEndless, observation.ErrorText())};
}

std::optional<Finding> CheckSame(std::string_view lane, const Observation& base,
                                 const Observation& observation) {
  const Disagreement disagreement = Compare(base, observation);
  if (disagreement.what.empty()) {
    return std::nullopt;
  }
  return Finding{std::string(lane), disagreement.what, disagreement.detail};
}

std::optional<Finding> CheckBase(const frontend::Program& program, std::string_view lane,
                                 const Observation& base) {
  std::optional<Finding> finding = CheckBalance(program, lane, base);
  return finding ? finding : CheckErrorText(lane, base);
}

// No page may be writable and executable.
std::optional<Finding> CheckMemoryMap() {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    const size_t rights = line.find(' ');
    if (rights != std::string::npos && line.compare(rights + 2, 2, "wx") == 0) {
      return Finding{"memory map", "writable and executable", line};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Matrix> FindMatrix(std::string_view name) {
  constexpr std::string_view kNames[] = {"quick", "engines", "full", "source"};
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (name == kNames[i]) {
      return static_cast<Matrix>(i);
    }
  }
  return std::nullopt;
}

std::optional<Finding> CheckErrorText(std::string_view lane, const Observation& base) {
  if (base.error_kind == "error" || base.error_kind == "assert") {
    return std::nullopt;
  }
  const std::string text = base.error_message + base.error_help;
  for (size_t at = 0; at < text.size();) {
    const frontend::CodePoint point = frontend::DecodeUtf8(text, at);
    const bool is_control = point.value < ' ' || (point.value >= 0x7f && point.value < 0xa0);
    if (point.length == 0 || is_control || frontend::IsBidiControl(point.value)) {
      return Finding{std::string(lane), "error text",
                     fmt::format("byte {} of {}", at, frontend::EncodeString(text))};
    }
    at += point.length;
  }
  return std::nullopt;
}

std::optional<Finding> CheckKept(std::string_view lane, const Observation& observation) {
  if (observation.kept_objects == 0 && observation.kept_bytes == 0) {
    return std::nullopt;
  }
  return Finding{std::string(lane), "leak",
                 fmt::format("{} objects, {} bytes outlive the engine", observation.kept_objects,
                             observation.kept_bytes)};
}

std::optional<std::chrono::milliseconds> MomentOf(const Generated& generated, uint64_t seed) {
  constexpr uint64_t kMostMilliseconds = 8;
  return generated.planted == kEndless
             ? std::optional(std::chrono::milliseconds(seed % kMostMilliseconds))
             : std::nullopt;
}

Examiner::Examiner(Matrix matrix, std::function<void(std::string_view)> on_lane,
                   jit::PlantedFault fault)
    : matrix_(matrix), on_lane_(std::move(on_lane)), fault_(fault) {
  if (!on_lane_) {
    on_lane_ = [](std::string_view) {};
  }
}

std::vector<std::string> Examiner::LaneNames() const {
  const std::span<const std::string_view> lanes = Lanes(matrix_);
  std::vector<std::string> names(lanes.begin(), lanes.end());
  if (matrix_ == Matrix::Full) {
    names.emplace_back("python");
  }
  return names;
}

// Nothing else fails where the planted error stands.
std::optional<Finding> Examiner::CheckPlanted(const Generated& generated, const Printed& printed,
                                              const frontend::SourceFile& source,
                                              const Observation& base) const {
  if (generated.planted.empty() || base.trace.empty()) {
    return std::nullopt;
  }
  const frontend::Place begin = source.Locate(printed.planted_begin);
  const frontend::Place end = source.Locate(printed.planted_end);
  const TracePlace& at = base.trace[0];
  if (at.line != begin.line || at.column < begin.column || at.column >= end.column) {
    return std::nullopt;
  }
  if (base.error_kind != generated.planted) {
    return Finding{"planted", "kind",
                   fmt::format("- {}\n+ {}", generated.planted, base.ErrorText())};
  }
  if (base.error_message.find(generated.planted_says) == std::string::npos) {
    return Finding{"planted", "text",
                   fmt::format("- {}\n+ {}", generated.planted_says, base.ErrorText())};
  }
  return std::nullopt;
}

Examined Examiner::ExamineSource(const std::string& text) const {
  Examined examined;
  on_lane_("source");
  const CheckedSource checked = CheckSource(text);
  if (!checked.what.empty()) {
    examined.finding = Finding{"source", checked.what, checked.detail};
  } else if (checked.program != nullptr) {
    examined.compiles = true;
    on_lane_("interp-fused");
    RunBriefly(*checked.program);
  }
  return examined;
}

cli::EngineSettings Examiner::SettingsOf(uint64_t seed) const {
  cli::EngineSettings settings;
  settings.tier_seed = seed;
  settings.tier_threshold = kAutoThreshold;
  settings.check_code = true;
  settings.planted_fault = fault_;
  // Optimising takes most of the time. `jit-O2` has it done to the same code.
  constexpr uint64_t kSeedsPerOptimisedOne = 32;
  settings.tier_optimise = seed % kSeedsPerOptimisedOne == 0 ? 2 : 0;
  return settings;
}

Examined Examiner::Examine(const Generated& generated, uint64_t seed) {
  Examined examined;
  const Printed printed = Print(generated.program);
  if (matrix_ == Matrix::Source) {
    return ExamineSource(printed.text);
  }
  on_lane_("frontend");
  frontend::DiagnosticSink sink;
  const auto program = Load(printed.text, sink);
  if (program == nullptr) {
    examined.finding = CheckDiagnostics(generated, printed.text, printed.planted_line, sink);
    return examined;
  }
  examined.compiles = true;
  if ((examined.finding = CheckPrinter(*program))) {
    return examined;
  }
  // The shrinker may have taken away what does not end.
  const auto moment = printed.planted_line > 0 ? MomentOf(generated, seed) : std::nullopt;
  Observation base;
  for (const std::string_view lane : Lanes(matrix_)) {
    on_lane_(lane);
    const Observation observation =
        Observe(*program, *cli::FindEngine(lane)->configuration, SettingsOf(seed), moment);
    examined.entered_loop = examined.entered_loop || observation.loops_entered > 0;
    if (lane == Lanes(matrix_).front()) {
      base = observation;
      examined.raised = base.raised();
      examined.finding = CheckBase(*program, lane, base);
    }
    if (!examined.finding) {
      examined.finding =
          moment ? CheckEnded(lane, observation) : CheckSame(lane, base, observation);
    }
    if (examined.finding || (examined.finding = CheckKept(lane, observation))) {
      return examined;
    }
  }
  if ((examined.finding = CheckPlanted(generated, printed, *program->source, base)) ||
      (examined.finding = CheckMemoryMap())) {
    return examined;
  }
  if (matrix_ == Matrix::Full) {
    on_lane_("python");
    const Disagreement disagreement =
        python_.Judge(*program, base, generated.temper == Temper::Deep);
    if (!disagreement.what.empty()) {
      examined.finding = Finding{"python", disagreement.what, disagreement.detail};
    }
  }
  return examined;
}

std::string FlagsOf(std::string_view lane, uint64_t seed) {
  const std::optional<cli::Engine> engine = cli::FindEngine(lane);
  if (!engine) {
    return {};
  }
  const cli::Configuration& row = *engine->configuration;
  std::string flags = fmt::format("--backend={} {}={}", row.backend, row.mode_flag, row.mode);
  if (row.mode == "random") {
    flags += fmt::format(" --tier-seed={}", seed);
  } else if (row.mode == "auto") {
    flags += fmt::format(" --tier-threshold={}", kAutoThreshold);
  }
  return flags;
}

}  // namespace fuzz
