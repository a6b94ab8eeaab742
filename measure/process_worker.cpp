// Tests: tests/measure/process_worker_test.cpp, tests/cli/compare_process_test.cpp.

#include "measure/process_worker.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "frontend/check.h"
#include "measure/worker_protocol.h"

namespace measure {
namespace {

// As in cli/exit_status.h: what is at fault is the lab, its surroundings, or the time limit.
constexpr int kBugStatus = 70;
constexpr int kMissingStatus = 69;
constexpr int kTimeStatus = 124;

class ProcessWorker final : public Worker {
 public:
  ProcessWorker(const Plan& plan, uint32_t cell, const ProcessStarter& start,
                const std::vector<std::string>& command, const std::function<double()>& clock,
                double answer_seconds)
      : plan_(plan),
        cell_(plan.cells[cell]),
        start_(start),
        command_(command),
        clock_(clock),
        answer_seconds_(answer_seconds) {}

  bool Start(ProcessRun* run) override {
    const auto program =
        std::find_if(plan_.programs.begin(), plan_.programs.end(),
                     [&](const ProgramText& text) { return text.name == cell_.program; });
    LAB_CHECK(program != plan_.programs.end());
    Request request{.kind = RequestKind::Start,
                    .program = *program,
                    .cell = cell_,
                    .max_memory_bytes = plan_.max_memory_bytes,
                    .allowed_externs = plan_.allowed_externs,
                    .spawned_at_seconds = clock_()};
    int error = 0;
    // A group of its own: Ctrl-C is for us, and we end our workers.
    child_ = start_({.arguments = command_,
                     .in = {Stream::Kind::Pipe},
                     .out = {Stream::Kind::Pipe},
                     .group = ProcessGroup::Own},
                    &error);
    if (child_ == nullptr) {
      failure_ = {kMissingStatus, fmt::format("error: cannot start a measuring process: {}\n",
                                              std::strerror(error))};
      return false;
    }
    std::string line;
    return Ask(request, &line) && ParseStarted(line, run, &failure_);
  }

  bool Run(uint32_t iterations, uint64_t calls, Batch* batch) override {
    std::string line;
    return Ask({.kind = RequestKind::Run, .iterations = iterations, .calls = calls}, &line) &&
           ParseBatch(line, batch, &failure_);
  }

  bool Probe(ProbeAnswer* answer) override {
    std::string line;
    return Ask({.kind = RequestKind::Probe}, &line) && ParseProbed(line, answer, &failure_);
  }

  bool Finish(ProcessRun* run) override {
    std::string line;
    if (!Ask({.kind = RequestKind::Finish}, &line) || !ParseFinished(line, run, &failure_)) {
      return false;
    }
    child_->Wait();
    return true;
  }

  const WorkerFailure& failure() const override { return failure_; }

 private:
  bool Ask(const Request& request, std::string* line) {
    std::string text = RequestLine(request);
    text.pop_back();  // WriteLine ends the line
    // A worker that has gone shows when the answer is read.
    child_->WriteLine(text);
    switch (child_->ReadLine(answer_seconds_, line)) {
      case ReadResult::Line:
        return true;
      case ReadResult::TimedOut:
        child_->Kill();
        failure_ = {kTimeStatus,
                    fmt::format("error: time limit: {} on {} gave no answer for {:g} s\n",
                                BenchText(cell_), cell_.engine, answer_seconds_)};
        return false;
      case ReadResult::Closed:
      case ReadResult::Failed:
        break;
    }
    const ProcessEnd end = child_->Wait();
    failure_ = {end.signal == 0 && end.exit_status != 0 ? end.exit_status : kBugStatus,
                fmt::format("error: the process that measured {} on {} ended early ({})\n",
                            BenchText(cell_), cell_.engine,
                            end.signal != 0 ? fmt::format("signal {}", end.signal)
                                            : fmt::format("status {}", end.exit_status))};
    return false;
  }

  const Plan& plan_;
  const Cell& cell_;
  const ProcessStarter& start_;
  const std::vector<std::string>& command_;
  const std::function<double()>& clock_;
  double answer_seconds_;
  std::unique_ptr<ChildProcess> child_;
  WorkerFailure failure_;
};

}  // namespace

ProcessWorkers::ProcessWorkers(ProcessStarter start, std::vector<std::string> command,
                               std::function<double()> clock, double answer_seconds)
    : start_(std::move(start)),
      command_(std::move(command)),
      clock_(std::move(clock)),
      answer_seconds_(answer_seconds) {}

std::unique_ptr<Worker> ProcessWorkers::Make(const Plan& plan, uint32_t cell) {
  return std::make_unique<ProcessWorker>(plan, cell, start_, command_, clock_, answer_seconds_);
}

}  // namespace measure
