// Tests: tests/measure/budget_test.cpp.

#include "measure/budget.h"

#include <algorithm>
#include <cmath>

namespace measure {
namespace {

constexpr uint32_t kFewestTurns = 10;
constexpr uint32_t kMostTurns = kMostIterations;

uint32_t DefaultRounds(uint32_t cells) {
  const uint32_t rows = cells % 2 == 0 || cells == 1 ? cells : 2 * cells;
  const uint32_t whole = (kFewestDefaultRounds + rows - 1) / rows * rows;
  return whole <= kMostDefaultRounds ? whole : 12;
}

uint32_t Rounded(double value, uint32_t least, uint32_t most) {
  return static_cast<uint32_t>(
      std::clamp(std::floor(value), static_cast<double>(least), static_cast<double>(most)));
}

// No call takes less, so that a clock which stands still cannot make a sample endless.
constexpr double kLeastCallSeconds = 1e-9;

// Calls that fill a sample, in the steps 1, 2, 5, 10 ...
uint64_t CallsFor(double call_seconds) {
  uint64_t calls = 1;
  for (int step = 0; static_cast<double>(calls) * call_seconds < kSampleSeconds; ++step) {
    calls = step % 3 == 1 ? calls / 2 * 5 : calls * 2;
  }
  return calls;
}

}  // namespace

void SpendBudget(const Budget& budget, double spent_seconds, const std::vector<CellCost>& costs,
                 Plan* plan) {
  const auto cells = static_cast<uint32_t>(costs.size());
  const double seconds =
      std::max(0.0, (budget.seconds > 0 ? budget.seconds : kDefaultBudgetSeconds) - spent_seconds);
  plan->rounds = budget.processes > 0 ? budget.processes : DefaultRounds(cells);

  double starts = 0;
  double shortest_round = 0;  // with the fewest iterations
  for (const CellCost& cost : costs) {
    starts += cost.start_seconds;
    const uint32_t fewest = budget.iterations > 0 ? budget.iterations : kFewestIterations;
    shortest_round +=
        cost.start_seconds + (fewest - 1) * std::max(cost.call_seconds, kSampleSeconds);
  }
  if (budget.processes == 0) {
    plan->rounds = Rounded(seconds / shortest_round, 3, plan->rounds);
  }
  const double share = std::max(0.0, seconds / plan->rounds - starts) / cells;

  plan->sampling.clear();
  uint32_t turns = kMostTurns;
  for (const CellCost& cost : costs) {
    Sampling sampling;
    const double call_seconds = std::max(cost.call_seconds, kLeastCallSeconds);
    sampling.calls = CallsFor(call_seconds);
    const double sample_seconds = call_seconds * static_cast<double>(sampling.calls);
    sampling.iterations = budget.iterations > 0
                              ? budget.iterations
                              : Rounded(share / sample_seconds, kFewestIterations, kMostIterations);
    sampling.cold = std::min(sampling.iterations, std::max(2U, sampling.iterations / 4));
    const double rest_seconds = (sampling.iterations - sampling.cold) * sample_seconds;
    turns = std::min(turns, Rounded(rest_seconds / kBlockSeconds, kFewestTurns, kMostTurns));
    plan->sampling.push_back(sampling);
  }
  // All cells take the same number of turns, whatever their speed: the k-th blocks of two processes
  // stand next to each other, and are compared.
  for (Sampling& sampling : plan->sampling) {
    const uint32_t rest = sampling.iterations - sampling.cold;
    sampling.block = std::max(1U, (rest + turns - 1) / turns);
  }
}

}  // namespace measure
