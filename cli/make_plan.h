#pragma once
// From programs and flags to the plan of a measurement: a cell for each bench, engine and choice of
// parameters.

#include "cli/env.h"
#include "cli/options.h"
#include "measure/results.h"

namespace cli {

// False: `status` is set and the reason has been shown. The plan has no sampling and no rounds yet.
bool MakePlan(const MeasureOptions& options, frontend::Color color, Env& env, measure::Plan* plan,
              int* status);

}  // namespace cli
