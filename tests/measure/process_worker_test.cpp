// Workers over processes that the test plays.

#include "measure/process_worker.h"

#include <cerrno>
#include <deque>

#include <gtest/gtest.h>

#include "measure/worker_protocol.h"

namespace measure {
namespace {

// What the processes of a test say, and what was done to them.
struct Stage {
  struct Answer {
    ReadResult result = ReadResult::Line;
    std::string line = {};
  };
  std::deque<Answer> answers = {};
  ProcessEnd end = {};
  int start_error = 0;
  std::vector<Launch> launches = {};
  std::vector<std::string> written = {};
  std::vector<double> timeouts = {};
  std::string log = {};
};

class FakeProcess final : public ChildProcess {
 public:
  explicit FakeProcess(Stage& stage) : stage_(stage) {}
  ~FakeProcess() override { stage_.log += "gone;"; }

  int pid() const override { return 1; }
  bool WriteLine(std::string_view line) override {
    stage_.written.emplace_back(line);
    return true;
  }
  void CloseInput() override {}
  ReadResult ReadLine(double timeout_seconds, std::string* line) override {
    stage_.timeouts.push_back(timeout_seconds);
    const Stage::Answer answer = stage_.answers.front();
    stage_.answers.pop_front();
    *line = answer.line;
    return answer.result;
  }
  ProcessEnd Wait() override {
    stage_.log += "wait;";
    return stage_.end;
  }
  ProcessEnd Kill() override {
    stage_.log += "kill;";
    return {.signal = 9};
  }

 private:
  Stage& stage_;
};

class ProcessWorkerTest : public testing::Test {
 protected:
  ProcessWorkerTest() {
    plan_.programs = {{"other.gc", "1\n"}, {"p.gc", "bench b(n) = n\n"}};
    plan_.cells = {{"p.gc", "b", "interp", {}}, {"p.gc", "b", "jit", {{"n", "5"}}}};
    plan_.max_memory_bytes = 12345;
    plan_.allowed_externs = {"libm.so"};
  }

  std::unique_ptr<Worker> Make(uint32_t cell = 1) { return workers_.Make(plan_, cell); }
  void Say(std::string line, ReadResult result = ReadResult::Line) {
    if (line.ends_with('\n')) {
      line.pop_back();
    }
    stage_.answers.push_back({result, line});
  }
  std::unique_ptr<Worker> Started() {
    Say(StartedLine({}));
    auto worker = Make();
    ProcessRun run;
    EXPECT_TRUE(worker->Start(&run));
    return worker;
  }

