// Probing and measuring with scripted workers, a clock that only they move, and a sink in memory.

#include "measure/campaign.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "measure/results_json.h"
#include "measure/schedule.h"

namespace measure {
namespace {

// What a test decides about the workers, and what they tell.
struct Script {
  double now = 0;
  std::vector<std::string> log = {};      // "start 0", "run 0 x4", "probe 0", "finish 0", "end 0"
  std::vector<double> call_seconds = {};  // by cell
  std::string failing = {};               // the entry of the log that fails
  FailureReach reach = FailureReach::Plan;
  std::vector<std::string> values = {};                  // by cell
  std::vector<std::string> outputs = {};                 // by cell
  std::map<std::string, std::string> later_values = {};  // by "cell/process", counted from 0
  std::map<uint32_t, int> processes = {};                // of each cell so far
  int alive = 0;
  int most_alive = 0;
};

class FakeWorker final : public Worker {
 public:
  FakeWorker(Script& script, uint32_t cell)
      : script_(script), cell_(cell), process_(script.processes[cell]++) {
    script.most_alive = std::max(script.most_alive, ++script.alive);
  }
  ~FakeWorker() override {
    script_.log.push_back(fmt::format("end {}", cell_));
    --script_.alive;
  }

  bool Start(ProcessRun* run) override {
    run->startup_seconds = 0.5;
    run->before = {{"parse", 0.25}};
    return Note(fmt::format("start {}", cell_), 1);
  }
  bool Run(uint32_t iterations, uint64_t calls, Batch* batch) override {
    batch->first = taken_;
    batch->calls = calls;
    batch->seconds.assign(iterations, script_.call_seconds[cell_]);
    taken_ += iterations;
    return Note(fmt::format("run {} x{}", cell_, iterations),
                script_.call_seconds[cell_] * static_cast<double>(iterations * calls));
  }
  bool Probe(ProbeAnswer* answer) override {
    answer->probe.call_seconds = script_.call_seconds[cell_];
    answer->answer = {Value(), script_.outputs[cell_]};
    return Note(fmt::format("probe {}", cell_), 0.25);
  }
  bool Finish(ProcessRun* run) override {
    run->value = Value();
    run->output = script_.outputs[cell_];
    return Note(fmt::format("finish {}", cell_), 0);
  }
  const WorkerFailure& failure() const override {
    failure_.reach = script_.reach;
    return failure_;
  }

 private:
  std::string Value() const {
    const auto later = script_.later_values.find(fmt::format("{}/{}", cell_, process_));
    return later == script_.later_values.end() ? script_.values[cell_] : later->second;
  }
  bool Note(const std::string& entry, double seconds) {
    script_.log.push_back(entry);
    script_.now += seconds;
    return entry != script_.failing;
  }

  Script& script_;
  uint32_t cell_;
  int process_;
  uint32_t taken_ = 0;
  mutable WorkerFailure failure_{7, "error: scripted\n"};
};

class FakeWorkers final : public Workers {
 public:
  explicit FakeWorkers(Script& script) : script_(script) {}
  std::unique_ptr<Worker> Make(const Plan&, uint32_t cell) override {
    return std::make_unique<FakeWorker>(script_, cell);
  }

 private:
  Script& script_;
};

class FakeSink final : public ResultsSink {
 public:
  bool Append(std::string_view record, std::string* error) override {
    if (left == 0) {
      *error = "cannot write: full";
      return false;
    }
    --left;
    text += record;
    return true;
  }
  std::string text;
  size_t left = SIZE_MAX;  // records that fit
};

// `cells` engines for one bench.
struct Campaign {
  explicit Campaign(uint32_t cells) {
    plan.run = "run";
    plan.programs = {{"p.gc", ""}};
    for (uint32_t cell = 0; cell < cells; ++cell) {
      plan.cells.push_back({"p.gc", "b", fmt::format("engine{}", cell), {}});
      plan.sampling.push_back({.calls = 2, .iterations = 7, .cold = 3, .block = 2});
      script.call_seconds.push_back(0.125);
      script.values.push_back("1");
      script.outputs.push_back("");
    }
    plan.rounds = 2;
    plan.seed = 5;
  }

