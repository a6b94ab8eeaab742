// The Trace Event Format: docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
// Spans of a track must nest: a unit holds its phases. Test: tests/report/events_text_test.cpp.

#include "report/events_text.h"

#include <fmt/format.h>

#include "measure/event_json.h"
#include "report/json_fields.h"

namespace report {
namespace {

using measure::Micros;
using runtime::Event;
using runtime::EventKind;
using runtime::EventThread;

constexpr int kProcess = 1;

int TrackOf(EventThread thread) {
  switch (thread) {
    case EventThread::Run:
      return 1;
    case EventThread::Compile:
      return 2;
  }
  return 0;
}

class Trace {
 public:
  explicit Trace(const EventLog& log) : log_(log) {}

  std::string Text() {
    Name("process_name", EventThread::Run, fmt::format("{} on {}", log_.program, log_.engine));
    Name("thread_name", EventThread::Run, "run");
    Name("thread_name", EventThread::Compile, "compile");
    Span("run", "run", EventThread::Run, log_.begin, log_.end - log_.begin, Json::object());
    double compile_begin = 0;
    for (const Event& event : log_.events) {
      if (event.kind == EventKind::CompileBegin) {
        compile_begin = event.seconds;
      }
      Add(event, compile_begin);
    }
    return JsonText({{"traceEvents", std::move(events_)}, {"displayTimeUnit", "ms"}}, -1) + "\n";
  }

 private:
  void Name(std::string_view what, EventThread thread, std::string name) {
    events_.push_back({{"name", what},
                       {"ph", "M"},
                       {"pid", kProcess},
                       {"tid", TrackOf(thread)},
                       {"args", {{"name", std::move(name)}}}});
  }

  void Span(std::string name, std::string_view category, EventThread thread, double begin,
            double seconds, Json args) {
    events_.push_back({{"name", std::move(name)},
                       {"cat", category},
                       {"ph", "X"},
                       {"ts", Micros(begin - log_.begin)},
                       {"dur", Micros(seconds)},
                       {"pid", kProcess},
                       {"tid", TrackOf(thread)},
                       {"args", std::move(args)}});
  }

  void Instant(const Event& event, Json args) {
    events_.push_back(
        {{"name", fmt::format("{}: {}", runtime::Name(event.kind), SubjectText(event))},
         {"cat", runtime::Name(event.kind)},
         {"ph", "i"},
         {"s", "t"},
         {"ts", Micros(event.seconds - log_.begin)},
         {"pid", kProcess},
         {"tid", TrackOf(event.thread)},
         {"args", std::move(args)}});
  }

  void Add(const Event& event, double compile_begin) {
    Json args = measure::EventToJson(event);
    switch (event.kind) {
      case EventKind::Started:
        Span("start LLVM", "start", event.thread, event.seconds, event.lasts_seconds, args);
        return;
      case EventKind::Waited:
        Span("wait", "wait", event.thread, event.seconds, event.lasts_seconds, args);
        return;
      case EventKind::Phase:
        Span(event.phase, "phase", event.thread, event.seconds, event.lasts_seconds, args);
        return;
      case EventKind::CompileEnd:
        Span("compile " + SubjectText(event), "compile", event.thread, compile_begin,
             event.seconds - compile_begin, args);
        return;
      case EventKind::CompileBegin:
        return;  // the span has it
      case EventKind::Typed:
      case EventKind::Boxed:
      case EventKind::Refused:
      case EventKind::Hot:
      case EventKind::Queued:
      case EventKind::Inlined:
      case EventKind::Published:
      case EventKind::Entered:
      case EventKind::Interpreted:
        Instant(event, args);
        return;
    }
  }

  const EventLog& log_;
  Json events_ = Json::array();
};

}  // namespace

std::string SubjectText(const Event& event) {
  std::string function = event.function;
  if (function == "<top>") {
    function = "the top level";
  } else if (function.starts_with('<')) {
    // "the lambda at line 3"
    function = fmt::format("the {} at line {}", function.substr(1, function.size() - 2),
                           event.function_line);
  }
  return event.loop_line == 0 ? function
                              : fmt::format("the loop at line {} of {}", event.loop_line, function);
}

std::string EventLines(const EventLog& log) {
  std::string text =
      JsonText({{"schema", kEventSchema}, {"program", log.program}, {"engine", log.engine}}, -1) +
      "\n";
  for (const Event& event : log.events) {
    Json line = measure::EventToJson(event);
    Json at = {{"event", line["event"]}, {"at_us", Micros(event.seconds - log.begin)}};
    line.erase("event");
    at.update(line);
    text += JsonText(at, -1) + "\n";
  }
  return text;
}

std::string EventTrace(const EventLog& log) { return Trace(log).Text(); }

std::string EventFile(const EventLog& log, std::string_view path) {
  return path.ends_with(".json") ? EventTrace(log) : EventLines(log);
}

}  // namespace report
