// The tables of a small comparison, exactly; the same text from the same records; names that would
// move the cursor.

#include "report/comparison_text.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "measure/results_json.h"
#include "tests/measure/made_results.h"

namespace report {
namespace {

using measure::Results;

// One bench and its variant on two engines, six rounds of eight samples, made up: the first sample
// of the JIT is slow, the variant is slower on the interpreter only.
Results Small() {
  Results results;
  measure::Plan& plan = results.plan;
  plan.run = "r";
  plan.programs = {{"p.gc", "bench raw(n = 1) = n\n"}};
  plan.rounds = 6;
  for (const char* bench : {"raw", "factored"}) {
    for (const char* engine : {"interp", "jit"}) {
      plan.cells.push_back({"p.gc", bench, engine, {{"n", "1000"}}});
      plan.sampling.push_back({.calls = 1, .iterations = 8, .cold = 2, .block = 2});
      results.probes.push_back({static_cast<uint32_t>(results.probes.size()), 0.1, {}});
    }
  }
  results.probes[3].doubts = {{measure::DoubtKind::NoGrowth, "its work does not grow"}};
  const double steady[] = {0.1, 0.01, 0.125, 0.01};
  for (uint32_t round = 0; round < plan.rounds; ++round) {
    for (uint32_t cell = 0; cell < 4; ++cell) {
      const bool is_jit = cell % 2 == 1;
      measure::ProcessRun run{.cell = cell, .round = round};
      run.startup_seconds = 0.002;
      run.before = {{"parse", 0.001}};
      run.engine = is_jit ? std::vector<runtime::PhaseTime>{{"infer", 1e-4}, {"codegen", 3e-2}}
                          : std::vector<runtime::PhaseTime>{{"infer", 2e-4}};
      run.value = "7";
      run.tiers = {{is_jit ? "native" : "tree", 8}};
      for (uint32_t first = 0; first < 8; first += 2) {
        measure::Batch batch{first, 1, 0, {}};
        for (uint32_t i = first; i < first + 2; ++i) {
          const double wave = 1 + 0.001 * ((round * 5 + cell * (8 + 3 * round) + i * 7) % 11);
          batch.seconds.push_back(is_jit && i == 0 ? 0.3 : steady[cell] * wave);
        }
        run.batches.push_back(batch);
      }
      results.processes.push_back(run);
    }
    results.rounds_done.push_back(round);
  }
  return results;
}

std::string TextOf(const Results& results) {
  return ComparisonText(results, measure::Summarise(results));
}

TEST(ComparisonTextTest, IsWrittenLikeThis) {
  EXPECT_EQ(TextOf(Small()), R"(p.gc, n = 1000
6 processes a row, in turns; all answers agree

bench     engine  first run  steady run    99 %  time / interp         verdict  warm-up
──────────────────────────────────────────────────────────────────────────────────────────
raw       interp     100 ms      101 ms  ±0.1 %  1                     base     flat 6/6
          jit        300 ms     10.0 ms  ±0.0 %  0.100 [0.100, 0.100]  faster   warmup 6/6
──────────────────────────────────────────────────────────────────────────────────────────
factored  interp     126 ms      126 ms  ±0.0 %  1                     base     flat 6/6
          jit        300 ms     10.1 ms  ±0.1 %  0.080 [0.080, 0.080]  faster   warmup 6/6

Start and warm-up: process to first run, the engine's own work in all, first steady run
bench     engine    start  compiling  steady from          processes   what ran
───────────────────────────────────────────────────────────────────────────────
raw       interp  3.00 ms     200 µs  run 1                consistent  tree
raw       jit     3.00 ms    30.1 ms  run 2, after 300 ms  consistent  native
factored  interp  3.00 ms     200 µs  run 1                consistent  tree
factored  jit     3.00 ms    30.1 ms  run 2, after 300 ms  consistent  native

Break-even: runs in a fresh process after which the engine is ahead for good
bench     engine  over    runs [95 %]  time [95 %]
──────────────────────────────────────────────────────────────
raw       jit     interp  4 [4, 4]     405 ms [405 ms, 405 ms]
factored  jit     interp  3 [3, 3]     380 ms [380 ms, 380 ms]

Factoring: variants that give the same value, steady runs
engine  variant   base  time / base           verdict
───────────────────────────────────────────────────────────────
interp  factored  raw   1.25 [1.25, 1.25]     slower
jit     factored  raw   1.000 [0.997, 1.003]  cannot tell apart

The engine's own work by phase (part of start and first run)
bench     engine   infer  codegen      all
──────────────────────────────────────────
raw       interp  200 µs            200 µs
raw       jit     100 µs  30.0 ms  30.1 ms
factored  interp  200 µs            200 µs
factored  jit     100 µs  30.0 ms  30.1 ms

Notes
- factored on jit: its work does not grow

Intervals of ratios hold together with 95 % (4 comparisons). "cannot tell apart" means that these
samples do not show a difference, not that there is none.
)");
}

// What is printed after measuring and what a file gives later are the same bytes.
TEST(ComparisonTextTest, ShowsBuildsAndWhatIsLeftOut) {
  Results results = Small();
  results.probes[1].build_seconds = 0.25;
  results.plan.left_out = {{2, "C has no such thing"}};
  std::erase_if(results.processes,
                [](const measure::ProcessRun& process) { return process.cell == 2; });
  const std::string text = TextOf(results);
  EXPECT_NE(text.find("bench     engine   build    start  compiling"), std::string::npos) << text;
  EXPECT_NE(text.find("raw       jit     250 ms  3.00 ms"), std::string::npos) << text;
  EXPECT_NE(text.find("- factored on interp: C has no such thing\n"), std::string::npos) << text;
}

TEST(ComparisonTextTest, TheSameRecordsGiveTheSameText) {
  for (const Results& results : {Small(), measure::MadeResults()}) {
    const std::string records = RecordsOf(results, "a");
    std::string texts[2];
    for (std::string& text : texts) {
      measure::ReadResults read;
      std::string error;
      ASSERT_TRUE(ParseResults(records, "", &read, &error)) << error;
      text = TextOf(read.results);
    }
    EXPECT_EQ(texts[0], texts[1]);
    EXPECT_EQ(texts[0], TextOf(results));
  }
}

// Of two attempts, the second measured what the first had not: the order in the file is another.
TEST(ComparisonTextTest, TheOrderOfRoundsDoesNotShow) {
  const Results results = Small();
  std::vector<std::string> lines = measure::LinesOf(RecordsOf(results, "a"));
  const size_t before = 1 + results.probes.size();
  const size_t of_round = (lines.size() - before) / results.plan.rounds;
  std::rotate(lines.begin() + static_cast<std::ptrdiff_t>(before),
              lines.begin() + static_cast<std::ptrdiff_t>(before + 2 * of_round), lines.end());
  std::string records;
  for (const std::string& line : lines) {
    records += line;
  }
  measure::ReadResults read;
  std::string error;
  ASSERT_TRUE(ParseResults(records, "", &read, &error)) << error;
  EXPECT_EQ(TextOf(read.results), TextOf(results));
}

TEST(ComparisonTextTest, HostileNamesStayInTheirPlace) {
  const std::string hostile = "x\033[2J\r\ny";
  Results results = Small();
  results.plan.programs[0].name = hostile;
  for (measure::Cell& cell : results.plan.cells) {
    cell.program = hostile;
    cell.bench += hostile;
    cell.engine += hostile;
    cell.parameters = {{hostile, hostile}};
  }
  results.plan.base_bench = hostile;
  results.probes[0].doubts = {{measure::DoubtKind::Folded, hostile}};
  for (measure::ProcessRun& process : results.processes) {
    process.tiers[0].tier = hostile;
    process.engine[0].phase = hostile;
    process.value = hostile;
  }
  const std::string text = TextOf(results);
  for (const char c : text) {
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
  }
  const std::string plain = TextOf(Small());
  // One doubt and one warning more, one row void: no line comes from a name.
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'),
            std::count(plain.begin(), plain.end(), '\n') + 4);
}

TEST(ComparisonTextTest, NothingMeasuredIsSaid) {
  Results results = Small();
  results.processes.clear();
  results.rounds_done.clear();
  const std::string text = TextOf(results);
  EXPECT_NE(text.find("not measured"), std::string::npos) << text;
  EXPECT_NE(text.find("0 of 6 rounds were measured"), std::string::npos) << text;
  EXPECT_EQ(text.find("void"), std::string::npos) << text;
}

}  // namespace
}  // namespace report
