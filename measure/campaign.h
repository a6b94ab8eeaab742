#pragma once
// Taking the samples of a plan: first a probe of every cell, then rounds. In a round each cell gets
// one fresh process; each makes its cold iterations in one piece, then the processes take turns,
// block by block, in an order balanced for position and carry-over (measure/schedule.h), so that a
// machine that changes its speed changes it for all of them.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "measure/answers.h"
#include "measure/results.h"
#include "measure/results_file.h"
#include "measure/worker.h"

namespace measure {

// How much may be spent. Zero: the lab chooses.
struct Budget {
  uint32_t processes = 0;   // for each cell: rounds
  uint32_t iterations = 0;  // samples of each process
  double seconds = 0;       // for the whole plan
};

inline constexpr double kDefaultBudgetSeconds = 40;
// With peers: more rows, and slower ones.
inline constexpr double kPeersBudgetSeconds = 120;

struct Progress {
  uint32_t rounds_done;
  uint32_t rounds;
  double share;         // of the whole work, 0 to 1
  double seconds_left;  // as far as it can be told
};

struct Surveyor {
  std::function<double()> clock;
  Workers& workers;
  ResultsSink& sink;
  // Called often; may be empty.
  std::function<void(const Progress&)> progress = {};
  // Called before a cell is probed; may be empty.
  std::function<void(const Cell&)> probing = {};
  // True once the user wants to stop; may be empty.
  std::function<bool()> stopped = {};
};

struct CampaignFailure {
  enum class Kind { Worker, Disagreement, Sink, Stopped };
  Kind kind = Kind::Stopped;
  Cell cell;             // Worker: whose
  WorkerFailure worker;  // Worker
  Disagreement disagreement;
  std::string sink_error;
};

// Runs every cell once in a process of its own, compares values and outputs of the same work, and
// fills plan->sampling and plan->rounds as the budget allows, and plan->left_out. False: *failure
// says why.
bool ProbePlan(const Surveyor& surveyor, const Budget& budget, Plan* plan,
               std::vector<Probe>* probes, CampaignFailure* failure);

// Measures the rounds that are not in `done`, and appends every record as it comes. `attempt` names
// this invocation (RecordKey). A failure that spoils no more than a cell leaves that one out, with
// a record, and the others go on. False: *failure says why; what was appended stays.
bool MeasurePlan(const Surveyor& surveyor, const Plan& plan, const std::string& attempt,
                 const std::vector<uint32_t>& done, CampaignFailure* failure);

}  // namespace measure
