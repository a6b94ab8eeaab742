// What is said about results whose truth is known.

#include "measure/summary.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "measure/random.h"
#include "tests/measure/made_results.h"

namespace measure {
namespace {

// How a cell of an experiment behaves.
struct Truth {
  Cell cell = {};
  double steady_seconds = 1;
  double first_seconds = 1;
  double startup_seconds = 0.01;
  std::string value = "1";
  uint64_t calls = 1;
};

Truth On(const std::string& engine, double steady_seconds) {
  return {.cell = {"p.gc", "b", engine, {}},
          .steady_seconds = steady_seconds,
          .first_seconds = steady_seconds};
}

// Processes differ by 0.2 % and iterations by 1 %, both by chance.
Results Experiment(const std::vector<Truth>& truths, uint32_t rounds = 10,
                   uint32_t iterations = 40) {
  Random random(7);
  Results results;
  results.plan.programs = {{"p.gc", ""}};
  results.plan.rounds = rounds;
  for (const Truth& truth : truths) {
    results.plan.cells.push_back(truth.cell);
    results.plan.sampling.push_back({.calls = truth.calls,
                                     .iterations = iterations,
                                     .cold = std::max(1U, iterations / 4),
                                     .block = 3});
  }
  for (uint32_t round = 0; round < rounds; ++round) {
    for (uint32_t cell = 0; cell < truths.size(); ++cell) {
      const Truth& truth = truths[cell];
      const double level = truth.steady_seconds * (1 + 0.002 * random.Normal());
      ProcessRun run{.cell = cell, .round = round};
      run.startup_seconds = truth.startup_seconds;
      run.before = {{"parse", 0.001}};
      run.engine = {{"codegen", 0.002}};
      run.value = truth.value;
      run.tiers = {{"tree", 3}};
      const Sampling& sampling = results.plan.sampling[cell];
      for (uint32_t first = 0; first < iterations;) {
        Batch batch{first, sampling.calls, 0, {}};
        const uint32_t count = first == 0 ? sampling.cold : sampling.block;
        for (uint32_t i = 0; i < count && first < iterations; ++i, ++first) {
          batch.seconds.push_back(first == 0 ? truth.first_seconds
                                             : level * (1 + 0.01 * random.Normal()));
        }
        run.batches.push_back(std::move(batch));
      }
      results.processes.push_back(std::move(run));
    }
    results.rounds_done.push_back(round);
  }
  return results;
}

TEST(SummaryTest, RatiosVerdictsAndIntervals) {
  const Summary summary =
      Summarise(Experiment({On("interp", 1), On("jit", 0.25), On("slow", 1.5), On("interp#2", 1)}));
  EXPECT_EQ(summary.rounds, 10U);
  EXPECT_TRUE(summary.warnings.empty());
  EXPECT_TRUE(summary.variants.empty());
  ASSERT_EQ(summary.engines.size(), 3U);
  EXPECT_EQ(summary.comparisons, 3U);
  const Verdict verdicts[] = {Verdict::Faster, Verdict::Slower, Verdict::CannotTell};
  const double ratios[] = {0.25, 1.5, 1};
  for (size_t i = 0; i < 3; ++i) {
    const PairSummary& pair = summary.engines[i];
    EXPECT_EQ(pair.base, 0U);
    EXPECT_EQ(pair.other, i + 1);
    EXPECT_EQ(pair.comparison.verdict, verdicts[i]);
    EXPECT_NEAR(pair.comparison.ratio, ratios[i], 0.01 * ratios[i]);
    EXPECT_TRUE(pair.comparison.interval.Contains(ratios[i]));
    EXPECT_LT(pair.comparison.interval.high - pair.comparison.interval.low, 0.03 * ratios[i]);
  }
  const CellSummary& cell = summary.cells[1];
  EXPECT_NEAR(cell.steady_seconds, 0.25, 0.001);
  EXPECT_TRUE(cell.steady_interval.Contains(0.25));
  EXPECT_NEAR(cell.startup_seconds, 0.011, 1e-12);
  EXPECT_NEAR(cell.compile_seconds, 0.002, 1e-12);
  EXPECT_EQ(cell.first_seconds, 0.25);
  EXPECT_EQ(cell.tiers, "tree");
  EXPECT_EQ(cell.processes.size(), 10U);
}

TEST(SummaryTest, WarmupIsSeenAndCountedInRuns) {
  Truth truth = On("jit", 0.5);
  truth.first_seconds = 30;
  const CellSummary warm = Summarise(Experiment({truth})).cells[0];
  ASSERT_TRUE(warm.warmup.has_value());
  EXPECT_EQ(warm.warmup->Count(WarmupClass::Warmup), 10U);
  EXPECT_EQ(warm.steady_iteration, 2);
  EXPECT_EQ(warm.seconds_to_steady, 30);
  EXPECT_NEAR(warm.steady_seconds, 0.5, 0.003);

  const CellSummary flat = Summarise(Experiment({On("jit", 0.5)})).cells[0];
  EXPECT_EQ(flat.warmup->Count(WarmupClass::Flat), 10U);
  EXPECT_EQ(flat.steady_iteration, 1);
  EXPECT_EQ(flat.seconds_to_steady, 0);
}

// A sample may stand for many calls: the level changes after the fifth, which is run 1 + 4 * 100.
TEST(SummaryTest, ManyCallsASampleAreManyRuns) {
  Truth truth = On("jit", 0.5);
  truth.calls = 100;
  Results results = Experiment({truth});
  for (ProcessRun& process : results.processes) {
    for (size_t i = 0; i < 5; ++i) {
      process.batches[0].seconds[i] = 4;
    }
  }
  const CellSummary cell = Summarise(results).cells[0];
  EXPECT_EQ(cell.steady_iteration, 402);
  EXPECT_EQ(cell.seconds_to_steady, 4 + 4 * 100 * 4);
}

TEST(SummaryTest, TheBaseIsChosen) {
  Results results = Experiment({On("interp", 1), On("jit", 0.25)});
  results.plan.base_engine = "jit";
  const Summary summary = Summarise(results);
  ASSERT_EQ(summary.engines.size(), 1U);
  EXPECT_EQ(summary.engines[0].base, 1U);
  EXPECT_EQ(summary.engines[0].other, 0U);
  EXPECT_NEAR(summary.engines[0].comparison.ratio, 4, 0.05);
  EXPECT_EQ(summary.engines[0].comparison.verdict, Verdict::Slower);

  results.plan.base_engine = "gone";
  results.plan.base_bench = "lost";
  const Summary without = Summarise(results);
  EXPECT_TRUE(without.engines.empty());
  ASSERT_EQ(without.warnings.size(), 2U);
  EXPECT_EQ(without.warnings[0], "no row has the engine `gone` to compare others with (--base)");
  EXPECT_EQ(without.warnings[1],
            "no row has the bench `lost` to compare others with (--base-bench)");
}

// Raw, factored (the same value) and another bench, on two engines.
std::vector<Truth> Variants() {
  std::vector<Truth> truths;
  for (const char* bench : {"raw", "factored", "else", "same"}) {
    for (const char* engine : {"interp", "jit"}) {
      Truth truth = On(engine, std::string(bench) == "factored" ? 1.2 : 1);
      truth.cell.bench = bench;
      truth.value = std::string(bench) == "else" ? "2" : "1";
      truths.push_back(truth);
    }
  }
  return truths;
}

std::vector<std::pair<uint32_t, uint32_t>> PairsOf(const std::vector<PairSummary>& pairs) {
  std::vector<std::pair<uint32_t, uint32_t>> numbers;
  for (const PairSummary& pair : pairs) {
    numbers.emplace_back(pair.base, pair.other);
  }
  return numbers;
}

using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

TEST(SummaryTest, VariantsGiveTheSameValue) {
  Results results = Experiment(Variants());
  const Summary summary = Summarise(results);
  EXPECT_EQ(PairsOf(summary.engines), (Pairs{{0, 1}, {2, 3}, {4, 5}, {6, 7}}));
  EXPECT_EQ(PairsOf(summary.variants), (Pairs{{0, 2}, {0, 6}, {1, 3}, {1, 7}}));
  EXPECT_EQ(summary.comparisons, 8U);
  EXPECT_EQ(summary.variants[0].comparison.verdict, Verdict::Slower);
  EXPECT_NEAR(summary.variants[0].comparison.ratio, 1.2, 0.01);
  EXPECT_EQ(summary.variants[1].comparison.verdict, Verdict::CannotTell);

  results.plan.base_bench = "factored";
  EXPECT_EQ(PairsOf(Summarise(results).variants), (Pairs{{2, 0}, {2, 6}, {3, 1}, {3, 7}}));
  results.plan.base_bench = "else";  // a variant of none
  EXPECT_EQ(PairsOf(Summarise(results).variants), (Pairs{{0, 2}, {0, 6}, {1, 3}, {1, 7}}));
}

TEST(SummaryTest, VariantsAgreeInEverythingElse) {
  std::vector<Truth> truths = Variants();
  for (Truth& truth : truths) {
    if (truth.cell.bench == "factored") {
      truth.cell.parameters = {{"n", "2"}};
    } else if (truth.cell.bench == "same") {
      truth.cell.program = "q.gc";
    }
  }
  EXPECT_TRUE(Summarise(Experiment(truths)).variants.empty());
}

TEST(SummaryTest, BenchesWithoutAValueAreNoVariants) {
  Results results = Experiment(Variants());
  for (uint32_t cell = 0; cell < results.plan.cells.size(); ++cell) {
    results.probes.push_back({cell, 1, {{DoubtKind::NoValue, "none"}}});
  }
  EXPECT_TRUE(Summarise(results).variants.empty());
}

TEST(SummaryTest, FastMathMayChangeLastDigitsOfVariants) {
  std::vector<Truth> truths = {On("jit:fast", 1), On("jit:fast", 1)};
  truths[1].cell.bench = "c";
  truths[0].value = "0.1";
  truths[1].value = "0.10000000000000002";
  EXPECT_EQ(Summarise(Experiment(truths)).variants.size(), 1U);
  truths[0].cell.engine = truths[1].cell.engine = "jit";
  EXPECT_TRUE(Summarise(Experiment(truths)).variants.empty());
}

TEST(SummaryTest, VoidCellsAreNotCompared) {
  Results results = Experiment(Variants());
  results.probes = {{1, 1, {{DoubtKind::Folded, "gone"}}},
                    {2, 1, {{DoubtKind::Discarded, "dropped"}}}};
  const Summary summary = Summarise(results);
  EXPECT_TRUE(summary.cells[1].is_void);
  EXPECT_FALSE(summary.cells[2].is_void);
  EXPECT_EQ(summary.cells[2].doubts.size(), 1U);
  EXPECT_EQ(PairsOf(summary.engines), (Pairs{{2, 3}, {4, 5}, {6, 7}}));
  EXPECT_EQ(PairsOf(summary.variants), (Pairs{{0, 2}, {0, 6}, {3, 7}}));
}

TEST(SummaryTest, CellsThatAreLeftOutSayWhy) {
  Results results = Experiment({On("interp", 1), On("lua", 1), On("node", 1)});
  results.plan.cells[2].math = MathLibrary::Own;
  results.plan.left_out = {{1, "it is not there"}};
  results.probes = {{2, 1, {{DoubtKind::NoGrowth, "it does not grow"}}, 0.5}};
  std::erase_if(results.processes, [](const ProcessRun& process) { return process.cell == 1; });
  const Summary summary = Summarise(results);
  EXPECT_TRUE(summary.cells[1].is_void);
  EXPECT_EQ(Remarks(summary.cells[1]), (std::vector<std::string>{"it is not there"}));
  EXPECT_EQ(Remarks(summary.cells[2]), (std::vector<std::string>{"it does not grow"}));
  EXPECT_EQ(summary.cells[2].build_seconds, 0.5);
  ASSERT_EQ(summary.engines.size(), 1U);
  EXPECT_EQ(summary.engines[0].other, 2U);
  ASSERT_EQ(summary.warnings.size(), 1U);
  EXPECT_EQ(
      summary.warnings[0],
      "answers of node were compared within 4 ulp or 1e-12 of their size, all others digit by "
      "digit: the math library is its own");
}

TEST(SummaryTest, TimesOfZeroAreNotCompared) {
  const Summary summary = Summarise(Experiment({On("interp", 1), On("jit", 0)}));
  EXPECT_TRUE(summary.cells[1].is_void);
  EXPECT_TRUE(summary.engines.empty());
  EXPECT_EQ(summary.warnings,
            std::vector<std::string>{"b on jit takes less time than the clock can tell"});
}

// The late one starts 10 s later and wins 0.75 s a run: 10 / 0.75 = 13.3.
TEST(SummaryTest, BreakEvenNamesTheLateOne) {
  Truth quick = On("jit", 0.25);
  quick.startup_seconds = 10.01;
  for (const bool is_base : {false, true}) {
    const Summary summary = Summarise(is_base ? Experiment({quick, On("interp", 1)})
                                              : Experiment({On("interp", 1), quick}));
    ASSERT_EQ(summary.engines.size(), 1U);
    const PairSummary& pair = summary.engines[0];
    EXPECT_EQ(pair.late, is_base ? 0U : 1U);
    EXPECT_EQ(pair.break_even.state, BreakEvenState::Crosses);
    EXPECT_EQ(pair.break_even.runs, 14);
    EXPECT_TRUE(pair.break_even.runs_interval.Contains(14));
    EXPECT_NEAR(pair.break_even.seconds, 14, 0.2);
  }
  const Summary ahead = Summarise(Experiment({On("interp", 1), On("jit", 0.25)}));
  EXPECT_EQ(ahead.engines[0].break_even.state, BreakEvenState::AheadFromFirstRun);
}

TEST(SummaryTest, TiersAreSharesOfCalls) {
  Results results = Experiment({On("tiered", 1)}, 2);
  results.processes[0].tiers = {{"tree", 1}, {"native", 2}};
  results.processes[1].tiers = {{"native", 1}};
  EXPECT_EQ(Summarise(results).cells[0].tiers, "tree 25.0 %, native 75.0 %");
}

TEST(SummaryTest, OneProcessOneIterationNone) {
  for (const uint32_t rounds : {0U, 1U, 2U, 5U}) {
    for (const uint32_t iterations : {1U, 2U, 4U, 5U}) {
      const Summary summary =
          Summarise(Experiment({On("interp", 1), On("jit", 0.25)}, rounds, iterations));
      ASSERT_EQ(summary.cells.size(), 2U);
      EXPECT_EQ(summary.cells[0].processes.size(), rounds);
      EXPECT_EQ(summary.cells[0].is_void, rounds == 0);
      EXPECT_EQ(summary.cells[0].warmup.has_value(), rounds > 0 && iterations >= kMinIterations);
      EXPECT_EQ(summary.cells[0].steady_interval.IsBounded(), rounds > 1);
      ASSERT_EQ(summary.engines.size(), rounds == 0 ? 0U : 1U);
      if (rounds > 0) {
        const Comparison& comparison = summary.engines[0].comparison;
        EXPECT_NEAR(comparison.ratio, 0.25, 0.05);
        EXPECT_EQ(comparison.verdict,
                  rounds < kFewestRounds ? Verdict::TooFewProcesses : Verdict::Faster);
        EXPECT_EQ(summary.warnings.empty(), rounds >= kFewestRounds);
      }
    }
  }
}

TEST(SummaryTest, MissingRoundsAreTold) {
  Results results = Experiment({On("interp", 1), On("jit", 0.25)}, 7);
  results.plan.rounds = 12;
  const Summary summary = Summarise(results);
  EXPECT_EQ(summary.warnings, std::vector<std::string>{
                                  "7 of 12 rounds were measured; `lab compare --resume` measures "
                                  "the rest"});
  EXPECT_EQ(summary.engines[0].comparison.verdict, Verdict::Faster);
}

TEST(SummaryTest, ResultsThatWereMadeUpAreSummarised) {
  const Summary summary = Summarise(MadeResults());
  EXPECT_EQ(summary.cells.size(), 2U);
  EXPECT_TRUE(summary.cells[1].is_void);  // it has a doubt: folded
}

}  // namespace
}  // namespace measure
