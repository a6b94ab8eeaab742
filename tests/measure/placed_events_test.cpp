// Events among iterations, with pauses between them.

#include "measure/placed_events.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

using runtime::Event;
using runtime::EventKind;

Event At(EventKind kind, double seconds, double lasts = 0) {
  Event event{.kind = kind};
  event.seconds = seconds;
  event.lasts_seconds = lasts;
  return event;
}

// Two iterations, a pause of 10 s, one more.
constexpr TimeSpan kIterations[] = {{100, 101}, {101, 102}, {112, 114}};

TEST(PlacedEvents, FindTheirIteration) {
  const auto placed =
      PlaceEvents(kIterations, {At(EventKind::Started, 99.5), At(EventKind::Hot, 100.25),
                                At(EventKind::Queued, 101.5), At(EventKind::Published, 105),
                                At(EventKind::Entered, 112.5), At(EventKind::Hot, 120)});
  ASSERT_EQ(placed.size(), 6U);
  const struct {
    uint32_t iteration;
    double into;
  } expected[] = {{0, -0.5}, {0, 0.25}, {1, 0.5}, {2, 0}, {2, 0.5}, {2, 2}};
  for (size_t i = 0; i < placed.size(); ++i) {
    EXPECT_EQ(placed[i].iteration, expected[i].iteration) << i;
    EXPECT_DOUBLE_EQ(placed[i].into_seconds, expected[i].into) << i;
    EXPECT_EQ(placed[i].event.seconds, 0) << i;
  }
}

// A phase of the compile thread that began before the pause and ended after it.
TEST(PlacedEvents, PausesTakeNoTime) {
  const auto placed =
      PlaceEvents(kIterations, {At(EventKind::Phase, 101.5, 11), At(EventKind::Phase, 103, 5),
                                At(EventKind::Phase, 99, 1.5)});
  EXPECT_DOUBLE_EQ(placed[0].event.lasts_seconds, 1);
  EXPECT_DOUBLE_EQ(placed[1].event.lasts_seconds, 0);
  EXPECT_DOUBLE_EQ(placed[2].event.lasts_seconds, 1.5);
}

TEST(PlacedEvents, LeavesFactsAway) {
  EXPECT_TRUE(PlaceEvents(kIterations, {At(EventKind::Typed, 100), At(EventKind::Boxed, 100),
                                        At(EventKind::Refused, 100), At(EventKind::Inlined, 100),
                                        At(EventKind::Interpreted, 114)})
                  .empty());
  EXPECT_TRUE(PlaceEvents({}, {At(EventKind::Hot, 100)}).empty());
}

}  // namespace
}  // namespace measure
