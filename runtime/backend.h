#pragma once
// The seam between the lab and its engines. Preparing and running are separate
// calls, so that compile time and run time cannot be confused.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "frontend/program.h"
#include "runtime/context.h"
#include "runtime/error.h"
#include "runtime/event.h"
#include "runtime/value.h"

namespace runtime {

struct PhaseTime {
  std::string phase;
  double seconds;
};

// What a call left behind: an owned value, or the error that ended it.
struct Outcome {
  Value value = Value::None();
  std::optional<RunError> error;
};

// The same on every machine.
struct WorkCounters {
  uint64_t nodes = 0;  // syntax-tree nodes executed
  uint64_t calls = 0;  // calls of functions of the program
  struct Memo {
    std::string function;
    uint64_t hits;
    uint64_t misses;
  };
  std::vector<Memo> memo;
};

// How often code of one tier was entered from outside: proof of what really ran.
struct TierCount {
  std::string tier;  // "tree, fused", "machine code -O2"
  uint64_t calls;
};

// One program made ready to run once in one Context, both of which outlive it.
class Executable {
 public:
  virtual ~Executable() = default;

  // Runs the top-level expressions in order; the value is the last one's.
  virtual Outcome RunTop() = 0;
  // Calls a def or bench; the arguments are borrowed, missing ones are defaulted.
  virtual Outcome Call(frontend::FunctionId function, std::span<const Value> args) = 0;
  virtual WorkCounters counters() const = 0;
  // By tier, those that were entered at all.
  virtual std::vector<TierCount> tiers() const = 0;
  // Phases of the engine's own (infer, build ...) so far.
  virtual std::vector<PhaseTime> phases() const = 0;
  // What else is worth knowing, a line each, for --stats.
  virtual std::vector<std::string> notes() const { return {}; }
  // What it decided and did so far, in the order of time; nothing of engines that decide nothing.
  // Waits for nobody: what is still being compiled has no end yet.
  virtual std::vector<Event> events() const { return {}; }
};

enum class Counting : uint8_t { No, Yes };

// What will be run: the top level and main, or the top level and calls from outside. An engine that
// compiles before the run need not compile a main that nobody calls.
enum class Entry : uint8_t { Main, Calls };

// Has opened the files it needs (libraries) when it is made: Prepare and what it makes open none.
class Backend {
 public:
  virtual ~Backend() = default;
  virtual std::string name() const = 0;
  virtual std::unique_ptr<Executable> Prepare(const frontend::Program& program, Context& context,
                                              Counting counting, Entry entry) = 0;
};

}  // namespace runtime