  Plan plan_;
  Stage stage_;
  double now_ = 17;
  ProcessWorkers workers_{
      [this](const Launch& launch, int* error) -> std::unique_ptr<ChildProcess> {
        stage_.launches.push_back(launch);
        *error = stage_.start_error;
        return *error != 0 ? nullptr : std::make_unique<FakeProcess>(stage_);
      },
      {"/bin/lab", kWorkerCommand},
      [this] { return now_; },
      30};
};

TEST_F(ProcessWorkerTest, StartsThisProgramAndSendsTheBench) {
  ProcessRun ready;
  ready.startup_seconds = 0.125;
  ready.before = {{"lex", 0.5}};
  Say(StartedLine(ready));
  auto worker = Make();
  ProcessRun run;
  ASSERT_TRUE(worker->Start(&run));
  EXPECT_EQ(run.startup_seconds, 0.125);
  EXPECT_EQ(run.before.size(), 1U);
  ASSERT_EQ(stage_.launches.size(), 1U);
  const Launch& launch = stage_.launches[0];
  EXPECT_EQ(launch.arguments, (std::vector<std::string>{"/bin/lab", "measure-worker"}));
  EXPECT_EQ(launch.in.kind, Stream::Kind::Pipe);
  EXPECT_EQ(launch.out.kind, Stream::Kind::Pipe);
  EXPECT_EQ(launch.err.kind, Stream::Kind::Inherit);
  EXPECT_EQ(launch.group, ProcessGroup::Own);
  Request request;
  ASSERT_EQ(stage_.written.size(), 1U);
  ASSERT_TRUE(ParseRequest(stage_.written[0], &request));
  EXPECT_EQ(request.kind, RequestKind::Start);
  EXPECT_EQ(request.program.name, "p.gc");
  EXPECT_EQ(request.program.text, plan_.programs[1].text);
  EXPECT_EQ(request.cell, plan_.cells[1]);
  EXPECT_EQ(request.max_memory_bytes, 12345U);
  EXPECT_EQ(request.allowed_externs, plan_.allowed_externs);
  EXPECT_EQ(request.spawned_at_seconds, 17);
  EXPECT_EQ(stage_.timeouts, std::vector<double>{30});
}

TEST_F(ProcessWorkerTest, AsksAndEnds) {
  auto worker = Started();
  Say(BatchLine({0, 4, 0, {0.1, 0.2}}));
  Batch batch;
  ASSERT_TRUE(worker->Run(2, 4, &batch));
  EXPECT_EQ(batch.seconds, (std::vector<double>{0.1, 0.2}));
  Request request;
  ASSERT_TRUE(ParseRequest(stage_.written.back(), &request));
  EXPECT_EQ(request.kind, RequestKind::Run);
  EXPECT_EQ(request.iterations, 2U);
  EXPECT_EQ(request.calls, 4U);
  ProcessRun ended;
  ended.value = "5";
  Say(FinishedLine(ended));
  ProcessRun run;
  ASSERT_TRUE(worker->Finish(&run));
  EXPECT_EQ(run.value, "5");
  EXPECT_EQ(stage_.log, "wait;");
}

TEST_F(ProcessWorkerTest, Probes) {
  auto worker = Started();
  Say(ProbedLine({{0, 0.5, {}}, {"5", ""}}));
  ProbeAnswer answer;
  ASSERT_TRUE(worker->Probe(&answer));
  EXPECT_EQ(answer.probe.call_seconds, 0.5);
  worker.reset();
  EXPECT_EQ(stage_.log, "gone;");
}

TEST_F(ProcessWorkerTest, ProcessesThatCannotStart) {
  stage_.start_error = ENOMEM;
  auto worker = Make();
  ProcessRun run;
  EXPECT_FALSE(worker->Start(&run));
  EXPECT_EQ(worker->failure().status, 69);
  EXPECT_EQ(worker->failure().text,
            "error: cannot start a measuring process: Cannot allocate memory\n");
}

TEST_F(ProcessWorkerTest, FailuresOfTheProgramArePassedOn) {
  Say(FailureLine({1, "error: overflow\n"}));
  auto worker = Make();
  ProcessRun run;
  EXPECT_FALSE(worker->Start(&run));
  EXPECT_EQ(worker->failure().status, 1);
  EXPECT_EQ(worker->failure().text, "error: overflow\n");
}

TEST_F(ProcessWorkerTest, ProcessesThatHangAreKilled) {
  auto worker = Started();
  Say("", ReadResult::TimedOut);
  Batch batch;
  EXPECT_FALSE(worker->Run(1, 1, &batch));
  EXPECT_EQ(worker->failure().status, 124);
  EXPECT_EQ(worker->failure().text, "error: time limit: b(n=5) on jit gave no answer for 30 s\n");
  EXPECT_EQ(stage_.log, "kill;");
}

TEST_F(ProcessWorkerTest, ProcessesThatEndEarlyAreExplained) {
  const auto failure_of = [&](ProcessEnd end, ReadResult result) {
    auto worker = Started();
    stage_.end = end;
    Say("", result);
    ProcessRun run;
    EXPECT_FALSE(worker->Finish(&run));
    return worker->failure();
  };
  const WorkerFailure killed = failure_of({.signal = 9}, ReadResult::Closed);
  EXPECT_EQ(killed.status, 70);
  EXPECT_EQ(killed.text, "error: the process that measured b(n=5) on jit ended early (signal 9)\n");
  const WorkerFailure exited = failure_of({.exit_status = 4}, ReadResult::Closed);
  EXPECT_EQ(exited.status, 4);
  EXPECT_EQ(exited.text, "error: the process that measured b(n=5) on jit ended early (status 4)\n");
  EXPECT_EQ(failure_of({}, ReadResult::Failed).status, 70);
}

TEST_F(ProcessWorkerTest, AnswersThatMakeNoSenseAreTheLabsFault) {
  auto worker = Started();
  Say("hello");
  Batch batch;
  EXPECT_FALSE(worker->Run(1, 1, &batch));
  EXPECT_EQ(worker->failure().status, 70);
}

}  // namespace
}  // namespace measure
