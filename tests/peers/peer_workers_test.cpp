// Cells of peers, measured on what is installed with programs written by hand.

#include "peers/peer_workers.h"

#include <gtest/gtest.h>

#include "tests/peers/measured_programs.h"
#include "tests/peers/pretended_machine.h"
#include "tests/peers/real_machine.h"

namespace peers {
namespace {

using measure::DoubtKind;

// An engine that has counted a thousand nodes, and half of them with half the parameters.
class CountingWorker final : public measure::Worker {
 public:
  bool Start(measure::ProcessRun*) override { return true; }
  bool Run(uint32_t, uint64_t, measure::Batch*) override { return true; }
  bool Finish(measure::ProcessRun*) override { return true; }
  bool Probe(measure::ProbeAnswer* answer) override {
    answer->growth = measure::Growth{.whole_nodes = 1'000'000'000, .half_nodes = 500'000'000};
    return true;
  }
  const measure::WorkerFailure& failure() const override { return failure_; }

 private:
  measure::WorkerFailure failure_;
};

class CountingWorkers final : public measure::Workers {
 public:
  std::unique_ptr<measure::Worker> Make(const measure::Plan&, uint32_t) override {
    ++made;
    return std::make_unique<CountingWorker>();
  }
  int made = 0;
};

measure::Plan PlanOf(std::string_view peer, const std::string& bench, const std::string& n) {
  measure::Plan plan;
  plan.programs = {{"p.gc", "bench squares(n = 1) = 1\n"}};
  plan.cells = {{"p.gc", bench, "interp", {{"n", n}}},
                {"p.gc", bench, std::string(peer), {{"n", n}}}};
  return plan;
}

emit::Translation ByHand(const measure::ProgramText&, emit::Target target) {
  return MeasuredText(target);
}

class PeerWorkersTest : public ::testing::TestWithParam<std::string_view> {
 protected:
  void SetUp() override {
    const Toolchain toolchain = Find(*FindPeer(GetParam()), ThisMachine());
    if (!toolchain.is_ready()) {
      ASSERT_TRUE(MayBeMissing(GetParam())) << toolchain.problem;
      GTEST_SKIP() << GetParam() << ": " << toolchain.problem;
    }
    version_ = toolchain.version;
  }

