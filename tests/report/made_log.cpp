// Milliseconds since the run began, which was at 5 s.

#include "tests/report/made_log.h"

namespace report {

using runtime::Event;
using runtime::EventKind;
using runtime::EventThread;

namespace {

constexpr uint32_t kTop = 0;
constexpr uint32_t kStep = 1;
constexpr uint32_t kRare = 2;

Event Of(EventKind kind, double milliseconds, uint32_t version) {
  Event event{.kind = kind};
  event.seconds = 5 + milliseconds * 1e-3;
  event.version = version;
  event.function = version == kTop ? "<top>" : version == kStep ? "step" : "rare";
  event.function_line = version == kTop ? 0 : version == kStep ? 1 : 3;
  event.types = version == kTop ? "" : "int";
  return event;
}

Event OfLoop(EventKind kind, double milliseconds, EventThread thread = EventThread::Run) {
  Event event = Of(kind, milliseconds, kTop);
  event.loop_line = 13;
  event.loop_column = 1;
  event.thread = thread;
  return event;
}

Event Typed(double milliseconds, uint32_t version, const char* result) {
  Event event = Of(EventKind::Typed, milliseconds, version);
  event.result = result;
  return event;
}

Event Phase(const char* phase, double milliseconds, double lasts,
            EventThread thread = EventThread::Compile) {
  Event event = OfLoop(EventKind::Phase, milliseconds, thread);
  event.phase = phase;
  event.lasts_seconds = lasts * 1e-3;
  return event;
}

}  // namespace

EventLog MadeLog() {
  EventLog log{"a\033b.gc", "tiered", 5, 5.02};
  Event top = Typed(0, kTop, "none");
  top.names = {{"x", 12, "int"}};
  Event step = Typed(0.1, kStep, "int");
  step.names = {{"x", 1, "int"}};
  Event hot = OfLoop(EventKind::Hot, 1);
  hot.spent_seconds = 0.9e-3;
  hot.estimated_seconds = 4e-3;
  Event started = Event{.kind = EventKind::Started};
  started.pause_seconds = 50e-6;
  started.seconds = 5.001;
  started.lasts_seconds = 2e-3;
  started.thread = EventThread::Compile;
  Event inlined = Of(EventKind::Inlined, 5, kStep);
  inlined.into = kTop;
  inlined.thread = EventThread::Compile;
  Event end = OfLoop(EventKind::CompileEnd, 8, EventThread::Compile);
  end.instructions = 1234;
  end.code_bytes = 567;
  end.versions = {kTop, kStep};
  Event rare = Typed(10, kRare, "int");
  rare.names = {{"n", 3, "int"}, {"k", 4, "int"}, {"t", 5, "any"}};
  Event boxed = Of(EventKind::Boxed, 10, kRare);
  boxed.what = "`t`";
  boxed.reason = "is int at line 5 and float at line 6";
  boxed.advice = "write `0.0` instead of `0` at 5:13";
  boxed.line = 5;
  boxed.column = 9;
  Event refused = Of(EventKind::Refused, 10, kRare);
  refused.loop_line = 4;
  refused.loop_column = 15;
  refused.what = runtime::kRefusedEntering;
  refused.reason = "it stands inside an expression";
  refused.advice = "make the loop a statement of its own";
  Event stayed = Of(EventKind::Interpreted, 20, kRare);
  stayed.spent_seconds = 1e-6;
  stayed.estimated_seconds = 3e-3;
  log.events = {top,
                step,
                hot,
                started,
                Phase("lower", 3, 0.25, EventThread::Run),
                OfLoop(EventKind::Queued, 3.25),
                OfLoop(EventKind::CompileBegin, 3.5, EventThread::Compile),
                Phase("optimise", 3.5, 1.5),
                inlined,
                Phase("codegen", 5, 2),
                Phase("link", 7, 1),
                end,
                OfLoop(EventKind::Published, 8.5),
                OfLoop(EventKind::Entered, 8.5),
                rare,
                boxed,
                refused,
                stayed};
  return log;
}

}  // namespace report
