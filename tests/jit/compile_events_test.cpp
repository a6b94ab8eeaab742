// What the log of the JIT says: phases, sizes, what was inlined into what, what was refused.

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "runtime/run.h"
#include "tests/jit/jit_run.h"

namespace jit {
namespace {

using runtime::Event;
using runtime::EventKind;

std::vector<Event> EventsOf(const std::string& text, EngineOptions options = {}) {
  options.log_inlining = true;
  std::vector<Event> events;
  const auto program = Load(text);
  runtime::OnLargeStack([&] {
    Prepared prepared(*program, options);
    prepared.RunTop();
    events = prepared.executable().events();
  });
  return events;
}

// "a into b" of each event of the kind, by names.
std::set<std::string> EdgesOf(const std::vector<Event>& events, EventKind kind) {
  std::set<std::string> edges;
  const auto name_of = [&](uint32_t version) {
    for (const Event& event : events) {
      if (event.kind == EventKind::Typed && event.version == version) {
        return event.function;
      }
    }
    return std::string("?");
  };
  for (const Event& event : events) {
    if (event.kind == kind &&
        (kind == EventKind::Inlined || event.what == runtime::kRefusedInlining)) {
      edges.insert(event.function + " into " + name_of(event.into));
    }
  }
  return edges;
}

TEST(CompileEvents, FollowEachOther) {
  const std::vector<Event> events = EventsOf("def f(n) = n * 2\nf(3)\n");
  std::vector<std::string> names;
  double reached = 0;
  for (const Event& event : events) {
    EXPECT_GE(event.seconds, reached);
    reached = event.seconds;
    EXPECT_EQ(event.thread, runtime::EventThread::Run);
    if (event.kind != EventKind::Typed && event.kind != EventKind::Inlined) {
      names.push_back(event.phase.empty() ? std::string(Name(event.kind)) : event.phase);
    }
    if (event.kind == EventKind::CompileEnd) {
      EXPECT_EQ(event.versions.size(), 2U);
      EXPECT_GT(event.instructions, 0U);
      EXPECT_GT(event.code_bytes, 0U);
    }
  }
  EXPECT_EQ(names, (std::vector<std::string>{"started", "lower", "compile-begin", "optimise",
                                             "codegen", "link", "compile-end", "published"}));
}

TEST(CompileEvents, TellWhatWasInlined) {
  const std::vector<Event> events = EventsOf(
      "def inner(x) = x * 0.5\n"
      "def middle(x) = inner(x) + 1.0\n"
      "def fib(n) = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }\n"
      "middle(2.0) + fib(20)\n");
  const std::set<std::string> inlined = EdgesOf(events, EventKind::Inlined);
  EXPECT_TRUE(inlined.contains("inner into middle"));
  EXPECT_TRUE(inlined.contains("middle into <top>"));
  EXPECT_FALSE(inlined.contains("fib into <top>"));
}

// The body of a generator stands in the loop that consumes it.
TEST(CompileEvents, TellWhatWasFused) {
  const std::vector<Event> events = EventsOf(
      "def numbers(n) { for i in range(n) { yield i } }\n"
      "def total(n) { var t = 0\nfor x in numbers(n) { t += x }\nt }\n"
      "total(10)\n");
  EXPECT_TRUE(EdgesOf(events, EventKind::Inlined).contains("numbers into total"));
}

TEST(CompileEvents, TellWhatIsBoxed) {
  const std::vector<Event> events =
      EventsOf("def f(n) { var t = 0\nfor i in range(n) { t += 0.5 }\nt }\nf(3)\n");
  const auto boxed = std::find_if(events.begin(), events.end(), [](const Event& event) {
    return event.kind == EventKind::Boxed && event.what == "`t`";
  });
  ASSERT_NE(boxed, events.end());
  EXPECT_EQ(boxed->advice, "write `0.0` instead of `0` at 1:20");
}

TEST(CompileEvents, TellWhatIsNotOptimised) {
  const std::vector<Event> events =
      EventsOf("def f(n) { var t = 0\nfor i in range(n) { t += i // 3 }\nt }\nf(3)\n",
               {.max_instructions = 10});
  const auto refused = std::find_if(events.begin(), events.end(), [](const Event& event) {
    return event.kind == EventKind::Refused && event.what == runtime::kRefusedOptimising;
  });
  ASSERT_NE(refused, events.end());
  EXPECT_EQ(refused->reason.find("too large"), 0U) << refused->reason;
  EXPECT_NE(refused->advice, "");
}

// Nobody pays for remarks that nobody reads.
TEST(CompileEvents, SayNothingOfInliningUnlessAsked) {
  const auto program = Load("def f(n) = n * 2\nf(3)\n");
  runtime::OnLargeStack([&] {
    Prepared prepared(*program);
    prepared.RunTop();
    EXPECT_TRUE(EdgesOf(prepared.executable().events(), EventKind::Inlined).empty());
  });
}

}  // namespace
}  // namespace jit
