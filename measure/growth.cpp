// Tests: tests/measure/growth_test.cpp, tests/measure/probe_test.cpp.

#include "measure/growth.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/number_text.h"

namespace measure {
namespace {

// Calls shorter than this are mostly the cost of the call itself.
constexpr double kClearSeconds = 5e-6;
// More than eight lanes of vector code at four operations a cycle can do.
constexpr double kMostNodesPerSecond = 1e11;
// Of the growth that the counted work would let expect.
constexpr double kLeastShareOfGrowth = 0.25;
constexpr int kMostAttempts = 5;

}  // namespace

std::vector<Parameter> Divided(const std::vector<Parameter>& parameters, int64_t divisor) {
  std::vector<Parameter> smaller = parameters;
  for (Parameter& parameter : smaller) {
    int64_t whole = 0;
    if (runtime::ParseInt(parameter.value, &whole) == runtime::ParseResult::Ok && whole > 1) {
      parameter.value = std::to_string(std::max<int64_t>(1, whole / divisor));
    }
  }
  return smaller;
}

double Growth::Factor() const {
  return static_cast<double>(whole_nodes) / static_cast<double>(std::max<uint64_t>(1, half_nodes));
}

std::optional<double> TimeGrowth(const TimedCall& whole, const TimedCall& half, double enough) {
  double growth = 0;
  for (int attempt = 0; attempt < kMostAttempts && growth < enough; ++attempt) {
    const std::optional<double> half_seconds = half();
    const std::optional<double> whole_seconds = half_seconds ? whole() : std::nullopt;
    if (!whole_seconds) {
      return std::nullopt;
    }
    growth = std::max(growth, *whole_seconds / *half_seconds);
  }
  return growth;
}

std::optional<Doubt> JudgeFolding(
    const Growth& growth, double call_seconds,
    const std::function<std::optional<double>(double enough)>& time_growth) {
  if (call_seconds < kClearSeconds) {
    if (static_cast<double>(growth.whole_nodes) / call_seconds <= kMostNodesPerSecond) {
      return std::nullopt;
    }
    return Doubt{DoubtKind::Folded,
                 fmt::format("its work was folded away: {} nodes of the program cannot run in "
                             "{:.0f} ns",
                             growth.whole_nodes, call_seconds * 1e9)};
  }
  const double least = 1 + kLeastShareOfGrowth * (growth.Factor() - 1);
  const std::optional<double> factor = time_growth(least);
  if (!factor || *factor >= least) {
    return std::nullopt;
  }
  return Doubt{DoubtKind::Folded,
               fmt::format("its work was folded away: half the parameters take {:.0f} % of the "
                           "nodes and {:.0f} % of the time",
                           100 / growth.Factor(), 100 / *factor)};
}

}  // namespace measure
