#pragma once
// The results that the tests of reports share: tests/report/results.jsonl, a run with a bit of
// everything (make_results.py says what).

#include "measure/results.h"
#include "measure/summary.h"

namespace report {

// Text that would be markup if it ever got into a page as such.
inline constexpr const char* kHostile = "</script><img src=x onerror=hostile()>";

const measure::Results& SampleResults();
const measure::Summary& SampleSummary();

}  // namespace report
