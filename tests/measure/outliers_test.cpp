// Outliers: the window rule by hand-made series, the modified Z score by the vectors of hyperfine.
// The outliers of published executions are in published_test.cpp.

#include "measure/outliers.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "measure/quantile.h"
#include "measure/random.h"
#include "tests/measure/oracle.h"

namespace measure {
namespace {

std::vector<double> Noise(size_t count, uint64_t seed) {
  Random random(seed);
  std::vector<double> series(count);
  for (double& value : series) {
    value = 100 + random.Normal();
  }
  return series;
}

TEST(OutliersTest, FindsSpikesAndDips) {
  std::vector<double> series = Noise(400, 1);
  series[60] = 150;
  series[200] = 60;
  series[399] = 150;
  EXPECT_EQ(FindOutliers(series, 40, FirstIterations::Exempt), (std::vector<size_t>{60, 200, 399}));
}

TEST(OutliersTest, LeavesTheFirstHalfWindowAlone) {
  std::vector<double> series = Noise(400, 2);
  for (size_t i = 0; i <= 20; ++i) {
    std::vector<double> with_spike = series;
    with_spike[i] = 150;
    EXPECT_EQ(FindOutliers(with_spike, 40, FirstIterations::Exempt).size(), i < 20 ? 0u : 1u) << i;
  }
}

TEST(OutliersTest, FirstOnesAreOutliersAfterANormalOne) {
  for (const size_t count : {11u, 20u, 30u, 400u}) {
    const auto find = [&](std::initializer_list<size_t> spikes) {
      std::vector<double> series = Noise(count, 5);
      for (const size_t spike : spikes) {
        series[spike] = 150;
      }
      return FindOutliers(series, 40, FirstIterations::Judged);
    };
    EXPECT_EQ(find({0}), std::vector<size_t>{}) << count;
    EXPECT_EQ(find({1}), std::vector<size_t>{1}) << count;
    EXPECT_EQ(find({5}), std::vector<size_t>{5}) << count;
    if (count >= 30) {
      EXPECT_EQ(find({0, 1}), std::vector<size_t>{}) << count;
      EXPECT_EQ(find({0, 2}), std::vector<size_t>{2}) << count;
    }
  }
  EXPECT_TRUE(
      FindOutliers(std::vector<double>{1, 1, 1, 9, 1, 1, 1, 1, 1, 1}, 40, FirstIterations::Judged)
          .empty())
      << "ten values are too few";
}

TEST(OutliersTest, AStepIsNone) {
  std::vector<double> series = Noise(400, 3);
  for (size_t i = 200; i < 400; ++i) {
    series[i] += 50;
  }
  EXPECT_TRUE(FindOutliers(series, 40, FirstIterations::Exempt).empty());
}

TEST(OutliersTest, TheMovingWindowIsTheWindowSortedAnew) {
  Random random(4);
  for (int round = 0; round < 100; ++round) {
    const size_t count = 1 + random.Below(60);
    const size_t window = random.Below(40);
    std::vector<double> series(count);
    for (double& value : series) {
      value = std::floor(4 * random.Normal()) + (random.Below(8) == 0 ? 100 : 0);
    }
    std::vector<size_t> expected;
    const size_t half = window / 2;
    for (size_t i = 0; i < count && half > 0; ++i) {
      const size_t begin = i < half ? 0 : i - half;
      const size_t end = std::min(count, i + half);
      const std::span<const double> around(&series[begin], end - begin);
      const double reach = 3 * (Quantile(around, 0.9) - Quantile(around, 0.1));
      if ((begin > 0 || end >= window) && std::abs(series[i] - Median(around)) > reach) {
        expected.push_back(i);
      }
    }
    EXPECT_EQ(FindOutliers(series, window, FirstIterations::Exempt), expected);
  }
}

TEST(OutliersTest, ShortAndEmptySeriesHaveNone) {
  EXPECT_TRUE(FindOutliers({}, 20, FirstIterations::Exempt).empty());
  EXPECT_TRUE(FindOutliers(std::vector<double>{1, 100}, 20, FirstIterations::Exempt).empty());
  EXPECT_TRUE(
      FindOutliers(std::vector<double>{1, 1, 1, 100, 1}, 0, FirstIterations::Exempt).empty());
}

TEST(ModifiedZScoresTest, CountsAreThoseOfHyperfine) {
  const nlohmann::json cases = OracleJson("stats/hyperfine_outlier_vectors.json")["cases"];
  ASSERT_EQ(cases.size(), 9u);
  for (const nlohmann::json& one : cases) {
    const std::vector<double> scores = ModifiedZScores(one["x"].get<std::vector<double>>());
    const auto outliers = std::count_if(scores.begin(), scores.end(), [](double score) {
      return std::abs(score) > kModifiedZLimit;
    });
    EXPECT_EQ(outliers, one["outliers"]) << one.dump();
  }
  EXPECT_TRUE(ModifiedZScores({}).empty());
}

}  // namespace
}  // namespace measure
