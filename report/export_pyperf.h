#pragma once
// The JSON of pyperf, format version 1.0: `python3 -m pyperf stats|hist|compare_to|check` read it.

#include <string>

#include "measure/summary.h"

namespace report {

// `summary` is of `results`. A benchmark is a row, a run is a process. Iterations before the steady
// state are its warm-ups, the rest are its values. Void rows are left out, and so are values of 0,
// which pyperf refuses.
std::string PyperfJson(const measure::Results& results, const measure::Summary& summary);

}  // namespace report
