// Verdicts on rounds made by hand. How often they are right: coverage_test.cpp.

#include "measure/comparison.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "measure/quantile.h"

namespace measure {
namespace {

struct Rounds {
  std::vector<ProcessMean> base;
  std::vector<ProcessMean> other;
};

// Rounds at speeds that change, with the ratio and a little more or less of it.
Rounds MakeRounds(int count, double ratio) {
  Rounds rounds;
  for (int i = 0; i < count; ++i) {
    const double speed = i % 3 == 0 ? 1.6 : 1.0;
    const double noise = 1 + 0.001 * (i % 5 - 2);
    rounds.base.push_back({.round = i, .seconds = speed});
    rounds.other.push_back({.round = i, .seconds = speed * ratio * noise});
  }
  return rounds;
}

Comparison CompareRounds(const Rounds& rounds, size_t comparisons = 1) {
  return Compare(rounds.base, rounds.other, {}, {.comparisons = comparisons});
}

TEST(ComparisonTest, NamesTheFasterOne) {
  const Comparison faster = CompareRounds(MakeRounds(10, 0.97));
  EXPECT_EQ(faster.verdict, Verdict::Faster);
  EXPECT_EQ(faster.witness, Witness::SignedRanks);
  EXPECT_NEAR(faster.ratio, 0.97, 1e-3);
  EXPECT_TRUE(faster.interval.Contains(0.97));
  EXPECT_NEAR(faster.fieller.ratio, 0.97, 2e-3);
  EXPECT_TRUE(faster.fieller.interval.Contains(faster.ratio));
  EXPECT_NEAR(std::exp(faster.signs.median), 0.97, 1e-3);
  EXPECT_EQ(CompareRounds(MakeRounds(10, 1.03)).verdict, Verdict::Slower);
  EXPECT_EQ(CompareRounds(MakeRounds(10, 1.0)).verdict, Verdict::CannotTell);
}

TEST(ComparisonTest, StudentStandsInForTheExactTest) {
  const Comparison few = CompareRounds(MakeRounds(5, 0.05));
  EXPECT_EQ(few.witness, Witness::Student);
  EXPECT_EQ(few.verdict, Verdict::Faster);
  // Ten rounds suffice for one comparison, not for a hundred.
  EXPECT_EQ(CompareRounds(MakeRounds(10, 0.05), 100).witness, Witness::Student);
}

TEST(ComparisonTest, RefusesTooFewRounds) {
  for (const int count : {0, 1, 4}) {
    const Comparison comparison = CompareRounds(MakeRounds(count, 0.05));
    EXPECT_EQ(comparison.verdict, Verdict::TooFewProcesses);
    EXPECT_EQ(comparison.witness, Witness::None);
    EXPECT_FALSE(comparison.interval.IsBounded());
    EXPECT_EQ(comparison.rounds, static_cast<size_t>(count));
    EXPECT_EQ(std::isnan(comparison.ratio), count == 0);
  }
}

TEST(ComparisonTest, RoundsThatLackACompetitorAreLeftOut) {
  Rounds rounds = MakeRounds(12, 0.97);
  rounds.base.erase(rounds.base.begin() + 3);
  rounds.other.erase(rounds.other.begin() + 7);
  rounds.other.push_back({.round = 40, .seconds = 100});
  const Comparison comparison = CompareRounds(rounds);
  EXPECT_EQ(comparison.rounds, 10);
  EXPECT_EQ(comparison.verdict, Verdict::Faster);
}

TEST(ComparisonTest, BlocksOfARoundAreOneObservation) {
  // The means were taken at different speeds and say nothing; the blocks next to each other agree.
  Rounds rounds = MakeRounds(4, 1.6);
  std::vector<BlockPair> blocks;
  for (int round = 0; round < 4; ++round) {
    for (int i = 0; i < 50; ++i) {
      blocks.push_back({.round = round, .log_ratio = std::log(0.97) + 0.001 * (i % 3 - 1)});
    }
  }
  const Comparison four = Compare(rounds.base, rounds.other, blocks, {.comparisons = 1});
  EXPECT_EQ(four.rounds, 4);
  EXPECT_EQ(four.verdict, Verdict::TooFewProcesses);
  EXPECT_NEAR(four.ratio, 0.97, 1e-9);
  EXPECT_GT(four.fieller.ratio, 1.5);
}

TEST(ComparisonTest, AWiderFamilyNeedsMore) {
  Rounds rounds = MakeRounds(10, 1);
  for (size_t i = 0; i < rounds.other.size(); ++i) {
    rounds.other[i].seconds *= i < 2 ? 1.01 : 0.97;
  }
  EXPECT_EQ(CompareRounds(rounds).verdict, Verdict::Faster);
  EXPECT_EQ(CompareRounds(rounds, 12).verdict, Verdict::CannotTell);
}

}  // namespace
}  // namespace measure
