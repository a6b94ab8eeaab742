// Reasons to doubt a bench. The interpreter runs it, and the clock counts the nodes that it
// executes, so that time is work exactly; tests of folded work replace the clock.

#include "measure/probe.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "interp/interpreter.h"
#include "runtime/run.h"
#include "tests/runtime/run_fixture.h"

namespace measure {
namespace {

constexpr double kSecondsPerNode = 1e-6;

enum class Clock {
  Nodes,     // work takes time
  Tiny,      // every call takes some 100 ns
  Constant,  // every call takes 1 ms
};

struct Probed {
  bool ok = false;
  ProbeAnswer answer = {};
  runtime::RunError error = {};
  int64_t Count(DoubtKind kind) const {
    return std::count_if(answer.probe.doubts.begin(), answer.probe.doubts.end(),
                         [kind](const Doubt& doubt) { return doubt.kind == kind; });
  }
};

Probed ProbeOnInterpreter(const frontend::Program& program, const Cell& cell, Clock clock) {
  Probed probed;
  runtime::OnLargeStack([&] {
    runtime::TypeTable types;
    CapturedOutput output;
    runtime::Context context(program, types, output, {});
    std::unique_ptr<runtime::Executable> executable;
    double now = 0;
    context.clock = [&]() -> double {
      switch (clock) {
        case Clock::Nodes:
          return static_cast<double>(executable->counters().nodes) * kSecondsPerNode;
        case Clock::Tiny:
          return now += 100e-9;
        case Clock::Constant:
          break;
      }
      return now += 1e-3;
    };
    interp::Interpreter interpreter(interp::Ladder::Fused);
    executable =
        interpreter.Prepare(program, context, runtime::Counting::Yes, runtime::Entry::Calls);
    {
      BenchRun run(program, context, *executable, output);
      Batch batch;
      ASSERT_TRUE(run.Start(cell.bench, cell.parameters));
      ASSERT_TRUE(run.Run(1, 1, &batch)) << run.error().failure.message;
      const ProbedBench bench{program, context, *executable, output, run, cell, [] {
                                return std::make_unique<interp::Interpreter>(interp::Ladder::Fused);
                              }};
      probed.ok = ProbeBench(bench, &probed.answer, &probed.error);
    }
  });
  return probed;
}

Probed ProbeText(const std::string& text, const std::string& n = "1000",
                 Clock clock = Clock::Nodes) {
  const auto program = tests::Load(text);
  const frontend::Function& bench = *program->FindFunction("b");
  Cell cell{"p.gc", "b", "interp", {}};
  if (bench.param_count > 0) {
    cell.parameters.push_back({"n", n});
  }
  return ProbeOnInterpreter(*program, cell, clock);
}

// "kind: text", one a line.
std::string Doubts(const Probed& probed) {
  std::string text;
  for (const Doubt& doubt : probed.answer.probe.doubts) {
    text += std::to_string(static_cast<int>(doubt.kind)) + ": " + doubt.text + "\n";
  }
  return text;
}

constexpr char kNormal[] = "bench b(n = 1) { var t = 0\n for i in range(n) { t += i }\n t }\n";

TEST(ProbeTest, ANormalBenchGivesNoDoubt) {
  const Probed probed = ProbeText(kNormal);
  EXPECT_TRUE(probed.ok);
  EXPECT_EQ(Doubts(probed), "");
  EXPECT_EQ(probed.answer.answer.value, "499500");
  EXPECT_GT(probed.answer.probe.call_seconds, 1000 * kSecondsPerNode);
}

TEST(ProbeTest, WorkThatDoesNotGrow) {
  const Probed probed =
      ProbeText("bench b(n = 1) { var t = n\n for i in range(100) { t += i }\n t }\n");
  EXPECT_EQ(probed.Count(DoubtKind::NoGrowth), 1) << Doubts(probed);
  EXPECT_EQ(probed.answer.probe.doubts.size(), 1U);
  EXPECT_TRUE(probed.answer.probe.doubts[0].text.starts_with(
      "its work does not grow with its parameters: "));
}

TEST(ProbeTest, WithoutParametersNothingCanGrow) {
  EXPECT_EQ(Doubts(ProbeText("bench b() = 1\n")), "");
  EXPECT_EQ(Doubts(ProbeText(kNormal, "1")), "");
}

TEST(ProbeTest, WorkTooQuickToBeTrue) {
  const Probed probed = ProbeText(kNormal, "20000", Clock::Tiny);
  EXPECT_EQ(probed.Count(DoubtKind::Folded), 1) << Doubts(probed);
  EXPECT_NE(Doubts(probed).find("nodes of the program cannot run in "), std::string::npos)
      << Doubts(probed);
  // So few nodes may well run in that time.
  EXPECT_EQ(Doubts(ProbeText(kNormal, "100", Clock::Tiny)), "");
}

TEST(ProbeTest, TimeThatDoesNotGrowWithTheWork) {
  const Probed probed = ProbeText(kNormal, "1000", Clock::Constant);
  EXPECT_EQ(probed.Count(DoubtKind::Folded), 1) << Doubts(probed);
  EXPECT_NE(Doubts(probed).find("% of the nodes and 100 % of the time"), std::string::npos)
      << Doubts(probed);
}

TEST(ProbeTest, ValuesThatShowNothing) {
  const Probed none = ProbeText("bench b(n = 1) { for i in range(n) { keep(i) } }\n");
  EXPECT_EQ(none.Count(DoubtKind::NoValue), 1) << Doubts(none);
  EXPECT_EQ(none.answer.probe.doubts.size(), 1U) << Doubts(none);
  const Probed sequence = ProbeText("bench b(n = 1) = map((x) => x * 2, range(n))\n");
  EXPECT_EQ(sequence.Count(DoubtKind::Discarded), 1) << Doubts(sequence);
  EXPECT_EQ(sequence.Count(DoubtKind::NoGrowth), 1) << Doubts(sequence);
  const Probed dropped =
      ProbeText("bench b(n = 1) { var t = 0\n for i in range(n) { i * 2\n t += i }\n t }\n");
  EXPECT_EQ(dropped.Count(DoubtKind::Discarded), 1) << Doubts(dropped);
  EXPECT_EQ(dropped.answer.probe.doubts.size(), 1U) << Doubts(dropped);
}

TEST(ProbeTest, ABenchThatRefusesHalfItsParametersIsNotDoubted) {
  EXPECT_EQ(Doubts(ProbeText("bench b(n = 1) { assert(n == 1000, \"no\")\n"
                             " var t = 0\n for i in range(n) { t += i }\n t }\n")),
            "");
}

TEST(ProbeTest, ErrorsOfLaterCallsEndIt) {
  const Probed probed = ProbeText(
      "let calls = [0]\n"
      "bench b() { calls[0] = calls[0] + 1\n if calls[0] > 2 { error(\"enough\") }\n 1 }\n");
  EXPECT_FALSE(probed.ok);
  EXPECT_EQ(probed.error.failure.message, "enough");
}

TEST(ProbeTest, NoBenchOfThePackageIsDoubted) {
  int benches = 0;
  for (const auto& entry : std::filesystem::directory_iterator("programs")) {
    if (entry.path().extension() != ".gc") {
      continue;
    }
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const auto program = tests::Load(text.str());
    for (const frontend::Function& function : program->resolution.functions) {
      if (function.kind != frontend::FunctionKind::Bench) {
        continue;
      }
      Cell cell{"p.gc", std::string(function.name), "interp", {}};
      for (const frontend::Param& param : function.params()) {
        const auto* literal = frontend::DynCast<frontend::IntExpr>(*param.default_value);
        ASSERT_NE(literal, nullptr);
        // Smaller, so that a debug build is through soon.
        const auto value = static_cast<int64_t>(literal->value);
        cell.parameters.push_back(
            {std::string(param.binding.name),
             std::to_string(value > 100 ? 100 : std::max<int64_t>(4, value / 2))});
      }
      const Probed probed = ProbeOnInterpreter(*program, cell, Clock::Nodes);
      EXPECT_TRUE(probed.ok);
      EXPECT_EQ(Doubts(probed), "") << entry.path() << " " << function.name;
      ++benches;
    }
  }
  EXPECT_GT(benches, 20);
}

}  // namespace
}  // namespace measure
