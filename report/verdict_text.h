#pragma once
// Verdicts and intervals in words, the same in tables, sentences and JSON.

#include <string>
#include <string_view>

#include "measure/break_even.h"
#include "measure/comparison.h"
#include "measure/results.h"
#include "measure/warmup.h"

namespace report {

// "faster", "slower", "cannot tell apart", "too few processes".
std::string_view Name(measure::Verdict verdict);
// "none", "student", "signed ranks".
std::string_view Name(measure::Witness witness);
// "ahead from the first run", "crosses", "extrapolated", "loses again", "never", "undecided".
std::string_view Name(measure::BreakEvenState state);
// "discarded", "no value", "no growth", "folded".
std::string_view Name(measure::DoubtKind kind);

// "33.9 ns to 34.3 ns"; empty when it is not bounded.
std::string DurationsText(const measure::Interval& seconds);
// "0.98 to 1.03"; empty when it is not bounded.
std::string RatiosText(const measure::Interval& ratios);
// A number of runs, rounded up: "12", "1,234", "2.3e9"; "infinitely many".
std::string RunsText(double runs);
// "10 to 15", "at least 10"; empty when nothing is known.
std::string RunsText(const measure::Interval& runs);
// What stands in a table: "12 runs", "~12,000 runs", "never", "undecided" ...
std::string BreakEvenText(const measure::BreakEven& break_even);
// Of the processes of a row: "warmup"; "4 flat, 2 warmup".
std::string WarmupText(const measure::WarmupSummary& warmup);
// "12.3 MB".
std::string BytesText(double bytes);

}  // namespace report
