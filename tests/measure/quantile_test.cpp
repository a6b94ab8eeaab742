// Order statistics against values that R gives (quantile(), var()).

#include "measure/quantile.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

TEST(QuantileTest, InterpolatesBetweenRanks) {
  const double values[] = {3, 1, 4, 1, 5, 9, 2, 6};
  EXPECT_DOUBLE_EQ(Quantile(values, 0.9), 6.9);
  EXPECT_DOUBLE_EQ(Quantile(values, 0.1), 1.0);
  EXPECT_DOUBLE_EQ(Quantile(values, 1.0), 9.0);
  EXPECT_DOUBLE_EQ(Median(values), 3.5);
}

TEST(QuantileTest, OfOneValueIsThatValue) {
  const double values[] = {7};
  EXPECT_DOUBLE_EQ(Quantile(values, 0.37), 7);
  EXPECT_DOUBLE_EQ(SampleVariance(values), 0);
}

TEST(QuantileTest, VarianceDividesByOneLess) {
  const double values[] = {2, 4, 4, 4, 5, 5, 7, 9};
  EXPECT_DOUBLE_EQ(Mean(values), 5);
  EXPECT_DOUBLE_EQ(SampleVariance(values), 32.0 / 7.0);
}

}  // namespace
}  // namespace measure
