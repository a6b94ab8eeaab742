// Loops that are entered, calls both ways, errors from either side, and what the log tells of it.
// Mode::Loops and Mode::Calls go over at fixed places, on the thread of the run.

#include "tiered/tiered.h"

#include <chrono>

#include <gtest/gtest.h>

#include "runtime/builtins.h"
#include "runtime/context.h"
#include "runtime/ops.h"
#include "runtime/output.h"
#include "runtime/run.h"
#include "runtime/type.h"

namespace tiered {
namespace {

struct TieredRun {
  std::string output;
  std::string error;  // rendered; empty: none
  std::vector<Event> events;
  uint64_t calls = 0;  // that went over
  uint64_t loops = 0;
};

double Now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

TieredRun RunText(const std::string& text, Mode mode, double seconds = 0, int64_t threshold = 0) {
  TieredRun run;
  frontend::DiagnosticSink sink;
  const auto program = frontend::LoadProgram("test.gc", text, runtime::BuiltinSignatures(), sink);
  if (program == nullptr) {
    ADD_FAILURE() << frontend::RenderDiagnostics(frontend::SourceFile("test.gc", text), sink.Take(),
                                                 frontend::Color::No);
    return run;
  }
  runtime::TypeTable types;
  runtime::StringOutput output;
  runtime::Limits limits;
  limits.seconds = seconds;
  runtime::Context context(*program, types, output, limits);
  context.clock = Now;
  Options options;
  options.mode = mode;
  options.threshold = threshold;
  options.on_events = [&](const std::vector<Event>& events, const frontend::Program&) {
    run.events = events;
  };
  runtime::OnLargeStack([&] {
    const runtime::Watchdog watchdog(context);
    const auto executable =
        Tiered(options).Prepare(*program, context, runtime::Counting::No, runtime::Entry::Main);
    const runtime::Outcome outcome = runtime::RunProgram(*executable, context, {}, false);
    if (outcome.error) {
      run.error = runtime::Render(*outcome.error, *program, frontend::Color::No);
    }
    runtime::Release(outcome.value);
    for (const runtime::TierCount& count : executable->tiers()) {
      run.calls += count.tier.ends_with("calls") ? count.calls : 0;
      run.loops += count.tier.ends_with("loops") ? count.calls : 0;
    }
  });
  run.output = output.text();
  return run;
}

uint64_t CountOf(const TieredRun& run, EventKind kind) {
  uint64_t count = 0;
  for (const Event& event : run.events) {
    count += event.kind == kind ? 1 : 0;
  }
  return count;
}

TEST(Tiered, EntersALoopOfTheTopLevel) {
  const TieredRun run = RunText(
      "var total = 0\n"
      "for i in range(1000) { total += i }\n"
      "print(total)\n",
      Mode::Loops);
  EXPECT_EQ(run.output, "499500\n");
  EXPECT_EQ(run.loops, 1U);
  EXPECT_EQ(CountOf(run, EventKind::Entered), 1U);
}

TEST(Tiered, EntersEveryKindOfLoop) {
  const TieredRun run = RunText(
      "def up(n) { var t = 0\nfor i in range(2, n) { t += i }\nt }\n"
      "def down(n) { var t = \"\"\nfor i in range(n, 0, -3) { t += str(i) }\nt }\n"
      "def each(xs) { var t = 0.0\nfor x in xs { t += x }\nt }\n"
      "def words(xs) { var t = \"\"\nfor x in xs { let y = x + \"!\"\nt += y }\nt }\n"
      "def halve(n) { var k = n\nvar c = 0\nwhile k > 0 and c < 50 { k = k // 2\nc += 1 }\nc }\n"
      "print(up(6), down(10), each([0.5, 1.5]), words([\"a\", \"b\"]), halve(100))\n",
      Mode::Loops);
  EXPECT_EQ(run.output, "14 10741 2.0 a!b! 7\n");
  EXPECT_EQ(run.loops, 5U);
}

// The inner loop is entered while two others are running, with all they hold.
TEST(Tiered, EntersAnInnerLoop) {
  const std::string text =
      "def f(n, names) {\n"
      "    var out = \"\"\n"
      "    let tail = \".\"\n"
      "    for name in names {\n"
      "        let start = name + \":\"\n"
      "        out += start\n"
      "        for i in range(n, 0, -1) {\n"
      "            var k = i\n"
      "            while k > 0 {\n"
      "                out += str(k)\n"
      "                k -= 1\n"
      "                if k == 1 { continue }\n"
      "            }\n"
      "            out += tail\n"
      "        }\n"
      "    }\n"
      "    out\n"
      "}\n"
      "print(f(3, [\"a\", \"b\"]))\n";
  EXPECT_EQ(RunText(text, Mode::Loops).output, "a:321.21.1.b:321.21.1.\n");
  EXPECT_EQ(RunText(text, Mode::Random).output, "a:321.21.1.b:321.21.1.\n");
}

// Code for a start that is not negative is not entered with another.
TEST(Tiered, CompilesALoopAnewForNegativeInts) {
  const TieredRun run = RunText(
      "def count(from) { var t = 0\nvar i = from\nwhile i < 3 { t += i % 7\ni += 1 }\nt }\n"
      "print(count(0), count(-4), count(1))\n",
      Mode::Loops);
  EXPECT_EQ(run.output, "3 21 3\n");
  EXPECT_EQ(run.loops, 3U);
  EXPECT_EQ(CountOf(run, EventKind::CompileEnd), 2U);
}

// Code for frames near the top does not count calls, and is not entered far below.
TEST(Tiered, CompilesALoopAnewForDeeperFrames) {
  const std::string text =
      "def inc(x) = x + 1\n"
      "def leaf() { var t = 0\nfor i in range(3) { t = inc(t) }\nt }\n"
      "def down(n) = if n == 0 { leaf() } else { down(n - 1) }\n"
      "print(down(0), down(5), down(500), down(9000))\n"
      "down(9998)\n";
  const TieredRun run = RunText(text, Mode::Loops);
  EXPECT_EQ(run.output, "3 3 3 3\n");
  EXPECT_EQ(run.error, RunText(text, Mode::Auto).error);
  EXPECT_NE(run.error, "");
  // At depth 2, which is good for all to 100, and at any.
  EXPECT_EQ(CountOf(run, EventKind::CompileEnd), 2U);
  EXPECT_EQ(RunText(text, Mode::Calls).error, run.error);
}

TEST(Tiered, CompilesWhatIsCalledSoOften) {
  const std::string text =
      "def f(x) = x + 1\nvar t = 0\nfor i in range(3000000) { t = f(t) }\nprint(t)\n";
  TieredRun run = RunText(text, Mode::Auto, 0, 1000);
  EXPECT_EQ(run.output, "3000000\n");
  EXPECT_GE(CountOf(run, EventKind::Hot), 2U);  // the function, which is small, and the loop
  run = RunText(text, Mode::Auto, 0, 100'000'000);
  EXPECT_EQ(CountOf(run, EventKind::Hot), 0U);
}

TEST(Tiered, ReturnsFromTheFunctionInsideALoop) {
  const TieredRun run = RunText(
      "def find(xs, wanted) {\n"
      "    for x in xs { if x == wanted { return \"found \" + str(x) } }\n"
      "    \"nothing\"\n"
      "}\n"
      "print(find([1, 2, 3], 2), find([1, 2, 3], 7))\n",
      Mode::Loops);
  EXPECT_EQ(run.output, "found 2 nothing\n");
  EXPECT_EQ(run.loops, 2U);
}

TEST(Tiered, RefusesLoopsAndSaysWhy) {
  const TieredRun run = RunText(
      "def evens(n) { for i in range(n) { if i % 2 == 0 { yield i } } }\n"
      "var t = 0\n"
      "for e in evens(10) { t += e\nfor i in range(2) { t += i } }\n"
      "let k = { var s = 0\nfor i in range(3) { s += i }\ns }\n"
      "print(t, k)\n",
      Mode::Loops);
  EXPECT_EQ(run.output, "25 3\n");
  std::vector<std::string> reasons;
  for (const Event& event : run.events) {
    if (event.kind == EventKind::Refused) {
      reasons.push_back(event.reason);
    }
  }
  EXPECT_EQ(reasons, (std::vector<std::string>{
                         "it runs over a sequence that is neither range nor list",
                         "it stands in a loop over a sequence that is neither range nor list",
                         "it stands inside an expression", "its function yields"}));
}

TEST(Tiered, TracesErrorsThroughBothTiers) {
  const std::string text =
      "def fail(n) = 1 // n\n"
      "def middle(f, n) { var t = 0\nfor i in range(n) { t += f(n - i - 1) }\nt }\n"
      "def outer(n) { for i in range(2) { middle(fail, n) }\n0 }\n"
      "outer(3)\n";
  const std::string expected = RunText(text, Mode::Auto).error;  // too short to be hot
  EXPECT_NE(expected.find("division"), std::string::npos) << expected;
  EXPECT_EQ(RunText(text, Mode::Loops).error, expected);
  EXPECT_EQ(RunText(text, Mode::Calls).error, expected);
}

// Machine code calls a value that is not compiled, which calls machine code.
TEST(Tiered, CallsBothWays) {
  const std::string text =
      "def apply(f, x) = f(x)\n"
      "def twice(x) { var t = 0\nfor i in range(2) { t += x }\nt }\n"
      "var t = 0\n"
      "for i in range(5) { let f = if i % 2 == 0 { twice } else { abs }\nt += apply(f, i) }\n"
      "print(t)\n";
  EXPECT_EQ(RunText(text, Mode::Calls).output, "16\n");
  EXPECT_EQ(RunText(text, Mode::Loops).output, "16\n");
}

TEST(Tiered, CompilesInTheBackground) {
  const TieredRun run = RunText(
      "def step(x) = (x * 1103515245 + 12345) % 2147483648\n"
      "var x = 1\n"
      "for i in range(30000000) { x = step(x) }\n"
      "print(x)\n",
      Mode::Auto);
  EXPECT_EQ(run.error, "");
  EXPECT_GE(run.loops, 1U);
  EXPECT_GE(CountOf(run, EventKind::Hot), 1U);
  EXPECT_GE(CountOf(run, EventKind::CompileEnd), 1U);
}

TEST(Tiered, EndsAtOnceWhateverIsBeingCompiled) {
  for (int turns = 100; turns < 3'000'000; turns *= 3) {
    const TieredRun run = RunText("var x = 0\nfor i in range(" + std::to_string(turns) +
                                      ") { x = (x + i) % 1000 }\nassert(false)\n",
                                  Mode::Auto);
    EXPECT_NE(run.error.find("assert"), std::string::npos) << run.error;
  }
}

TEST(Tiered, StopsAtTheTimeLimit) {
  for (const Mode mode : {Mode::Auto, Mode::Loops}) {
    const TieredRun run = RunText("var x = 0\nwhile true { x = (x + 1) % 7 }\n", mode, 0.2);
    EXPECT_NE(run.error.find("time"), std::string::npos) << run.error;
  }
}

}  // namespace
}  // namespace tiered
