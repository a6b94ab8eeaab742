// Tests: tests/report/export_hyperfine_test.cpp, tests/report/export_pyperf_test.cpp.

#include "report/export_rows.h"

namespace report {

std::vector<ExportRow> ExportRows(const measure::Results& results,
                                  const measure::Summary& summary) {
  std::vector<ExportRow> rows;
  for (const measure::CellSummary& cell : summary.cells) {
    if (cell.is_void) {
      continue;
    }
    ExportRow row{&results.plan.cells[cell.cell], &results.plan.sampling[cell.cell], {}};
    // A summary has the processes of its cell that made an iteration, in the order of the results.
    auto next = cell.processes.begin();
    for (const measure::ProcessRun& run : results.processes) {
      if (next != cell.processes.end() && run.cell == cell.cell && run.round == next->round) {
        row.processes.push_back({&run, &*next++});
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

double TotalSeconds(const measure::ProcessRun& run) {
  const std::vector<double> seconds = measure::SecondsOf(run);
  const std::vector<uint64_t> calls = measure::CallsOf(run);
  double total = measure::StartupOf(run);
  for (size_t i = 0; i < seconds.size(); ++i) {
    total += seconds[i] * static_cast<double>(calls[i]);
  }
  return total;
}

}  // namespace report
