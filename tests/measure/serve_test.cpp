// The inside of a measuring process, with requests and answers as lists and an engine that the test
// makes up.

#include "measure/serve.h"

#include <deque>

#include <gtest/gtest.h>

#include "measure/worker_protocol.h"

namespace measure {
namespace {

using runtime::Outcome;
using runtime::Value;

constexpr char kProgram[] =
    "bench b(n = 3) = n\n"
    "bench c() = 1\n"
    "def main() = 1\n";

// Each call gives its number of parameters; the calls are counted.
class FakeExecutable final : public runtime::Executable {
 public:
  FakeExecutable(runtime::Output& out, int fails_at) : out_(out), fails_at_(fails_at) {}

  Outcome RunTop() override { return Made(0); }
  Outcome Call(frontend::FunctionId, std::span<const Value> args) override {
    out_.Write("hello");
    Outcome outcome = Made(++calls_);
    outcome.value = args.empty() ? Value::None() : args[0];
    return outcome;
  }
  runtime::WorkCounters counters() const override { return {}; }
  std::vector<TierCount> tiers() const override {
    return {{"fake", static_cast<uint64_t>(calls_)}};
  }
  std::vector<runtime::PhaseTime> phases() const override { return {{"infer", 0.5}}; }

 private:
  Outcome Made(int call) const {
    Outcome outcome;
    if (call == fails_at_) {
      outcome.error = runtime::RunError{{runtime::ErrorKind::Depth, "too deep", ""}, {}};
    }
    return outcome;
  }

  runtime::Output& out_;
  int fails_at_;
  int calls_ = 0;
};

class FakeBackend final : public runtime::Backend {
 public:
  explicit FakeBackend(int fails_at) : fails_at_(fails_at) {}
  std::string name() const override { return "fake"; }
  std::unique_ptr<runtime::Executable> Prepare(const frontend::Program&, runtime::Context& context,
                                               runtime::Counting, runtime::Entry entry) override {
    EXPECT_EQ(entry, runtime::Entry::Calls);
    return std::make_unique<FakeExecutable>(context.out, fails_at_);
  }

 private:
  int fails_at_;
};

struct Session {
  std::deque<std::string> requests = {};
  int fails_at = -1;  // the call, counted from 1; 0: the top level
  bool is_read = true;
  double now = 100;
  int guards = 0;

