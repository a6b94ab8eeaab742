// Durations and ratios as text.

#include "report/units.h"

#include <gtest/gtest.h>

namespace report {
namespace {

TEST(UnitsTest, DurationsHaveThreeDigitsAndAUnit) {
  EXPECT_EQ(DurationText(0), "0.00 ns");
  EXPECT_EQ(DurationText(1.234e-9), "1.23 ns");
  EXPECT_EQ(DurationText(45.67e-6), "45.7 µs");
  EXPECT_EQ(DurationText(0.7891), "789 ms");
  EXPECT_EQ(DurationText(0.99949), "999 ms");
  EXPECT_EQ(DurationText(0.9996), "1.00 s");
  EXPECT_EQ(DurationText(9.996e-3), "10.0 ms");
  EXPECT_EQ(DurationText(12.34), "12.3 s");
  EXPECT_EQ(DurationText(4321), "4321 s");
}

TEST(UnitsTest, RatiosKeepThreeDigits) {
  EXPECT_EQ(RatioText(1.0), "1.00");
  EXPECT_EQ(RatioText(0.3456), "0.346");
  EXPECT_EQ(RatioText(12.34), "12.3");
  EXPECT_EQ(RatioText(1234.5), "1234");
}

}  // namespace
}  // namespace report
