// The records of a results file: what is written is read again, and what is damaged is left out.

#include "measure/results_json.h"

#include <gtest/gtest.h>

#include "tests/measure/made_results.h"

namespace measure {
namespace {

void ExpectSamePhases(const std::vector<runtime::PhaseTime>& a,
                      const std::vector<runtime::PhaseTime>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].phase, b[i].phase);
    EXPECT_EQ(a[i].seconds, b[i].seconds);
  }
}

void ExpectSameProcess(const ProcessRun& a, const ProcessRun& b) {
  EXPECT_EQ(a.cell, b.cell);
  EXPECT_EQ(a.round, b.round);
  EXPECT_EQ(a.startup_seconds, b.startup_seconds);
  ExpectSamePhases(a.before, b.before);
  ExpectSamePhases(a.engine, b.engine);
  ASSERT_EQ(a.batches.size(), b.batches.size());
  for (size_t i = 0; i < a.batches.size(); ++i) {
    EXPECT_EQ(a.batches[i].first, b.batches[i].first);
    EXPECT_EQ(a.batches[i].calls, b.batches[i].calls);
    EXPECT_EQ(a.batches[i].at_seconds, b.batches[i].at_seconds);
    EXPECT_EQ(a.batches[i].seconds, b.batches[i].seconds);
  }
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.output, b.output);
  ASSERT_EQ(a.tiers.size(), b.tiers.size());
  for (size_t i = 0; i < a.tiers.size(); ++i) {
    EXPECT_EQ(a.tiers[i].tier, b.tiers[i].tier);
    EXPECT_EQ(a.tiers[i].calls, b.tiers[i].calls);
  }
  EXPECT_EQ(a.peak_bytes, b.peak_bytes);
  EXPECT_EQ(a.involuntary_switches, b.involuntary_switches);
}

ReadResults Read(const std::string& text, const std::string& run = {}) {
  ReadResults read;
  std::string error;
  EXPECT_TRUE(ParseResults(text, run, &read, &error)) << error;
  return read;
}

std::string ErrorOf(const std::string& text, const std::string& run = {}) {
  ReadResults read;
  std::string error;
  EXPECT_FALSE(ParseResults(text, run, &read, &error)) << text;
  return error;
}

std::vector<uint32_t> Rounds(const Results& results) {
  std::vector<uint32_t> rounds;
  for (const ProcessRun& process : results.processes) {
    rounds.push_back(process.round);
  }
  return rounds;
}

TEST(ResultsJsonTest, EveryRecordIsOneLine) {
  const Results results = MadeResults();
  const RecordKey key{"r", "a", 0, 0};
  for (const std::string& record :
       {PlanRecord(results.plan), ProbeRecord("r", results.probes[0]),
        StartRecord(key, results.processes[0]), BatchRecord(key, results.processes[0].batches[0]),
        EndRecord(key, results.processes[0]), RoundRecord(key)}) {
    EXPECT_EQ(record.find('\n'), record.size() - 1) << record;
    EXPECT_TRUE(record.starts_with("{\"lab_results\":1,\"record\":")) << record;
  }
}

TEST(ResultsJsonTest, WhatIsWrittenIsReadAgain) {
  const Results results = MadeResults();
  const ReadResults read = Read(RecordsOf(results, "a"));
  const Plan& plan = read.results.plan;
  EXPECT_EQ(read.runs, std::vector<std::string>{results.plan.run});
  EXPECT_EQ(read.skipped_lines, 0U);
  EXPECT_EQ(plan.run, results.plan.run);
  EXPECT_EQ(plan.started, results.plan.started);
  EXPECT_EQ(plan.cells, results.plan.cells);
  EXPECT_EQ(plan.rounds, results.plan.rounds);
  EXPECT_EQ(plan.seed, results.plan.seed);
  EXPECT_EQ(plan.base_engine, results.plan.base_engine);
  EXPECT_EQ(plan.base_bench, results.plan.base_bench);
  EXPECT_EQ(plan.max_memory_bytes, results.plan.max_memory_bytes);
  EXPECT_EQ(plan.allowed_externs, results.plan.allowed_externs);
  EXPECT_EQ(plan.environment, results.plan.environment);
  ASSERT_EQ(plan.programs.size(), 1U);
  EXPECT_EQ(plan.programs[0].name, results.plan.programs[0].name);
  EXPECT_EQ(plan.programs[0].text, results.plan.programs[0].text);
  ASSERT_EQ(plan.sampling.size(), results.plan.sampling.size());
  for (size_t i = 0; i < plan.sampling.size(); ++i) {
    EXPECT_EQ(plan.sampling[i].calls, results.plan.sampling[i].calls);
    EXPECT_EQ(plan.sampling[i].iterations, results.plan.sampling[i].iterations);
    EXPECT_EQ(plan.sampling[i].cold, results.plan.sampling[i].cold);
    EXPECT_EQ(plan.sampling[i].block, results.plan.sampling[i].block);
  }
  ASSERT_EQ(read.results.probes.size(), results.probes.size());
  for (size_t i = 0; i < results.probes.size(); ++i) {
    const Probe& probe = read.results.probes[i];
    EXPECT_EQ(probe.cell, results.probes[i].cell);
    EXPECT_EQ(probe.call_seconds, results.probes[i].call_seconds);
    ASSERT_EQ(probe.doubts.size(), results.probes[i].doubts.size());
    for (size_t k = 0; k < probe.doubts.size(); ++k) {
      EXPECT_EQ(probe.doubts[k].kind, results.probes[i].doubts[k].kind);
      EXPECT_EQ(probe.doubts[k].text, results.probes[i].doubts[k].text);
    }
  }
  EXPECT_EQ(read.results.rounds_done, results.rounds_done);
  ASSERT_EQ(read.results.processes.size(), results.processes.size());
  for (size_t i = 0; i < results.processes.size(); ++i) {
    ExpectSameProcess(read.results.processes[i], results.processes[i]);
  }
}

