// Tests: tests/measure/timeit_test.cpp.

#include "measure/timeit.h"

#include <algorithm>
#include <numeric>

namespace measure {

namespace {

constexpr uint64_t kMostTurns = 1'000'000'000'000;

std::vector<ProcessMean> RoundsOf(const TimeitSeries& series) {
  std::vector<ProcessMean> rounds;
  for (const double seconds : series.seconds) {
    rounds.push_back({static_cast<int>(rounds.size()), seconds});
  }
  return rounds;
}

bool IsLongEnough(const LoopTime& less, const LoopTime& more) {
  const double times = static_cast<double>(more.turns) / static_cast<double>(less.turns);
  return more.seconds >= 0.75 * times * less.seconds;
}

}  // namespace

std::vector<LoopTime> FindTurns(const RunTurns& run, double least_seconds) {
  std::vector<LoopTime> tries;
  for (uint64_t power = 1; power <= kMostTurns; power *= 10) {
    for (const uint64_t digit : {1, 2, 5}) {
      LoopTime time{digit * power, 0};
      if (!run(time.turns, &time.seconds)) {
        return {};
      }
      tries.push_back(time);
      if (time.seconds >= least_seconds || time.turns >= kMostTurns) {
        return tries;
      }
    }
  }
  return tries;
}

std::optional<bool> Grows(const RunTurns& run, std::span<const LoopTime> tries) {
  const LoopTime last = tries.back();
  if (last.turns >= kMostTurns) {
    return false;
  }
  if (tries.size() > 1 && IsLongEnough(tries[tries.size() - 2], last)) {
    return true;
  }
  LoopTime once{last.turns, 0};
  LoopTime twice{last.turns * 2, 0};
  if (!run(once.turns, &once.seconds) || !run(twice.turns, &twice.seconds)) {
    return std::nullopt;
  }
  return IsLongEnough(once, twice);
}

double TimeitSeries::Best() const { return *std::min_element(seconds.begin(), seconds.end()); }
double TimeitSeries::Worst() const { return *std::max_element(seconds.begin(), seconds.end()); }

std::vector<size_t> OrderOfRound(size_t competitors, int round) {
  std::vector<size_t> order(competitors);
  std::iota(order.begin(), order.end(), size_t{0});
  if (round % 2 == 1) {
    std::reverse(order.begin(), order.end());
  }
  return order;
}

Comparison CompareSeries(const TimeitSeries& base, const TimeitSeries& other, size_t comparisons) {
  return Compare(RoundsOf(base), RoundsOf(other), {},
                 {.confidence = kRatioConfidence, .comparisons = comparisons});
}

}  // namespace measure