  void Ask(const Request& request) {
    requests.push_back(RequestLine(request));
    requests.back().pop_back();
  }
  void Start(const std::string& engine = "fake", const std::string& bench = "b") {
    Ask({.kind = RequestKind::Start,
         .program = {"p.gc", kProgram},
         .cell = {"p.gc", bench, engine, {}},
         .max_memory_bytes = 1 << 20,
         .spawned_at_seconds = 90});
  }
  std::vector<std::string> Answers() {
    std::vector<std::string> answers;
    Serve({.read_line =
               [&](std::string* line) {
                 if (requests.empty()) {
                   return false;
                 }
                 *line = requests.front();
                 requests.pop_front();
                 return true;
               },
           .write_line =
               [&](std::string_view line) {
                 EXPECT_TRUE(line.ends_with('\n'));
                 answers.emplace_back(line.substr(0, line.size() - 1));
                 return is_read;
               },
           .clock = [&] { return now += 0.25; },
           .make_engine = [&](std::string_view engine) -> std::unique_ptr<runtime::Backend> {
             return engine == "fake" || engine == "interp" ? std::make_unique<FakeBackend>(fails_at)
                                                           : nullptr;
           },
           .guarded =
               [&](const std::function<void()>& body) {
                 ++guards;
                 body();
               }});
    return answers;
  }
};

TEST(ServeTest, AnswersEveryRequest) {
  Session session;
  session.Start();
  session.Ask({.kind = RequestKind::Run, .iterations = 2, .calls = 1});
  session.Ask({.kind = RequestKind::Run, .iterations = 1, .calls = 5});
  session.Ask({.kind = RequestKind::Finish});
  session.Ask({.kind = RequestKind::Run, .iterations = 1, .calls = 1});  // is not answered
  const std::vector<std::string> answers = session.Answers();
  EXPECT_EQ(session.guards, 1);
  ASSERT_EQ(answers.size(), 4U);
  WorkerFailure failure;

  ProcessRun started;
  ASSERT_TRUE(ParseStarted(answers[0], &started, &failure)) << failure.text;
  EXPECT_EQ(started.startup_seconds, 10.25);  // from 90 to the first reading
  std::vector<std::string> phases;
  for (const runtime::PhaseTime& phase : started.before) {
    phases.push_back(phase.phase);
    EXPECT_EQ(phase.seconds, 0.25);
  }
  EXPECT_EQ(phases, (std::vector<std::string>{"lex", "parse", "resolve", "prepare", "top level"}));

  Batch batch;
  ASSERT_TRUE(ParseBatch(answers[1], &batch, &failure));
  EXPECT_EQ(batch.first, 0U);
  EXPECT_EQ(batch.seconds, (std::vector<double>{0.25, 0.25}));
  ASSERT_TRUE(ParseBatch(answers[2], &batch, &failure));
  EXPECT_EQ(batch.first, 2U);
  EXPECT_EQ(batch.calls, 5U);
  EXPECT_EQ(batch.seconds, std::vector<double>{0.05});

  ProcessRun finished;
  ASSERT_TRUE(ParseFinished(answers[3], &finished, &failure));
  EXPECT_EQ(finished.output, "hello");
  ASSERT_EQ(finished.engine.size(), 1U);
  EXPECT_EQ(finished.engine[0].phase, "infer");
  ASSERT_EQ(finished.tiers.size(), 1U);
  EXPECT_EQ(finished.tiers[0].calls, 7U);
  EXPECT_GT(finished.peak_bytes, uint64_t{1} << 20);
  EXPECT_LT(finished.peak_bytes, uint64_t{1} << 36);
}

TEST(ServeTest, Probes) {
  Session session;
  session.Start("fake", "c");
  session.Ask({.kind = RequestKind::Run, .iterations = 1, .calls = 1});
  session.Ask({.kind = RequestKind::Probe});
  const std::vector<std::string> answers = session.Answers();
  ASSERT_EQ(answers.size(), 3U);
  WorkerFailure failure;
  ProbeAnswer answer;
  ASSERT_TRUE(ParseProbed(answers[2], &answer, &failure)) << failure.text;
  EXPECT_EQ(answer.probe.call_seconds, 0.25);
  EXPECT_EQ(answer.answer.value, "none");
  EXPECT_EQ(answer.answer.output, "hello");
}

TEST(ServeTest, EndsWithTheFirstFailure) {
  for (const int fails_at : {0, 1, 3}) {
    Session session;
    session.fails_at = fails_at;
    session.Start();
    session.Ask({.kind = RequestKind::Run, .iterations = 2, .calls = 1});
    session.Ask({.kind = RequestKind::Run, .iterations = 2, .calls = 1});
    session.Ask({.kind = RequestKind::Finish});
    const std::vector<std::string> answers = session.Answers();
    ASSERT_EQ(answers.size(), fails_at == 0 ? 1U : fails_at == 1 ? 2U : 3U);
    WorkerFailure failure;
    ProcessRun run;
    EXPECT_FALSE(ParseFinished(answers.back(), &run, &failure));
    EXPECT_EQ(failure.status, runtime::ExitStatus(runtime::ErrorKind::Depth));
    EXPECT_NE(failure.text.find("too deep"), std::string::npos) << failure.text;
  }
}

TEST(ServeTest, RefusesWhatItCannotPrepare) {
  Session engine;
  engine.Start("unknown");
  Session program;
  program.Ask({.kind = RequestKind::Start,
               .program = {"p.gc", "bench ("},
               .cell = {"p.gc", "b", "fake", {}}});
  for (Session* session : {&engine, &program}) {
    const std::vector<std::string> answers = session->Answers();
    ASSERT_EQ(answers.size(), 1U);
    WorkerFailure failure;
    ProcessRun run;
    EXPECT_FALSE(ParseStarted(answers[0], &run, &failure));
    EXPECT_EQ(failure.status, 70);
  }
}

TEST(ServeTest, EndsSilentlyWhenNobodyAsksAnyMore) {
  Session nothing;
  EXPECT_TRUE(nothing.Answers().empty());
  Session garbage;
  garbage.requests = {"hello"};
  EXPECT_TRUE(garbage.Answers().empty());
  Session wrong_order;
  wrong_order.Ask({.kind = RequestKind::Finish});
  EXPECT_TRUE(wrong_order.Answers().empty());
  Session twice;
  twice.Start();
  twice.Start();
  EXPECT_EQ(twice.Answers().size(), 1U);
  Session unread;
  unread.is_read = false;
  unread.Start();
  unread.Ask({.kind = RequestKind::Run, .iterations = 1, .calls = 1});
  EXPECT_EQ(unread.Answers().size(), 1U);
}

}  // namespace
}  // namespace measure
