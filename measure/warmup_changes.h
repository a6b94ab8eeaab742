#pragma once
// Which event of the engine stands behind a change of level in a series of iterations.

#include <cstddef>
#include <span>
#include <vector>

#include "measure/results.h"
#include "measure/warmup.h"

namespace measure {

struct LevelChange {
  size_t iteration;  // the first of the new level
  // Among those no more than one iteration away (and not before the first), the one that says most:
  // entering machine code, then what stopped the run, then the rest, and of those alike the
  // nearest. Null: unexplained.
  const PlacedEvent* cause;  // in `events`
  bool is_second;            // it ends the first iteration, which is known to differ
};

std::vector<LevelChange> ExplainChanges(const WarmupAnalysis& warmup,
                                        std::span<const PlacedEvent> events);

}  // namespace measure
