#pragma once
// What was to be measured (Plan) and the samples that were taken (Results). The experimental unit
// is the process: a run consists of rounds, in each of which every cell has one fresh process, and
// a process makes iterations whose order and warm-up are kept.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backend.h"

namespace measure {

// The version of the records in a results file. Readers refuse others.
inline constexpr int kResultsSchema = 1;

struct Parameter {
  std::string name;
  std::string value;  // as it would stand on the command line: "1000", "0.5", "true"

  bool operator==(const Parameter&) const = default;
};

// Whose sin, exp and the like an engine computes with. Own: not those of the C library that all
// others share, so that the last digits of floats may differ (measure/answers.h). OwnSingle:
// neither are those for floats of 24 bits, and the program uses some.
enum class MathLibrary : uint8_t { Shared, Own, OwnSingle };

// One row of the comparison: a bench, on an engine, with values for its parameters.
struct Cell {
  std::string program;  // the name of one of Plan::programs
  std::string bench;
  std::string engine;  // "interp", "jit", "jit-O0", "jit:fast"; of imports: a command
  std::vector<Parameter> parameters;  // all of the bench's, in its order
  MathLibrary math = MathLibrary::Shared;

  bool operator==(const Cell&) const = default;
};

// "raw(n=1000)", or "raw" when there are no parameters.
std::string BenchText(const Cell& cell);
// Cells of the same question: same program, bench and parameters, whatever the engine.
bool SameWork(const Cell& a, const Cell& b);
// "jit:fast", "jit:fast#2": measured with --math=fast.
bool IsFastMath(const Cell& cell);
inline constexpr std::string_view kFastMathSuffix = ":fast";

struct ProgramText {
  std::string name;
  std::string text;
};

// How a sample is taken from a cell.
struct Sampling {
  uint64_t calls = 1;       // of the bench for a sample, except the first sample, which is one call
  uint32_t iterations = 1;  // samples a process
  uint32_t cold = 1;        // of those, taken in one piece at the start; the rest comes in blocks
  uint32_t block = 1;       // samples a block, between which the cells of a round take turns
};

// A row that cannot be measured here, though the others can.
struct LeftOut {
  uint32_t cell = 0;   // index in Plan::cells
  std::string reason;  // what follows "raw(n=1000) on node: "
};

struct Plan {
  std::string run;      // names the run within a file
  std::string started;  // UTC, "2026-11-28T10:11:36Z"
  std::vector<ProgramText> programs;
  std::vector<Cell> cells;
  std::vector<Sampling> sampling;  // by cell
  std::vector<LeftOut> left_out;   // nothing of these cells counts
  uint32_t rounds = 0;
  uint64_t seed = 0;        // of the order and of every resampling
  std::string base_engine;  // the rows that ratios refer to; empty: the first engine
  std::string base_bench;   // the variant that the factoring ratio refers to; empty: the first
  uint64_t max_memory_bytes = 0;
  std::vector<std::string> allowed_externs;
  std::string environment = "{}";  // a JSON object (EnvironmentJson); empty when it is not known
};

struct Batch {
  uint32_t first = 0;           // index of its first iteration within the process
  uint64_t calls = 1;           // of the bench, for each of its samples
  double at_seconds = 0;        // when it began, on the clock of the run
  std::vector<double> seconds;  // of one call, a sample each
};

// Calls into the code of one tier, as the engine counted them.
using TierCount = runtime::TierCount;

// What the engine did, by the iteration in which it did it (measure/placed_events.h).
struct PlacedEvent {
  uint32_t iteration = 0;   // index
  double into_seconds = 0;  // since that iteration began; negative: before the first one
  // `seconds` is 0, and `lasts_seconds` counts what iterations took meanwhile.
  runtime::Event event = {};
};

// One process: complete only when it was measured to the end.
struct ProcessRun {
  uint32_t cell = 0;  // index in Plan::cells
  uint32_t round = 0;
  double startup_seconds = 0;                   // from before it was started to the first phase
  std::vector<runtime::PhaseTime> before = {};  // lex ... prepare, top level: one after the other
  std::vector<Batch> batches = {};              // in order
  std::vector<runtime::PhaseTime> engine = {};  // its own (infer, codegen ...), wherever they fell
  std::string value = {};                       // of the bench, as print shows it
  std::string output = {};                      // of the first call, shortened
  std::vector<TierCount> tiers = {};
  // In the order of time; none: the engine does not tell what it does.
  std::optional<std::vector<PlacedEvent>> events = {};
  uint64_t peak_bytes = 0;            // largest resident set; 0: the system does not tell
  uint64_t involuntary_switches = 0;  // times that another process took its core
};

// Why a bench may measure nothing, or less than it seems to.
enum class DoubtKind : uint8_t {
  Discarded,  // a value that nobody uses, a sequence that nobody consumes
  NoValue,    // its value is none, so that no answer can be compared
  NoGrowth,   // the work does not grow with the parameters
  Folded,     // the engine does not do the work: its time says nothing
};

struct Doubt {
  DoubtKind kind;
  std::string text;  // what follows "raw(n=1000) on jit: "
};

// What a probe found out before anything was measured.
struct Probe {
  uint32_t cell = 0;
  double call_seconds = 0;  // of a call, after the first
  std::vector<Doubt> doubts = {};
  double build_seconds = 0;  // of what the program must be made into before it can run; 0: nothing
};

struct Results {
  Plan plan;
  std::vector<Probe> probes;
  std::vector<ProcessRun> processes;  // of complete rounds only; by round, then by cell
  std::vector<uint32_t> rounds_done;  // ascending
};

bool IsLeftOut(const Plan& plan, uint32_t cell);

// Adds the rounds of `more`, of the same plan, which `results` lacks; the order is then that of
// rounds and cells, as when all had been measured at once. What one of the two has left out is left
// out of both.
void AddRounds(Results more, Results* results);

// Of all iterations of a process, in order: the seconds of a call, and how many calls were timed.
std::vector<double> SecondsOf(const ProcessRun& process);
std::vector<uint64_t> CallsOf(const ProcessRun& process);
// From before the process was started to its first iteration.
double StartupOf(const ProcessRun& process);

}  // namespace measure
