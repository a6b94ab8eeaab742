#pragma once
// Where the events of an engine's log fall among the iterations of a process. Between blocks of
// iterations a process waits for its turn, while its compile thread goes on: such time belongs to
// no iteration, and takes none.

#include <span>
#include <vector>

#include "measure/results.h"

namespace measure {

// From when to when, on the clock of the events.
struct TimeSpan {
  double begin;
  double end;
};

// Of the kinds that happen at a time that matters: all but Typed, Boxed, Refused, Inlined and
// Interpreted, which are facts. None when there are no iterations.
std::vector<PlacedEvent> PlaceEvents(std::span<const TimeSpan> iterations,
                                     const std::vector<runtime::Event>& events);

}  // namespace measure
