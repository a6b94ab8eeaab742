// Break-even in input size on sweeps whose answer is known.

#include "measure/size_break_even.h"

#include <cmath>

#include <gtest/gtest.h>

namespace measure {
namespace {

// A costs n, B costs `start` and a quarter of n, each process a little more or less.
std::vector<SizeCosts> Sweep(double start, double noise) {
  std::vector<SizeCosts> sweep;
  for (double size = 10; size < 1e6; size *= std::sqrt(10)) {
    SizeCosts point = {.size = size, .a_seconds = {}, .b_seconds = {}};
    for (const double factor : {1 - noise, 1.0, 1 + noise}) {
      point.a_seconds.push_back(factor * size);
      point.b_seconds.push_back(factor * (start + size / 4));
    }
    sweep.push_back(point);
  }
  return sweep;
}

TEST(SizeBreakEvenTest, FindsTheRootBetweenSizes) {
  // n = 1000 + n / 4 at n = 1333; straight lines on a grid of half decades come close.
  const SizeBreakEven found = FindSizeBreakEven(Sweep(1000, 0.01), 0.95);
  EXPECT_NEAR(found.size, 1333, 60);
  EXPECT_LT(found.interval.low, found.size);
  EXPECT_GT(found.interval.high, found.size);
  EXPECT_NEAR(found.interval.low, found.size, 0.06 * found.size);
}

TEST(SizeBreakEvenTest, SaysWhenOneIsAheadThroughout) {
  EXPECT_EQ(FindSizeBreakEven(Sweep(1, 0.01), 0.95).size, 0);
  const SizeBreakEven never = FindSizeBreakEven(Sweep(1e8, 0.01), 0.95);
  EXPECT_TRUE(std::isinf(never.size));
  EXPECT_TRUE(std::isinf(never.interval.low));
}

TEST(SizeBreakEvenTest, PoolsADentInTheCurve) {
  const std::vector<SizeCosts> sweep = {{.size = 1, .a_seconds = {1}, .b_seconds = {4}},
                                        {.size = 10, .a_seconds = {4}, .b_seconds = {2}},
                                        {.size = 100, .a_seconds = {1}, .b_seconds = {4}},
                                        {.size = 1000, .a_seconds = {4}, .b_seconds = {1}}};
  // ln 2 and -ln 4 pool to -ln 2 / 2; from there to ln 4 is the root at a fifth of the decade.
  const SizeBreakEven found = FindSizeBreakEven(sweep, 0.95);
  EXPECT_NEAR(found.size, std::pow(10, 2.2), 1e-9);
  EXPECT_EQ(found.interval.low, 0);
  EXPECT_TRUE(std::isinf(found.interval.high));
}

}  // namespace
}  // namespace measure
