#pragma once
// Why the runs before the steady part took longer, as tables and as JSON.

#include <optional>
#include <string>
#include <vector>

#include "measure/warmup_cost.h"
#include "report/json_fields.h"
#include "report/warmup_series.h"

namespace report {

// None without events or without a steady state.
std::optional<measure::WarmupCost> CostOf(const WarmupSeries& series);

// What the time before the steady part went to, a line for each process; empty when nobody knows.
std::string WarmupCostTable(const std::vector<WarmupSeries>& all);

// What stands behind each change of level, a line each; empty when nobody knows.
std::string LevelChangesTable(const std::vector<WarmupSeries>& all);

// "changes" and "cost" of docs/warmup.md.
void PutCauses(const WarmupSeries& series, Json* object);

}  // namespace report
