// Williams designs: balanced for position and for what follows what.

#include "measure/schedule.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace measure {
namespace {

void ExpectBalanced(const std::vector<std::vector<uint32_t>>& rows, uint32_t count) {
  std::map<std::pair<uint32_t, uint32_t>, int> at;
  std::map<std::pair<uint32_t, uint32_t>, int> follows;
  for (const std::vector<uint32_t>& row : rows) {
    EXPECT_EQ(std::set<uint32_t>(row.begin(), row.end()).size(), count);
    for (uint32_t i = 0; i < count; ++i) {
      EXPECT_LT(row[i], count);
      ++at[{i, row[i]}];
      if (i > 0) {
        ++follows[{row[i - 1], row[i]}];
      }
    }
  }
  const int repeats = count % 2 == 1 && count > 1 ? 2 : 1;
  EXPECT_EQ(rows.size(), count * static_cast<size_t>(repeats));
  EXPECT_EQ(at.size(), size_t{count} * count);
  for (const auto& [place, times] : at) {
    EXPECT_EQ(times, repeats);
  }
  EXPECT_EQ(follows.size(), size_t{count} * (count - 1));
  for (const auto& [pair, times] : follows) {
    EXPECT_EQ(times, repeats);
  }
}

TEST(ScheduleTest, IsBalancedForPositionAndCarryOver) {
  for (uint32_t count = 1; count <= 17; ++count) {
    ExpectBalanced(WilliamsDesign(count), count);
    ExpectBalanced(ShuffledWilliamsDesign(count, count), count);
  }
}

TEST(ScheduleTest, SeedsChooseAmongOrders) {
  EXPECT_EQ(ShuffledWilliamsDesign(6, 1), ShuffledWilliamsDesign(6, 1));
  EXPECT_NE(ShuffledWilliamsDesign(6, 1), ShuffledWilliamsDesign(6, 2));
}

}  // namespace
}  // namespace measure
