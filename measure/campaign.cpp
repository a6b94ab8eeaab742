// Each round keeps one process of every cell alive at a time, all but one of them waiting. Tests:
// tests/measure/campaign_test.cpp.

#include "measure/campaign.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "measure/budget.h"
#include "measure/results_json.h"
#include "measure/schedule.h"

namespace measure {
namespace {

bool Stopped(const Surveyor& surveyor, CampaignFailure* failure) {
  if (surveyor.stopped && surveyor.stopped()) {
    failure->kind = CampaignFailure::Kind::Stopped;
    return true;
  }
  return false;
}

bool FailWorker(const Plan& plan, uint32_t cell, const Worker& worker, CampaignFailure* failure) {
  failure->kind = CampaignFailure::Kind::Worker;
  failure->cell = plan.cells[cell];
  failure->worker = worker.failure();
  return false;
}

bool FailDisagreement(Disagreement disagreement, CampaignFailure* failure) {
  failure->kind = CampaignFailure::Kind::Disagreement;
  failure->disagreement = std::move(disagreement);
  return false;
}

// The rounds of a plan, one after the other.
class Rounds {
 public:
  Rounds(const Surveyor& surveyor, const Plan& plan, const std::string& attempt,
         CampaignFailure* failure)
      : surveyor_(surveyor),
        plan_(plan),
        failure_(failure),
        design_(ShuffledWilliamsDesign(static_cast<uint32_t>(plan.cells.size()), plan.seed)),
        key_{plan.run, attempt, 0, 0},
        begin_(surveyor.clock()),
        answers_(plan.cells.size()) {}

  bool Measure(const std::vector<uint32_t>& done) {
    for (uint32_t round = 0; round < plan_.rounds; ++round) {
      if (std::find(done.begin(), done.end(), round) != done.end()) {
        continue;
      }
      to_do_.push_back(round);
    }
    for (const uint32_t round : to_do_) {
      if (!MeasureRound(round)) {
        return false;
      }
      ++rounds_ended_;
    }
    return true;
  }

 private:
  struct Lane {
    std::unique_ptr<Worker> worker;
    ProcessRun run;
    uint32_t taken = 0;  // samples
  };

  bool MeasureRound(uint32_t round) {
    key_.round = round;
    lanes_.clear();
    lanes_.resize(plan_.cells.size());
    // A cycle of turns takes the design's next row, beginning with the round's.
    size_t row = round;
    for (const uint32_t cell : design_[row++ % design_.size()]) {
      if (!StartLane(cell) || !Take(cell, plan_.sampling[cell].cold)) {
        return false;
      }
    }
    for (bool is_left = true; is_left;) {
      is_left = false;
      for (const uint32_t cell : design_[row++ % design_.size()]) {
        const uint32_t left = plan_.sampling[cell].iterations - lanes_[cell].taken;
        if (left > 0 && !Take(cell, std::min(left, plan_.sampling[cell].block))) {
          return false;
        }
        is_left |= plan_.sampling[cell].iterations > lanes_[cell].taken;
      }
    }
    for (uint32_t cell = 0; cell < lanes_.size(); ++cell) {
      if (!FinishLane(cell)) {
        return false;
      }
    }
    return Append(RoundRecord(key_));
  }

  bool StartLane(uint32_t cell) {
    if (Stopped(surveyor_, failure_)) {
      return false;
    }
    key_.cell = cell;
    Lane& lane = lanes_[cell];
    lane.worker = surveyor_.workers.Make(plan_, cell);
    lane.run.cell = cell;
    lane.run.round = key_.round;
    return (lane.worker->Start(&lane.run) || Fail(cell)) && Append(StartRecord(key_, lane.run));
  }

  bool Take(uint32_t cell, uint32_t samples) {
    if (Stopped(surveyor_, failure_)) {
      return false;
    }
    key_.cell = cell;
    Lane& lane = lanes_[cell];
    Batch batch;
    batch.at_seconds = surveyor_.clock() - begin_;
    if (!lane.worker->Run(samples, plan_.sampling[cell].calls, &batch)) {
      return Fail(cell);
    }
    lane.taken += samples;
    if (!Append(BatchRecord(key_, batch))) {
      return false;
    }
    Tell();
    return true;
  }