TEST(ResultsJsonTest, PeersAreReadAgain) {
  Results results = MadeResults();
  results.plan.cells[1].math = MathLibrary::Own;
  results.probes[1].build_seconds = 0.75;
  const Results read = Read(RecordsOf(results, "a")).results;
  EXPECT_EQ(read.plan.cells, results.plan.cells);
  EXPECT_EQ(read.probes[0].build_seconds, 0);
  EXPECT_EQ(read.probes[1].build_seconds, 0.75);
}

TEST(ResultsJsonTest, NothingOfACellThatIsLeftOutCounts) {
  const Results results = MadeResults();
  const std::string record = LeftOutRecord(results.plan.run, {1, "a \"reason\"\n"});
  const std::string whole = RecordsOf(results, "a");
  // Twice, as a resumed run writes it again; and for a cell that is not there.
  const Results read =
      Read(whole + record + record + LeftOutRecord(results.plan.run, {7, "far away"})).results;
  ASSERT_EQ(read.plan.left_out.size(), 1U);
  EXPECT_EQ(read.plan.left_out[0].cell, 1U);
  EXPECT_EQ(read.plan.left_out[0].reason, "a \"reason\"\n");
  EXPECT_EQ(Rounds(read), (std::vector<uint32_t>{0, 1, 2}));
  ASSERT_EQ(read.processes.size(), 3U);
  for (const ProcessRun& process : read.processes) {
    EXPECT_EQ(process.cell, 0U);
  }
  // Rounds are complete without it, once it is left out.
  std::string without;
  for (const std::string& line : LinesOf(whole)) {
    if (line.find("\"cell\":1") == std::string::npos) {
      without += line;
    }
  }
  const std::string plan = PlanRecord(results.plan);
  EXPECT_TRUE(Rounds(Read(without).results).empty());
  EXPECT_EQ(Rounds(Read(plan + record + without).results), (std::vector<uint32_t>{0, 1, 2}));
}

TEST(ResultsTest, WhatOneHalfHasLeftOutIsLeftOutOfBoth) {
  Results half = MadeResults();
  Results other = MadeResults();
  std::erase_if(half.processes, [](const ProcessRun& process) { return process.round == 2; });
  std::erase_if(other.processes, [](const ProcessRun& process) { return process.round != 2; });
  half.rounds_done = {0, 1};
  other.rounds_done = {2};
  other.plan.left_out = {{0, "gone"}};
  AddRounds(std::move(other), &half);
  ASSERT_EQ(half.plan.left_out.size(), 1U);
  ASSERT_EQ(half.processes.size(), 3U);
  EXPECT_EQ(half.processes[2].cell, 1U);
}

TEST(ResultsJsonTest, WhatALaterVersionAddsIsPassedOver) {
  const Results results = MadeResults();
  const ReadResults read =
      Read(RecordsOf(results, "a") + "{\"lab_results\":1,\"record\":\"sun\",\"run\":\"r\"}\n");
  EXPECT_EQ(read.results.processes.size(), results.processes.size());
  EXPECT_EQ(read.skipped_lines, 0U);
}

