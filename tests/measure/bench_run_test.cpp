// The measuring loop, with an engine that gives what the test says and a clock that it moves.

#include "measure/bench_run.h"

#include <functional>

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace measure {
namespace {

using runtime::Outcome;
using runtime::Value;
using tests::RunFixture;

constexpr char kProgram[] = "bench b(n = 3) = n\n";

// A clock that every call moves by `call_seconds`, and every reading by `clock_seconds`.
class FakeExecutable final : public runtime::Executable {
 public:
  explicit FakeExecutable(runtime::Output& out) : out_(out) {}

  Outcome RunTop() override {
    out_.Write("top");
    Outcome outcome;
    if (fails_at == 0) {
      outcome.error = runtime::RunError{{runtime::ErrorKind::Raised, "top", ""}, {}};
    }
    return outcome;
  }
  Outcome Call(frontend::FunctionId, std::span<const Value> args) override {
    ++calls;
    arg_count = args.size();
    now += call_seconds;
    Outcome outcome;
    if (calls == fails_at) {
      outcome.error = runtime::RunError{{runtime::ErrorKind::Raised, "no", ""}, {}};
      return outcome;
    }
    out_.Write(printed);
    outcome.value = make(calls);
    return outcome;
  }
  runtime::WorkCounters counters() const override { return {}; }
  std::vector<TierCount> tiers() const override { return {}; }
  std::vector<runtime::PhaseTime> phases() const override { return {}; }

  std::function<Value(int)> make = [](int) { return Value::Int(1); };  // by number of the call
  std::string printed = {};
  double call_seconds = 0.25;
  int fails_at = -1;  // the call, counted from 1; 0: the top level
  double now = 0;
  int calls = 0;
  size_t arg_count = 0;

 private:
  runtime::Output& out_;
};

struct Bench {
  explicit Bench(const char* program = kProgram)
      : fixture(program), context(*fixture.program, fixture.types, output, {}) {
    context.clock = [this] { return executable.now += clock_seconds; };
  }
  ~Bench() {
    run.reset();
    EXPECT_EQ(context.heap.counters().live_objects, 0U);
  }
  bool Start(const std::vector<Parameter>& parameters = {}) {
    run.emplace(*fixture.program, context, executable, output);
    return run->Start("b", parameters);
  }
  Value Str(const std::string& text) { return Value::Of(context.heap.NewStr(text, text.size())); }
  Value List(const std::vector<int64_t>& numbers) {
    std::vector<Value> values;
    for (const int64_t number : numbers) {
      values.push_back(Value::Int(number));
    }
    return Value::Of(runtime::NewListFromValues(context, values));
  }
  std::vector<double> Run(uint32_t iterations, uint64_t calls) {
    Batch batch;
    EXPECT_TRUE(run->Run(iterations, calls, &batch)) << run->error().failure.message;
    return batch.seconds;
  }
  std::string RunError(uint32_t iterations, uint64_t calls = 1) {
    Batch batch;
    EXPECT_FALSE(run->Run(iterations, calls, &batch));
    return run->error().failure.message;
  }

  RunFixture fixture;
  CapturedOutput output;
  runtime::Context context;
  FakeExecutable executable{output};
  double clock_seconds = 0;
  std::optional<BenchRun> run;
};

TEST(BenchRunTest, SecondsAreTheClocksDifferences) {
  Bench bench;
  ASSERT_TRUE(bench.Start());
  EXPECT_EQ(bench.Run(3, 1), (std::vector<double>{0.25, 0.25, 0.25}));
  bench.executable.call_seconds = 0.5;
  EXPECT_EQ(bench.Run(2, 1), (std::vector<double>{0.5, 0.5}));
  EXPECT_EQ(bench.executable.calls, 5);
}

// One reading begins the first sample, and one ends each; another follows where a value had to be
// kept or compared as text.
TEST(BenchRunTest, TheClockIsReadOncePerSample) {
  constexpr double kReading = 0.0625;
  Bench bench;
  bench.clock_seconds = kReading;
  ASSERT_TRUE(bench.Start());
  EXPECT_EQ(bench.Run(1, 1), std::vector<double>{0.25 + kReading});
  const double begin = bench.executable.now;
  EXPECT_EQ(bench.Run(3, 1), std::vector<double>(3, 0.25 + kReading));
  EXPECT_EQ(bench.executable.now - begin, 3 * 0.25 + 4 * kReading);

  Bench lists;
  lists.clock_seconds = kReading;
  lists.executable.make = [&](int) { return lists.List({1}); };
  ASSERT_TRUE(lists.Start());
  EXPECT_EQ(lists.Run(3, 1), std::vector<double>(3, 0.25 + kReading));
  EXPECT_EQ(lists.executable.now, 3 * 0.25 + 7 * kReading);
}

TEST(BenchRunTest, AValueOfNoneIsAValue) {
  Bench bench;
  bench.executable.make = [](int) { return Value::None(); };
  ASSERT_TRUE(bench.Start());
  bench.Run(2, 1);
  EXPECT_EQ(bench.run->value(), "none");
}

TEST(BenchRunTest, TheFirstSampleOfAllIsOneCall) {
  Bench bench;
  ASSERT_TRUE(bench.Start());
  bench.executable.make = [&](int call) {
    bench.executable.now += call == 1 ? 10 : 0;
    return Value::Int(1);
  };
  EXPECT_EQ(bench.Run(3, 4), (std::vector<double>{10.25, 0.25, 0.25}));
  EXPECT_EQ(bench.executable.calls, 1 + 4 + 4);
  EXPECT_EQ(bench.Run(1, 4), std::vector<double>{0.25});
  EXPECT_EQ(bench.executable.calls, 13);
}

TEST(BenchRunTest, BatchesKnowTheirPlace) {
  Bench bench;
  ASSERT_TRUE(bench.Start());
  Batch first;
  Batch second;
  ASSERT_TRUE(bench.run->Run(3, 1, &first));
  ASSERT_TRUE(bench.run->Run(2, 7, &second));
  EXPECT_EQ(first.first, 0U);
  EXPECT_EQ(first.calls, 1U);
  EXPECT_EQ(second.first, 3U);
  EXPECT_EQ(second.calls, 7U);
}

TEST(BenchRunTest, ValuesMustStayTheSame) {
  Bench bench;
  ASSERT_TRUE(bench.Start());
  bench.executable.make = [](int call) { return Value::Int(call < 4 ? 1 : 2); };
  EXPECT_EQ(bench.RunError(5), "bench b gave 1 at first and 2 in iteration 4");
  EXPECT_EQ(bench.executable.calls, 4);
  EXPECT_EQ(bench.run->error().failure.kind, runtime::ErrorKind::Value);
  ASSERT_EQ(bench.run->error().trace.size(), 1U);
}

TEST(BenchRunTest, ValuesOfAnotherTypeAreOthers) {
  Bench bench;
  ASSERT_TRUE(bench.Start());
  bench.executable.make = [](int call) { return call == 1 ? Value::Int(1) : Value::Float(1); };
  EXPECT_EQ(bench.RunError(2), "bench b gave 1 at first and 1.0 in iteration 2");
}

TEST(BenchRunTest, NanIsTheSameAsNan) {
  Bench bench;
  ASSERT_TRUE(bench.Start());
  bench.executable.make = [](int call) { return Value::Float(call % 2 == 0 ? NAN : -NAN); };
  EXPECT_EQ(bench.Run(4, 1).size(), 4U);
}

// Making the text of a value takes none of the time of a sample.
TEST(BenchRunTest, ObjectsAreComparedByTheirText) {
  Bench bench;
  ASSERT_TRUE(bench.Start());
  bench.executable.make = [&](int) { return bench.List({1, 2}); };
  EXPECT_EQ(bench.Run(2, 3), (std::vector<double>{0.25, 0.25}));
  EXPECT_EQ(bench.run->value(), "[1, 2]");
  bench.executable.make = [&](int) { return bench.List({1, 3}); };
  EXPECT_EQ(bench.RunError(1), "bench b gave [1, 2] at first and [1, 3] in iteration 3");

  Bench strings;
  ASSERT_TRUE(strings.Start());
  strings.executable.make = [&](int call) { return strings.Str(call < 3 ? "same" : "other"); };
  EXPECT_EQ(strings.RunError(9), "bench b gave same at first and other in iteration 3");
}

TEST(BenchRunTest, ErrorsEndARun) {
  Bench bench;
  ASSERT_TRUE(bench.Start());
  bench.executable.fails_at = 3;
  EXPECT_EQ(bench.RunError(5), "no");
  EXPECT_EQ(bench.executable.calls, 3);

  Bench within;  // a sample
  ASSERT_TRUE(within.Start());
  within.executable.fails_at = 3;
  EXPECT_EQ(within.RunError(2, 10), "no");

  Bench top;
  top.executable.fails_at = 0;
  EXPECT_FALSE(top.Start());
  EXPECT_EQ(top.run->error().failure.message, "top");
}

TEST(BenchRunTest, ParametersAreRead) {
  Bench bench;
  ASSERT_TRUE(bench.Start({{"n", "7"}}));
  bench.Run(1, 1);
  EXPECT_EQ(bench.executable.arg_count, 1U);
  EXPECT_EQ(bench.run->args()[0].integer, 7);

  Bench typed("bench b(n: int = 1) = n\n");
  EXPECT_FALSE(typed.Start({{"n", "x"}}));
  EXPECT_EQ(typed.run->error().failure.message, "the argument `n` must be an int, not \"x\"");
}

TEST(BenchRunTest, TheFirstCallsOutputIsKept) {
  Bench bench;
  bench.executable.printed = "line\n";
  ASSERT_TRUE(bench.Start());
  bench.Run(3, 2);
  EXPECT_EQ(bench.run->output(), "line\n");  // and nothing of the top level
  EXPECT_EQ(bench.run->value(), "1");
  EXPECT_EQ(bench.output.Take(), "");
}

TEST(CapturedOutputTest, LongTextsAreShortenedAndStayDifferent) {
  const auto captured = [](const std::string& text, size_t piece) {
    CapturedOutput output;
    for (size_t i = 0; i < text.size(); i += piece) {
      output.Write(std::string_view(text).substr(i, piece));
    }
    return output.Take();
  };
  const std::string whole(4096, 'x');
  EXPECT_EQ(captured(whole, 100), whole);
  const std::string longer = whole + "y";
  const std::string other = whole + "z";
  EXPECT_EQ(captured(longer, 100).substr(0, 4113), whole + "... 4097 bytes, c");
  EXPECT_EQ(captured(longer, 100), captured(longer, 7));
  EXPECT_NE(captured(longer, 100), captured(other, 100));
  EXPECT_NE(captured(std::string(5000, '\0'), 100), captured(std::string(5001, '\0'), 100));
}

TEST(CapturedOutputTest, ChecksumsAreFnv1a) {
  CapturedOutput output;
  output.Write(std::string(4096, 'a'));
  output.Take();
  // The state starts anew. Published: FNV-1a of "foobar" is 85944171f73967e8.
  std::string text(4096, 'a');
  uint64_t expected = 0xcbf29ce484222325;
  for (const char c : text + "b") {
    expected = (expected ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  output.Write(text + "b");
  char digits[17];
  snprintf(digits, sizeof(digits), "%016lx", expected);
  EXPECT_TRUE(output.Take().ends_with(std::string("checksum ") + digits));
}

}  // namespace
}  // namespace measure
