#pragma once
// What a run found, in plain sentences: no more than the intervals allow.

#include <string>
#include <vector>

#include "measure/results.h"
#include "measure/summary.h"

namespace report {

struct Finding {
  std::string topic;                   // "raw(n=1000)", "Factoring"
  std::vector<std::string> sentences;  // at least one
};

// For each bench: which engine has the shortest steady time, how the others stand to the base,
// after how many runs a late starter has caught up. Then what the variants cost.
std::vector<Finding> Findings(const measure::Results& results, const measure::Summary& summary);

}  // namespace report
