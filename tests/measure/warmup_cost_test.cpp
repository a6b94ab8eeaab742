// The split of a warm-up whose parts are known.

#include "measure/warmup_cost.h"

#include <numeric>

#include <gtest/gtest.h>

namespace measure {
namespace {

using runtime::EventKind;
using runtime::EventThread;

PlacedEvent At(EventKind kind, uint32_t iteration, double into, double lasts = 0,
               EventThread thread = EventThread::Run) {
  PlacedEvent placed{iteration, into};
  placed.event.kind = kind;
  placed.event.lasts_seconds = lasts;
  placed.event.thread = thread;
  return placed;
}

double SumOf(const WarmupCost& cost) {
  return cost.interpreting + cost.beside + cost.compiling + cost.waiting + cost.residual;
}

// Steady runs take 1 s. The first takes 10 s, interpreted, while the compile thread works for 4 of
// them; the second lowers for 0.5 s, waits for 0.25 s and enters machine code in its middle; the
// third is slower for no reason that is known.
TEST(WarmupCost, GivesEachPartItsCause) {
  const std::vector<double> seconds{10, 3.75, 1.5, 1, 1, 1};
  const std::vector<uint64_t> calls(6, 1);
  const std::vector<PlacedEvent> events{
      At(EventKind::Phase, 0, 2, 3, EventThread::Compile),
      At(EventKind::Phase, 0, 4, 2, EventThread::Compile),  // overlaps by one
      At(EventKind::Phase, 1, 0, 0.5), At(EventKind::Waited, 1, 0.5, 0.25),
      At(EventKind::Entered, 1, 1)};
  const WarmupCost cost = CostOfWarmup(seconds, calls, events, 3, 1);
  EXPECT_DOUBLE_EQ(cost.total, 9 + 2.75 + 0.5);
  EXPECT_DOUBLE_EQ(cost.compiling, 0.5);
  EXPECT_DOUBLE_EQ(cost.waiting, 0.25);
  EXPECT_DOUBLE_EQ(cost.beside, 9 * 0.4);
  EXPECT_DOUBLE_EQ(cost.interpreting, 9 * 0.6 + 2);
  EXPECT_DOUBLE_EQ(cost.residual, 0.5);
  EXPECT_DOUBLE_EQ(SumOf(cost), cost.total);
}

TEST(WarmupCost, CountsEveryCallOfASample) {
  const WarmupCost cost =
      CostOfWarmup(std::vector<double>{5, 1.5, 1}, std::vector<uint64_t>{1, 10, 10},
                   std::vector<PlacedEvent>{At(EventKind::Entered, 0, 5)}, 2, 1);
  EXPECT_DOUBLE_EQ(cost.total, 4 + 5);
  EXPECT_DOUBLE_EQ(cost.interpreting, 4);
  EXPECT_DOUBLE_EQ(cost.residual, 5);
}

// What lies before the first run, or was entered when the runs were steady, is no part of it.
TEST(WarmupCost, LooksAtTheWarmupOnly) {
  const WarmupCost cost = CostOfWarmup(
      std::vector<double>{2, 1, 1}, std::vector<uint64_t>{1, 1, 1},
      std::vector<PlacedEvent>{At(EventKind::Phase, 0, -3, 3.5), At(EventKind::Entered, 2, 0.5)}, 1,
      1);
  EXPECT_DOUBLE_EQ(cost.compiling, 0.5);
  EXPECT_DOUBLE_EQ(cost.interpreting, 0);
  EXPECT_DOUBLE_EQ(cost.residual, 0.5);
  EXPECT_DOUBLE_EQ(SumOf(cost), cost.total);
}

TEST(WarmupCost, IsNothingWithoutWarmup) {
  const WarmupCost cost = CostOfWarmup(std::vector<double>{2, 1}, std::vector<uint64_t>{1, 1},
                                       std::vector<PlacedEvent>{}, 0, 1);
  EXPECT_EQ(cost.total, 0);
  EXPECT_EQ(SumOf(cost), 0);
}

}  // namespace
}  // namespace measure
