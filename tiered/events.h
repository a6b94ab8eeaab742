#pragma once
// What a run on several tiers decided and did, in order. The log is the one
// source of `lab why`, timelines and reports.

#include <cstdint>
#include <string>
#include <vector>

#include "frontend/program.h"

namespace tiered {

enum class EventKind : uint8_t {
  Hot,           // enough has been spent on it
  Queued,        // handed to the compile thread, lowered
  CompileBegin,  // by the compile thread, or by the run itself
  CompileEnd,    // with the phases' times and sizes
  Published,     // may be used from now on
  Entered,       // the first call or turn that went over
  Refused,       // it will not be compiled: reason
  Started,       // LLVM has been made ready
};

struct Event {
  EventKind kind = EventKind::Hot;
  double seconds = 0;  // since the run was prepared
  // What it is about: a function, in the version of this number, or a loop of it.
  frontend::FunctionId function = 0;
  uint32_t version = 0;
  uint32_t loop_line = 0;  // 0: calls of the function
  std::string types = {};  // of the parameters: "int, float"
  // By kind. Hot: seconds spent and estimated; CompileEnd: what each phase took; Started, Queued
  // and Published: the pause.
  double spent_seconds = 0;
  double estimated_seconds = 0;
  double pause_seconds = 0;  // the longest one for which the program stood still meanwhile
  double lower_seconds = 0;
  double optimise_seconds = 0;
  double codegen_seconds = 0;
  double link_seconds = 0;
  uint64_t instructions = 0;
  uint64_t code_bytes = 0;
  std::string reason = {};
};

inline constexpr int kEventSchema = 1;

std::string_view Name(EventKind kind);

// One JSON object a line; the first is {"schema":1,"program":...}. Times are in microseconds.
// Keys that do not belong to a kind are left out.
std::string EventsText(const std::vector<Event>& events, const frontend::Program& program);

}  // namespace tiered
