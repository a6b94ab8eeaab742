// Corrections for several comparisons against values worked by hand.

#include "measure/family.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

TEST(FamilyTest, BonferroniDividesTheError) {
  EXPECT_DOUBLE_EQ(FamilyConfidence(0.95, 1), 0.95);
  EXPECT_DOUBLE_EQ(FamilyConfidence(0.95, 10), 0.995);
}

TEST(FamilyTest, HolmStepsDown) {
  const double p_values[] = {0.01, 0.04, 0.03, 0.005};
  const std::vector<double> adjusted = HolmAdjusted(p_values);
  EXPECT_DOUBLE_EQ(adjusted[3], 0.02);
  EXPECT_DOUBLE_EQ(adjusted[0], 0.03);
  EXPECT_DOUBLE_EQ(adjusted[2], 0.06);
  // Its own would be 0.04; it cannot be found before the one that is stronger.
  EXPECT_DOUBLE_EQ(adjusted[1], 0.06);
}

TEST(FamilyTest, HolmNeverExceedsOne) {
  const double p_values[] = {0.9, 0.7};
  const std::vector<double> adjusted = HolmAdjusted(p_values);
  EXPECT_EQ(adjusted[0], 1);
  EXPECT_EQ(adjusted[1], 1);
}

}  // namespace
}  // namespace measure
