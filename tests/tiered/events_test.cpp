// The log as text.
#include "tiered/events.h"

#include <memory>

#include <gtest/gtest.h>

#include "runtime/builtins.h"

namespace tiered {
namespace {

TEST(Events, AreOneObjectALine) {
  frontend::DiagnosticSink sink;
  const auto program =
      frontend::LoadProgram("a \"b\".gc", "def f(n) = n\n", runtime::BuiltinSignatures(), sink);
  ASSERT_NE(program, nullptr);
  std::vector<Event> events;
  events.push_back({EventKind::Started, 1e-3});
  events.back().pause_seconds = 12.5e-6;
  Event hot{EventKind::Hot, 2e-3};
  hot.function = program->IdOf(*program->FindFunction("f"));
  hot.version = 3;
  hot.loop_line = 7;
  hot.types = "int";
  hot.spent_seconds = 5e-4;
  hot.estimated_seconds = 4e-3;
  events.push_back(hot);
  Event refused{EventKind::Refused, 3e-3};
  refused.function = hot.function;
  refused.reason = "a\nb";
  events.push_back(refused);
  EXPECT_EQ(
      EventsText(events, *program),
      "{\"schema\":1,\"program\":\"a \\\"b\\\".gc\"}\n"
      "{\"event\":\"started\",\"at_us\":1000.0,\"pause_us\":12.5}\n"
      "{\"event\":\"hot\",\"at_us\":2000.0,\"function\":\"f\",\"version\":3,\"types\":\"int\","
      "\"loop_line\":7,\"spent_us\":500.0,\"estimated_us\":4000.0}\n"
      "{\"event\":\"refused\",\"at_us\":3000.0,\"function\":\"f\",\"version\":0,"
      "\"types\":\"\",\"reason\":\"a\\u000ab\"}\n");
}

}  // namespace
}  // namespace tiered
