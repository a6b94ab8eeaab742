// A measurement that is killed loses nothing that was acknowledged, and can be completed: two
// hundred kills at random instants.

#include <csignal>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "measure/campaign.h"
#include "measure/random.h"
#include "measure/results_json.h"

namespace measure {
namespace {

class QuickWorker final : public Worker {
 public:
  bool Start(ProcessRun* run) override {
    run->startup_seconds = 0.001;
    return true;
  }
  bool Run(uint32_t iterations, uint64_t calls, Batch* batch) override {
    batch->first = taken_;
    batch->calls = calls;
    batch->seconds.assign(iterations, 0.25);
    taken_ += iterations;
    return true;
  }
  bool Finish(ProcessRun* run) override {
    run->value = "42";
    return true;
  }
  bool Probe(ProbeAnswer*) override { return true; }
  const WorkerFailure& failure() const override { return failure_; }

 private:
  uint32_t taken_ = 0;
  WorkerFailure failure_;
};

class QuickWorkers final : public Workers {
 public:
  std::unique_ptr<Worker> Make(const Plan&, uint32_t) override {
    return std::make_unique<QuickWorker>();
  }
};

// Tells through a pipe that a record is in the file, once it is.
class AcknowledgingSink final : public ResultsSink {
 public:
  AcknowledgingSink(ResultsFile& file, int descriptor) : file_(file), descriptor_(descriptor) {}
  bool Append(std::string_view record, std::string* error) override {
    if (!file_.Append(record, error)) {
      return false;
    }
    const std::string copy(record);
    return write(descriptor_, copy.data(), copy.size()) == static_cast<ssize_t>(copy.size());
  }

 private:
  ResultsFile& file_;
  int descriptor_;
};

Plan SmallPlan() {
  Plan plan;
  plan.run = "run";
  plan.started = "2026-01-01T00:00:00Z";
  plan.environment = "{}";
  plan.programs = {{"p.gc", ""}};
  plan.cells = {{"p.gc", "b", "interp", {}}, {"p.gc", "b", "jit", {}}};
  plan.sampling.assign(2, {.calls = 1, .iterations = 12, .cold = 2, .block = 1});
  plan.rounds = 6;
  return plan;
}

// The child: measures until it is done or dead.
[[noreturn]] void MeasureAndTell(const std::string& path, int descriptor) {
  const Plan plan = SmallPlan();
  ResultsFile file;
  std::string error;
  QuickWorkers workers;
  CampaignFailure failure;
  AcknowledgingSink sink(file, descriptor);
  double now = 0;
  const Surveyor surveyor{.clock = [&] { return now += 1; }, .workers = workers, .sink = sink};
  const bool is_well = file.Open(path, &error) && sink.Append(PlanRecord(plan), &error) &&
                       MeasurePlan(surveyor, plan, "first", {}, &failure);
  _exit(is_well ? 0 : 1);
}

std::string ReadAll(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::set<std::string> WholeLines(const std::string& text) {
  std::set<std::string> lines;
  size_t begin = 0;
  for (size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    lines.insert(text.substr(begin, end - begin));
  }
  return lines;
}

// Kills a measurement once it has told of `bytes`. Returns what it has told, to the end.
std::string KillAfter(const std::string& path, size_t bytes) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    MeasureAndTell(path, ends[1]);
  }
  close(ends[1]);
  std::string told;
  char buffer[512];
  bool is_killed = false;
  for (ssize_t count; (count = read(ends[0], buffer, sizeof(buffer))) > 0;) {
    told.append(buffer, static_cast<size_t>(count));
    if (!is_killed && told.size() >= bytes) {
      is_killed = true;
      kill(child, SIGKILL);
    }
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(is_killed || WEXITSTATUS(status) == 0);
  return told;
}

TEST(KillTest, NothingAcknowledgedIsLostAndTheRestCanBeMeasured) {
  const std::string path = ::testing::TempDir() + "killed.jsonl";
  std::remove(path.c_str());
  const size_t all_bytes = KillAfter(path, SIZE_MAX).size();
  Random random(7);
  int incomplete = 0;
  for (int kill_number = 0; kill_number < 200; ++kill_number) {
    std::remove(path.c_str());
    const std::string told = KillAfter(path, random.Below(all_bytes));
    const std::string text = ReadAll(path);
    const std::set<std::string> kept = WholeLines(text);
    for (const std::string& line : WholeLines(told)) {
      ASSERT_TRUE(kept.contains(line)) << "kill " << kill_number << " lost " << line;
    }
    ReadResults read;
    std::string error;
    if (!ParseResults(text, "", &read, &error)) {
      continue;  // killed before the plan was written
    }
    incomplete += read.results.rounds_done.size() < 6 ? 1 : 0;
    // Another process completes it.
    ResultsFile file;
    ASSERT_TRUE(file.Open(path, &error)) << error;
    QuickWorkers workers;
    CampaignFailure failure;
    const Surveyor surveyor{.clock = [] { return 0.0; }, .workers = workers, .sink = file};
    ASSERT_TRUE(
        MeasurePlan(surveyor, read.results.plan, "second", read.results.rounds_done, &failure));
    ReadResults completed;
    ASSERT_TRUE(ParseResults(ReadAll(path), "", &completed, &error)) << error;
    EXPECT_EQ(completed.results.rounds_done.size(), 6U);
    ASSERT_EQ(completed.results.processes.size(), 12U);
    for (const ProcessRun& process : completed.results.processes) {
      EXPECT_EQ(SecondsOf(process).size(), 12U);
      EXPECT_EQ(process.value, "42");
    }
  }
  EXPECT_GT(incomplete, 50);
}

}  // namespace
}  // namespace measure
