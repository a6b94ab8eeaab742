// Each round keeps one process of every cell alive at a time, all but one of them waiting. Tests:
// tests/measure/campaign_test.cpp.

#include "measure/campaign.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

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

bool FailWorker(const Plan& plan, uint32_t cell, const WorkerFailure& worker,
                CampaignFailure* failure) {
  failure->kind = CampaignFailure::Kind::Worker;
  failure->cell = plan.cells[cell];
  failure->worker = worker;
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
        key_{plan.run, attempt, 0, 0},
        begin_(surveyor.clock()),
        answers_(plan.cells.size()),
        is_out_(plan.cells.size()) {
    std::vector<uint32_t> measured;
    for (uint32_t cell = 0; cell < plan.cells.size(); ++cell) {
      is_out_[cell] = IsLeftOut(plan, cell);
      if (!is_out_[cell]) {
        measured.push_back(cell);
      }
    }
    design_ = ShuffledWilliamsDesign(static_cast<uint32_t>(measured.size()), plan.seed);
    for (std::vector<uint32_t>& row : design_) {
      for (uint32_t& place : row) {
        place = measured[place];
      }
    }
  }

  bool Measure(const std::vector<uint32_t>& done) {
    for (uint32_t round = 0; round < plan_.rounds; ++round) {
      if (std::find(done.begin(), done.end(), round) != done.end()) {
        continue;
      }
      to_do_.push_back(round);
    }
    for (const uint32_t round : to_do_) {
      if (design_.empty()) {
        break;  // every cell is left out
      }
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
        is_left |= !is_out_[cell] && plan_.sampling[cell].iterations > lanes_[cell].taken;
      }
    }
    for (uint32_t cell = 0; cell < lanes_.size(); ++cell) {
      if (!FinishLane(cell)) {
        return false;
      }
    }
    return Append(RoundRecord(key_));
  }

  // These three are true for a cell that is left out, whether it was before or is now.
  bool StartLane(uint32_t cell) {
    if (Stopped(surveyor_, failure_)) {
      return false;
    }
    if (is_out_[cell]) {
      return true;
    }
    key_.cell = cell;
    Lane& lane = lanes_[cell];
    lane.worker = surveyor_.workers.Make(plan_, cell);
    lane.run.cell = cell;
    lane.run.round = key_.round;
    return lane.worker->Start(&lane.run) ? Append(StartRecord(key_, lane.run)) : Fail(cell);
  }

  bool Take(uint32_t cell, uint32_t samples) {
    if (Stopped(surveyor_, failure_)) {
      return false;
    }
    if (is_out_[cell]) {
      return true;
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
    if (is_out_[cell]) {
      return true;
    }
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

  bool Fail(uint32_t cell) {
    const WorkerFailure& failure = lanes_[cell].worker->failure();
    if (failure.reach == FailureReach::Plan) {
      return FailWorker(plan_, cell, failure, failure_);
    }
    is_out_[cell] = true;
    const std::string record = LeftOutRecord(plan_.run, {cell, failure.text});
    lanes_[cell].worker.reset();
    return Append(record);
  }

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
      taken += is_out_[cell]
                   ? 1
                   : static_cast<double>(lanes_[cell].taken) / plan_.sampling[cell].iterations;
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
  std::vector<bool> is_out_;                    // by cell
};

// One process of a cell, to its first iteration and what a probe tells.
bool ProbeCell(const Surveyor& surveyor, Worker& worker, ProbeAnswer* answer, CellCost* cost) {
  ProcessRun run;
  Batch first;
  if (!worker.Start(&run)) {
    return false;
  }
  const double begin = surveyor.clock();
  if (!worker.Run(1, 1, &first)) {
    return false;
  }
  cost->start_seconds = StartupOf(run) + (surveyor.clock() - begin);
  if (!worker.Probe(answer)) {
    return false;
  }
  cost->call_seconds = answer->probe.call_seconds;
  return true;
}

// Shares the budget among the cells that were probed, at these costs.
void SpendOn(const std::vector<Probe>& probes, const Budget& budget, double spent_seconds,
             const std::vector<CellCost>& costs, Plan* plan) {
  Plan measured;
  SpendBudget(budget, spent_seconds, costs, &measured);
  plan->rounds = measured.rounds;
  plan->sampling.assign(plan->cells.size(), {});
  for (size_t i = 0; i < probes.size(); ++i) {
    plan->sampling[probes[i].cell] = measured.sampling[i];
  }
}

}  // namespace

bool ProbePlan(const Surveyor& surveyor, const Budget& budget, Plan* plan,
               std::vector<Probe>* probes, CampaignFailure* failure) {
  std::vector<ProbeAnswer> answers;  // of the cells that are not left out, as the next
  std::vector<CellCost> costs;
  const double probe_begin = surveyor.clock();
  for (uint32_t cell = 0; cell < plan->cells.size(); ++cell) {
    if (Stopped(surveyor, failure)) {
      return false;
    }
    if (surveyor.probing) {
      surveyor.probing(plan->cells[cell]);
    }
    const std::unique_ptr<Worker> worker = surveyor.workers.Make(*plan, cell);
    ProbeAnswer answer;
    CellCost cost{};
    if (!ProbeCell(surveyor, *worker, &answer, &cost)) {
      if (worker->failure().reach == FailureReach::Plan) {
        return FailWorker(*plan, cell, worker->failure(), failure);
      }
      plan->left_out.push_back({cell, worker->failure().text});
      continue;
    }
    answer.probe.cell = cell;
    costs.push_back(cost);
    probes->push_back(answer.probe);
    answers.push_back(std::move(answer));
  }
  if (probes->empty() && !plan->left_out.empty()) {
    const LeftOut& first = plan->left_out.front();
    constexpr int kMissingStatus = 69;  // as in cli/exit_status.h
    return FailWorker(*plan, first.cell, {kMissingStatus, fmt::format("error: {}\n", first.reason)},
                      failure);
  }
  for (const ProbeAnswer& one : answers) {
    for (const ProbeAnswer& before : answers) {
      if (before.probe.cell == one.probe.cell) {
        break;
      }
      if (auto disagreement = Disagree(plan->cells[before.probe.cell], before.answer,
                                       plan->cells[one.probe.cell], one.answer)) {
        return FailDisagreement(std::move(*disagreement), failure);
      }
    }
  }
  SpendOn(*probes, budget, surveyor.clock() - probe_begin, costs, plan);
  return true;
}

bool MeasurePlan(const Surveyor& surveyor, const Plan& plan, const std::string& attempt,
                 const std::vector<uint32_t>& done, CampaignFailure* failure) {
  return Rounds(surveyor, plan, attempt, failure).Measure(done);
}

}  // namespace measure
