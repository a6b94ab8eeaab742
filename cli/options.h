#pragma once
// What each command was asked to do, checked and complete: one struct a command.

#include <cstdint>
#include <string>
#include <vector>

#include "cli/env.h"
#include "cli/registry.h"

namespace cli {

inline constexpr uint64_t kDefaultMaxSource = uint64_t{16} << 20;

struct RunOptions {
  std::string source;                  // a path, "-", or the text of -e
  bool is_expression = false;          // -e
  std::vector<std::string> arguments;  // of the program
  const Configuration* engine = nullptr;
  EngineSettings settings;
  bool stats = false;
  double time_limit_seconds = 0;  // 0: none
  uint64_t max_memory_bytes = uint64_t{1} << 30;
  uint64_t max_source_bytes = kDefaultMaxSource;
  std::vector<std::string> allowed_externs;
  ColorChoice color = ColorChoice::Auto;
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
