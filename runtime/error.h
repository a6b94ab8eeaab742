#pragma once
// How a run ends badly. A Failure is what went wrong; a RunError adds where
// and through which calls. Texts stand in one registry (error_texts.h) so that
// every backend says the same.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/program.h"

namespace runtime {

enum class ErrorKind : uint8_t {
#define LAB_ERROR(name, text, exit_status) name,
#include "runtime/error_kinds.def"
#undef LAB_ERROR
};

// "overflow", "division by zero" ... : stable words, part of the compared result.
std::string_view Name(ErrorKind kind);
// 1, 4, 5, 124, 130 ... (DESIGN.md section 5).
int ExitStatus(ErrorKind kind);

struct Failure {
  ErrorKind kind;
  std::string message;
  std::string help;  // may be empty
};

// One active call, innermost first.
struct TraceEntry {
  frontend::FunctionId function;  // who was running
  frontend::Span at;              // the failing expression, or the call it was in
};

struct RunError {
  Failure failure;
  // trace[0].at is the failing place; the last entry is the top level or the function called
  // from outside.
  std::vector<TraceEntry> trace;
};

// "error: overflow: 9223372036854775807 + 1 does not fit in an int", the excerpt
// with carets, help, and the traceback, of which the first and last ten entries
// are shown ("... 9,980 more ...").
std::string Render(const RunError& error, const frontend::Program& program, frontend::Color color);

}  // namespace runtime