  CountingWorkers engines_;
  PeerWorkers workers_{engines_, ThisMachine(), 20, ByHand};
  std::string version_;
};

// One test, so that a program is built once.
TEST_P(PeerWorkersTest, MeasuresByTheProtocol) {
  const Peer& peer = *FindPeer(GetParam());
  const measure::Plan plan = PlanOf(GetParam(), "squares", "1000");
  const auto worker = workers_.Make(plan, 1);
  measure::ProcessRun run;
  ASSERT_TRUE(worker->Start(&run)) << worker->failure().text;
  EXPECT_GT(run.startup_seconds, 0);
  measure::Batch batch;
  ASSERT_TRUE(worker->Run(3, 10, &batch)) << worker->failure().text;
  EXPECT_EQ(batch.seconds.size(), 3u);
  EXPECT_EQ(batch.calls, 10u);
  measure::Batch second;
  ASSERT_TRUE(worker->Run(2, 5, &second)) << worker->failure().text;
  EXPECT_EQ(second.first, 3u);
  ASSERT_TRUE(worker->Finish(&run)) << worker->failure().text;
  EXPECT_EQ(run.value, "332833500");
  EXPECT_EQ(run.output, "n = 1000\n");
  ASSERT_EQ(run.tiers.size(), 1u);
  EXPECT_EQ(run.tiers[0].tier, std::string(peer.title) + " " + version_);
  EXPECT_EQ(run.tiers[0].calls, 31u);
  EXPECT_GT(run.peak_bytes, 100'000u);

  const auto probing = workers_.Make(plan, 1);
  measure::ProbeAnswer answer;
  measure::Batch first;
  ASSERT_TRUE(probing->Start(&run));
  ASSERT_TRUE(probing->Run(1, 1, &first));
  ASSERT_TRUE(probing->Probe(&answer)) << probing->failure().text;
  EXPECT_EQ(answer.answer.value, "332833500");
  EXPECT_EQ(answer.answer.output, "n = 1000\n");
  EXPECT_EQ(answer.probe.build_seconds > 0, IsBuilt(peer));
  EXPECT_TRUE(answer.probe.doubts.empty());

  const measure::Plan failing = PlanOf(GetParam(), "squares", "13");
  const auto unlucky = workers_.Make(failing, 1);
  ASSERT_TRUE(unlucky->Start(&run));
  EXPECT_FALSE(unlucky->Run(1, 1, &first));
  EXPECT_EQ(unlucky->failure().reach, measure::FailureReach::Cell);
  EXPECT_EQ(unlucky->failure().text, "ended with index in line 7: 13 is outside");

  const measure::Plan drifting = PlanOf(GetParam(), "drift", "1");
  const auto drift = workers_.Make(drifting, 1);
  ASSERT_TRUE(drift->Start(&run));
  EXPECT_FALSE(drift->Run(2, 1, &first));
  EXPECT_EQ(drift->failure().text, "gave another value later than at first: 2");

  const measure::Plan empty = PlanOf(GetParam(), "nothing", "1");
  const auto none = workers_.Make(empty, 1);
  measure::ProbeAnswer nothing;
  ASSERT_TRUE(none->Start(&run));
  ASSERT_TRUE(none->Run(1, 1, &first));
  ASSERT_TRUE(none->Probe(&nothing)) << none->failure().text;
  EXPECT_EQ(nothing.answer.value, "none");
  ASSERT_EQ(nothing.probe.doubts.size(), 1u);
  EXPECT_EQ(nothing.probe.doubts[0].kind, DoubtKind::NoValue);
}

// What no machine can do in that time was left out by the compiler.
TEST_P(PeerWorkersTest, SeesWorkThatWasFoldedAway) {
  const measure::Plan plan = PlanOf(GetParam(), "nothing", "2");
  const auto engine = workers_.Make(plan, 0);
  measure::ProbeAnswer counted;
  ASSERT_TRUE(engine->Probe(&counted));
  EXPECT_EQ(engines_.made, 1);
  const auto worker = workers_.Make(plan, 1);
  measure::ProcessRun run;
  measure::Batch first;
  measure::ProbeAnswer answer;
  ASSERT_TRUE(worker->Start(&run));
  ASSERT_TRUE(worker->Run(1, 1, &first));
  ASSERT_TRUE(worker->Probe(&answer));
  ASSERT_EQ(answer.probe.doubts.size(), 2u);
  EXPECT_EQ(answer.probe.doubts[1].kind, DoubtKind::Folded);
}

INSTANTIATE_TEST_SUITE_P(Peers, PeerWorkersTest, ::testing::ValuesIn(PeerNames()),
                         [](const auto& row) { return std::string(row.param); });

class UnluckyPeerTest : public ::testing::Test {
 protected:
  // Why the cell cannot be measured.
  std::string Problem(const PeerWorkers::Translator& translate) {
    PeerWorkers workers(engines_, machine_.Get(), 1, translate);
    const auto worker = workers.Make(plan_, 1);
    measure::ProcessRun run;
    EXPECT_FALSE(worker->Start(&run));
    EXPECT_EQ(worker->failure().reach, measure::FailureReach::Cell);
    EXPECT_EQ(worker->failure().status, 69);
    return worker->failure().text;
  }

  CountingWorkers engines_;
  PretendedMachine machine_;
  measure::Plan plan_ = PlanOf("gcc", "squares", "10");
};

TEST_F(UnluckyPeerTest, CostsItsCellOnly) {
  EXPECT_EQ(Problem(ByHand), "missing: apt-get install gcc libc6-dev");
  machine_.Add("/usr/bin/gcc", [](const std::vector<std::string>& words) {
    return words[1] == "--version" ? Doing{.out = "gcc (Debian 12.2.0-14) 12.2.0\n"}
                                   : Doing{.err = "no room\n", .exit_status = 1};
  });
  EXPECT_EQ(Problem(ByHand), "/usr/bin/gcc cannot build it: no room");
  EXPECT_EQ(Problem([](const measure::ProgramText&, emit::Target) {
              emit::Translation none;
              none.refusal = emit::Refusal{.span = {}, .text = "C has no such thing"};
              return none;
            }),
            "C has no such thing");
}

TEST_F(UnluckyPeerTest, IsLookedForAndBuiltOnce) {
  machine_.AddSaying("/usr/bin/gcc", "gcc (Debian 12.2.0-14) 12.2.0\n");
  PeerWorkers workers(engines_, machine_.Get(), 1, ByHand);
  for (int i = 0; i < 3; ++i) {
    measure::ProcessRun run;
    EXPECT_FALSE(workers.Make(plan_, 1)->Start(&run));  // nothing was really built
  }
  size_t builds = 0;
  for (const std::string& command : machine_.started) {
    builds += command.find(" -o ") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(builds, 1u);
}

}  // namespace
}  // namespace peers