  Surveyor MakeSurveyor() {
    return {.clock = [this] { return script.now; },
            .workers = workers,
            .sink = sink,
            .progress = [this](const Progress& step) { progress.push_back(step); },
            .stopped = [this] { return stop_checks-- == 0; }};
  }
  bool Probe(const Budget& budget = {}) {
    return ProbePlan(MakeSurveyor(), budget, &plan, &probes, &failure);
  }
  bool Measure(const std::vector<uint32_t>& done = {}) {
    return MeasurePlan(MakeSurveyor(), plan, "attempt", done, &failure);
  }
  ReadResults Read() const {
    ReadResults read;
    std::string error;
    EXPECT_TRUE(ParseResults(PlanRecord(plan) + sink.text, "", &read, &error)) << error;
    return read;
  }

  Script script;
  FakeWorkers workers{script};
  FakeSink sink;
  Plan plan;
  std::vector<struct Probe> probes;
  CampaignFailure failure;
  std::vector<Progress> progress;
  int64_t stop_checks = -1;  // how often `stopped` says no before it says yes; negative: always no
};

// What a round must ask of its workers.
std::vector<std::string> ExpectedRound(const Plan& plan, uint32_t round) {
  const auto design = ShuffledWilliamsDesign(static_cast<uint32_t>(plan.cells.size()), plan.seed);
  std::vector<std::string> log;
  std::vector<uint32_t> taken(plan.cells.size(), 0);
  const auto take = [&](uint32_t cell, uint32_t samples) {
    log.push_back(fmt::format("run {} x{}", cell, samples));
    taken[cell] += samples;
  };
  for (const uint32_t cell : design[round % design.size()]) {
    log.push_back(fmt::format("start {}", cell));
    take(cell, plan.sampling[cell].cold);
  }
  for (size_t row = round + 1;; ++row) {
    const size_t before = log.size();
    for (const uint32_t cell : design[row % design.size()]) {
      const uint32_t left = plan.sampling[cell].iterations - taken[cell];
      if (left > 0) {
        take(cell, std::min(left, plan.sampling[cell].block));
      }
    }
    if (log.size() == before) {
      break;
    }
  }
  for (uint32_t cell = 0; cell < plan.cells.size(); ++cell) {
    log.push_back(fmt::format("finish {}", cell));
    log.push_back(fmt::format("end {}", cell));
  }
  return log;
}

TEST(CampaignTest, AsksForColdIterationsAndThenBlocksInTurns) {
  Campaign campaign(2);
  campaign.plan.rounds = 1;
  ASSERT_TRUE(campaign.Measure());
  std::vector<std::string> log = campaign.script.log;
  // The first cell of the design's row for round 0.
  const std::string a(1, log[0].back());
  const std::string b = a == "0" ? "1" : "0";
  EXPECT_EQ(log,
            (std::vector<std::string>{
                "start " + a, "run " + a + " x3", "start " + b, "run " + b + " x3",  // cold
                "run " + b + " x2", "run " + a + " x2",  // the design's other row
                "run " + a + " x2", "run " + b + " x2", "finish 0", "end 0", "finish 1", "end 1"}));
}

TEST(CampaignTest, EveryRoundTakesTheNextRowsOfTheDesign) {
  for (const uint32_t cells : {1U, 2U, 3U, 5U}) {
    Campaign campaign(cells);
    campaign.plan.rounds = 2 * cells + 1;
    campaign.plan.sampling[0] = {.calls = 3, .iterations = 20, .cold = 5, .block = 4};
    std::vector<std::string> expected;
    for (uint32_t round = 0; round < campaign.plan.rounds; ++round) {
      const std::vector<std::string> log = ExpectedRound(campaign.plan, round);
      expected.insert(expected.end(), log.begin(), log.end());
    }
    ASSERT_TRUE(campaign.Measure());
    EXPECT_EQ(campaign.script.log, expected);
    EXPECT_EQ(campaign.script.most_alive, static_cast<int>(cells));
    EXPECT_EQ(campaign.script.alive, 0);
  }
}

TEST(CampaignTest, EverySampleIsRecorded) {
  Campaign campaign(3);
  ASSERT_TRUE(campaign.Measure());
  const ReadResults read = campaign.Read();
  EXPECT_EQ(read.results.rounds_done, (std::vector<uint32_t>{0, 1}));
  ASSERT_EQ(read.results.processes.size(), 6U);
  for (const ProcessRun& process : read.results.processes) {
    EXPECT_EQ(process.startup_seconds, 0.5);
    EXPECT_EQ(SecondsOf(process), std::vector<double>(7, 0.125));
    EXPECT_EQ(CallsOf(process), (std::vector<uint64_t>{1, 2, 2, 2, 2, 2, 2}));
    EXPECT_EQ(process.value, "1");
    double at = -1;
    for (const Batch& batch : process.batches) {
      EXPECT_GT(batch.at_seconds, at);
      at = batch.at_seconds;
    }
  }
}

TEST(CampaignTest, OnlyMissingRoundsAreMeasured) {
  Campaign campaign(2);
  campaign.plan.rounds = 4;
  ASSERT_TRUE(campaign.Measure({0, 2}));
  std::vector<std::string> expected = ExpectedRound(campaign.plan, 1);
  const std::vector<std::string> last = ExpectedRound(campaign.plan, 3);
  expected.insert(expected.end(), last.begin(), last.end());
  EXPECT_EQ(campaign.script.log, expected);
  EXPECT_EQ(campaign.Read().results.rounds_done, (std::vector<uint32_t>{1, 3}));
  EXPECT_EQ(campaign.progress.back().rounds, 2U);
  EXPECT_EQ(campaign.progress.back().share, 1);

  Campaign done(2);
  EXPECT_TRUE(done.Measure({0, 1}));
  EXPECT_TRUE(done.script.log.empty());
}

TEST(CampaignTest, ProgressGrowsToTheEnd) {
  Campaign campaign(3);
  campaign.script.call_seconds = {0.5, 0.125, 0.25};
  campaign.plan.sampling[1].iterations = 70;
  ASSERT_TRUE(campaign.Measure());
  double share = 0;
  for (const Progress& step : campaign.progress) {
    EXPECT_GT(step.share, share);
    EXPECT_LE(step.share, 1);
    EXPECT_GE(step.seconds_left, 0);
    EXPECT_EQ(step.rounds, 2U);
    EXPECT_LT(step.rounds_done, 2U);
    share = step.share;
  }
  EXPECT_EQ(share, 1);
  EXPECT_EQ(campaign.progress.back().seconds_left, 0);
}

// Cells take the same time each, with very different numbers of samples.
TEST(CampaignTest, TheTimeLeftIsNearTheTruth) {
  Campaign campaign(2);
  campaign.plan.rounds = 10;
  campaign.plan.sampling = {{.calls = 1, .iterations = 100, .cold = 25, .block = 8},
                            {.calls = 1, .iterations = 4, .cold = 1, .block = 1}};
  campaign.script.call_seconds = {0.25, 6.25};
  std::vector<double> at;
  Surveyor surveyor = campaign.MakeSurveyor();
  surveyor.progress = [&](const Progress& step) {
    campaign.progress.push_back(step);
    at.push_back(campaign.script.now);
  };
  ASSERT_TRUE(MeasurePlan(surveyor, campaign.plan, "a", {}, &campaign.failure));
  for (size_t i = 0; i < at.size(); ++i) {
    EXPECT_NEAR(at[i] + campaign.progress[i].seconds_left, campaign.script.now,
                0.15 * campaign.script.now);
  }
}

TEST(CampaignTest, StopsAtEachPoint) {
  Campaign whole(2);
  ASSERT_TRUE(whole.Measure());
  const int64_t checks = -1 - whole.stop_checks;
  ASSERT_GT(checks, 10);
  for (int64_t allowed = 0; allowed < checks; ++allowed) {
    Campaign campaign(2);
    campaign.stop_checks = allowed;
    EXPECT_FALSE(campaign.Measure());
    EXPECT_EQ(campaign.failure.kind, CampaignFailure::Kind::Stopped);
    EXPECT_EQ(campaign.script.alive, 0);
    EXPECT_EQ(whole.sink.text.find(campaign.sink.text), 0U);  // the beginning of the whole

    // What is missing is measured by the next attempt.
    Campaign rest(2);
    ASSERT_TRUE(rest.Measure(campaign.Read().results.rounds_done));
    campaign.sink.text += rest.sink.text;
    EXPECT_EQ(campaign.Read().results.rounds_done, (std::vector<uint32_t>{0, 1}));
  }
}

TEST(CampaignTest, StopsBetweenProbes) {
  for (const int64_t allowed : {0, 1}) {
    Campaign campaign(2);
    campaign.stop_checks = allowed;
    EXPECT_FALSE(campaign.Probe());
    EXPECT_EQ(campaign.failure.kind, CampaignFailure::Kind::Stopped);
    EXPECT_EQ(campaign.probes.size(), static_cast<size_t>(allowed));
  }
}

TEST(CampaignTest, AWorkerThatFailsEndsTheMeasurement) {
  for (const char* failing : {"start 1", "run 1 x3", "run 1 x2", "finish 1"}) {
    Campaign campaign(2);
    campaign.script.failing = failing;
    EXPECT_FALSE(campaign.Measure());
    EXPECT_EQ(campaign.failure.kind, CampaignFailure::Kind::Worker) << failing;
    EXPECT_EQ(campaign.failure.cell, campaign.plan.cells[1]);
    EXPECT_EQ(campaign.failure.worker.status, 7);
    EXPECT_EQ(campaign.failure.worker.text, "error: scripted\n");
    EXPECT_EQ(campaign.script.alive, 0);
    EXPECT_TRUE(campaign.Read().results.rounds_done.empty());
  }
  for (const char* failing : {"start 1", "run 1 x1", "probe 1"}) {
    Campaign campaign(2);
    campaign.script.failing = failing;
    EXPECT_FALSE(campaign.Probe());
    EXPECT_EQ(campaign.failure.kind, CampaignFailure::Kind::Worker) << failing;
    EXPECT_EQ(campaign.failure.cell, campaign.plan.cells[1]);
    EXPECT_EQ(campaign.script.alive, 0);
  }
}

TEST(CampaignTest, ACellThatFailsIsLeftOutAndTheOthersGoOn) {
  for (const char* failing : {"start 1", "run 1 x3", "run 1 x2", "finish 1"}) {
    Campaign campaign(3);
    campaign.script.failing = failing;
    campaign.script.reach = FailureReach::Cell;
    ASSERT_TRUE(campaign.Measure()) << failing;
    EXPECT_EQ(campaign.script.alive, 0);
    EXPECT_EQ(campaign.progress.back().share, 1);
    const Results results = campaign.Read().results;
    EXPECT_EQ(results.rounds_done, (std::vector<uint32_t>{0, 1})) << failing;
    ASSERT_EQ(results.plan.left_out.size(), 1U);
    EXPECT_EQ(results.plan.left_out[0].cell, 1U);
    EXPECT_EQ(results.plan.left_out[0].reason, "error: scripted\n");
    ASSERT_EQ(results.processes.size(), 4U);
    for (const ProcessRun& process : results.processes) {
      EXPECT_NE(process.cell, 1U);
    }
    EXPECT_EQ(campaign.script.processes[1], 1);  // it is not tried again
  }
}

TEST(CampaignTest, ACellThatCannotBeProbedIsLeftOut) {
  for (const char* failing : {"start 1", "run 1 x1", "probe 1"}) {
    Campaign campaign(3);
    campaign.script.failing = failing;
    campaign.script.reach = FailureReach::Cell;
    campaign.script.values[1] = "2";  // compared with nothing
    ASSERT_TRUE(campaign.Probe({.processes = 2, .iterations = 3})) << failing;
    ASSERT_EQ(campaign.plan.left_out.size(), 1U);
    EXPECT_EQ(campaign.plan.left_out[0].cell, 1U);
    ASSERT_EQ(campaign.probes.size(), 2U);
    EXPECT_EQ(campaign.probes[1].cell, 2U);
    EXPECT_EQ(campaign.plan.sampling[2].iterations, 3U);
    campaign.script.log.clear();
    ASSERT_TRUE(campaign.Measure());
    EXPECT_EQ(std::count(campaign.script.log.begin(), campaign.script.log.end(), "start 1"), 0);
    EXPECT_EQ(std::count(campaign.script.log.begin(), campaign.script.log.end(), "start 2"), 2);
  }
  Campaign alone(1);
  alone.script.failing = "probe 0";
  alone.script.reach = FailureReach::Cell;
  EXPECT_FALSE(alone.Probe());
  EXPECT_EQ(alone.failure.kind, CampaignFailure::Kind::Worker);
  EXPECT_EQ(alone.failure.worker.status, 69);
}

TEST(CampaignTest, TellsWhichCellIsProbed) {
  Campaign campaign(2);
  std::vector<std::string> probed;
  Surveyor surveyor = campaign.MakeSurveyor();
  surveyor.probing = [&](const Cell& cell) { probed.push_back(cell.engine); };
  ASSERT_TRUE(ProbePlan(surveyor, {}, &campaign.plan, &campaign.probes, &campaign.failure));
  EXPECT_EQ(probed, (std::vector<std::string>{"engine0", "engine1"}));
}

TEST(CampaignTest, ASinkThatFailsEndsTheMeasurement) {
  Campaign whole(2);
  ASSERT_TRUE(whole.Measure());
  const auto records =
      static_cast<size_t>(std::count(whole.sink.text.begin(), whole.sink.text.end(), '\n'));
  for (size_t fit = 0; fit < records; ++fit) {
    Campaign campaign(2);
    campaign.sink.left = fit;
    EXPECT_FALSE(campaign.Measure());
    EXPECT_EQ(campaign.failure.kind, CampaignFailure::Kind::Sink);
    EXPECT_EQ(campaign.failure.sink_error, "cannot write: full");
    EXPECT_EQ(campaign.script.alive, 0);
  }
}

TEST(CampaignTest, ProbesEachCellInAProcessOfItsOwn) {
  Campaign campaign(2);
  campaign.script.call_seconds = {0.125, 0.5};
  ASSERT_TRUE(campaign.Probe({.seconds = 100}));
  EXPECT_EQ(campaign.script.log,
            (std::vector<std::string>{"start 0", "run 0 x1", "probe 0", "end 0", "start 1",
                                      "run 1 x1", "probe 1", "end 1"}));
  ASSERT_EQ(campaign.probes.size(), 2U);
  EXPECT_EQ(campaign.probes[1].cell, 1U);
  EXPECT_EQ(campaign.probes[1].call_seconds, 0.5);
  EXPECT_GE(campaign.plan.rounds, 3U);
  EXPECT_GT(campaign.plan.sampling[0].iterations, campaign.plan.sampling[1].iterations);
}

TEST(CampaignTest, AnswersAreComparedBeforeAnythingIsMeasured) {
  Campaign values(3);
  values.script.values[2] = "2";
  EXPECT_FALSE(values.Probe());
  EXPECT_EQ(values.failure.kind, CampaignFailure::Kind::Disagreement);
  EXPECT_EQ(values.failure.disagreement.one, values.plan.cells[0]);
  EXPECT_EQ(values.failure.disagreement.other, values.plan.cells[2]);
  EXPECT_EQ(values.failure.disagreement.what, "value");
  EXPECT_TRUE(values.sink.text.empty());

  Campaign outputs(2);
  outputs.script.outputs[1] = "hello\n";
  EXPECT_FALSE(outputs.Probe());
  EXPECT_EQ(outputs.failure.disagreement.what, "output");
  EXPECT_EQ(outputs.failure.disagreement.other_text, "hello\n");

  Campaign other_work(2);
  other_work.plan.cells[1].bench = "c";
  other_work.script.values[1] = "2";
  EXPECT_TRUE(other_work.Probe());
}

TEST(CampaignTest, AnswersAreComparedInEveryProcess) {
  Campaign campaign(2);
  campaign.script.later_values["1/1"] = "2";  // in the second round
  EXPECT_FALSE(campaign.Measure());
  EXPECT_EQ(campaign.failure.kind, CampaignFailure::Kind::Disagreement);
  EXPECT_EQ(campaign.failure.disagreement.other, campaign.plan.cells[1]);
  EXPECT_EQ(campaign.Read().results.rounds_done, std::vector<uint32_t>{0});

  Campaign alone(1);  // nobody to compare with but its own processes
  alone.script.later_values["0/1"] = "2";
  EXPECT_FALSE(alone.Measure());
  EXPECT_EQ(alone.failure.kind, CampaignFailure::Kind::Disagreement);
  EXPECT_EQ(alone.failure.disagreement.one_text, "1");
  EXPECT_EQ(alone.failure.disagreement.other_text, "2");
}

TEST(CampaignTest, FastMathMayChangeLastDigits) {
  Campaign campaign(2);
  campaign.plan.cells[1].engine = "jit:fast";
  campaign.script.values = {"0.1", "0.10000000000000002"};
  EXPECT_TRUE(campaign.Probe({.processes = 2, .iterations = 2}));
  EXPECT_TRUE(campaign.Measure());
  campaign.script.values[1] = "0.1001";
  EXPECT_FALSE(campaign.Probe());
}

}  // namespace
}  // namespace measure
