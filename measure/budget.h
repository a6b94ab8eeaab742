#pragma once
// From what may be spent to how many processes and iterations.

#include <vector>

#include "measure/campaign.h"
#include "measure/results.h"

namespace measure {

// What the probe told of a cell.
struct CellCost {
  double start_seconds;  // of a process, until its first iteration has ended
  double call_seconds;   // after that
};

// Fills plan->rounds and plan->sampling. The probe has spent `spent_seconds` of the budget.
//
// A sample lasts at least kSampleSeconds, so that the clock does not show. The number of rounds is
// a multiple of the design's rows where that is between kFewestRounds and kMostRounds, for balance.
// What the starts leave of the budget is shared evenly; a process makes at least kFewestIterations,
// and when even that is too long there are fewer rounds, but no fewer than 3.
void SpendBudget(const Budget& budget, double spent_seconds, const std::vector<CellCost>& costs,
                 Plan* plan);

inline constexpr double kSampleSeconds = 1e-3;
inline constexpr double kBlockSeconds = 8e-3;
inline constexpr uint32_t kFewestDefaultRounds = 10;
inline constexpr uint32_t kMostDefaultRounds = 16;
inline constexpr uint32_t kFewestIterations = 4;
inline constexpr uint32_t kMostIterations = 2000;

}  // namespace measure
