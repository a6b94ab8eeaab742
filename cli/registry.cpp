// The table of engines. Nothing of an engine is made before Configuration::make is called.
// Tests: tests/cli/options_test.cpp.

#include "cli/registry.h"

#include <algorithm>

#include "interp/interpreter.h"
#include "jit/jit.h"
#include "measure/results.h"
#include "tiered/tiered.h"

namespace cli {

namespace {

template <interp::Ladder kLadder>
std::unique_ptr<runtime::Backend> MakeInterpreter(const EngineSettings& /*settings*/) {
  return std::make_unique<interp::Interpreter>(kLadder);
}

template <int kLevel>
std::unique_ptr<runtime::Backend> MakeJit(const EngineSettings& settings) {
  return std::make_unique<jit::Jit>(
      jit::EngineOptions{.optimise = kLevel,
                         .math = settings.fast_math ? jit::Math::Fast : jit::Math::Strict,
                         .perf_map = settings.perf_names,
                         .gdb = settings.gdb_names,
                         .log_inlining = settings.log_inlining,
                         .check_code = settings.check_code,
                         .planted_fault = settings.planted_fault});
}

template <tiered::Mode kMode>
std::unique_ptr<runtime::Backend> MakeTiered(const EngineSettings& settings) {
  tiered::Options options;
  options.mode = kMode;
  options.seed = settings.tier_seed;
  options.threshold = static_cast<int64_t>(settings.tier_threshold);
  options.on_abandoned = settings.on_abandoned;
  options.on_entry = settings.on_entry;
  options.engine.optimise = settings.tier_optimise;
  options.engine.math = settings.fast_math ? jit::Math::Fast : jit::Math::Strict;
  options.engine.perf_map = settings.perf_names;
  options.engine.gdb = settings.gdb_names;
  options.engine.log_inlining = settings.log_inlining;
  options.engine.check_code = settings.check_code;
  options.engine.planted_fault = settings.planted_fault;
  return std::make_unique<tiered::Tiered>(std::move(options));
}

constexpr Configuration kConfigurations[] = {
    {"interp-boxed", "interp", "--interp", "boxed", false, MakeInterpreter<interp::Ladder::Boxed>},
    {"interp-typed", "interp", "--interp", "typed", false, MakeInterpreter<interp::Ladder::Typed>},
    {"interp-fused", "interp", "--interp", "fused", true, MakeInterpreter<interp::Ladder::Fused>},
    {"jit-O0", "jit", "--opt", "0", false, MakeJit<0>},
    {"jit-O1", "jit", "--opt", "1", false, MakeJit<1>},
    {"jit-O2", "jit", "--opt", "2", true, MakeJit<2>},
    {"jit-O3", "jit", "--opt", "3", false, MakeJit<3>},
    {"tiered-auto", "tiered", "--tier", "auto", true, MakeTiered<tiered::Mode::Auto>},
    {"tiered-calls", "tiered", "--tier", "calls", false, MakeTiered<tiered::Mode::Calls>},
    {"tiered-loops", "tiered", "--tier", "loops", false, MakeTiered<tiered::Mode::Loops>},
    {"tiered-random", "tiered", "--tier", "random", false, MakeTiered<tiered::Mode::Random>},
};

constexpr EngineFlag kEngineFlags[] = {
    {"--interp", "interp", ""},         {"--opt", "jit", ""},
    {"--math", "jit", "tiered"},        {"--perf", "jit", "tiered"},
    {"--gdb", "jit", "tiered"},         {"--events", "tiered", "jit"},
    {"--tier", "tiered", ""},           {"--tier-threshold", "tiered", ""},
    {"--tier-seed", "tiered", ""},
};

}  // namespace

std::span<const Configuration> Configurations() { return kConfigurations; }

std::span<const EngineFlag> EngineFlags() { return kEngineFlags; }

std::vector<std::string_view> BackendNames() {
  std::vector<std::string_view> names;
  for (const Configuration& row : kConfigurations) {
    if (std::find(names.begin(), names.end(), row.backend) == names.end()) {
      names.push_back(row.backend);
    }
  }
  return names;
}

std::vector<std::string_view> ModeNames(std::string_view backend) {
  std::vector<std::string_view> names;
  for (const Configuration& row : kConfigurations) {
    if (row.backend == backend) {
      names.push_back(row.mode);
    }
  }
  return names;
}

const Configuration* FindConfiguration(std::string_view backend, std::string_view mode) {
  for (const Configuration& row : kConfigurations) {
    if (row.backend == backend && (mode.empty() ? row.is_default : row.mode == mode)) {
      return &row;
    }
  }
  return nullptr;
}

std::vector<std::string_view> EngineNames() {
  std::vector<std::string_view> names = BackendNames();
  for (const Configuration& row : kConfigurations) {
    if (!row.is_default) {
      names.push_back(row.name);
    }
  }
  return names;
}

std::optional<Engine> FindEngine(std::string_view name) {
  Engine engine{};
  name = name.substr(0, name.find('#'));
  if (name.ends_with(measure::kFastMathSuffix)) {
    name.remove_suffix(measure::kFastMathSuffix.size());
    engine.settings.fast_math = true;
  }
  engine.configuration = FindConfiguration(name, "");
  for (const Configuration& row : kConfigurations) {
    if (row.name == name) {
      engine.configuration = &row;
    }
  }
  // Only compiled code has another mathematics.
  if (engine.configuration == nullptr ||
      (engine.settings.fast_math && engine.configuration->backend == "interp")) {
    return std::nullopt;
  }
  return engine;
}

}  // namespace cli
