#pragma once
// The CSV that the program warmup_stats reads: a line a process, a column an iteration.

#include <string>

#include "measure/summary.h"

namespace report {

// `summary` is of `results`. warmup_stats joins names with colons, so that colons in names become
// slashes ("jit/fast"). Void rows are left out.
std::string WarmupCsv(const measure::Results& results, const measure::Summary& summary);

}  // namespace report
