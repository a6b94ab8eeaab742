#pragma once
// A program on all engines, and the other things that must hold of every program.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/generator.h"
#include "fuzz/observe.h"
#include "fuzz/python_oracle.h"

namespace fuzz {

enum class Matrix : uint8_t {
  Quick,    // the interpreter, the compiler without optimisation, the tiered engine at random
  Engines,  // every mode of every engine
  Full,     // and CPython
  Source,   // the frontend on texts that are nearly programs, and the interpreter on some of them
};

// "quick", "engines", "full", "source".
std::optional<Matrix> FindMatrix(std::string_view name);

// Whether this is a build for ThreadSanitizer, which tells races; nothing else does.
#ifdef __SANITIZE_THREAD__
inline constexpr bool kSeesRaces = true;
#else
inline constexpr bool kSeesRaces = false;
#endif

struct Finding {
  std::string lane;  // "jit-O2", "python"; "frontend", "printer", "memory map" of other rules
  std::string what;  // "output", "crash" ...
  std::string detail;

  // Two findings with the same key are taken for the same fault.
  std::string Key() const { return lane + ": " + what; }
};

struct Examined {
  std::optional<Finding> finding;  // the first
  bool compiles = false;
  bool raised = false;
  bool entered_loop = false;
};

class Examiner {
 public:
  // `on_lane` is told each lane before its run: after a crash it is known which it was. `fault` is
  // in all compiled code, for the self-proof.
  explicit Examiner(Matrix matrix, std::function<void(std::string_view lane)> on_lane = {},
                    jit::PlantedFault fault = jit::PlantedFault::None);

  // `seed` decides where the tiered engine goes over. Must run on a large stack.
  Examined Examine(const Generated& generated, uint64_t seed);

  // The names of all lanes, the base first.
  std::vector<std::string> LaneNames() const;

 private:
  std::optional<Finding> CheckPlanted(const Generated& generated, const Printed& printed,
                                      const frontend::SourceFile& source,
                                      const Observation& base) const;
  cli::EngineSettings SettingsOf(uint64_t seed) const;
  Examined ExamineSource(const std::string& text) const;

  Matrix matrix_;
  std::function<void(std::string_view)> on_lane_;
  jit::PlantedFault fault_;
  PythonOracle python_;
};

// The texts of the lab show nothing that a terminal obeys, and whole code points only. Those that a
// program has written itself are not looked at.
std::optional<Finding> CheckErrorText(std::string_view lane, const Observation& base);

// What a run had is gone with the engine.
std::optional<Finding> CheckKept(std::string_view lane, const Observation& observation);

// When a program is asked to end that does not end by itself; the seed decides how late.
std::optional<std::chrono::milliseconds> MomentOf(const Generated& generated, uint64_t seed);

// What `lab run` needs to show what the lane does: "--backend=jit --opt=0".
std::string FlagsOf(std::string_view lane, uint64_t seed);

}  // namespace fuzz
