// Tests: tests/report/import_test.cpp.

#include "report/imported_run.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace report {

uint32_t ImportedRun::RowOf(const measure::Cell& cell) {
  const auto same = std::find(cells_.begin(), cells_.end(), cell);
  const auto row = static_cast<uint32_t>(same - cells_.begin());
  if (same == cells_.end()) {
    cells_.push_back(cell);
  }
  return row;
}

uint32_t ImportedRun::AddRow(measure::Cell cell) {
  const std::string engine = cell.engine;
  for (int copy = 2; std::find(cells_.begin(), cells_.end(), cell) != cells_.end(); ++copy) {
    cell.engine = fmt::format("{}#{}", engine, copy);
  }
  return RowOf(cell);
}

measure::ProcessRun& ImportedRun::ProcessOf(uint32_t row, uint32_t round) {
  measure::ProcessRun& run = runs_[{round, row}];
  run.cell = row;
  run.round = round;
  return run;
}

void ImportedRun::AddDoubt(uint32_t row, std::string text) {
  measure::Probe probe{.cell = row, .call_seconds = 0};
  probe.doubts.push_back({measure::DoubtKind::NoValue, std::move(text)});
  probes_.push_back(std::move(probe));
}

measure::Results ImportedRun::Take() {
  measure::Results results;
  measure::Plan& plan = results.plan;
  plan.run = "import of " + name_;
  plan.environment = "{}";
  std::set<std::string> programs;
  for (const measure::Cell& cell : cells_) {
    if (programs.insert(cell.program).second) {
      plan.programs.push_back({cell.program, {}});
    }
  }
  plan.cells = std::move(cells_);
  plan.sampling.resize(plan.cells.size());
  for (auto& [key, run] : runs_) {
    measure::Sampling& sampling = plan.sampling[run.cell];
    const auto iterations = static_cast<uint32_t>(measure::SecondsOf(run).size());
    sampling.calls = run.batches.back().calls;
    sampling.iterations = std::max(sampling.iterations, iterations);
    sampling.cold = sampling.iterations;
    if (results.rounds_done.empty() || results.rounds_done.back() != run.round) {
      results.rounds_done.push_back(run.round);
    }
    results.processes.push_back(std::move(run));
  }
  plan.rounds = static_cast<uint32_t>(results.rounds_done.size());
  results.probes = std::move(probes_);
  return results;
}

void AddSample(measure::ProcessRun* process, uint64_t calls, double seconds) {
  std::vector<measure::Batch>& batches = process->batches;
  if (batches.size() == 1 && batches.front().seconds.size() == 1) {
    // The first sample of a process counts as one call whatever its batch says.
    batches.front().calls = calls;
  }
  if (batches.empty() || batches.back().calls != calls) {
    const size_t first = batches.empty() ? 0 : batches.back().first + batches.back().seconds.size();
    batches.push_back({.first = static_cast<uint32_t>(first), .calls = calls, .seconds = {}});
  }
  batches.back().seconds.push_back(seconds);
}

bool IsTime(double seconds) { return std::isfinite(seconds) && seconds > 0; }

}  // namespace report
