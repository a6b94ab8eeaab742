// Tests: tests/report/verdict_text_test.cpp.

#include "report/verdict_text.h"

#include <cmath>

#include <fmt/format.h>

#include "report/units.h"

namespace report {

using measure::BreakEvenState;
using measure::Interval;

std::string_view Name(measure::Verdict verdict) {
  switch (verdict) {
    case measure::Verdict::Faster:
      return "faster";
    case measure::Verdict::Slower:
      return "slower";
    case measure::Verdict::CannotTell:
      return "cannot tell apart";
    case measure::Verdict::TooFewProcesses:
      return "too few processes";
  }
  return {};
}

std::string_view Name(measure::Witness witness) {
  switch (witness) {
    case measure::Witness::None:
      return "none";
    case measure::Witness::Student:
      return "student";
    case measure::Witness::SignedRanks:
      return "signed ranks";
  }
  return {};
}

std::string_view Name(BreakEvenState state) {
  switch (state) {
    case BreakEvenState::AheadFromFirstRun:
      return "ahead from the first run";
    case BreakEvenState::Crosses:
      return "crosses";
    case BreakEvenState::Extrapolated:
      return "extrapolated";
    case BreakEvenState::LosesAgain:
      return "loses again";
    case BreakEvenState::Never:
      return "never";
    case BreakEvenState::Undecided:
      return "undecided";
  }
  return {};
}

std::string_view Name(measure::DoubtKind kind) {
  switch (kind) {
    case measure::DoubtKind::Discarded:
      return "discarded";
    case measure::DoubtKind::NoValue:
      return "no value";
    case measure::DoubtKind::NoGrowth:
      return "no growth";
    case measure::DoubtKind::Folded:
      return "folded";
  }
  return {};
}

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
    return fmt::format("{} to {}", RunsText(runs.low), RunsText(runs.high));
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
      return fmt::format("~{}, extrapolated", runs);
    case BreakEvenState::LosesAgain:
      return fmt::format("{}, lost again at {}", runs, RunsText(break_even.lost_at_runs));
    case BreakEvenState::Never:
      return "never";
    case BreakEvenState::Undecided:
      return "undecided";
  }
  return {};
}

std::string WarmupText(const measure::WarmupSummary& warmup) {
  constexpr measure::WarmupClass kClasses[] = {
      measure::WarmupClass::Flat, measure::WarmupClass::Warmup, measure::WarmupClass::Slowdown,
      measure::WarmupClass::NoSteadyState};
  std::string text;
  for (const measure::WarmupClass warmup_class : kClasses) {
    if (const size_t count = warmup.Count(warmup_class); count > 0) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, measure::Name(warmup_class));
    }
  }
  // One class only: its number is that of the processes.
  return text.find(',') == std::string::npos ? text.substr(text.find(' ') + 1) : text;
}

std::string BytesText(double bytes) {
  return bytes < 1e6 ? fmt::format("{:.0f} kB", bytes / 1e3)
                     : fmt::format("{:.1f} MB", bytes / 1e6);
}

}  // namespace report
