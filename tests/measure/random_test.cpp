// The generator: the same numbers everywhere, and the distributions it promises.

#include "measure/random.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

TEST(RandomTest, GivesTheSameNumbersForTheSameSeed) {
  Random a(1);
  Random b(1);
  Random other(2);
  int same = 0;
  for (int i = 0; i < 100; ++i) {
    const uint64_t value = a.Next();
    EXPECT_EQ(value, b.Next());
    same += value == other.Next();
  }
  EXPECT_EQ(same, 0);
}

TEST(RandomTest, FillsItsRangesEvenly) {
  Random random(3);
  int counts[6] = {};
  for (int i = 0; i < 60'000; ++i) {
    ++counts[random.Below(6)];
  }
  for (const int count : counts) {
    EXPECT_NEAR(count, 10'000, 400);
  }
}

TEST(RandomTest, NormalHasMeanZeroAndVarianceOne) {
  Random random(4);
  double sum = 0;
  double squares = 0;
  constexpr int kCount = 100'000;
  for (int i = 0; i < kCount; ++i) {
    const double value = random.Normal();
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / kCount, 0, 0.02);
  EXPECT_NEAR(squares / kCount, 1, 0.02);
}

}  // namespace
}  // namespace measure
