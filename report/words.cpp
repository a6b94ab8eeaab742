// Tests: tests/report/words_test.cpp.

#include "report/words.h"

#include <cmath>

#include <fmt/format.h>

#include "report/units.h"

namespace report {

using measure::BreakEven;
using measure::BreakEvenState;

namespace {

std::string RunsText(double runs) {
  return std::isinf(runs) ? "never"
         : runs < 1e6     ? fmt::format("{:.0f}", runs)
                          : fmt::format("{:.2g}", runs);
}

bool HasNumber(BreakEvenState state) {
  switch (state) {
    case BreakEvenState::AheadFromFirstRun:
    case BreakEvenState::Crosses:
    case BreakEvenState::Extrapolated:
    case BreakEvenState::LosesAgain:
      return true;
    case BreakEvenState::Never:
    case BreakEvenState::Undecided:
      break;
  }
  return false;
}

// As many, and three at least, as show on which side of 1 an interval lies.
int DecimalsThatShow(const measure::Interval& interval) {
  constexpr int kMost = 6;
  const double nearest = interval.low > 1 ? interval.low - 1 : 1 - interval.high;
  int decimals = 3;
  while (nearest > 0 && nearest < 0.5 * std::pow(10, -decimals) && decimals < kMost) {
    ++decimals;
  }
  return decimals;
}

}  // namespace

std::string VerdictText(measure::Verdict verdict) {
  switch (verdict) {
    case measure::Verdict::Faster:
      return "faster";
    case measure::Verdict::Slower:
      return "slower";
    case measure::Verdict::CannotTell:
      return "cannot tell apart";
    case measure::Verdict::TooFewProcesses:
      break;
  }
  return "too few processes";
}

std::string RatioIntervalText(const measure::Comparison& comparison) {
  if (std::isnan(comparison.ratio)) {
    return {};
  }
  if (!comparison.interval.IsBounded()) {
    return RatioText(comparison.ratio);
  }
  const auto& [low, high] = comparison.interval;
  // Close to 1 a third decimal tells what two cannot.
  if (high - low < 0.05 && low < 1.1 && high > 0.9) {
    const int decimals = DecimalsThatShow(comparison.interval);
    return fmt::format("{:.{}f} [{:.{}f}, {:.{}f}]", comparison.ratio, decimals, low, decimals,
                       high, decimals);
  }
  return fmt::format("{} [{}, {}]", RatioText(comparison.ratio), RatioText(low), RatioText(high));
}

std::string PlusMinusText(double mean, const measure::Interval& interval) {
  if (!interval.IsBounded()) {
    return {};
  }
  const double percent = 50 * (interval.high - interval.low) / mean;
  return fmt::format("±{:.{}f} %", percent, percent < 9.95 ? 1 : 0);
}

std::string WarmupText(const measure::CellSummary& cell) {
  if (!cell.warmup) {
    return {};
  }
  size_t all = 0;
  for (const size_t count : cell.warmup->counts) {
    all += count;
  }
  std::string text;
  for (const auto warmup_class :
       {measure::WarmupClass::Flat, measure::WarmupClass::Warmup, measure::WarmupClass::Slowdown,
        measure::WarmupClass::NoSteadyState}) {
    const size_t count = cell.warmup->Count(warmup_class);
    if (count == all) {
      return fmt::format("{} {}/{}", measure::Name(warmup_class), count, all);
    }
    if (count > 0) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", measure::Name(warmup_class), count);
    }
  }
  return text;
}

std::string BreakEvenRunsText(const BreakEven& break_even) {
  switch (break_even.state) {
    case BreakEvenState::AheadFromFirstRun:
      return "1, ahead from the first run";
    case BreakEvenState::Never:
      return "never";
    case BreakEvenState::Undecided:
      return "undecided";
    case BreakEvenState::Crosses:
    case BreakEvenState::Extrapolated:
    case BreakEvenState::LosesAgain:
      break;
  }
  std::string text =
      fmt::format("{} [{}, {}]", RunsText(break_even.runs), RunsText(break_even.runs_interval.low),
                  RunsText(break_even.runs_interval.high));
  if (break_even.state == BreakEvenState::Extrapolated) {
    text += ", extrapolated";
  } else if (break_even.state == BreakEvenState::LosesAgain) {
    text += fmt::format(", behind again from run {}", RunsText(break_even.lost_at_runs));
  }
  return text;
}

std::string BreakEvenSecondsText(const BreakEven& break_even) {
  if (!HasNumber(break_even.state) || std::isinf(break_even.seconds)) {
    return {};
  }
  return fmt::format("{} [{}, {}]", DurationText(break_even.seconds),
                     DurationText(break_even.seconds_interval.low),
                     std::isinf(break_even.seconds_interval.high)
                         ? "never"
                         : DurationText(break_even.seconds_interval.high));
}

std::string BreakEvenStateText(BreakEvenState state) {
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
      break;
  }
  return "undecided";
}

}  // namespace report
