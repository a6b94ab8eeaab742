// Test: tests/report/events_text_test.cpp.

#include "runtime/event.h"

#include <algorithm>

namespace runtime {
namespace {

constexpr EventKind kKinds[] = {
    EventKind::Typed,   EventKind::Boxed,       EventKind::Refused,      EventKind::Hot,
    EventKind::Started, EventKind::Queued,      EventKind::CompileBegin, EventKind::Phase,
    EventKind::Inlined, EventKind::CompileEnd,  EventKind::Published,    EventKind::Entered,
    EventKind::Waited,  EventKind::Interpreted,
};

}  // namespace

std::string_view Name(EventKind kind) {
  switch (kind) {
    case EventKind::Typed:
      return "typed";
    case EventKind::Boxed:
      return "boxed";
    case EventKind::Refused:
      return "refused";
    case EventKind::Hot:
      return "hot";
    case EventKind::Started:
      return "started";
    case EventKind::Queued:
      return "queued";
    case EventKind::CompileBegin:
      return "compile-begin";
    case EventKind::Phase:
      return "phase";
    case EventKind::Inlined:
      return "inlined";
    case EventKind::CompileEnd:
      return "compile-end";
    case EventKind::Published:
      return "published";
    case EventKind::Entered:
      return "entered";
    case EventKind::Waited:
      return "waited";
    case EventKind::Interpreted:
      return "interpreted";
  }
  return {};
}

bool FindEventKind(std::string_view name, EventKind* kind) {
  const auto* found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                   [&](EventKind candidate) { return Name(candidate) == name; });
  if (found == std::end(kKinds)) {
    return false;
  }
  *kind = *found;
  return true;
}

std::string_view Name(EventThread thread) {
  switch (thread) {
    case EventThread::Run:
      return "run";
    case EventThread::Compile:
      return "compile";
  }
  return {};
}

void SortByTime(std::vector<Event>* events) {
  std::stable_sort(events->begin(), events->end(),
                   [](const Event& a, const Event& b) { return a.seconds < b.seconds; });
}

}  // namespace runtime
