#pragma once
// One run of a program on one engine, and all of it that can be compared.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/registry.h"
#include "frontend/program.h"

namespace fuzz {

struct TracePlace {
  std::string function;
  uint32_t line = 0;
  uint32_t column = 0;

  friend bool operator==(const TracePlace&, const TracePlace&) = default;
};

struct Observation {
  std::string output;
  std::string value;       // of the last call, as print shows it
  std::string error_kind;  // empty: it ended well
  std::string error_message;
  std::string error_help;
  std::vector<TracePlace> trace;  // [0] is the place of the error
  uint64_t loops_entered = 0;     // turns at which the tiered engine went over to machine code
  // What every further call of main leaves behind; nothing after an error.
  uint64_t left_objects = 0;
  uint64_t left_bytes = 0;
  // What is there when the engine is gone; nothing after an error, when it is left to the heap.
  uint64_t kept_objects = 0;
  uint64_t kept_bytes = 0;

  bool raised() const { return !error_kind.empty(); }
  // The error as a user sees it, shortened traceback included.
  std::string ErrorText() const;
};

inline constexpr uint64_t kMemoryBytes = uint64_t{32} << 20;

// Must run on a large stack (runtime::OnLargeStack). After `moment` the run is asked to end with
// "time limit".
Observation Observe(const frontend::Program& program, const cli::Configuration& configuration,
                    const cli::EngineSettings& settings,
                    std::optional<std::chrono::milliseconds> moment = {});

struct Disagreement {
  std::string what;  // "output", "value", "error", "traceback", "leak"; empty: they agree
  std::string detail;
};

// What `other` does that `base` does not.
Disagreement Compare(const Observation& base, const Observation& other);

}  // namespace fuzz