TEST(ResultsJsonTest, RefusesRecordsOfAnotherVersion) {
  EXPECT_EQ(ErrorOf(RecordsOf(MadeResults(), "a") +
                    "{\"lab_results\":2,\"record\":\"end\",\"run\":\"r\"}\n"),
            "its records have version 2, and this lab reads version 1");
}

TEST(ResultsJsonTest, RoundsWithoutAnEndAreLeftOut) {
  const Results results = MadeResults();
  std::string text = RecordsOf(results, "a");
  text.resize(text.rfind("{\"lab_results\"", text.size() - 2));  // the last record ends a round
  const ReadResults read = Read(text);
  EXPECT_EQ(read.results.rounds_done, (std::vector<uint32_t>{0, 1}));
  EXPECT_EQ(Rounds(read.results), (std::vector<uint32_t>{0, 0, 1, 1}));
}

// Whatever single line is lost, no round counts that lacks something, and the others do.
TEST(ResultsJsonTest, RoundsThatLackARecordDoNotCount) {
  const Results results = MadeResults();
  const std::vector<std::string> lines = LinesOf(RecordsOf(results, "a"));
  const size_t plan_and_probes = 1 + results.probes.size();
  const size_t lines_of_round = (lines.size() - plan_and_probes) / results.plan.rounds;
  for (size_t lost = plan_and_probes; lost < lines.size(); ++lost) {
    for (const bool is_torn : {false, true}) {
      std::string text;
      for (size_t i = 0; i < lines.size(); ++i) {
        text += i != lost ? lines[i]
                : is_torn ? lines[i].substr(0, lines[i].size() / 2) + "\n"
                          : "";
      }
      const ReadResults read = Read(text);
      std::vector<uint32_t> expected{0, 1, 2};
      expected.erase(expected.begin() +
                     static_cast<std::ptrdiff_t>((lost - plan_and_probes) / lines_of_round));
      EXPECT_EQ(read.results.rounds_done, expected) << lines[lost];
      EXPECT_EQ(read.results.processes.size(), 4U);
      EXPECT_EQ(read.skipped_lines, is_torn ? 1U : 0U);
    }
  }
}

TEST(ResultsJsonTest, ATornLineCostsNoOther) {
  const Results results = MadeResults();
  const std::string text = RecordsOf(results, "a");
  const std::string torn = "{\"lab_results\":1,\"record\":\"ba";
  for (const std::string& damaged :
       {torn + "\n" + text, text + torn, text + "\n \r\n" + torn + "\n" + "[]\n7\nnull\n"}) {
    const ReadResults read = Read(damaged);
    EXPECT_EQ(read.results.processes.size(), results.processes.size());
    EXPECT_GE(read.skipped_lines, 1U);
  }
}

// An attempt that was interrupted left parts of a round behind, which a later one measured again.
TEST(ResultsJsonTest, AttemptsDoNotMix) {
  const Results results = MadeResults();
  const RecordKey key{results.plan.run, "killed", 2, 0};
  ProcessRun other = results.processes[0];
  other.startup_seconds = 99;
  std::string text = RecordsOf(results, "a");
  text.insert(text.find("{\"lab_results\":1,\"record\":\"start\""),
              StartRecord(key, other) + BatchRecord(key, other.batches[0]));
  const ReadResults read = Read(text);
  EXPECT_EQ(read.results.rounds_done, results.rounds_done);
  for (size_t i = 0; i < results.processes.size(); ++i) {
    ExpectSameProcess(read.results.processes[i], results.processes[i]);
  }
}

TEST(ResultsJsonTest, OfTwoAttemptsTheFirstToEndARoundCounts) {
  const Results first = MadeResults();
  Results second = first;
  for (ProcessRun& process : second.processes) {
    process.startup_seconds += 1;
  }
  // Record by record in turns, the first ahead.
  std::string text = PlanRecord(first.plan);
  const std::vector<std::string> a = LinesOf(RecordsOf(first, "a"));
  const std::vector<std::string> b = LinesOf(RecordsOf(second, "b"));
  for (size_t i = 0; i < a.size(); ++i) {
    text += a[i] + b[i];
  }
  const ReadResults read = Read(text);
  ASSERT_EQ(read.results.processes.size(), first.processes.size());
  for (size_t i = 0; i < first.processes.size(); ++i) {
    ExpectSameProcess(read.results.processes[i], first.processes[i]);
  }
}

