// `lab timeit` exactly, with an engine whose times are written in the statements and a clock that
// only moves when it is read; and on the real engines, where only what does not depend on their
// speed is looked at.

#include <cstdlib>

#include <nlohmann/json.hpp>

#include "frontend/check.h"
#include "tests/cli/command_line.h"

namespace cli {
namespace {

constexpr double kEmptyTurn = 1e-9;
constexpr double kTick = 0.25e-3;  // of the clock, each time it is read
constexpr double kCompile = 0.2e-3;

// A turn of the statement `0.001` takes a millisecond and what the loop itself takes, a little more
// in some runs than in others. A negative statement takes what it takes in any number of turns.
class FakeExecutable final : public runtime::Executable {
 public:
  explicit FakeExecutable(const frontend::Program& program) {
    const std::string text(program.source->text());
    const size_t begin = text.find("keep({\n");
    LAB_CHECK(begin != std::string::npos);
    statement_ = std::strtod(text.c_str() + begin + 7, nullptr);
  }
  runtime::Outcome RunTop() override { return {}; }
  runtime::Outcome Call(frontend::FunctionId, std::span<const runtime::Value> args) override {
    const double noise = 1 + 0.001 * (calls_++ * 7 % 5);
    const double turns = statement_ < 0 ? 1 : static_cast<double>(args[0].integer);
    return {runtime::Value::Float((std::abs(statement_) * noise + kEmptyTurn) * turns), {}};
  }
  runtime::WorkCounters counters() const override { return {}; }
  std::vector<runtime::TierCount> tiers() const override { return {}; }
  std::vector<runtime::PhaseTime> phases() const override {
    return {{"compile", calls_ > 0 ? kCompile : 0}};
  }

 private:
  double statement_;
  int calls_ = 0;
};

class FakeBackend final : public runtime::Backend {
 public:
  std::string name() const override { return "fake"; }
  std::unique_ptr<runtime::Executable> Prepare(const frontend::Program& program, runtime::Context&,
                                               runtime::Counting, runtime::Entry) override {
    return std::make_unique<FakeExecutable>(program);
  }
};

constexpr Configuration kFake{"fake",
                              "fake",
                              "--mode",
                              "",
                              true,
                              [](const EngineSettings&) -> std::unique_ptr<runtime::Backend> {
                                return std::make_unique<FakeBackend>();
                              }};

Result TimeFake(TimeitOptions options) {
  if (options.engines.empty()) {
    options.engines = {{"fake", {&kFake, {}}}};
  }
  runtime::StringOutput out;
  runtime::StringOutput err;
  double now = 0;
  Env env{.out = out, .err = err, .variable = {}, .clock = [&] { return now += kTick; }};
  const int status = RunTimeit(options, env);
  return {status, out.text(), err.text()};
}

TEST(TimeitTest, SaysWhatPythonSays) {
  const Result result = TimeFake({.statements = {"0.003"}});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out,
            "100 loops, best of 5: 3 msec per loop\n"
            "first loop: 250 usec, of which compiling 200 usec\n");
  EXPECT_EQ(result.err, "");
}

TEST(TimeitTest, ShowsDetails) {
  const Result result = TimeFake({.statements = {"0.03"}, .repeats = 3, .verbose = true});
  EXPECT_EQ(result.out,
            "1 loop -> 30.1 msec\n"
            "2 loops -> 60.2 msec\n"
            "5 loops -> 150 msec\n"
            "10 loops -> 301 msec\n"
            "raw times: 300 msec, 301 msec, 301 msec\n"
            "empty loop: 1 nsec per loop\n"
            "\n"
            "10 loops, best of 3: 30 msec per loop\n"
            "first loop: 250 usec, of which compiling 200 usec\n");
}

TEST(TimeitTest, TakesNumbersAndUnits) {
  EXPECT_EQ(TimeFake({.statements = {"0.003"},
                      .loops = 7,
                      .repeats = 1,
                      .unit = report::TimeUnit::Microseconds})
                .out,
            "7 loops, best of 1: 3006 usec per loop\n"
            "first loop: 250 usec, of which compiling 200 usec\n");
}

TEST(TimeitTest, WarnsWhenNothingIsLeftToTime) {
  EXPECT_TRUE(Contains(TimeFake({.statements = {"0.0"}}).err,
                       "warning: a loop without work takes as long (1 nsec)"));
  EXPECT_TRUE(Contains(TimeFake({.statements = {"-0.3"}}).err,
                       "warning: twice the loops do not take twice the time"));
}

TEST(TimeitTest, ComparesStatements) {
  const Result result = TimeFake({.statements = {"0.001", "0.002", "0.001 + 0"}});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out,
            "statement  loops  best of 15  first loop  ratio [99%]\n"
            "─────────────────────────────────────────────────────────────────────────────────\n"
            "0.001         50      1 msec    250 usec  1                     base\n"
            "0.002         50      2 msec    250 usec  2.00 [2.00, 2.00]     slower\n"
            "0.001 + 0     50      1 msec    250 usec  1.000 [1.000, 1.000]  cannot tell apart\n"
            "\nratio: of times, to the base, over 15 rounds in which all took turns; the intervals "
            "hold together\n");
}

