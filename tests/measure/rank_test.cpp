// The sign test and the signed-rank test against tabled critical values, and their agreement with
// their own intervals.

#include "measure/rank_test.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "measure/random.h"

namespace measure {
namespace {

std::vector<double> UpTo(int n) {
  std::vector<double> values;
  for (int i = 1; i <= n; ++i) {
    values.push_back(i);
  }
  return values;
}

TEST(SignTestTest, FindsTheTabledRank) {
  const SignTest test = TestSigns(UpTo(52), 0.95);
  EXPECT_EQ(test.rank, 19);
  EXPECT_EQ(test.interval.low, 19);
  EXPECT_EQ(test.interval.high, 34);
  EXPECT_EQ(test.median, 26.5);
  EXPECT_EQ(TestSigns(UpTo(10), 0.95).rank, 2);
  EXPECT_EQ(TestSigns(UpTo(6), 0.95).rank, 1);
  EXPECT_EQ(TestSigns(UpTo(5), 0.95).rank, 0);
  EXPECT_FALSE(TestSigns(UpTo(5), 0.95).interval.IsBounded());
  EXPECT_EQ(TestSigns(UpTo(5), 0.9375).rank, 1);
}

TEST(SignTestTest, TiesStandAgainstADifference) {
  const double values[] = {0, 0, 1, 1, 1, 1, 1, 1};
  const SignTest test = TestSigns(values, 0.95);
  EXPECT_EQ(test.ties, 2);
  EXPECT_DOUBLE_EQ(test.p_value, 2 * 37.0 / 256);
  EXPECT_TRUE(test.interval.Contains(0));
}

TEST(SignedRankTest, FindsTheTabledCriticalValues) {
  // Two-sided at 5 %: W <= 8 for n = 10, so that the ninth Walsh average bounds the interval. Those
  // of powers of four are ordered by their larger member and then by the other.
  std::vector<double> powers;
  for (int i = 0; i < 10; ++i) {
    powers.push_back(static_cast<double>(int64_t{1} << (2 * i)));
  }
  const SignedRankTest test = TestSignedRanks(powers, 0.95);
  EXPECT_EQ(test.interval.low, (powers[3] + powers[2]) / 2);
  EXPECT_DOUBLE_EQ(test.p_value, 2.0 / 1024);
  EXPECT_TRUE(TestSignedRanks(UpTo(6), 0.95).interval.IsBounded());
  EXPECT_FALSE(TestSignedRanks(UpTo(5), 0.95).interval.IsBounded());
}

TEST(SignedRankTest, CentreIsTheMedianOfPairMeans) {
  const double values[] = {1, 2, 10};
  EXPECT_DOUBLE_EQ(TestSignedRanks(values, 0.5).centre, (2 + 5.5) / 2);
}

TEST(RankTestsTest, FewestDifferencesIsWhereIntervalsBegin) {
  for (const double confidence : {0.9, 0.95, 0.99, 0.999}) {
    const auto fewest = static_cast<int>(FewestDifferences(confidence));
    EXPECT_TRUE(TestSigns(UpTo(fewest), confidence).interval.IsBounded());
    EXPECT_TRUE(TestSignedRanks(UpTo(fewest), confidence).interval.IsBounded());
    EXPECT_FALSE(TestSigns(UpTo(fewest - 1), confidence).interval.IsBounded());
    EXPECT_FALSE(TestSignedRanks(UpTo(fewest - 1), confidence).interval.IsBounded());
  }
}

TEST(RankTestsTest, PValuesAgreeWithIntervals) {
  Random random(5);
  int found = 0;
  for (int i = 0; i < 500; ++i) {
    std::vector<double> values;
    for (int j = 0; j < 6 + i % 9; ++j) {
      // Coarse, so that there are ties.
      values.push_back(std::round(2 * random.Normal() + 1.5));
    }
    const SignTest signs = TestSigns(values, 0.95);
    EXPECT_EQ(signs.p_value <= 0.05, !signs.interval.Contains(0));
    const SignedRankTest ranks = TestSignedRanks(values, 0.95);
    EXPECT_EQ(ranks.p_value <= 0.05, !ranks.interval.Contains(0));
    found += ranks.p_value <= 0.05;
  }
  EXPECT_GT(found, 100);
  EXPECT_LT(found, 400);
}

}  // namespace
}  // namespace measure
