// How often the comparison calls equal competitors different, over whole tables, and finds a real
// difference of 3 %.

#include <cmath>

#include <gtest/gtest.h>

#include "measure/comparison.h"
#include "tests/measure/simulated.h"

namespace measure {
namespace {

std::vector<World> Worlds() {
  return {{.name = "quiet", .process_noise = 0.01},
          {.name = "heavy tails", .process_noise = 0.01, .student_df = 1},
          {.name = "two speeds", .process_noise = 0.01, .slow_rounds = 0.4, .torn_rounds = 0.3},
          {.name = "code layout",
           .layout_offset = 0.01,
           .slow_rounds = 0.4,
           .blocks = 8,
           .block_noise = 0.02},
          {.name = "two modes", .process_noise = 0.003, .mode_size = 0.05}};
}

bool IsDifference(Verdict verdict) {
  return verdict == Verdict::Faster || verdict == Verdict::Slower;
}

// The share of tables of `comparisons` equal pairs that report a difference.
Rate FalseTables(const World& world, int rounds, int comparisons, int tables) {
  Random random(21);
  Rate rate;
  for (int table = 0; table < tables; ++table) {
    bool wrong = false;
    for (int i = 0; i < comparisons; ++i) {
      const SimulatedRounds pair = SimulateRounds(world, rounds, 1, random);
      wrong |= IsDifference(Compare(pair.base, pair.other, pair.blocks,
                                    {.comparisons = static_cast<size_t>(comparisons)})
                                .verdict);
    }
    rate.Add(wrong);
  }
  return rate;
}

// At most 5 %, give or take two standard errors of the share that so many tables show.
void ExpectFivePercent(const Rate& rate, const World& world) {
  const double chance = 2 * std::sqrt(0.05 * 0.95 / rate.experiments);
  EXPECT_LE(rate.value(), 0.05 + chance) << world.name;
}

TEST(ErrorRateTest, TablesOfEqualsHoldFivePercent) {
  for (const World& world : Worlds()) {
    ExpectFivePercent(FalseTables(world, 10, 3, Experiments(1000)), world);
  }
}

TEST(ErrorRateTest, SoDoTablesOfFewRounds) {
  for (const World& world : Worlds()) {
    ExpectFivePercent(FalseTables(world, 5, 3, Experiments(1000)), world);
  }
}

TEST(ErrorRateTest, BlocksAsIfIndependentWouldNot) {
  // The reason for one observation a round: the sign test on all blocks takes the layout of ten
  // processes for a difference.
  Random random(22);
  Rate wrong;
  for (int i = 0; i < 200; ++i) {
    const SimulatedRounds pair = SimulateRounds(Worlds()[3], 10, 1, random);
    std::vector<double> log_ratios;
    for (const BlockPair& block : pair.blocks) {
      log_ratios.push_back(block.log_ratio);
    }
    wrong.Add(!TestSigns(log_ratios, 0.95).interval.Contains(0));
  }
  EXPECT_GT(wrong.value(), 0.15);
}

TEST(ErrorRateTest, FindsThreePercent) {
  // The noise of a round's log ratio is 1.2 % in the first two and, with torn rounds, from the
  // blocks in the last.
  const World worlds[] = {{.name = "quiet", .process_noise = 0.0085},
                          {.name = "two speeds", .process_noise = 0.0085, .slow_rounds = 0.4},
                          {.name = "torn, with blocks",
                           .process_noise = 0.0085,
                           .slow_rounds = 0.4,
                           .torn_rounds = 0.3,
                           .blocks = 20,
                           .block_noise = 0.02}};
  for (const World& world : worlds) {
    Random random(23);
    Rate found;
    for (int i = 0; i < Experiments(400); ++i) {
      const SimulatedRounds pair = SimulateRounds(world, 10, 0.97, random);
      found.Add(Compare(pair.base, pair.other, pair.blocks, {.comparisons = 6}).verdict ==
                Verdict::Faster);
    }
    EXPECT_GE(found.value(), 0.95) << world.name;
  }
}

TEST(ErrorRateTest, FindsThreePercentInMoreNoise) {
  // 1.5 % of noise, twelve comparisons.
  Random random(24);
  Rate found;
  for (int i = 0; i < Experiments(400); ++i) {
    const SimulatedRounds pair = SimulateRounds({.process_noise = 0.0106}, 12, 1.03, random);
    found.Add(Compare(pair.base, pair.other, pair.blocks, {.comparisons = 12}).verdict ==
              Verdict::Slower);
  }
  EXPECT_GE(found.value(), 0.9);
}

}  // namespace
}  // namespace measure
