#pragma once
// Whether a bench does the work that it seems to do: work that was folded away shows when the
// counted work grows with the parameters and the time does not, or when the time is too short.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "measure/results.h"

namespace measure {

// Whole numbers above 1 divided, as far as there are any.
std::vector<Parameter> Divided(const std::vector<Parameter>& parameters, int64_t divisor);

// Syntax-tree nodes that run in a call with some parameters, and with half of them.
struct Growth {
  uint64_t whole_nodes = 0;
  uint64_t half_nodes = 0;

  double Factor() const;
  // Work that does not grow by as much as this does not grow.
  bool IsGrowing() const { return Factor() >= 1.05; }
};

// The seconds of a call, the shortest of some; nothing when calling fails.
using TimedCall = std::function<std::optional<double>()>;

// The growth that the clock shows from `half` to `whole`: the largest of a few attempts, since
// whatever disturbs the machine can make it seem smaller. Stops at `enough`. Nothing when a call
// fails, as one with half the parameters may for a program that makes demands on them.
std::optional<double> TimeGrowth(const TimedCall& whole, const TimedCall& half, double enough);

// A doubt of the kind Folded, when the time of a call (`call_seconds`) does not fit the work.
// `time_growth` is asked at most once.
std::optional<Doubt> JudgeFolding(
    const Growth& growth, double call_seconds,
    const std::function<std::optional<double>(double enough)>& time_growth);

// How often a call is repeated to find the shortest: until so many seconds are over, and no more
// often than that.
inline constexpr double kTimedCallsSeconds = 10e-3;
inline constexpr int kMostTimedCalls = 20;

}  // namespace measure
