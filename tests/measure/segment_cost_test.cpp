// The cost of a segment against its definition, and the inequality that pruning relies on.

#include "measure/segment_cost.h"

#include <cmath>

#include <gtest/gtest.h>

#include "measure/quantile.h"
#include "measure/random.h"

namespace measure {
namespace {

constexpr double kLogTwoPi = 1.8378770664093454836;

TEST(SegmentCostTest, IsMinusTwiceTheLogLikelihood) {
  const std::vector<double> series = {3, 1, 4, 1, 5, 9, 2, 6};
  const SegmentCost cost(series, 1e-9, VarianceFloor::AtLeast);
  const std::vector<double> part = {4, 1, 5, 9};
  double scatter = 0;
  for (const double value : part) {
    scatter += (value - Mean(part)) * (value - Mean(part));
  }
  const double variance = scatter / 4;
  EXPECT_NEAR(cost.Of(2, 6), 4 * (kLogTwoPi + std::log(variance)) + scatter / variance, 1e-12);
  EXPECT_DOUBLE_EQ(cost.Mean(2, 6), 4.75);
  EXPECT_DOUBLE_EQ(cost.Variance(2, 6), variance);
}

TEST(SegmentCostTest, FloorsDifferBelowTheLeastVariance) {
  const std::vector<double> series = {5, 5, 5, 5.001, 5, 5};
  const SegmentCost at_least(series, 1.0, VarianceFloor::AtLeast);
  const SegmentCost of_zero(series, 1.0, VarianceFloor::InsteadOfZero);
  // ln 1 = 0.
  EXPECT_NEAR(at_least.Of(0, 3), 3 * kLogTwoPi, 1e-12);
  EXPECT_NEAR(of_zero.Of(0, 3), 3 * (kLogTwoPi + 1), 1e-12);
  EXPECT_NEAR(at_least.Of(2, 4), 2 * kLogTwoPi + 0.5e-6, 1e-9);
  EXPECT_NEAR(of_zero.Of(2, 4), 2 * (kLogTwoPi + 1 + std::log(0.25e-6)), 1e-6);
}

TEST(SegmentCostTest, AWholeCostsNoLessThanItsParts) {
  Random random(1);
  for (const VarianceFloor floor : {VarianceFloor::AtLeast, VarianceFloor::InsteadOfZero}) {
    std::vector<double> series(60);
    for (double& value : series) {
      value = static_cast<double>(random.Below(4)) + 1e-3 * random.Normal();
    }
    series[20] = series[21] = series[22] = 2;
    const SegmentCost cost(series, 1e-4, floor);
    for (size_t begin = 0; begin < series.size(); ++begin) {
      for (size_t end = begin + 1; end <= series.size(); ++end) {
        for (size_t middle = begin; middle <= end; ++middle) {
          EXPECT_GE(cost.Of(begin, end) + 1e-9,
                    cost.LowerBound(begin, middle) + cost.LowerBound(middle, end));
        }
      }
    }
  }
}

}  // namespace
}  // namespace measure
