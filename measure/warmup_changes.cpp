// Test: tests/measure/warmup_changes_test.cpp.

#include "measure/warmup_changes.h"

#include <tuple>

namespace measure {
namespace {

using runtime::EventKind;
using runtime::EventThread;

// The less the better.
int RankOf(const runtime::Event& event) {
  switch (event.kind) {
    case EventKind::Entered:
      return 0;
    case EventKind::Waited:
      return 1;
    case EventKind::Phase:
    case EventKind::Started:
      return event.thread == EventThread::Run ? 1 : 3;
    case EventKind::Published:
      return 2;
    case EventKind::CompileBegin:
    case EventKind::CompileEnd:
      return 3;
    case EventKind::Hot:
    case EventKind::Queued:
      return 4;
    case EventKind::Typed:
    case EventKind::Boxed:
    case EventKind::Refused:
    case EventKind::Inlined:
    case EventKind::Interpreted:
      break;
  }
  return 5;
}

}  // namespace

std::vector<LevelChange> ExplainChanges(const WarmupAnalysis& warmup,
                                        std::span<const PlacedEvent> events) {
  std::vector<LevelChange> changes;
  for (size_t i = 1; i < warmup.segments.size(); ++i) {
    LevelChange change{warmup.segments[i].begin, nullptr, warmup.segments[i].begin == 1};
    for (const PlacedEvent& placed : events) {
      // What happens in the last iteration of a level is right before the change.
      const size_t after = static_cast<size_t>(placed.iteration) + 1;
      const bool is_before_all = placed.into_seconds + placed.event.lasts_seconds < 0;
      if (is_before_all || after < change.iteration || after > change.iteration + 2) {
        continue;
      }
      const auto key = [&](const PlacedEvent& event) {
        return std::tuple(RankOf(event.event), event.iteration > change.iteration);
      };
      if (change.cause == nullptr || key(placed) < key(*change.cause)) {
        change.cause = &placed;
      }
    }
    changes.push_back(change);
  }
  return changes;
}

}  // namespace measure
