// Changes of level and the events behind them.

#include "measure/warmup_changes.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

using runtime::EventKind;
using runtime::EventThread;

PlacedEvent At(EventKind kind, uint32_t iteration, EventThread thread = EventThread::Run) {
  PlacedEvent placed{iteration, 0};
  placed.event.kind = kind;
  placed.event.thread = thread;
  return placed;
}

WarmupAnalysis WithLevelsFrom(const std::vector<size_t>& begins) {
  WarmupAnalysis warmup{};
  size_t begin = 0;
  for (const size_t end : begins) {
    warmup.segments.push_back({begin, end, 1, 0});
    begin = end;
  }
  warmup.segments.push_back({begin, begin + 10, 1, 0});
  return warmup;
}

// One event at each distance from a change: one iteration away is near enough, two are not.
TEST(WarmupChanges, TakeEventsNearby) {
  for (uint32_t at = 0; at < 40; ++at) {
    const std::vector<PlacedEvent> events{At(EventKind::Entered, at)};
    const auto changes = ExplainChanges(WithLevelsFrom({20}), events);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].iteration, 20U);
    EXPECT_EQ(changes[0].cause != nullptr, at >= 19 && at <= 21) << at;
  }
}

TEST(WarmupChanges, PreferWhatSaysMost) {
  const std::vector<PlacedEvent> events{
      At(EventKind::Hot, 4),     At(EventKind::Phase, 5, EventThread::Compile),
      At(EventKind::Entered, 6), At(EventKind::Entered, 5),
      At(EventKind::Phase, 14),  At(EventKind::Published, 14)};
  const auto changes = ExplainChanges(WithLevelsFrom({5, 15}), events);
  EXPECT_EQ(changes[0].cause, &events[3]);
  EXPECT_EQ(changes[1].cause, &events[4]);
}

// Each says more than those before it, whatever their order in the log.
TEST(WarmupChanges, RankTheKinds) {
  const std::vector<std::vector<PlacedEvent>> ranks = {
      {At(EventKind::Typed, 5), At(EventKind::Boxed, 5), At(EventKind::Refused, 5),
       At(EventKind::Inlined, 5), At(EventKind::Interpreted, 5)},
      {At(EventKind::Hot, 5), At(EventKind::Queued, 5)},
      {At(EventKind::CompileBegin, 5), At(EventKind::CompileEnd, 5),
       At(EventKind::Started, 5, EventThread::Compile)},
      {At(EventKind::Published, 5)},
      {At(EventKind::Waited, 5), At(EventKind::Started, 5)},
      {At(EventKind::Entered, 5)}};
  for (size_t rank = 1; rank < ranks.size(); ++rank) {
    for (const PlacedEvent& less : ranks[rank - 1]) {
      for (const PlacedEvent& more : ranks[rank]) {
        const std::vector<PlacedEvent> rising{less, more};
        EXPECT_EQ(ExplainChanges(WithLevelsFrom({5}), rising)[0].cause, &rising[1]) << rank;
        const std::vector<PlacedEvent> falling{more, less};
        EXPECT_EQ(ExplainChanges(WithLevelsFrom({5}), falling)[0].cause, falling.data()) << rank;
      }
    }
  }
}

TEST(WarmupChanges, LeaveTheRestUnexplained) {
  const auto changes = ExplainChanges(WithLevelsFrom({1, 15}), {});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_TRUE(changes[0].is_second);
  EXPECT_FALSE(changes[1].is_second);
  EXPECT_EQ(changes[1].cause, nullptr);
  PlacedEvent before = At(EventKind::Started, 0);
  before.into_seconds = -1;
  EXPECT_EQ(ExplainChanges(WithLevelsFrom({1}), std::vector<PlacedEvent>{before})[0].cause,
            nullptr);
  EXPECT_TRUE(ExplainChanges(WithLevelsFrom({}), {}).empty());
}

}  // namespace
}  // namespace measure
