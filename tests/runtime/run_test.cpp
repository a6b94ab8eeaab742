// Running a program from outside, with an engine that only notes what it is asked.

#include "runtime/run.h"

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using runtime::ErrorKind;
using runtime::Outcome;
using runtime::Value;

// Gives `top` for the top level and its arguments, as text, for a call.
class FakeExecutable : public runtime::Executable {
 public:
  FakeExecutable(RunFixture& run, Value top) : run_(run), top_(top) {}

  Outcome RunTop() override {
    log += "top;";
    Outcome outcome;
    outcome.value = top_;
    if (failing) {
      outcome.error = runtime::RunError{{ErrorKind::Raised, "no", ""}, {}};
    }
    return outcome;
  }
  Outcome Call(frontend::FunctionId function, std::span<const Value> args) override {
    log += std::string(run_.program->resolution.functions[function].name) + "(";
    for (const Value& arg : args) {
      runtime::Repr(run_.context, arg, &log);
      log += ",";
    }
    log += ");";
    Outcome outcome;
    outcome.value = main_result;
    return outcome;
  }
  runtime::WorkCounters counters() const override { return {}; }
  std::vector<runtime::TierCount> tiers() const override { return {}; }
  std::vector<runtime::PhaseTime> phases() const override { return {}; }

  std::string log;
  bool failing = false;
  Value main_result = Value::None();

 private:
  RunFixture& run_;
  Value top_;
};

// What the engine was asked, or the error.
std::string Args(const std::string& program, const std::vector<std::string>& args) {
  RunFixture run(program);
  FakeExecutable executable(run, Value::None());
  const Outcome outcome = runtime::RunProgram(executable, run.context, args, false);
  run.ExpectNothingLives();
  if (outcome.error.has_value()) {
    EXPECT_EQ(executable.log, "");
    return std::string(Name(outcome.error->failure.kind)) + ": " + outcome.error->failure.message;
  }
  return executable.log;
}

TEST(RunProgram, ArgumentsBySpelling) {
  const std::string program = "def main(a, b = 2, c = \"x\") = a\n";
  EXPECT_EQ(Args(program, {"5000"}), "top;main(5000,);");
  EXPECT_EQ(Args(program, {"-1.5", "true"}), "top;main(-1.5,true,);");
  EXPECT_EQ(Args(program, {"hello", "1e3", "né"}), "top;main('hello',1000.0,'né',);");
  EXPECT_EQ(Args(program, {"b=7", "a=1"}), "top;main(1,7,);");
  EXPECT_EQ(Args(program, {"1", "c=2"}), "top;main(1,2,2,);");
  EXPECT_EQ(Args(program, {"a=x=y"}), "top;main('x=y',);");
  EXPECT_EQ(Args(program, {"1_000"}), "top;main(1000,);");
}

TEST(RunProgram, ArgumentsByDeclaredType) {
  const std::string program = "def main(n: int, x: float = 1, s: str = \"\") = n\n";
  EXPECT_EQ(Args(program, {"3", "4", "5"}), "top;main(3,4.0,'5',);");
  EXPECT_EQ(Args(program, {"3", "s=5"}), "top;main(3,1.0,'5',);");
  EXPECT_EQ(Args(program, {"3.5"}), "type: the argument `n` must be an int, not \"3.5\"");
  EXPECT_EQ(Args(program, {"3", "abc"}), "type: the argument `x` must be a float, not \"abc\"");
}

TEST(RunProgram, WrongArguments) {
  const std::string program = "def main(a, b = 2) = a\n";
  EXPECT_EQ(Args(program, {}), "value: the argument `a` is missing");
  EXPECT_EQ(Args(program, {"b=1"}), "value: the argument `a` is missing");
  EXPECT_EQ(Args(program, {"1", "2", "3"}),
            "value: `main` takes 2 arguments, but 3 are given on the command line");
  EXPECT_EQ(Args(program, {"1", "a=2"}), "value: the argument `a` is given twice");
  EXPECT_EQ(Args(program, {"c=2"}), "value: `main` has no parameter `c`");
  EXPECT_EQ(Args("def main() = 1\n", {"1"}),
            "value: `main` takes 0 arguments, but 1 is given on the command line");
  EXPECT_EQ(Args("1\n", {"1"}),
            "value: there is no `main` to take the argument on the command line");
  EXPECT_EQ(Args(program, {"9223372036854775808"}),
            "value: \"9223372036854775808\" does not fit in a 64-bit int");
  EXPECT_EQ(Args("def main(a = 1 + 1, b = 2) = a\n", {"b=3"}),
            "value: the argument `a` is missing");
}

TEST(RunProgram, PrintsWhatMainGives) {
  RunFixture run("def main() = 1\n");
  FakeExecutable executable(run, Value::Int(1));
  executable.main_result = run.Str("done");
  const Outcome outcome = runtime::RunProgram(executable, run.context, {}, false);
  EXPECT_EQ(run.out.text(), "done\n");
  EXPECT_EQ(run.Take(outcome.value), "done");
  run.ExpectNothingLives();
}