TEST(TimeitTest, ComparesEngines) {
  const Engine engine{&kFake, {}};
  const Result result = TimeFake(
      {.statements = {"0.001"}, .engines = {{"one", engine}, {"two", engine}}, .repeats = 4});
  EXPECT_TRUE(Contains(result.out, "backend  loops  best of 4")) << result.out;
  EXPECT_TRUE(Contains(result.out, "too few repeats")) << result.out;
}

TEST(TimeitTest, WritesJson) {
  const nlohmann::json document =
      nlohmann::json::parse(TimeFake({.statements = {"0.001", "0.002"}, .json = true}).out);
  const nlohmann::json& rows = document.at("rows");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].at("loops"), 50);
  EXPECT_EQ(rows[0].at("seconds_per_loop").size(), 15u);
  EXPECT_NEAR(rows[1].at("comparison").at("ratio").get<double>(), 2, 1e-2);
  EXPECT_EQ(rows[1].at("comparison").at("verdict"), "slower");
}

class TimeitEnginesTest : public ::testing::TestWithParam<std::string> {
 protected:
  Result Timeit(std::vector<std::string> args) {
    args.insert(args.begin(), {"timeit", "-n5", "-r2", "--backend=" + GetParam()});
    return Lab(args);
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, TimeitEnginesTest, ::testing::Values("interp", "jit"));

TEST_P(TimeitEnginesTest, RunsStatements) {
  for (const std::vector<std::string>& args : std::vector<std::vector<std::string>>{
           {"sum(range(100))"},
           {"let x = turn", "keep(x * x)"},
           {"-s", "let xs = list(range(9))", "-s", "var s = 0", "s += xs[turn]; s"},
           {"-s", "def f(x) = x * 2.0", "f(turn)"},
           {"-f", "programs/fib.gc", "fib(5)"},
           {""},
           {"for i in range(3) { if i == 1 { break } }"},
           {"let xs = [1]; append(xs, 2)"},
       }) {
    const Result result = Timeit(args);
    EXPECT_EQ(result.status, 0) << args.back() << "\n" << result.err;
    EXPECT_TRUE(result.out.starts_with("5 loops, best of 2: ")) << result.out;
  }
}

TEST_P(TimeitEnginesTest, ShowsErrorsInTheSnippet) {
  Result result = Timeit({"-s", "def f(n) = 1 // (n - 3)", "f(turn)"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err,
            "error: division by zero: cannot divide 1 by zero\n"
            "  --> <setup>:1:12\n"
            "   |\n"
            " 1 | def f(n) = 1 // (n - 3)\n"
            "   |            ^^^^^^^^^^^^\n"
            "traceback (most recent call last):\n"
            "  <statement>:1:1 in timeit\n"
            "    f(turn)\n"
            "  <setup>:1:12 in f\n"
            "    def f(n) = 1 // (n - 3)\n");
  result = Timeit({"-s", "var x = 1\nlet y = 1 // 0", "x"});
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(Contains(result.err, "--> <setup>:2:9\n")) << result.err;
  result = Timeit({"-s", "let y = 1 // 0", "y"});
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(Contains(result.err, "--> <setup>:1:9\n")) << result.err;
  result = Timeit(
      {"--max-memory=1M", "-s", "let xs = [1]", "for i in range(1_000_000) { append(xs, i) }"});
  EXPECT_EQ(result.status, 4);
}

TEST_P(TimeitEnginesTest, SpeaksOfWhatWasPrinted) {
  const Result result = Timeit({"print(turn)"});
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(Contains(result.err, "warning: what was printed, 22 bytes, is not shown"))
      << result.err;
}

TEST_P(TimeitEnginesTest, WarnsOfASequenceThatNobodyConsumes) {
  EXPECT_TRUE(Contains(Timeit({"(x * x for x in range(9))"}).err,
                       "warning: the statement makes a sequence"));
}

TEST(TimeitOptionsTest, RefusesWhatMakesNoSense) {
  const auto error = [](std::vector<std::string> args) {
    args.insert(args.begin(), "timeit");
    const Result result = Lab(args);
    EXPECT_EQ(result.out, "");
    return std::to_string(result.status) + " " + result.err.substr(0, result.err.find('\n'));
  };
  EXPECT_EQ(error({}), "2 error: there is no statement to time");
  EXPECT_EQ(error({"-n0", "1"}),
            "2 error: `-n` takes a whole number from 1 to 1000000000000, not `0`");
  EXPECT_EQ(error({"-r", "x", "1"}),
            "2 error: `-r` takes a whole number from 1 to 1000000, not `x`");
  EXPECT_EQ(error({"-u", "hours", "1"}), "2 error: unknown value for `-u`: `hours`");
  EXPECT_EQ(error({"--backend=jot", "1"}), "2 error: unknown value for `--backend`: `jot`");
  EXPECT_EQ(error({"-f", "no/such.gc", "1"}),
            "5 error: cannot read `no/such.gc`: there is no such file");
  EXPECT_EQ(error({"-s", "let a = b", "1"}), "3 error[E0201]: The name `b` is not known here.");
  EXPECT_EQ(error({"1", "--compare", "b"}), "3 error[E0201]: The name `b` is not known here.");
}

}  // namespace
}  // namespace cli
