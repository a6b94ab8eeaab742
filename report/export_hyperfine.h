#pragma once
// The JSON of hyperfine's --export-json (as version 1.15 writes it), for the scripts and notebooks
// that read it.

#include <string>

#include "measure/summary.h"

namespace report {

enum class HyperfineTimes {
  // A result a row; a time is a whole process, from its start to the end of its last iteration.
  Processes,
  // A result a process ("fib.gc fib(n=20) @jit #3"); a time is an iteration, warm-up included.
  Iterations,
};

// `summary` is of `results`. `user` and `system` are 0, because the lab takes no CPU times. Void
// rows are left out.
std::string HyperfineJson(const measure::Results& results, const measure::Summary& summary,
                          HyperfineTimes times);

}  // namespace report
