#pragma once
// A fresh process that measures one cell, seen from the lab that started it. Tests pass workers of
// their own, with scripted times.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "measure/answers.h"
#include "measure/growth.h"
#include "measure/results.h"

namespace measure {

// How much a failure spoils: everything, or only the row that it happened to.
enum class FailureReach : uint8_t { Plan, Cell };

// Why a worker cannot go on.
struct WorkerFailure {
  int status = 0;    // the exit status it leads to (cli/exit_status.h, runtime::ExitStatus)
  std::string text;  // for people, complete with newline; of reach Cell: LeftOut::reason
  FailureReach reach = FailureReach::Plan;
};

// What a probe learned, beside the answer that every process must give.
struct ProbeAnswer {
  Probe probe;
  Answer answer;
  // How the work grows, where it does (measure/growth.h): the same on every engine.
  std::optional<Growth> growth = {};
};

// Calls come in this order: Start, then one Run or more, then Probe or Finish, and nothing after
// these. Each returns false when it failed; failure() then says why, and only the destructor may
// follow.
class Worker {
 public:
  virtual ~Worker() = default;  // ends the process, whatever it does
  // Makes the program ready. Fills run->startup_seconds and run->before.
  virtual bool Start(ProcessRun* run) = 0;
  // See BenchRun::Run.
  virtual bool Run(uint32_t iterations, uint64_t calls, Batch* batch) = 0;
  // Fills what ProcessRun has beyond Start and batches.
  virtual bool Finish(ProcessRun* run) = 0;
  virtual bool Probe(ProbeAnswer* answer) = 0;
  virtual const WorkerFailure& failure() const = 0;
};

class Workers {
 public:
  virtual ~Workers() = default;
  // For cell `cell` of the plan, which outlives the worker.
  virtual std::unique_ptr<Worker> Make(const Plan& plan, uint32_t cell) = 0;
};

}  // namespace measure
