#pragma once
// From the name of a program to the checked program, with what went wrong on
// the way shown to the user.

#include <memory>
#include <string>
#include <vector>

#include "cli/env.h"
#include "frontend/program.h"
#include "runtime/backend.h"

namespace cli {

struct Source {
  std::string name;  // what messages show
  std::string text;
};

// Reads `source` (a path or "-"), or takes it as the text of -e. False: `status` is set and the
// reason has been shown.
bool ReadProgram(const std::string& source, bool is_expression, uint64_t max_bytes,
                 frontend::Color color, Env& env, Source* result, int* status);

// Null: `status` is set and the diagnostics have been shown. Adds the time of each phase to
// `phases` unless it is null.
std::unique_ptr<frontend::Program> Compile(const Source& source, frontend::Color color, Env& env,
                                           std::vector<runtime::PhaseTime>* phases, int* status);

}  // namespace cli
