// Whatever goes wrong with a peer costs its cell and nothing else. What a probe says about the text
// of the program (values that nobody uses, work that does not grow) is said of the engines' rows;
// of a peer it is found out whether the work was folded away, from what an engine has counted.
// Tests: tests/peers/peer_workers_test.cpp.

#include "peers/peer_workers.h"

#include <algorithm>

#include <fmt/format.h>

#include "frontend/check.h"
#include "frontend/program.h"
#include "measure/bench_run.h"
#include "measure/peak_memory.h"
#include "peers/measured_program.h"
#include "runtime/builtins.h"

namespace peers {
namespace {

using measure::Batch;
using measure::Cell;
using measure::FailureReach;
using measure::ProcessRun;
using measure::WorkerFailure;

constexpr int kMissingStatus = 69;  // as in cli/exit_status.h
constexpr double kBuildSeconds = 300;
constexpr double kClearSampleSeconds = 1e-3;

std::string WorkKey(const Cell& cell) {
  return fmt::format("{}\n{}", cell.program, measure::BenchText(cell));
}

// As the lab's own processes shorten what a bench prints.
std::string Shortened(std::string_view output) {
  measure::CapturedOutput captured;
  captured.Write(output);
  return captured.Take();
}

}  // namespace

emit::Translation TranslateToMeasure(const measure::ProgramText& program, emit::Target target) {
  frontend::DiagnosticSink sink;
  const auto checked =
      frontend::LoadProgram(program.name, program.text, runtime::BuiltinSignatures(), sink);
  if (checked == nullptr) {
    emit::Translation none;
    none.refusal = emit::Refusal{.span = {}, .text = "the program does not compile"};
    return none;
  }
  return emit::Translate(*checked, target,
                         {.ending = emit::Ending::Measure, .overflow = emit::Overflow::Native});
}

class PeerWorkers::PeerWorker final : public measure::Worker {
 public:
  PeerWorker(PeerWorkers& owner, const Peer& peer, const measure::Plan& plan, uint32_t cell)
      : owner_(owner), peer_(peer), plan_(plan), cell_(plan.cells[cell]) {}

  bool Start(ProcessRun* run) override {
    const auto program =
        std::find_if(plan_.programs.begin(), plan_.programs.end(),
                     [&](const measure::ProgramText& text) { return text.name == cell_.program; });
    LAB_CHECK(program != plan_.programs.end());
    prepared_ = &owner_.Prepare(peer_, *program);
    if (!prepared_->problem.empty()) {
      return Fail(prepared_->problem);
    }
    const double begin = owner_.machine_.clock();
    process_ = MakeProcess();
    if (!process_->Start(prepared_->runnable.command, cell_.bench, cell_.parameters)) {
      return Fail(process_->problem());
    }
    run->startup_seconds = owner_.machine_.clock() - begin;
    return true;
  }

  bool Run(uint32_t iterations, uint64_t calls, Batch* batch) override {
    return process_->Run(iterations, calls, batch) || Fail(process_->problem());
  }

  bool Probe(measure::ProbeAnswer* answer) override {
    const std::optional<double> seconds = TimeCalls(*process_);
    FirstCall first;
    if (!seconds || !process_->Answer(&first)) {
      return Fail(process_->problem());
    }
    answer->probe.call_seconds = *seconds;
    answer->probe.build_seconds = prepared_->runnable.build_seconds;
    answer->answer = {std::move(first.value), Shortened(first.output)};
    if (first.tag == "none") {
      answer->probe.doubts.push_back(
          {measure::DoubtKind::NoValue,
           "its value is none, so nothing shows that all engines did the same work"});
    }
    const auto growth = owner_.growths_.find(WorkKey(cell_));
    if (growth != owner_.growths_.end()) {
      if (auto doubt = measure::JudgeFolding(growth->second, *seconds,
                                             [&](double enough) { return TimeGrowth(enough); })) {
        answer->probe.doubts.push_back(std::move(*doubt));
      }
    }
    return true;
  }

  bool Finish(ProcessRun* run) override {
    FirstCall first;
    if (!process_->Answer(&first)) {
      return Fail(process_->problem());
    }
    run->value = std::move(first.value);
    run->output = Shortened(first.output);
    const Toolchain& toolchain = prepared_->toolchain;
    run->tiers = {
        {fmt::format("{} {}", toolchain.peer->title, toolchain.version), process_->calls()}};
    run->peak_bytes = measure::PeakMemory(fmt::format("/proc/{}/status", process_->pid())).Bytes();
    measure::ProcessEnd end;
    if (!process_->End(&end)) {
      return Fail(process_->problem());
    }
    run->involuntary_switches = static_cast<uint64_t>(end.usage.ru_nivcsw);
    return true;
  }

  const WorkerFailure& failure() const override { return failure_; }

 private:
  std::unique_ptr<MeasuredProgram> MakeProcess() const {
    return std::make_unique<MeasuredProgram>(peer_, prepared_->lines, owner_.machine_,
                                             owner_.answer_seconds_);
  }

