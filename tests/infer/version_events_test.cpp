// What the types of a version say, as events.

#include "infer/version_events.h"

#include <gtest/gtest.h>

#include "frontend/walk.h"
#include "tests/infer/inferred_program.h"

namespace infer {
namespace {

using runtime::Event;
using runtime::EventKind;

TEST(VersionEvents, TellTypesAndWhatIsBoxed) {
  InferredProgram program(
      "def f(n) {\n"
      "    var t = 0\n"
      "    for i in range(n) { t += 0.5 }\n"
      "    n\n"
      "}\n"
      "f(3)\n");
  const VersionId version = program.VersionsOf("f").at(0);
  std::vector<Event> events;
  AddTyped(*program.program, *program.inference, version, 1.5, &events);
  ASSERT_EQ(events.size(), 2U);
  const Event& typed = events[0];
  EXPECT_EQ(typed.kind, EventKind::Typed);
  EXPECT_EQ(typed.seconds, 1.5);
  EXPECT_EQ(typed.function, "f");
  EXPECT_EQ(typed.function_line, 1U);
  EXPECT_EQ(typed.version, version);
  EXPECT_EQ(typed.types, "int");
  EXPECT_EQ(typed.result, "int");
  EXPECT_EQ(typed.names,
            (std::vector<runtime::TypedName>{{"n", 1, "int"}, {"t", 2, "any"}, {"i", 3, "int"}}));
  const Event& boxed = events[1];
  EXPECT_EQ(boxed.kind, EventKind::Boxed);
  EXPECT_EQ(boxed.what, "`t`");
  EXPECT_EQ(boxed.reason, "is int at line 2 and float at line 3");
  EXPECT_EQ(boxed.advice, "write `0.0` instead of `0` at 2:13");
  EXPECT_EQ(boxed.line, 2U);
  EXPECT_EQ(boxed.column, 9U);
}

TEST(VersionEvents, NamesALoop) {
  InferredProgram program("var x = 0\nif true { while x < 3 { x += 1 } }\n");
  const VersionId top = program.VersionsOf("<top>").at(0);
  const auto& branching = frontend::Cast<frontend::IfExpr>(*program.program->items[1].expr);
  const auto& body = frontend::Cast<frontend::BlockExpr>(*branching.branches[0].body);
  const Event event =
      EventOf(EventKind::Hot, *program.program, *program.inference, top, body.items[0]);
  EXPECT_EQ(event.function_line, 0U);
  EXPECT_EQ(event.loop_line, 2U);
  EXPECT_EQ(event.loop_column, 11U);
}

// A version that is in machine code only was made when compiling began.
TEST(VersionEvents, AddsWhatIsMissing) {
  InferredProgram program("def f(n) = n\ndef g(n) = f(n)\ng(3)\n");
  const VersionId f = program.VersionsOf("f").at(0);
  const VersionId g = program.VersionsOf("g").at(0);
  std::vector<Event> events;
  AddTyped(*program.program, *program.inference, g, 1, &events);
  Event lower{.kind = EventKind::Phase};
  lower.seconds = 2;
  lower.phase = "lower";
  events.push_back(lower);
  Event end{.kind = EventKind::CompileEnd};
  end.seconds = 3;
  end.versions = {g, f};
  events.push_back(end);
  AddMissingTyped(*program.program, *program.inference, &events);
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[0].kind, EventKind::Typed);
  EXPECT_EQ(events[0].function, "f");
  EXPECT_EQ(events[0].seconds, 2);
}

}  // namespace
}  // namespace infer
