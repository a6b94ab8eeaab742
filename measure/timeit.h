#pragma once
// How often to run a statement and how to read the times: the method of Python's timeit, and checks
// that the work was done at all.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measure/comparison.h"

namespace measure {

// Runs a loop of so many turns and sets the seconds it took. False: it failed.
using RunTurns = std::function<bool(uint64_t turns, double* seconds)>;

struct LoopTime {
  uint64_t turns;
  double seconds;
};

// Tries 1, 2, 5, 10, 20, 50 ... turns until they take `least_seconds`, and returns every try; the
// last one is the answer. A loop of 10^12 turns that takes less is not there any more: the tries
// end. Empty: a run failed.
std::vector<LoopTime> FindTurns(const RunTurns& run, double least_seconds);

// Whether twice the turns take at least half as much again, which they do when something happens in
// each. `tries` are those of FindTurns; when they leave a doubt, it runs the last number again, and
// twice that. None: a run failed.
std::optional<bool> Grows(const RunTurns& run, std::span<const LoopTime> tries);

// One statement on one engine.
struct TimeitSeries {
  uint64_t turns = 0;
  std::vector<double> seconds;  // of a turn, by repeat
  double first_turn_seconds = 0;
  double compile_seconds = 0;
  double empty_turn_seconds = 0;  // of a loop without work on the same engine
  bool grows = true;
  std::vector<LoopTime> tries;  // empty when the number of turns was given

  double Best() const;
  double Worst() const;
  // What Python's timeit warns of: the worst took at least four times as long as the best.
  bool IsUnsteady() const { return Worst() >= 4 * Best(); }
  // A turn that takes no longer than one without work: the compiler has done the work before the
  // loop or dropped it, or there was nothing to speak of.
  bool IsEmpty() const { return !grows || Best() <= 1.2 * empty_turn_seconds; }
};

// The order in which `competitors` run in a round: forwards and backwards in turn, so that none
// always comes first and a drift of the machine's speed meets all alike.
std::vector<size_t> OrderOfRound(size_t competitors, int round);

// Of the interval of a ratio. Repeats share their process, and with it where code and data lie:
// 95% would call one statement different from itself too often (7 times out of 70 on a busy
// machine).
inline constexpr double kRatioConfidence = 0.99;

// `other` against `base` by repeats that ran in the same round.
Comparison CompareSeries(const TimeitSeries& base, const TimeitSeries& other, size_t comparisons);

}  // namespace measure
