// Loops that are entered, calls both ways, errors from either side, and what the log tells of it.
// Mode::Loops and Mode::Calls go over at fixed places, on the thread of the run.

#include "tiered/tiered.h"

#include <algorithm>
#include <chrono>

#include <gtest/gtest.h>

#include "infer/loop_entry.h"
#include "runtime/builtins.h"
#include "runtime/context.h"
#include "runtime/ops.h"
#include "runtime/output.h"
#include "runtime/run.h"
#include "runtime/type.h"
#include "tiered/events.h"

namespace tiered {
namespace {

struct TieredRun {
  std::string output;
  std::string error;  // rendered; empty: none
  std::vector<Event> events;
  uint64_t calls = 0;  // that went over
  uint64_t loops = 0;
  uint64_t entries = 0;  // whose state was compared
};

double Now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

TieredRun RunText(const std::string& text, Mode mode, double seconds = 0, uint64_t seed = 0,
                  int64_t threshold = 0) {
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
  options.seed = seed;
  options.threshold = threshold;
  options.on_entry = [&](const std::string& interpreter, const std::string& machine_code) {
    EXPECT_EQ(interpreter, machine_code);
    ++run.entries;
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
    run.events = executable->events();
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
  for (uint64_t seed = 0; seed < 4; ++seed) {
    EXPECT_EQ(RunText(text, Mode::Random, 0, seed).output, "a:321.21.1.b:321.21.1.\n");
  }
}

// At a random turn, with some elements behind and some in hand.
TEST(Tiered, EntersInTheMiddleOfEveryStep) {
  const std::string text =
      "def pick(n) {\n"
      "    let k = 3\n"
      "    var out = \"\"\n"
      "    for word in map(x => str(x * k) + \"+\", filter(x => x % 2 == 0, range(n, 0, -1))) {\n"
      "        for c in word { if c != \"+\" { out += c } }\n"
      "    }\n"
      "    out\n"
      "}\n"
      "let rows = [[i * j for j in range(i) if j != 1] for i in [2, 3, 4]]\n"
      "print(pick(7), rows, max(x - k for x in range(5) for k in [x, 1]))\n"
      "print(join(\"/\", (str(x) for x in [1, 2, 3, 4])), all(x < 3 for x in [1, 2, 5]))\n"
      "print(sum([0.5 * x for x in range(6)]), min(map(abs, [-3, -2, 4])))\n";
  uint64_t entries = 0;
  for (uint64_t seed = 0; seed < 8; ++seed) {
    const TieredRun run = RunText(text, Mode::Random, 0, seed);
    EXPECT_EQ(run.output, "18126 [[0], [0, 6], [0, 8, 12]] 3\n1/2/3/4 false\n7.5 2\n");
    entries += run.entries;
  }
  EXPECT_GT(entries, 16U);
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
  TieredRun run = RunText(text, Mode::Auto, 0, 0, 1000);
  EXPECT_EQ(run.output, "3000000\n");
  EXPECT_GE(CountOf(run, EventKind::Hot), 2U);  // the function, which is small, and the loop
  run = RunText(text, Mode::Auto, 0, 0, 100'000'000);
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

// Each runs one loop of its own, whatever stands around it.
TEST(Tiered, EntersConsumersWhileTheyRun) {
  const TieredRun run = RunText(
      "def double(x) = x * 2\n"
      "let n = 10\n"
      "print(sum(map(double, filter(x => x % 3 == 0, range(n)))))\n"
      "print(sum(x * n for x in range(0, n, 3) if x > 2), sum([0.5, 0.25], 1.0))\n"
      "print(min(k - n for k in range(4)), max([3, n, 5]), max(range(3)))\n"
      "print(any(x == 3 for x in range(n)), all(x < 3 for x in range(n)))\n"
      "print([c + \"!\" for c in \"abc\"], list(map(str, [1, 2])))\n"
      "print(join(\", \", (str(i * j) for i in range(1, 3) for j in [i, n])))\n",
      Mode::Loops);
  EXPECT_EQ(run.output,
            "36\n180 1.75\n-10 10 2\ntrue false\n['a!', 'b!', 'c!'] ['1', '2']\n"
            "1, 10, 4, 20\n");
  EXPECT_EQ(run.loops, 11U);
  EXPECT_EQ(CountOf(run, EventKind::Refused), 0U);
}

TEST(Tiered, EntersLoopsOverStages) {
  const TieredRun run = RunText(
      "def f(n) {\n"
      "    var out = \"\"\n"
      "    let k = 2\n"
      "    for s in map(x => str(x) + \".\", filter(x => x > k, range(n))) {\n"
      "        for c in s { if c == \".\" { continue }\nout += c + str(k) }\n"
      "    }\n"
      "    out\n"
      "}\n"
      "print(f(5))\n",
      Mode::Loops);
  EXPECT_EQ(run.output, "3242\n");
  EXPECT_EQ(run.loops, 1U);
}

// Machine code does the rest of the loop alone, and hands back what it has assigned.
TEST(Tiered, EntersLoopsWithoutTheRestOfTheFunction) {
  const TieredRun run = RunText(
      "def naturals(n) { for i in range(n) { yield i } }\n"
      "def sums(n) {\n"
      "    var text = \"\"\n"
      "    for i in range(n) {\n"
      "        var k = 0\n"
      "        while k < i { k += 1\ntext += str(k) }\n"
      "        yield text\n"
      "    }\n"
      "}\n"
      "def f(n) {\n"
      "    var t = 0\n"
      "    let x = 1 + { for i in range(n) { t += i }\nt }\n"
      "    for e in naturals(3) { for i in range(n) { t += i * e }\nt += 100 }\n"
      "    x + t\n"
      "}\n"
      "print(f(4), list(sums(4)))\n",
      Mode::Loops);
  EXPECT_EQ(run.output, "331 ['', '1', '112', '112123']\n");
  EXPECT_EQ(run.loops, 7U);
}

TEST(Tiered, ChecksTheDepthWhereAConsumerIsEntered) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "ThreadSanitizer keeps 65,536 nested calls of C++; 10,000 of gc are more";
#endif
  const std::string text =
      "def deep(n) = if n == 0 { 0 } else { sum(deep(n - 1) for i in range(1)) + 1 }\n"
      "print(deep(100))\n"
      "print(deep(20000))\n";
  const std::string expected = RunText(text, Mode::Auto).error;
  EXPECT_NE(expected.find("depth"), std::string::npos) << expected;
  EXPECT_EQ(RunText(text, Mode::Loops).error, expected);
}

TEST(Tiered, RefusesLoopsAndSaysWhy) {
  const TieredRun run = RunText(
      "def evens(n) { for i in range(n) { if i % 2 == 0 { yield i } } }\n"
      "def f() {\n"
      "    var t = 0\n"
      "    for e in evens(10) { t += e\nfor i in range(2) { if i > e { return 0 } } }\n"
      "    let k = 1 + { for i in range(3) { if i > t { return 1 } }\nt }\n"
      "    k\n"
      "}\n"
      "print(f())\n",
      Mode::Loops);
  EXPECT_EQ(run.output, "0\n");
  std::vector<std::string_view> reasons;
  for (const Event& event : run.events) {
    if (event.kind == EventKind::Refused) {
      reasons.push_back(event.reason);
      EXPECT_NE(event.advice, "") << event.reason;
    }
  }
  EXPECT_EQ(reasons, (std::vector<std::string_view>{infer::kNoPosition, infer::kInNoPosition,
                                                    infer::kJumpsOutOfExpression, infer::kYields}));
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

// The stations of a loop that goes over, in their order, and what the log says of its function.
TEST(Tiered, LogsEveryStation) {
  const TieredRun run = RunText(
      "def step(x) = x + 1\n"
      "def f(n) { var x = 0\nfor i in range(n) { x = step(x) }\nx }\n"
      "f(1000)\n",
      Mode::Loops);
  std::vector<std::string> stations;
  uint32_t step = 0;
  uint32_t f = 0;
  for (const Event& event : run.events) {
    if (event.kind == EventKind::Typed) {
      (event.function == "step" ? step : f) = event.version;
    }
    if (event.loop_line == 3) {
      stations.push_back(std::string(runtime::Name(event.kind)) +
                         (event.phase.empty() ? "" : " " + event.phase));
    }
    if (event.kind == EventKind::CompileEnd) {
      EXPECT_GT(event.instructions, 0U);
      EXPECT_GT(event.code_bytes, 0U);
      EXPECT_NE(std::find(event.versions.begin(), event.versions.end(), step),
                event.versions.end());
    }
    EXPECT_EQ(event.thread, runtime::EventThread::Run);
  }
  std::sort(stations.begin(), stations.end());
  EXPECT_EQ(stations, (std::vector<std::string>{"compile-begin", "compile-end", "entered",
                                                "phase codegen", "phase link", "phase lower",
                                                "phase optimise", "published", "queued"}));
  EXPECT_NE(step, f);
  EXPECT_TRUE(std::is_sorted(run.events.begin(), run.events.end(),
                             [](const Event& a, const Event& b) { return a.seconds < b.seconds; }));
}

// What never went over is told at the end, with what it would have taken.
TEST(Tiered, LogsWhatStayedOnTheInterpreter) {
  const TieredRun run = RunText("def f(n) = n\nf(1)\n", Mode::Auto);
  const auto stayed = std::find_if(run.events.begin(), run.events.end(), [](const Event& event) {
    return event.kind == EventKind::Interpreted;
  });
  ASSERT_NE(stayed, run.events.end());
  EXPECT_EQ(stayed->function, "f");
  EXPECT_GT(stayed->estimated_seconds, 0);
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
