#pragma once
// The words for what a summary holds, the same in every kind of report.

#include <string>

#include "measure/summary.h"

namespace report {

// "faster", "slower", "cannot tell apart", "too few processes".
std::string VerdictText(measure::Verdict verdict);
// "0.853 [0.850, 0.857]"; without an interval where there is none. An interval that leaves out 1 is
// seen to do so.
std::string RatioIntervalText(const measure::Comparison& comparison);
// "±0.4 %": half the interval's width, of the mean; empty when it has no bounds.
std::string PlusMinusText(double mean, const measure::Interval& interval);
// "warmup 16/16", "flat 10, warmup 6"; empty when nothing can be said.
std::string WarmupText(const measure::CellSummary& cell);
// What break-even says of the row that is ahead in the end: "24 [23, 25]", "never", "undecided",
// "1, ahead from the first run", "310 [290, 340], extrapolated".
std::string BreakEvenRunsText(const measure::BreakEven& break_even);
std::string BreakEvenSecondsText(const measure::BreakEven& break_even);
// "ahead from the first run", "crosses", "extrapolated", "loses again", "never", "undecided".
std::string BreakEvenStateText(measure::BreakEvenState state);

}  // namespace report
