#pragma once
// The engines that can run a program. A new backend is a row in registry.cpp:
// the command line, its help and the golden tests all read the table.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jit/planted_fault.h"
#include "runtime/backend.h"

namespace cli {

// What flags ask of an engine beyond its mode. Engines that have no such flag ignore it.
struct EngineSettings {
  bool fast_math = false;       // --math=fast
  bool perf_names = false;      // --perf
  bool gdb_names = false;       // --gdb
  uint64_t tier_seed = 0;       // --tier-seed
  uint64_t tier_threshold = 0;  // --tier-threshold; 0: by cost
  int tier_optimise = 2;        // the level of the tiered engine's code; for tests
  bool log_inlining = false;    // what is inlined stands among the events; costs some time
  bool check_code = false;      // jit::EngineOptions::check_code; for tests
  jit::PlantedFault planted_fault = jit::PlantedFault::None;  // the same
  // tiered::Options::on_abandoned
  std::function<void()> on_abandoned = {};
  // tiered::Options::on_entry
  std::function<void(const std::string& interpreter, const std::string& machine_code)> on_entry =
      {};
};

// A backend in one of its modes.
struct Configuration {
  std::string_view name;       // "interp-typed": stable, also the name in tests
  std::string_view backend;    // --backend=
  std::string_view mode_flag;  // the flag that chooses the mode: --interp, --opt
  std::string_view mode;       // its value
  bool is_default;             // the mode taken when none is given
  std::unique_ptr<runtime::Backend> (*make)(const EngineSettings& settings);
};

std::span<const Configuration> Configurations();

// The names that --backend= and its mode's flag take, in the order of the table.
std::vector<std::string_view> BackendNames();
std::vector<std::string_view> ModeNames(std::string_view backend);
// Null when there is no such row. An empty mode means the default one.
const Configuration* FindConfiguration(std::string_view backend, std::string_view mode);

// A configuration with settings, by one name: that of a backend (in its default mode) or of a
// configuration, and ":fast" for --math=fast: "interp", "jit-O0", "jit:fast". A name may end in
// "#2" and the like, which tells apart rows of the same engine.
struct Engine {
  const Configuration* configuration;
  EngineSettings settings;
};
std::optional<Engine> FindEngine(std::string_view name);
// Without the variants with ":fast", for messages.
std::vector<std::string_view> EngineNames();

// A flag that not every backend understands.
struct EngineFlag {
  std::string_view name;
  std::string_view backend;        // that does
  std::string_view other_backend;  // that does too; empty: there is none

  bool IsFor(std::string_view candidate) const {
    return candidate == backend || candidate == other_backend;
  }
};
std::span<const EngineFlag> EngineFlags();

inline constexpr std::string_view kDefaultBackend = "interp";

}  // namespace cli
