// Events to JSON and back.

#include "measure/event_json.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

using runtime::Event;
using runtime::EventKind;

constexpr EventKind kKinds[] = {EventKind::Typed,        EventKind::Boxed,      EventKind::Refused,
                                EventKind::Hot,          EventKind::Started,    EventKind::Queued,
                                EventKind::CompileBegin, EventKind::Phase,      EventKind::Inlined,
                                EventKind::CompileEnd,   EventKind::Published,  EventKind::Entered,
                                EventKind::Waited,       EventKind::Interpreted};

// Every field has a value, whether it belongs to the kind or not.
Event Full(EventKind kind) {
  Event event{.kind = kind};
  event.lasts_seconds = 1e-3;
  event.thread = runtime::EventThread::Compile;
  event.function = "f\n\"";
  event.function_line = 2;
  event.version = 3;
  event.types = "int";
  event.loop_line = 4;
  event.loop_column = 5;
  event.result = "float";
  event.names = {{"x", 6, "any"}};
  event.pause_seconds = 4e-3;
  event.spent_seconds = 2e-3;
  event.estimated_seconds = 3e-3;
  event.phase = "link";
  event.versions = {7, 8};
  event.instructions = 9;
  event.code_bytes = 10;
  event.into = 11;
  event.what = std::string(runtime::kRefusedInlining);
  event.reason = "too large";
  event.advice = "divide it";
  event.line = 12;
  event.column = 13;
  return event;
}

TEST(EventJson, ReadsWhatItWrites) {
  for (const EventKind kind : kKinds) {
    const auto json = EventToJson(Full(kind));
    const std::optional<Event> read = EventFromJson(nlohmann::ordered_json::parse(json.dump()));
    ASSERT_TRUE(read.has_value()) << json;
    EXPECT_EQ(read->kind, kind);
    EXPECT_EQ(EventToJson(*read), json);
  }
}

TEST(EventJson, LeavesOutWhatDoesNotBelongToTheKind) {
  EXPECT_EQ(EventToJson(Full(EventKind::Waited)).dump(),
            "{\"event\":\"waited\",\"thread\":\"compile\",\"lasts_us\":1000.0}");
  Event entered = Full(EventKind::Entered);
  entered.loop_line = 0;
  EXPECT_EQ(EventToJson(entered).dump(),
            "{\"event\":\"entered\",\"thread\":\"compile\",\"function\":\"f\\n\\\"\","
            "\"function_line\":2,\"version\":3,\"types\":\"int\"}");
}

TEST(EventJson, SkipsKindsOfLaterVersions) {
  EXPECT_FALSE(EventFromJson({{"event", "evicted"}, {"thread", "run"}}).has_value());
}

}  // namespace
}  // namespace measure
