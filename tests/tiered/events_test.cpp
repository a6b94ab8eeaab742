// From entries of the log to events.
#include "tiered/events.h"

#include <gtest/gtest.h>

#include "infer/loop_entry.h"
#include "runtime/builtins.h"

namespace tiered {
namespace {

TEST(Events, SayWhatEntriesMean) {
  frontend::DiagnosticSink sink;
  const auto program = frontend::LoadProgram(
      "test.gc", "def f(n) {\n    let k = { for i in range(n) { return i }\n 1 }\n    k\n}\nf(3)\n",
      runtime::BuiltinSignatures(), sink);
  ASSERT_NE(program, nullptr);
  runtime::TypeTable types;
  infer::Inference inference(*program, types, infer::Typing::Inferred);
  const frontend::FunctionId f = program->IdOf(*program->FindFunction("f"));
  const runtime::TypeId args[] = {runtime::kInt};
  const infer::VersionId version = inference.Request(f, args);
  LogEntry started{EventKind::Started, 3};
  started.lasts_seconds = 0.5;
  started.thread = runtime::EventThread::Compile;
  const std::vector<Event> events = EventsOf(
      {{EventKind::Typed, 1, version}, {EventKind::Hot, 2, version, nullptr, 0.25, 0.75}, started},
      *program, inference);
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[0].kind, EventKind::Typed);
  EXPECT_EQ(events[1].kind, EventKind::Refused);
  EXPECT_EQ(events[1].seconds, 1);
  EXPECT_EQ(events[1].loop_line, 2U);
  EXPECT_EQ(events[1].what, runtime::kRefusedEntering);
  EXPECT_EQ(events[1].reason, infer::kJumpsOutOfExpression);
  EXPECT_EQ(events[1].advice, "make the loop a statement of its own");
  EXPECT_EQ(events[2].kind, EventKind::Hot);
  EXPECT_EQ(events[2].function, "f");
  EXPECT_EQ(events[2].types, "int");
  EXPECT_EQ(events[2].spent_seconds, 0.25);
  EXPECT_EQ(events[2].estimated_seconds, 0.75);
  EXPECT_EQ(events[3].function, "");
  EXPECT_EQ(events[3].lasts_seconds, 0.5);
  EXPECT_EQ(events[3].thread, runtime::EventThread::Compile);
}

}  // namespace
}  // namespace tiered
