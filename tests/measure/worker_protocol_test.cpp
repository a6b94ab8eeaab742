// The lines between a lab and its workers, there and back, and lines that make no sense.

#include "measure/worker_protocol.h"

#include <cmath>

#include <gtest/gtest.h>

namespace measure {
namespace {

std::string_view WithoutBreak(const std::string& line) {
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  return std::string_view(line).substr(0, line.size() - 1);
}

TEST(WorkerProtocolTest, RequestsArriveAsTheyWereSent) {
  const Request start{.kind = RequestKind::Start,
                      .program = {"a \"b\".gc", "bench b(n) = n\n# é\t\n"},
                      .cell = {"a \"b\".gc", "b", "jit-O0", {{"n", "1"}, {"s", "=\n"}}},
                      .max_memory_bytes = uint64_t{1} << 40,
                      .allowed_externs = {"libc.so.6"},
                      .spawned_at_seconds = 12345.678901234567};
  Request read;
  ASSERT_TRUE(ParseRequest(WithoutBreak(RequestLine(start)), &read));
  EXPECT_EQ(read.kind, RequestKind::Start);
  EXPECT_EQ(read.program.name, start.program.name);
  EXPECT_EQ(read.program.text, start.program.text);
  EXPECT_EQ(read.cell, start.cell);
  EXPECT_EQ(read.max_memory_bytes, start.max_memory_bytes);
  EXPECT_EQ(read.allowed_externs, start.allowed_externs);
  EXPECT_EQ(read.spawned_at_seconds, start.spawned_at_seconds);

  ASSERT_TRUE(ParseRequest(
      WithoutBreak(RequestLine(
          {.kind = RequestKind::Run, .iterations = 4000000000, .calls = uint64_t{1} << 50})),
      &read));
  EXPECT_EQ(read.kind, RequestKind::Run);
  EXPECT_EQ(read.iterations, 4000000000);
  EXPECT_EQ(read.calls, uint64_t{1} << 50);
  ASSERT_TRUE(ParseRequest(WithoutBreak(RequestLine({.kind = RequestKind::Probe})), &read));
  EXPECT_EQ(read.kind, RequestKind::Probe);
  ASSERT_TRUE(ParseRequest(WithoutBreak(RequestLine({.kind = RequestKind::Finish})), &read));
  EXPECT_EQ(read.kind, RequestKind::Finish);
}

TEST(WorkerProtocolTest, RequestsThatMakeNoSenseAreRefused) {
  Request request;
  for (const char* line :
       {"", "run", "{", "[]", "7", "null", "{}", R"({"request":7})", R"({"request":"jump"})",
        R"({"request":"run"})", R"({"request":"run","iterations":"3","calls":1})",
        R"({"request":"start","name":"p"})",
        R"({"request":"start","name":"p","text":"","bench":"b","engine":"e","parameters":[["n"]],)"
        R"("max_memory_bytes":1,"allowed_externs":[],"spawned_at_seconds":0})"}) {
    EXPECT_FALSE(ParseRequest(line, &request)) << line;
  }
}

TEST(WorkerProtocolTest, AnswersArriveAsTheyWereSent) {
  WorkerFailure failure;
  ProcessRun run;
  run.startup_seconds = 0.1;
  run.before = {{"lex", 1e-9}, {"top level", 1.0 / 3}};
  run.engine = {{"codegen", 0.7}};
  run.value = "[1, 2]";
  run.output = "a\nb\xc3\xa9";
  run.tiers = {{"native -O2", uint64_t{1} << 60}};
  run.peak_bytes = 123456789012;
  run.involuntary_switches = 3;

  ProcessRun started;
  ASSERT_TRUE(ParseStarted(WithoutBreak(StartedLine(run)), &started, &failure));
  EXPECT_EQ(started.startup_seconds, 0.1);
  ASSERT_EQ(started.before.size(), 2U);
  EXPECT_EQ(started.before[1].phase, "top level");
  EXPECT_EQ(started.before[1].seconds, 1.0 / 3);

  ProcessRun finished;
  ASSERT_TRUE(ParseFinished(WithoutBreak(FinishedLine(run)), &finished, &failure));
  EXPECT_EQ(finished.engine[0].phase, "codegen");
  EXPECT_EQ(finished.value, run.value);
  EXPECT_EQ(finished.output, run.output);
  EXPECT_EQ(finished.tiers[0].tier, "native -O2");
  EXPECT_EQ(finished.tiers[0].calls, uint64_t{1} << 60);
  EXPECT_EQ(finished.peak_bytes, run.peak_bytes);
  EXPECT_EQ(finished.involuntary_switches, 3U);

  const Batch batch{7, 1000, 0, {0.1, 1e-9, 1.0 / 3}};
  Batch read;
  ASSERT_TRUE(ParseBatch(WithoutBreak(BatchLine(batch)), &read, &failure));
  EXPECT_EQ(read.first, 7U);
  EXPECT_EQ(read.calls, 1000U);
  EXPECT_EQ(read.seconds, batch.seconds);

  ProbeAnswer answer;
  ASSERT_TRUE(
      ParseProbed(WithoutBreak(ProbedLine({{0, 0.5, {{DoubtKind::Folded, "gone"}}}, {"7", "out"}})),
                  &answer, &failure));
  EXPECT_EQ(answer.probe.call_seconds, 0.5);
  ASSERT_EQ(answer.probe.doubts.size(), 1U);
  EXPECT_EQ(answer.probe.doubts[0].kind, DoubtKind::Folded);
  EXPECT_EQ(answer.probe.doubts[0].text, "gone");
  EXPECT_EQ(answer.answer.value, "7");
  EXPECT_EQ(answer.answer.output, "out");
  EXPECT_FALSE(answer.growth.has_value());
  ASSERT_TRUE(ParseProbed(WithoutBreak(ProbedLine({{}, {}, Growth{20, 10}})), &answer, &failure));
  ASSERT_TRUE(answer.growth.has_value());
  EXPECT_EQ(answer.growth->whole_nodes, 20U);
  EXPECT_EQ(answer.growth->half_nodes, 10U);
}

TEST(WorkerProtocolTest, FailuresArriveInPlaceOfAnyAnswer) {
  const std::string line = FailureLine({4, "error: limit\n"});
  ProcessRun run;
  Batch batch;
  ProbeAnswer answer;
  for (int kind = 0; kind < 4; ++kind) {
    WorkerFailure failure;
    const bool ok = kind == 0   ? ParseStarted(WithoutBreak(line), &run, &failure)
                    : kind == 1 ? ParseBatch(WithoutBreak(line), &batch, &failure)
                    : kind == 2 ? ParseProbed(WithoutBreak(line), &answer, &failure)
                                : ParseFinished(WithoutBreak(line), &run, &failure);
    EXPECT_FALSE(ok);
    EXPECT_EQ(failure.status, 4);
    EXPECT_EQ(failure.text, "error: limit\n");
  }
}

TEST(WorkerProtocolTest, AnswersThatMakeNoSenseAreTheLabsFault) {
  for (const char* line :
       {"", "ok", "{", "[1]", "3", "{}", R"({"failure":3})", R"({"failure":{"status":4}})",
        R"({"first":0,"calls":1})", R"({"first":0,"calls":1,"seconds":[0.1,null]})"}) {
    WorkerFailure failure;
    Batch batch;
    EXPECT_FALSE(ParseBatch(line, &batch, &failure)) << line;
    EXPECT_EQ(failure.status, 70) << line;
    EXPECT_TRUE(
        failure.text.starts_with("error: a measuring process gave an answer that makes no "
                                 "sense: "))
        << failure.text;
  }
  // A clock that gave no number.
  WorkerFailure failure;
  Batch batch;
  EXPECT_FALSE(ParseBatch(WithoutBreak(BatchLine({0, 1, 0, {NAN}})), &batch, &failure));
}

}  // namespace
}  // namespace measure