TEST(RunProgram, PrintsTheLastValueOnlyWhenAsked) {
  RunFixture run("1\n");
  FakeExecutable executable(run, Value::Float(0.5));
  runtime::RunProgram(executable, run.context, {}, false);
  EXPECT_EQ(run.out.text(), "");
  runtime::RunProgram(executable, run.context, {}, true);
  EXPECT_EQ(run.out.text(), "0.5\n");
  FakeExecutable silent(run, Value::None());
  runtime::RunProgram(silent, run.context, {}, true);
  EXPECT_EQ(run.out.text(), "0.5\n");
}

TEST(RunProgram, AFailingTopLevelEndsTheRun) {
  RunFixture run("def main() = 1\n");
  FakeExecutable executable(run, Value::None());
  executable.failing = true;
  const Outcome outcome = runtime::RunProgram(executable, run.context, {}, false);
  EXPECT_EQ(executable.log, "top;");
  ASSERT_TRUE(outcome.error.has_value());
  EXPECT_EQ(outcome.error->failure.message, "no");
}

TEST(RunProgram, OutputThatCannotBeWrittenIsAnError) {
  struct Broken : runtime::Output {
    bool Write(std::string_view) override { return true; }
    bool Flush() override {
      error = 5;
      return false;
    }
  } broken;
  RunFixture run("1\n");
  runtime::Context context(*run.program, run.types, broken, {});
  FakeExecutable executable(run, Value::None());
  const Outcome outcome = runtime::RunProgram(executable, context, {}, false);
  ASSERT_TRUE(outcome.error.has_value());
  EXPECT_EQ(outcome.error->failure.kind, ErrorKind::Output);
  EXPECT_TRUE(outcome.error->trace.empty());
}

// The stack.

// The compiler must not turn this into a loop.
[[gnu::noinline]] uint64_t Recurse(uint64_t depth) {
  volatile char frame[16 * 1024];
  frame[0] = static_cast<char>(depth);
  return depth == 0 ? 0 : Recurse(depth - 1) + 1 + (frame[0] & 0);
}

TEST(OnLargeStack, HoldsDeepRecursion) {
  uint64_t depth = 0;
  runtime::OnLargeStack([&depth] { depth = Recurse(20'000); });  // 320 MB
  EXPECT_EQ(depth, 20'000u);
}

TEST(OnLargeStack, CarriesExceptionsAcross) {
  const auto throw_inside = [] { throw std::runtime_error("inside"); };
  EXPECT_THROW(runtime::OnLargeStack(throw_inside), std::runtime_error);
  int caught = 0;
  runtime::OnLargeStack([&] {
    try {
      throw_inside();
    } catch (const std::runtime_error&) {
      caught = 1;
    }
  });
  EXPECT_EQ(caught, 1);
}

TEST(OnLargeStack, Nests) {
  int depth = 0;
  runtime::OnLargeStack([&] { runtime::OnLargeStack([&] { depth = 2; }); });
  EXPECT_EQ(depth, 2);
}

// What stops a run. The tests wait for an event, with a deadline far away.

template <typename Condition>
bool WaitFor(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::yield();
  }
  return true;
}

TEST(Watchdog, AsksWhenTheTimeIsOver) {
  RunFixture run("1\n", {.seconds = 0.01});
  {
    const runtime::Watchdog watchdog(run.context);
    EXPECT_TRUE(WaitFor([&] { return run.context.interrupted(); }));
    EXPECT_EQ(run.context.depth_limit.load(), 0u);
    run.context.FailInterrupted();
    EXPECT_EQ(run.context.depth_limit.load(), run.context.limits.depth);
  }
  EXPECT_EQ(run.Failure(), "time limit: the time limit of 0.01 s is over");
}

TEST(Watchdog, IsSilentWithoutALimitOrAfterTheRun) {
  RunFixture run;
  { const runtime::Watchdog watchdog(run.context); }
  RunFixture limited("1\n", {.seconds = 3600});
  { const runtime::Watchdog watchdog(limited.context); }
  EXPECT_FALSE(limited.context.interrupted());
}

TEST(WatchdogDeathTest, EndsAProgramThatDoesNotAnswer) {
  EXPECT_EXIT(
      {
        RunFixture run("1\n", {.seconds = 0.01});
        const runtime::Watchdog watchdog(run.context);
        WaitFor([] { return false; });
      },
      testing::ExitedWithCode(124), "error: time limit");
}

TEST(InterruptOnCtrlC, TheFirstAsksTheSecondEnds) {
  RunFixture run;
  {
    const runtime::InterruptOnCtrlC interrupt(run.context);
    std::raise(SIGINT);
    EXPECT_TRUE(run.context.interrupted());
    run.context.FailInterrupted();
    EXPECT_EQ(run.Failure(), "interrupted: stopped by Ctrl-C");
  }
  EXPECT_EXIT(
      {
        RunFixture other;
        const runtime::InterruptOnCtrlC interrupt(other.context);
        std::raise(SIGINT);
        std::raise(SIGINT);
      },
      testing::ExitedWithCode(130), "");
}

TEST(InterruptOnCtrlC, PutsBackWhatWasThere) {
  struct sigaction before;
  struct sigaction after;
  ::sigaction(SIGINT, nullptr, &before);
  RunFixture run;
  { const runtime::InterruptOnCtrlC interrupt(run.context); }
  ::sigaction(SIGINT, nullptr, &after);
  EXPECT_EQ(after.sa_handler, before.sa_handler);
}

}  // namespace
}  // namespace tests
