#pragma once
// The log of a run as files. docs/events.md describes both forms field by field.

#include <string>
#include <string_view>
#include <vector>

#include "runtime/event.h"

namespace report {

inline constexpr int kEventSchema = 2;

struct EventLog {
  std::string program;  // its name
  std::string engine;   // "tiered"
  // On the clock of the events: the engine began to make the program ready, and the run was over.
  double begin = 0;
  double end = 0;
  std::vector<runtime::Event> events = {};
};

// JSON Lines: the first line is {"schema":2,"program":...,"engine":...}, each other one an event.
std::string EventLines(const EventLog& log);

// One object in the Trace Event Format, which Perfetto and chrome://tracing open. The run and the
// compile thread are tracks, phases are spans, what went over is an instant.
std::string EventTrace(const EventLog& log);

// The form that the ending of a file's name stands for: ".json" is a trace, all others are lines.
std::string EventFile(const EventLog& log, std::string_view path);

// "the loop at line 12 of raw", "raw", "the top level", "the lambda at line 3": what an event is
// about. Control characters of the program are still in it.
std::string SubjectText(const runtime::Event& event);

}  // namespace report
