// Tests: tests/report/interval_text_test.cpp.

#include "report/interval_text.h"

#include <cmath>

#include <fmt/format.h>

#include "report/units.h"

namespace report {

using measure::BreakEvenState;
using measure::Interval;

std::string DurationsText(const Interval& seconds) {
  return seconds.IsBounded()
             ? fmt::format("{} to {}", DurationText(seconds.low), DurationText(seconds.high))
             : std::string();
}

std::string RatiosText(const Interval& ratios) {
  return ratios.IsBounded() ? fmt::format("{} to {}", RatioText(ratios.low), RatioText(ratios.high))
                            : std::string();
}

std::string RunsText(double runs) {
  if (!std::isfinite(runs)) {
    return "infinitely many";
  }
  const double whole = std::ceil(runs);
  if (whole >= 1e7) {
    return fmt::format("{:.1e}", whole);
  }
  std::string text = fmt::format("{:.0f}", whole);
  for (size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string RunsText(const Interval& runs) {
  if (runs.IsBounded()) {
    const std::string low = RunsText(runs.low);
    const std::string high = RunsText(runs.high);
    return low == high ? low : fmt::format("{} to {}", low, high);
  }
  return std::isfinite(runs.low) ? fmt::format("at least {}", RunsText(runs.low)) : std::string();
}

std::string BreakEvenText(const measure::BreakEven& break_even) {
  const std::string runs =
      RunsText(break_even.runs) + (std::ceil(break_even.runs) == 1 ? " run" : " runs");
  switch (break_even.state) {
    case BreakEvenState::AheadFromFirstRun:
      return "from the first run";
    case BreakEvenState::Crosses:
      return runs;
    case BreakEvenState::Extrapolated:
      return "~" + runs;
    case BreakEvenState::LosesAgain:
      return runs;
    case BreakEvenState::Never:
      return "never";
    case BreakEvenState::Undecided:
      return "undecided";
  }
  return {};
}

std::string BytesText(double bytes) {
  return bytes < 1e6 ? fmt::format("{:.0f} kB", bytes / 1e3)
                     : fmt::format("{:.1f} MB", bytes / 1e6);
}

}  // namespace report