  // The seconds of a call: the shortest of some samples, each of so many calls that the steps of a
  // coarse clock do not show.
  std::optional<double> TimeCalls(MeasuredProgram& process) const {
    constexpr uint64_t kMostCalls = 1'000'000'000;
    const double begin = owner_.machine_.clock();
    double shortest = 0;
    uint64_t calls = 1;
    for (int samples = 0; samples < measure::kMostTimedCalls; ++samples) {
      Batch batch;
      if (!process.Run(1, calls, &batch)) {
        return std::nullopt;
      }
      const double seconds = batch.seconds.front();
      if (seconds * static_cast<double>(calls) < kClearSampleSeconds && calls < kMostCalls) {
        shortest = seconds;
        calls *= 10;
        continue;
      }
      shortest = shortest == 0 ? seconds : std::min(shortest, seconds);
      if (owner_.machine_.clock() - begin > measure::kTimedCallsSeconds) {
        break;
      }
    }
    return shortest;
  }

  std::optional<double> TimeGrowth(double enough) const {
    const std::unique_ptr<MeasuredProgram> half = MakeProcess();
    Batch first;
    if (!half->Start(prepared_->runnable.command, cell_.bench,
                     measure::Divided(cell_.parameters, 2)) ||
        !half->Run(1, 1, &first)) {
      return std::nullopt;
    }
    return measure::TimeGrowth([&] { return TimeCalls(*process_); },
                               [&] { return TimeCalls(*half); }, enough);
  }

  bool Fail(std::string reason) {
    failure_ = {kMissingStatus, std::move(reason), FailureReach::Cell};
    return false;
  }

  PeerWorkers& owner_;
  const Peer& peer_;
  const measure::Plan& plan_;
  const Cell& cell_;
  const Prepared* prepared_ = nullptr;
  std::unique_ptr<MeasuredProgram> process_;
  WorkerFailure failure_;
};

// The lab's own worker, whose probe is listened to.
class PeerWorkers::EngineWorker final : public measure::Worker {
 public:
  EngineWorker(PeerWorkers& owner, std::unique_ptr<measure::Worker> worker, const Cell& cell)
      : owner_(owner), worker_(std::move(worker)), cell_(cell) {}

  bool Start(ProcessRun* run) override { return worker_->Start(run); }
  bool Run(uint32_t iterations, uint64_t calls, Batch* batch) override {
    return worker_->Run(iterations, calls, batch);
  }
  bool Finish(ProcessRun* run) override { return worker_->Finish(run); }
  bool Probe(measure::ProbeAnswer* answer) override {
    if (!worker_->Probe(answer)) {
      return false;
    }
    if (answer->growth) {
      owner_.growths_[WorkKey(cell_)] = *answer->growth;
    }
    return true;
  }
  const WorkerFailure& failure() const override { return worker_->failure(); }

 private:
  PeerWorkers& owner_;
  std::unique_ptr<measure::Worker> worker_;
  const Cell& cell_;
};

PeerWorkers::PeerWorkers(measure::Workers& engines, Machine machine, double answer_seconds,
                         Translator translate)
    : engines_(engines),
      machine_(std::move(machine)),
      answer_seconds_(answer_seconds),
      translate_(std::move(translate)) {}

PeerWorkers::~PeerWorkers() = default;

std::unique_ptr<measure::Worker> PeerWorkers::Make(const measure::Plan& plan, uint32_t cell) {
  if (const Peer* peer = FindPeer(plan.cells[cell].engine)) {
    return std::make_unique<PeerWorker>(*this, *peer, plan, cell);
  }
  return std::make_unique<EngineWorker>(*this, engines_.Make(plan, cell), plan.cells[cell]);
}

const Toolchain& PeerWorkers::ToolchainOf(const Peer& peer) {
  const auto known = toolchains_.find(&peer);
  return known != toolchains_.end()
             ? known->second
             : toolchains_.emplace(&peer, Find(peer, machine_)).first->second;
}

const Prepared& PeerWorkers::Prepare(const Peer& peer, const measure::ProgramText& program) {
  const std::pair key{&peer, program.name};
  const auto known = prepared_.find(key);
  if (known != prepared_.end()) {
    return known->second;
  }
  Prepared& prepared = prepared_[key];
  prepared.toolchain = ToolchainOf(peer);
  if (!prepared.toolchain.is_ready()) {
    prepared.problem = fmt::format("{}: {}", prepared.toolchain.problem, InstallCommand(peer));
    return prepared;
  }
  emit::Translation translation = translate_(program, peer.target);
  if (translation.refusal) {
    prepared.problem = std::move(translation.refusal->text);
    return prepared;
  }
  prepared.lines = std::move(translation.lines);
  prepared.folder = std::make_unique<ScratchFolder>(machine_.temporary);
  prepared.runnable =
      Build(prepared.toolchain, translation.text, *prepared.folder, machine_, kBuildSeconds);
  prepared.problem = prepared.runnable.problem;
  return prepared;
}

}  // namespace peers
