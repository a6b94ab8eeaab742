#pragma once
// Workers that are real processes: this program again, as `lab measure-worker`, with requests on
// its standard input and answers on its standard output (measure/worker_protocol.h).

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "measure/child_process.h"
#include "measure/worker.h"

namespace measure {

// The name of the command that serves (measure/serve.h), and the word that has it do so unconfined.
inline constexpr const char kWorkerCommand[] = "measure-worker";
inline constexpr const char kUnconfined[] = "--no-sandbox";

class ProcessWorkers final : public Workers {
 public:
  // `command`: `lab`, and the words that make it serve. `answer_seconds`: how long an answer may
  // take; after that the worker counts as hanging and is killed.
  ProcessWorkers(ProcessStarter start, std::vector<std::string> command,
                 std::function<double()> clock, double answer_seconds);
  std::unique_ptr<Worker> Make(const Plan& plan, uint32_t cell) override;

 private:
  ProcessStarter start_;
  std::vector<std::string> command_;
  std::function<double()> clock_;
  double answer_seconds_;
};

}  // namespace measure
