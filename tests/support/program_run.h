#pragma once
// Runs a program inside the test on any configuration and keeps all that can be compared.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"

namespace support {

// One call of the traceback, innermost first.
struct TracePlace {
  std::string function;
  uint32_t line = 0;
  uint32_t column = 0;

  friend bool operator==(const TracePlace&, const TracePlace&) = default;
};

struct ProgramRun {
  std::string diagnostics;  // when it does not compile; everything else is empty then
  std::string output;
  std::string value;                      // of a bench, as print shows it
  std::optional<std::string> error_kind;  // of the error that ended it
  std::string error_message;
  std::vector<TracePlace> trace;  // [0] is the place of the error
  std::string rendered_error;
  int exit_status = 0;
  // How what machine code began with, where it took a loop over, differs from what the interpreter
  // had; "" on other backends, and else unless there is a bug.
  std::string wrong_entry;

  friend bool operator==(const ProgramRun&, const ProgramRun&) = default;
};

// Like `lab run`.
ProgramRun RunProgramText(const std::string& name, const std::string& text,
                          const cli::RunOptions& options);

ProgramRun RunProgramWith(const std::string& name, const std::string& text,
                          const cli::Configuration& configuration,
                          const cli::EngineSettings& settings);

// Calls the bench with `n`, where it has a parameter of that name.
ProgramRun RunBench(const std::string& name, const std::string& text, const std::string& bench,
                    int64_t n, const cli::Configuration& configuration);

struct BenchName {
  std::string name;
  int64_t default_n = 0;  // 0: it has no n
};

std::vector<BenchName> BenchesOf(const std::string& name, const std::string& text);

// "" when the two are equal, else the first difference in words.
std::string Difference(const ProgramRun& a, const ProgramRun& b);

}  // namespace support
