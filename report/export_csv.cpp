// A line is collected as pairs of a column's name and a field, so that neither can stand without
// the other. Tests: tests/report/export_csv_test.cpp, tests/report/foreign_reader_test.cpp.

#include "report/export_csv.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "report/csv.h"
#include "report/words.h"

namespace report {
namespace {

using measure::Cell;
using measure::CellSummary;
using measure::Interval;
using measure::PairSummary;

std::vector<std::string> ParameterNames(const measure::Plan& plan) {
  std::vector<std::string> names;
  for (const Cell& cell : plan.cells) {
    for (const measure::Parameter& parameter : cell.parameters) {
      if (std::find(names.begin(), names.end(), parameter.name) == names.end()) {
        names.push_back(parameter.name);
      }
    }
  }
  return names;
}

// Columns and the fields of one line below them.
class CsvRecord {
 public:
  void Text(std::string column, std::string_view text) { Add(std::move(column), CsvText(text)); }
  void Number(std::string column, double value) { Add(std::move(column), CsvNumber(value)); }
  void Count(std::string column, uint64_t count) {
    Add(std::move(column), fmt::format("{}", count));
  }
  void Nothing(std::string column) { Add(std::move(column), {}); }
  void Optional(std::string column, const std::optional<double>& value) {
    Add(std::move(column), value ? CsvNumber(*value) : std::string());
  }
  // The columns PREFIX_low and PREFIX_high; empty when nothing is known.
  void Bounds(const std::string& prefix, const Interval& interval) {
    const bool is_known = interval.low > measure::kUnbounded.low;
    Add(prefix + "_low", is_known ? CsvNumber(interval.low) : "");
    Add(prefix + "_high", is_known ? CsvNumber(interval.high) : "");
  }

  std::string Header() const { return CsvLine(columns_); }
  std::string Line() const { return CsvLine(fields_); }

 private:
  void Add(std::string column, std::string field) {
    columns_.push_back(CsvText(column));
    fields_.push_back(std::move(field));
  }

