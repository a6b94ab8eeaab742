#pragma once
// What each command was asked to do, checked and complete: one struct a command.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/env.h"
#include "cli/registry.h"
#include "emit/emit.h"
#include "measure/campaign.h"
#include "measure/warmup.h"
#include "peers/peer.h"
#include "report/export.h"
#include "report/timeit_text.h"

namespace cli {

inline constexpr uint64_t kDefaultMaxSource = uint64_t{16} << 20;
// Spans of a program are 32 bits wide; this leaves every margin.
inline constexpr uint64_t kLargestSource = uint64_t{1} << 30;
inline constexpr uint64_t kAnySize = UINT64_MAX;

// Which peers: all, or those that are named, whether they are installed or not.
struct PeerChoice {
  bool all = false;
  std::vector<const peers::Peer*> named = {};

  bool IsNone() const { return !all && named.empty(); }
};

struct RunOptions {
  std::string source;                  // a path, "-", or the text of -e
  bool is_expression = false;          // -e
  std::vector<std::string> arguments;  // of the program
  const Configuration* engine = nullptr;
  EngineSettings settings;
  std::string events_path;  // --events; empty: none
  bool stats = false;
  bool is_sandboxed = true;
  double time_limit_seconds = 0;  // 0: none
  uint64_t max_memory_bytes = uint64_t{1} << 30;
  uint64_t max_source_bytes = kDefaultMaxSource;
  std::vector<std::string> allowed_externs;
  ColorChoice color = ColorChoice::Auto;
};

struct WhyOptions {
  RunOptions run;
  uint32_t line = 0;  // 0: the whole program
  bool json = false;
};

// The last three are the compiler's: as lowered, optimised, and machine code.
enum class DumpPhase { Tokens, Ast, Resolved, Types, Ir, OptimisedIr, Assembly };

struct DumpOptions {
  std::string source;  // as in RunOptions
  bool is_expression = false;
  DumpPhase phase = DumpPhase::Ast;
  std::string function;  // what to show of Types and the compiler's phases; empty: everything
  int optimise = 2;      // for the compiler's phases
  bool fast_math = false;
  uint64_t max_source_bytes = kDefaultMaxSource;
  ColorChoice color = ColorChoice::Auto;
};

struct EmitOptions {
  std::string source;  // as in RunOptions
  bool is_expression = false;
  emit::Target target = emit::Target::Python;
  emit::Options how;
  std::string output;  // a path; empty: standard output
  uint64_t max_source_bytes = kDefaultMaxSource;
  ColorChoice color = ColorChoice::Auto;
};

struct PeersOptions {
  bool json = false;
  ColorChoice color = ColorChoice::Auto;
};

struct CheckOptions {
  std::string source;                  // a path or "-"
  std::vector<std::string> arguments;  // of the program
  std::vector<std::string> engines;    // names that FindEngine knows; empty: all configurations
  PeerChoice peers;
  bool json = false;
  double time_limit_seconds = 60;  // of each run
  uint64_t max_memory_bytes = uint64_t{1} << 30;
  uint64_t max_source_bytes = kDefaultMaxSource;
  std::vector<std::string> allowed_externs;
  ColorChoice color = ColorChoice::Auto;
};

struct DoctorOptions {
  bool json = false;
  ColorChoice color = ColorChoice::Auto;
};

// `--set n=1e3,1e4`: a parameter of benches and the values it takes.
struct ParameterSweep {
  std::string name;
  std::vector<std::string> values;
};

// What to measure, and how long: for all commands that measure benches.
struct MeasureOptions {
  std::vector<std::string> sources;
  std::vector<std::string> engines;  // names that FindEngine knows
  PeerChoice peers;
  std::vector<std::string> benches;  // empty: all
  std::vector<ParameterSweep> sweeps;
  measure::Budget budget;
  uint64_t seed = 1;
  double answer_seconds = 600;  // that a process may take for a block of iterations
  bool is_sandboxed = true;     // what the lab's own engines run
  uint64_t max_memory_bytes = uint64_t{1} << 30;
  uint64_t max_source_bytes = kDefaultMaxSource;
  std::vector<std::string> allowed_externs;
};

struct CompareOptions {
  MeasureOptions measure;
  std::string base_engine;  // empty: the first
  std::string base_bench;   // empty: the first of the variants
  std::string output;       // the results file; empty: named after the first program
  bool save = true;
  std::string resume;  // a results file to complete
  std::string from;    // a results file to show
  std::string run;     // of that file; empty: the last
  bool json = false;
  struct ExportFile {
    report::Format format;
    std::string path;  // "-": standard output, instead of the table
  };
  std::vector<ExportFile> exports;
  ColorChoice color = ColorChoice::Auto;
};

struct TimeOptions {
  struct Run {
    std::string backend;               // as the user named it
    std::vector<std::string> command;  // after "lab"
  };
  std::vector<Run> runs;              // at least one
  std::optional<std::string> format;  // of -f; none: all fields
  bool is_portable = false;           // -p
  bool is_quiet = false;              // nothing about a program that ended badly
  bool json = false;
  std::string output;  // a file; empty: standard error
  bool append = false;
  ColorChoice color = ColorChoice::Auto;
};

struct TimeitOptions {
  struct NamedEngine {
    std::string name;  // as the user has it
    Engine engine;
  };
  std::vector<std::string> statements;  // at least one; the first is compared with the others
  std::string setup = {};
  std::string setup_file = {};  // a program whose definitions the statements use; empty: none
  std::vector<NamedEngine> engines = {};  // at least one
  uint64_t loops = 0;                     // 0: as many as take long enough
  uint64_t repeats = 0;                   // 0: the default
  report::TimeUnit unit = report::TimeUnit::Auto;
  bool verbose = false;
  bool json = false;
  bool is_sandboxed = true;
  uint64_t max_memory_bytes = uint64_t{1} << 30;
  uint64_t max_source_bytes = kDefaultMaxSource;
  std::vector<std::string> allowed_externs = {};
  ColorChoice color = ColorChoice::Auto;
};

enum class PlotChoice { All, First, None };  // of the processes of a row

struct WarmupOptions {
  MeasureOptions measure;
  std::string output;  // a results file to append the samples to; empty: they are not kept
  std::string from;    // a file with series or results, instead of measuring
  std::string run;     // of a results file; empty: the last
  measure::WarmupRule rule = measure::WarmupRule::Lab;
  PlotChoice plot = PlotChoice::First;
  std::string svg;   // a file for the plots of all processes; empty: none
  std::string html;  // the same as a page
  bool json = false;
  ColorChoice color = ColorChoice::Auto;
};

struct ReportOptions {
  std::string results;  // a path, or "-"
  std::string output;   // a path, or "-"; empty: beside `results`
  std::string run;      // empty: the last one of the file
  ColorChoice color = ColorChoice::Auto;
};

struct HelpOptions {
  std::string topic;  // a command, a diagnostic's code or a topic; empty: the overview
  ColorChoice color = ColorChoice::Auto;
};

}  // namespace cli
