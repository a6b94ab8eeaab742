// Test: tests/tiered/events_test.cpp.

#include "tiered/events.h"

#include "frontend/check.h"
#include "infer/loop_entry.h"
#include "infer/version_events.h"

namespace tiered {
namespace {

// The edit that takes a reason of infer::RefusedLoop away.
std::string_view AdviceFor(std::string_view reason) {
  if (reason == infer::kJumpsOutOfExpression) {
    return "make the loop a statement of its own";
  }
  if (reason == infer::kYields) {
    return "move the loop's work into a function, whose calls go over";
  }
  LAB_CHECK(reason == infer::kNoPosition || reason == infer::kInNoPosition);
  return "run over a list of it, as in `for x in list(...)`";
}

}  // namespace

std::vector<Event> EventsOf(const std::vector<LogEntry>& log, const frontend::Program& program,
                            const infer::Inference& inference) {
  std::vector<Event> events;
  for (const LogEntry& entry : log) {
    if (entry.kind == EventKind::Typed) {
      infer::AddTyped(program, inference, entry.version, entry.seconds, &events);
      const infer::LoopEntries loops =
          infer::FindLoopEntries(program, inference, inference.Get(entry.version));
      for (const infer::RefusedLoop& refused : loops.refused) {
        Event event =
            infer::EventOf(EventKind::Refused, program, inference, entry.version, refused.loop);
        event.seconds = entry.seconds;
        event.what = runtime::kRefusedEntering;
        event.reason = refused.reason;
        event.advice = AdviceFor(refused.reason);
        events.push_back(std::move(event));
      }
      continue;
    }
    Event event = entry.version == infer::kNoVersion
                      ? Event{.kind = entry.kind}
                      : infer::EventOf(entry.kind, program, inference, entry.version, entry.loop);
    event.seconds = entry.seconds;
    event.lasts_seconds = entry.lasts_seconds;
    event.thread = entry.thread;
    event.pause_seconds = entry.pause_seconds;
    event.spent_seconds = entry.spent_seconds;
    event.estimated_seconds = entry.estimated_seconds;
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace tiered