  std::vector<std::string> columns_;
  std::vector<std::string> fields_;
};

void AddCell(const Cell& cell, const std::vector<std::string>& parameter_names, CsvRecord* record) {
  record->Text("program", cell.program);
  record->Text("bench", cell.bench);
  for (const std::string& name : parameter_names) {
    const auto same =
        std::find_if(cell.parameters.begin(), cell.parameters.end(),
                     [&](const measure::Parameter& parameter) { return parameter.name == name; });
    record->Text("parameter_" + name, same == cell.parameters.end() ? "" : same->value);
  }
  record->Text("engine", cell.engine);
}

// The columns stay when there is nothing to tell: a cell without processes is all nothing.
void AddTimes(const CellSummary& cell, CsvRecord* record) {
  const bool was_measured = !cell.processes.empty();
  const auto number = [&](std::string column, double value) {
    was_measured ? record->Number(std::move(column), value) : record->Nothing(std::move(column));
  };
  record->Count("processes", cell.processes.size());
  record->Optional("build_seconds",
                   cell.build_seconds > 0 ? std::optional(cell.build_seconds) : std::nullopt);
  number("startup_seconds", cell.startup_seconds);
  number("compile_seconds", cell.compile_seconds);
  number("first_seconds", cell.first_seconds);
  number("steady_seconds", cell.steady_seconds);
  record->Bounds("steady_seconds", was_measured ? cell.steady_interval : measure::kUnbounded);
  record->Optional("steady_iteration", cell.steady_iteration);
  record->Optional("seconds_to_steady", cell.seconds_to_steady);
  static constexpr std::pair<measure::WarmupClass, const char*> kClasses[] = {
      {measure::WarmupClass::Flat, "flat_processes"},
      {measure::WarmupClass::Warmup, "warmup_processes"},
      {measure::WarmupClass::Slowdown, "slowdown_processes"},
      {measure::WarmupClass::NoSteadyState, "no_steady_state_processes"}};
  for (const auto& [warmup_class, column] : kClasses) {
    cell.warmup ? record->Count(column, cell.warmup->Count(warmup_class)) : record->Nothing(column);
  }
  record->Text("warmup", WarmupText(cell));
  record->Text("consistency", cell.warmup ? measure::Name(cell.warmup->consistency) : "");
}

const PairSummary* PairOf(const std::vector<PairSummary>& pairs, uint32_t other) {
  const auto pair = std::find_if(pairs.begin(), pairs.end(),
                                 [&](const PairSummary& one) { return one.other == other; });
  return pair == pairs.end() ? nullptr : &*pair;
}

// The columns base_PREFIX, PREFIX_ratio, PREFIX_ratio_low, ... of a comparison; `base` names what
// it refers to.
void AddComparison(const std::string& prefix, const std::string& base, const PairSummary* pair,
                   CsvRecord* record) {
  record->Text("base_" + prefix, base);
  if (pair == nullptr) {
    record->Nothing(prefix + "_ratio");
    record->Bounds(prefix + "_ratio", measure::kUnbounded);
    record->Nothing(prefix + "_verdict");
    return;
  }
  record->Number(prefix + "_ratio", pair->comparison.ratio);
  record->Bounds(prefix + "_ratio", pair->comparison.interval);
  record->Text(prefix + "_verdict", VerdictText(pair->comparison.verdict));
}

void AddBreakEven(const measure::Plan& plan, const PairSummary* pair, CsvRecord* record) {
  const bool is_known = pair != nullptr && pair->break_even.runs_interval.low > 0;
  record->Text("break_even", pair == nullptr ? "" : BreakEvenStateText(pair->break_even.state));
  record->Text("break_even_engine", pair == nullptr ? "" : plan.cells[pair->late].engine);
  if (is_known) {
    record->Number("break_even_runs", pair->break_even.runs);
    record->Bounds("break_even_runs", pair->break_even.runs_interval);
    record->Number("break_even_seconds", pair->break_even.seconds);
    record->Bounds("break_even_seconds", pair->break_even.seconds_interval);
  } else {
    record->Nothing("break_even_runs");
    record->Bounds("break_even_runs", measure::kUnbounded);
    record->Nothing("break_even_seconds");
    record->Bounds("break_even_seconds", measure::kUnbounded);
  }
}

std::string RemarksText(const CellSummary& cell) {
  return fmt::format("{}", fmt::join(measure::Remarks(cell), "; "));
}

}  // namespace

std::string ComparisonCsv(const measure::Results& results, const measure::Summary& summary) {
  const measure::Plan& plan = results.plan;
  const std::vector<std::string> parameter_names = ParameterNames(plan);
  std::string text;
  for (const CellSummary& cell : summary.cells) {
    const PairSummary* engines = PairOf(summary.engines, cell.cell);
    const PairSummary* variants = PairOf(summary.variants, cell.cell);
    CsvRecord record;
    AddCell(plan.cells[cell.cell], parameter_names, &record);
    record.Text("void", cell.is_void ? "yes" : "no");
    AddTimes(cell, &record);
    AddComparison("engine", engines == nullptr ? "" : plan.cells[engines->base].engine, engines,
                  &record);
    AddBreakEven(plan, engines, &record);
    AddComparison("bench", variants == nullptr ? "" : plan.cells[variants->base].bench, variants,
                  &record);
    record.Number("peak_bytes", cell.peak_bytes);
    record.Count("involuntary_switches", cell.involuntary_switches);
    record.Text("tiers", cell.tiers);
    record.Text("doubts", RemarksText(cell));
    if (text.empty()) {
      text = record.Header();
    }
    text += record.Line();
  }
  return text;
}

std::string SamplesCsv(const measure::Results& results) {
  const std::vector<std::string> parameter_names = ParameterNames(results.plan);
  std::string text;
  for (const measure::ProcessRun& run : results.processes) {
    const std::vector<double> seconds = measure::SecondsOf(run);
    const std::vector<uint64_t> calls = measure::CallsOf(run);
    for (size_t i = 0; i < seconds.size(); ++i) {
      CsvRecord record;
      AddCell(results.plan.cells[run.cell], parameter_names, &record);
      record.Count("round", run.round);
      record.Count("iteration", i);
      record.Count("calls", calls[i]);
      record.Number("seconds", seconds[i]);
      if (text.empty()) {
        text = record.Header();
      }
      text += record.Line();
    }
  }
  return text;
}

}  // namespace report