  bool FinishLane(uint32_t cell) {
    key_.cell = cell;
    Lane& lane = lanes_[cell];
    if (!lane.worker->Finish(&lane.run)) {
      return Fail(cell);
    }
    lane.worker.reset();
    return SameAsBefore(lane.run) && Append(EndRecord(key_, lane.run));
  }

  // Whatever process, whatever engine: the same work has the same answer.
  bool SameAsBefore(const ProcessRun& run) {
    const Cell& cell = plan_.cells[run.cell];
    Answer answer{run.value, run.output};
    for (size_t i = 0; i < answers_.size(); ++i) {
      if (answers_[i]) {
        if (auto disagreement = Disagree(plan_.cells[i], *answers_[i], cell, answer)) {
          return FailDisagreement(std::move(*disagreement), failure_);
        }
      }
    }
    answers_[run.cell] = std::move(answer);
    return true;
  }

  bool Fail(uint32_t cell) { return FailWorker(plan_, cell, *lanes_[cell].worker, failure_); }

  bool Append(const std::string& record) {
    if (surveyor_.sink.Append(record, &failure_->sink_error)) {
      return true;
    }
    failure_->kind = CampaignFailure::Kind::Sink;
    return false;
  }

  void Tell() {
    if (!surveyor_.progress) {
      return;
    }
    // The budget gives each cell the same time, whatever its number of samples.
    double taken = 0;
    for (size_t cell = 0; cell < lanes_.size(); ++cell) {
      taken += static_cast<double>(lanes_[cell].taken) / plan_.sampling[cell].iterations;
    }
    const double rounds =
        static_cast<double>(rounds_ended_) + taken / static_cast<double>(lanes_.size());
    const double share = rounds / static_cast<double>(to_do_.size());
    const double spent = surveyor_.clock() - begin_;
    surveyor_.progress({.rounds_done = rounds_ended_,
                        .rounds = static_cast<uint32_t>(to_do_.size()),
                        .share = share,
                        .seconds_left = spent / share - spent});
  }

  const Surveyor& surveyor_;
  const Plan& plan_;
  CampaignFailure* failure_;
  std::vector<std::vector<uint32_t>> design_;
  RecordKey key_;
  double begin_;
  std::vector<uint32_t> to_do_;
  uint32_t rounds_ended_ = 0;
  std::vector<Lane> lanes_;
  std::vector<std::optional<Answer>> answers_;  // by cell: of the last process
};

}  // namespace

bool ProbePlan(const Surveyor& surveyor, const Budget& budget, Plan* plan,
               std::vector<Probe>* probes, CampaignFailure* failure) {
  std::vector<ProbeAnswer> answers;
  std::vector<CellCost> costs;
  const double probe_begin = surveyor.clock();
  for (uint32_t cell = 0; cell < plan->cells.size(); ++cell) {
    if (Stopped(surveyor, failure)) {
      return false;
    }
    const double begin = surveyor.clock();
    const std::unique_ptr<Worker> worker = surveyor.workers.Make(*plan, cell);
    ProcessRun run;
    Batch first;
    ProbeAnswer answer;
    if (!worker->Start(&run) || !worker->Run(1, 1, &first)) {
      return FailWorker(*plan, cell, *worker, failure);
    }
    const double start_seconds = surveyor.clock() - begin;
    if (!worker->Probe(&answer)) {
      return FailWorker(*plan, cell, *worker, failure);
    }
    answer.probe.cell = cell;
    costs.push_back({start_seconds, answer.probe.call_seconds});
    probes->push_back(answer.probe);
    answers.push_back(std::move(answer));
  }
  for (uint32_t i = 0; i < answers.size(); ++i) {
    for (uint32_t j = 0; j < i; ++j) {
      if (auto disagreement =
              Disagree(plan->cells[j], answers[j].answer, plan->cells[i], answers[i].answer)) {
        return FailDisagreement(std::move(*disagreement), failure);
      }
    }
  }
  SpendBudget(budget, surveyor.clock() - probe_begin, costs, plan);
  return true;
}

bool MeasurePlan(const Surveyor& surveyor, const Plan& plan, const std::string& attempt,
                 const std::vector<uint32_t>& done, CampaignFailure* failure) {
  return Rounds(surveyor, plan, attempt, failure).Measure(done);
}

}  // namespace measure
