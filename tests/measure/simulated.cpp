// Draws the experiments of coverage_test.cpp and error_rate_test.cpp.

#include "tests/measure/simulated.h"

#include <cmath>
#include <cstdlib>

namespace measure {
namespace {

constexpr double kSlow = 1.6;

double ProcessNoise(const World& world, Random& random) {
  double noise = world.process_noise * random.Normal();
  if (world.student_df > 0) {
    double squares = 0;
    for (int i = 0; i < world.student_df; ++i) {
      const double normal = random.Normal();
      squares += normal * normal;
    }
    noise /= std::sqrt(squares / world.student_df);
  }
  noise += world.layout_offset * random.Normal();
  return random.Uniform() < 0.5 ? noise + world.mode_size : noise;
}

}  // namespace

int Experiments(int count) {
  const char* factor = std::getenv("LAB_SIMULATION_FACTOR");
  return factor == nullptr ? count : count * std::atoi(factor);
}

SimulatedRounds SimulateRounds(const World& world, int rounds, double ratio, Random& random) {
  SimulatedRounds result;
  for (int round = 0; round < rounds; ++round) {
    const double speed = random.Uniform() < world.slow_rounds ? kSlow : 1;
    const double base = ProcessNoise(world, random);
    const double other = ProcessNoise(world, random) + std::log(ratio);
    double base_tear = 0;
    double other_tear = 0;
    if (random.Uniform() < world.torn_rounds) {
      const double share = random.Uniform();
      (random.Uniform() < 0.5 ? base_tear : other_tear) = std::log(1 + (kSlow - 1) * share);
    }
    result.base.push_back({.round = round, .seconds = speed * std::exp(base + base_tear)});
    result.other.push_back({.round = round, .seconds = speed * std::exp(other + other_tear)});
    for (int i = 0; i < world.blocks; ++i) {
      // A change of speed between two blocks that stand next to each other is rare.
      const double tear = random.Uniform() < 0.05 ? std::log(kSlow) : 0;
      result.blocks.push_back({.round = round,
                               .log_ratio = other - base + world.block_noise * random.Normal() +
                                            (random.Uniform() < 0.5 ? tear : -tear)});
    }
  }
  return result;
}

double TrueCost(const Competitor& competitor, int k) {
  double cost = competitor.startup_seconds;
  double warmup = competitor.warmup_seconds;
  for (int i = 0; i < k; ++i) {
    cost += competitor.steady_seconds + warmup;
    warmup *= competitor.decay;
  }
  return cost;
}

int TrueBreakEven(const Competitor& a, const Competitor& b, int limit) {
  int k = limit;
  while (k > 1 && TrueCost(b, k - 1) <= TrueCost(a, k - 1)) {
    --k;
  }
  return k;
}

ProcessCost SimulateProcess(const Competitor& competitor, int iterations, const CurveNoise& noise,
                            double speed, Random& random) {
  const double factor = speed * (1 + noise.process * random.Normal());
  ProcessCost process = {.startup_seconds = competitor.startup_seconds * factor,
                         .iteration_seconds = {},
                         .steady_seconds = 0};
  double warmup = competitor.warmup_seconds;
  double steady_sum = 0;
  int steady_count = 0;
  for (int i = 0; i < iterations; ++i) {
    const double seconds =
        (competitor.steady_seconds + warmup) * factor * (1 + noise.iteration * random.Normal());
    process.iteration_seconds.push_back(seconds);
    if (warmup < 1e-3 * competitor.steady_seconds) {
      steady_sum += seconds;
      ++steady_count;
    }
    warmup *= competitor.decay;
  }
  process.steady_seconds = steady_sum / steady_count;
  return process;
}

}  // namespace measure
