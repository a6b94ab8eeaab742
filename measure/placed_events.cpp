// Test: tests/measure/placed_events_test.cpp.

#include "measure/placed_events.h"

#include <algorithm>

namespace measure {
namespace {

using runtime::Event;
using runtime::EventKind;

bool HasAPlace(EventKind kind) {
  switch (kind) {
    case EventKind::Typed:
    case EventKind::Boxed:
    case EventKind::Refused:
    case EventKind::Inlined:
    case EventKind::Interpreted:
      return false;
    case EventKind::Hot:
    case EventKind::Started:
    case EventKind::Queued:
    case EventKind::CompileBegin:
    case EventKind::Phase:
    case EventKind::CompileEnd:
    case EventKind::Published:
    case EventKind::Entered:
    case EventKind::Waited:
      return true;
  }
  return false;
}

class Places {
 public:
  explicit Places(std::span<const TimeSpan> iterations) : iterations_(iterations) {
    double sum = 0;
    for (const TimeSpan& iteration : iterations) {
      before_.push_back(sum);
      sum += iteration.end - iteration.begin;
    }
  }

  // The first iteration that ends no earlier; what happens in a pause is at the beginning of the
  // next, and what happens after the last at its end.
  size_t IterationOf(double seconds) const {
    const auto found =
        std::partition_point(iterations_.begin(), iterations_.end(),
                             [&](const TimeSpan& iteration) { return iteration.end < seconds; });
    return std::min(static_cast<size_t>(found - iterations_.begin()), iterations_.size() - 1);
  }

  double Into(double seconds) const {
    const size_t index = IterationOf(seconds);
    const TimeSpan& iteration = iterations_[index];
    const double into = std::min(seconds, iteration.end) - iteration.begin;
    return index == 0 ? into : std::max(into, 0.0);
  }

  // On the axis of what iterations take; negative before the first.
  double Position(double seconds) const { return before_[IterationOf(seconds)] + Into(seconds); }

 private:
  std::span<const TimeSpan> iterations_;
  std::vector<double> before_;  // what those before it took
};

}  // namespace

std::vector<PlacedEvent> PlaceEvents(std::span<const TimeSpan> iterations,
                                     const std::vector<Event>& events) {
  std::vector<PlacedEvent> placed;
  if (iterations.empty()) {
    return placed;
  }
  const Places places(iterations);
  for (const Event& event : events) {
    if (!HasAPlace(event.kind)) {
      continue;
    }
    PlacedEvent place{static_cast<uint32_t>(places.IterationOf(event.seconds)),
                      places.Into(event.seconds), event};
    place.event.lasts_seconds =
        places.Position(event.seconds + event.lasts_seconds) - places.Position(event.seconds);
    place.event.seconds = 0;
    placed.push_back(std::move(place));
  }
  return placed;
}

}  // namespace measure
