#pragma once
// The rows whose samples other tools may see.

#include <cstdint>
#include <vector>

#include "measure/results.h"
#include "measure/summary.h"

namespace report {

struct ExportProcess {
  const measure::ProcessRun* run;
  const measure::ProcessSummary* summary;
};

struct ExportRow {
  const measure::Cell* cell;
  const measure::Sampling* sampling;
  std::vector<ExportProcess> processes;  // by round
};

// All but the void ones: other tools have no place to say that a time means nothing. Points into
// both arguments.
std::vector<ExportRow> ExportRows(const measure::Results& results, const measure::Summary& summary);

// What a process took, from before it was started to the end of its last iteration.
double TotalSeconds(const measure::ProcessRun& run);

}  // namespace report
