// hyperfine runs a command in a fresh process each time, so that a time is a process with a single
// iteration. Commands of one file compete with each other. Tests: tests/report/import_test.cpp.

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "report/cell_label.h"
#include "report/import_formats.h"
#include "report/json_place.h"

namespace report {
namespace {

void NoteFailures(const JsonPlace& result, uint32_t row, ImportedRun* run) {
  if (!result.Has("exit_codes")) {
    return;
  }
  const JsonPlace codes = result.Member("exit_codes");
  size_t failed = 0;
  for (size_t i = 0; i < codes.Size(); ++i) {
    // null: it was ended by a signal.
    failed += codes.Element(i).json() == 0 ? 0 : 1;
  }
  if (failed > 0) {
    run->AddDoubt(row, fmt::format("{} of {} runs ended with an error", failed, codes.Size()));
  }
}

// An iteration a time, all of one process.
void ImportProcess(const JsonPlace& result, const LabelledCell& label, ImportedRun* run) {
  const uint32_t row = run->RowOf(label.cell);
  if (run->HasProcess(row, *label.round)) {
    result.Fail("is a process that stands further up already", "remove one of them");
  }
  measure::ProcessRun& process = run->ProcessOf(row, *label.round);
  for (const double seconds : result.Member("times").Times()) {
    AddSample(&process, 1, seconds);
  }
}

// A process a time.
void ImportCommand(const JsonPlace& result, measure::Cell cell, ImportedRun* run) {
  const uint32_t row = run->AddRow(std::move(cell));
  const std::vector<double> times = result.Member("times").Times();
  for (uint32_t i = 0; i < times.size(); ++i) {
    AddSample(&run->ProcessOf(row, i), 1, times[i]);
  }
  if (result.Has("memory_usage_byte")) {
    const JsonPlace bytes = result.Member("memory_usage_byte");
    for (uint32_t i = 0; i < std::min(bytes.Size(), times.size()); ++i) {
      if (bytes.Element(i).json().is_number_unsigned()) {
        run->ProcessOf(row, i).peak_bytes = bytes.Element(i).json();
      }
    }
  }
  NoteFailures(result, row, run);
}

}  // namespace

void ImportHyperfine(const nlohmann::ordered_json& json, ImportedRun* run) {
  const JsonPlace results = JsonPlace(json).Member("results");
  for (size_t i = 0; i < results.Size(); ++i) {
    const JsonPlace result = results.Element(i);
    std::string command = result.Member("command").Text();
    const std::optional<LabelledCell> label = ReadLabel(command);
    if (label && label->round) {
      ImportProcess(result, *label, run);
    } else if (label) {
      ImportCommand(result, label->cell, run);
    } else {
      ImportCommand(result, {run->name(), {}, std::move(command), {}}, run);
    }
  }
}

}  // namespace report
