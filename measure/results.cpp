// Tests: tests/measure/results_json_test.cpp.

#include "measure/results.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace measure {

std::string BenchText(const Cell& cell) {
  std::string text = cell.bench;
  for (size_t i = 0; i < cell.parameters.size(); ++i) {
    text += (i == 0 ? "(" : ", ") + cell.parameters[i].name + "=" + cell.parameters[i].value;
  }
  return cell.parameters.empty() ? text : text + ")";
}

bool SameWork(const Cell& a, const Cell& b) {
  return a.program == b.program && a.bench == b.bench && a.parameters == b.parameters;
}

bool IsFastMath(const Cell& cell) {
  return std::string_view(cell.engine).substr(0, cell.engine.find('#')).ends_with(kFastMathSuffix);
}

bool IsLeftOut(const Plan& plan, uint32_t cell) {
  return std::any_of(plan.left_out.begin(), plan.left_out.end(),
                     [&](const LeftOut& left_out) { return left_out.cell == cell; });
}

void AddRounds(Results more, Results* results) {
  for (LeftOut& left_out : more.plan.left_out) {
    if (!IsLeftOut(results->plan, left_out.cell)) {
      results->plan.left_out.push_back(std::move(left_out));
    }
  }
  std::vector<ProcessRun>& processes = results->processes;
  processes.insert(processes.end(), std::make_move_iterator(more.processes.begin()),
                   std::make_move_iterator(more.processes.end()));
  std::erase_if(processes,
                [&](const ProcessRun& process) { return IsLeftOut(results->plan, process.cell); });
  std::sort(processes.begin(), processes.end(), [](const ProcessRun& a, const ProcessRun& b) {
    return std::tie(a.round, a.cell) < std::tie(b.round, b.cell);
  });
  std::vector<uint32_t>& done = results->rounds_done;
  done.insert(done.end(), more.rounds_done.begin(), more.rounds_done.end());
  std::sort(done.begin(), done.end());
}

std::vector<double> SecondsOf(const ProcessRun& process) {
  std::vector<double> seconds;
  for (const Batch& batch : process.batches) {
    seconds.insert(seconds.end(), batch.seconds.begin(), batch.seconds.end());
  }
  return seconds;
}

std::vector<uint64_t> CallsOf(const ProcessRun& process) {
  std::vector<uint64_t> calls;
  for (const Batch& batch : process.batches) {
    calls.insert(calls.end(), batch.seconds.size(), batch.calls);
  }
  if (!calls.empty()) {
    calls.front() = 1;
  }
  return calls;
}

double StartupOf(const ProcessRun& process) {
  double seconds = process.startup_seconds;
  for (const runtime::PhaseTime& phase : process.before) {
    seconds += phase.seconds;
  }
  return seconds;
}

}  // namespace measure
