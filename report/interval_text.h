#pragma once
// Intervals and numbers of runs as sentences say them; for brackets in tables see words.h.

#include <string>

#include "measure/break_even.h"
#include "measure/interval.h"

namespace report {

// "33.9 ns to 34.3 ns"; empty when it is not bounded.
std::string DurationsText(const measure::Interval& seconds);
// "0.98 to 1.03"; empty when it is not bounded.
std::string RatiosText(const measure::Interval& ratios);
// A number of runs, rounded up: "12", "1,234", "2.3e9"; "infinitely many".
std::string RunsText(double runs);
// "10 to 15", "at least 10"; empty when nothing is known.
std::string RunsText(const measure::Interval& runs);
// What stands in a table: "12 runs", "~12,000 runs" when it is extrapolated, "never" ...
std::string BreakEvenText(const measure::BreakEven& break_even);
// "12.3 MB".
std::string BytesText(double bytes);

}  // namespace report
