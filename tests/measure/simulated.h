#pragma once
// Experiments drawn from processes whose truth is known, for tests of how often statistics are
// right.

#include <string>
#include <vector>

#include "measure/break_even.h"
#include "measure/comparison.h"
#include "measure/random.h"

namespace measure {

// `count`, times LAB_SIMULATION_FACTOR from the environment for the long test.
int Experiments(int count);

// A share of experiments.
struct Rate {
  int hits = 0;
  int experiments = 0;

  void Add(bool hit) {
    hits += hit;
    ++experiments;
  }
  double value() const { return static_cast<double>(hits) / experiments; }
};

// The world in which rounds of two competitors run. Shares are probabilities, the rest standard
// deviations or sizes relative to the time of a process.
struct World {
  std::string name = {};
  double process_noise = 0;  // normal, of each process
  double student_df = 0;     // heavier tails for it when above zero
  double layout_offset = 0;  // normal, of each process, shared by all its blocks
  double mode_size = 0;      // half of all processes are slower by this
  double slow_rounds = 0;    // share of rounds in which the machine is 1.6 times slower
  double torn_rounds = 0;    // share of rounds in which that begins or ends between the two
  int blocks = 0;            // interleaved pairs in each round
  double block_noise = 0;    // normal, of the logarithm of each pair
};

struct SimulatedRounds {
  std::vector<ProcessMean> base;
  std::vector<ProcessMean> other;
  std::vector<BlockPair> blocks;
};

// `ratio` is the truth of other / base.
SimulatedRounds SimulateRounds(const World& world, int rounds, double ratio, Random& random);

// A competitor whose first runs are slow: iteration i takes steady + warmup * decay^i, each process
// off by a factor of its own and each iteration by another.
struct Competitor {
  double startup_seconds;
  double warmup_seconds;
  double decay;
  double steady_seconds;
};

// The true cost of k runs.
double TrueCost(const Competitor& competitor, int k);
// The least number of runs after which B's true cost is never more than A's, which is looked for up
// to `limit` runs.
int TrueBreakEven(const Competitor& a, const Competitor& b, int limit);

struct CurveNoise {
  double process;    // of the factor of each process
  double iteration;  // of the factor of each iteration
};

ProcessCost SimulateProcess(const Competitor& competitor, int iterations, const CurveNoise& noise,
                            double speed, Random& random);

}  // namespace measure
