// Watching clocks that do what they are told.

#include "measure/clock_watch.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

TEST(ClockWatchTest, FindsTheCostOfAReading) {
  int readings = 0;
  const ClockWatch watch = WatchClock([&] { return 1e-7 * ++readings; }, 1e-3);
  EXPECT_NEAR(watch.reading_seconds, 1e-7, 1e-12);
  EXPECT_NEAR(*watch.resolution_seconds, 1e-7, 1e-12);
  EXPECT_NEAR(watch.seconds, 1e-3, 2e-7);
  EXPECT_EQ(watch.interruptions, 0U);
}

TEST(ClockWatchTest, TellsTheStepFromTheCost) {
  // A clock that moves only at every eighth reading, by 800 ns.
  int readings = 0;
  const ClockWatch watch = WatchClock([&] { return 8e-7 * (++readings / 8); }, 0);
  EXPECT_EQ(watch.readings, 1000U);
  EXPECT_NEAR(watch.reading_seconds, 1e-7, 1e-9);
  EXPECT_NEAR(*watch.resolution_seconds, 8e-7, 1e-12);
}

TEST(ClockWatchTest, LeavesInterruptionsOutOfTheCost) {
  int readings = 0;
  double now = 0;
  const auto clock = [&] {
    ++readings;
    now += readings == 500 ? 2e-3 : readings == 700 ? 1e-3 : 1e-7;
    return now;
  };
  const ClockWatch watch = WatchClock(clock, 0);
  EXPECT_EQ(watch.interruptions, 2U);
  EXPECT_NEAR(watch.lost_seconds, 3e-3, 1e-9);
  EXPECT_NEAR(watch.longest_seconds, 2e-3, 1e-9);
  EXPECT_NEAR(watch.reading_seconds, 1e-7, 1e-12);
}

TEST(ClockWatchTest, EndsWithAClockThatStands) {
  const ClockWatch watch = WatchClock([] { return 5.0; }, 1);
  EXPECT_EQ(watch.seconds, 0);
  EXPECT_FALSE(watch.resolution_seconds);
}

}  // namespace
}  // namespace measure