TEST(ResultsJsonTest, RunsOfOneFileDoNotMix) {
  const Results first = MadeResults();
  Results second = first;
  second.plan.run = "second";
  second.plan.base_engine = "jit";
  for (ProcessRun& process : second.processes) {
    process.startup_seconds += 1;
  }
  std::string text;
  const std::vector<std::string> a = LinesOf(RecordsOf(first, "a"));
  const std::vector<std::string> b = LinesOf(RecordsOf(second, "a"));
  for (size_t i = 0; i < a.size(); ++i) {
    text += a[i] + b[i];
  }
  for (const Results* results : std::vector<const Results*>{&first, &second}) {
    const ReadResults read = Read(text, results->plan.run);
    EXPECT_EQ(read.results.plan.run, results->plan.run);
    EXPECT_EQ(read.results.plan.base_engine, results->plan.base_engine);
    ASSERT_EQ(read.results.processes.size(), results->processes.size());
    for (size_t i = 0; i < results->processes.size(); ++i) {
      ExpectSameProcess(read.results.processes[i], results->processes[i]);
    }
  }
  EXPECT_EQ(Read(text).results.plan.run, "second");
  EXPECT_EQ(Read(text).runs, (std::vector<std::string>{first.plan.run, "second"}));
  EXPECT_EQ(ErrorOf(text, "third"), "it holds no run `third`; its last is `second`");
}

TEST(ResultsTest, RoundsComeInOrder) {
  const Results whole = MadeResults();
  Results results = whole;
  Results more;
  // The middle round was measured later.
  more.processes = {whole.processes[2], whole.processes[3]};
  more.rounds_done = {1};
  results.processes.erase(results.processes.begin() + 2, results.processes.begin() + 4);
  results.rounds_done = {0, 2};
  AddRounds(more, &results);
  EXPECT_EQ(results.rounds_done, whole.rounds_done);
  ASSERT_EQ(results.processes.size(), whole.processes.size());
  for (size_t i = 0; i < whole.processes.size(); ++i) {
    ExpectSameProcess(results.processes[i], whole.processes[i]);
  }
}

TEST(ResultsJsonTest, RefusesWhatHoldsNoResults) {
  const std::string sentence = "it holds no results of `lab compare` or `lab warmup`";
  EXPECT_EQ(ErrorOf(""), sentence);
  EXPECT_EQ(ErrorOf("\n\n"), sentence);
  EXPECT_EQ(ErrorOf("bench raw(n = 1) = n\n"), sentence);
  EXPECT_EQ(ErrorOf(std::string(1000, '[')), sentence);
  EXPECT_EQ(ErrorOf(std::string("\0\xff\xfe{\n", 5)), sentence);
  EXPECT_EQ(ErrorOf("{\"results\":[]}\n"), sentence);
  EXPECT_EQ(ErrorOf("{\"lab_results\":\"1\",\"record\":\"plan\",\"run\":\"r\"}\n"), sentence);
}

TEST(ResultsJsonTest, RefusesPlansThatCannotBeMeasured) {
  const auto refused = [](auto change) {
    Plan plan = MadeResults().plan;
    change(plan);
    EXPECT_EQ(ErrorOf(PlanRecord(plan)), "it holds no results of `lab compare` or `lab warmup`");
  };
  refused([](Plan& plan) { plan.sampling[0].calls = 0; });
  refused([](Plan& plan) { plan.sampling[0].block = 0; });
  refused([](Plan& plan) { plan.sampling[1].cold = 0; });
  refused([](Plan& plan) { plan.sampling[1].cold = plan.sampling[1].iterations + 1; });
  refused([](Plan& plan) { plan.cells[1].program = "other.gc"; });
  refused([](Plan& plan) { plan.cells.clear(); });
}

TEST(ResultsJsonTest, CellsOutsideOfThePlanAreLeftOut) {
  const Results results = MadeResults();
  const RecordKey key{results.plan.run, "x", 0, 7};
  const std::string text = PlanRecord(results.plan) + StartRecord(key, results.processes[0]) +
                           EndRecord(key, results.processes[0]) + RoundRecord(key) +
                           ProbeRecord(results.plan.run, {.cell = 7});
  const ReadResults read = Read(text);
  EXPECT_TRUE(read.results.processes.empty());
  EXPECT_TRUE(read.results.rounds_done.empty());
  EXPECT_TRUE(read.results.probes.empty());
}

TEST(ResultsJsonTest, BytesThatAreNoTextAreReplaced) {
  Results results = MadeResults();
  results.processes[0].output = "\xff";
  EXPECT_EQ(Read(RecordsOf(results, "a")).results.processes[0].output, "\xef\xbf\xbd");
}

}  // namespace
}  // namespace measure
