// Tests: tests/report/html_report_test.cpp, tests/report/html_page_test.cpp.

#include "report/html_tables.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/html_text.h"
#include "report/interval_text.h"
#include "report/units.h"
#include "report/words.h"

namespace report {
namespace {

using measure::Cell;
using measure::CellSummary;
using measure::PairSummary;
using measure::Results;
using measure::Summary;

using Row = std::vector<HtmlCell>;

HtmlCell Nothing() { return {.text = "–"}; }
HtmlCell Duration(double seconds) { return {DurationText(seconds), {}, seconds}; }
HtmlCell Number(double value, std::string text) { return {std::move(text), {}, value}; }
HtmlCell Whole(size_t value) { return Number(static_cast<double>(value), std::to_string(value)); }

// Programs are named only where there are several.
HtmlCell BenchCell(const Results& results, const Cell& cell) {
  return {measure::BenchText(cell), results.plan.programs.size() > 1 ? cell.program : ""};
}

const PairSummary* PairOf(const std::vector<PairSummary>& pairs, uint32_t other) {
  for (const PairSummary& pair : pairs) {
    if (pair.other == other) {
      return &pair;
    }
  }
  return nullptr;
}

bool IsBase(const std::vector<PairSummary>& pairs, uint32_t cell) {
  return std::any_of(pairs.begin(), pairs.end(),
                     [&](const PairSummary& pair) { return pair.base == cell; });
}

std::string VerdictNote(const measure::Comparison& comparison) {
  switch (comparison.verdict) {
    case measure::Verdict::Faster:
    case measure::Verdict::Slower:
      return RatiosText(comparison.interval);
    case measure::Verdict::CannotTell:
      return fmt::format("{}, cannot tell apart", RatiosText(comparison.interval));
    case measure::Verdict::TooFewProcesses:
      return "too few processes";
  }
  return {};
}

HtmlCell RatioCell(const std::vector<PairSummary>& pairs, uint32_t cell) {
  if (const PairSummary* pair = PairOf(pairs, cell)) {
    const measure::Comparison& comparison = pair->comparison;
    return {comparison.rounds == 0 ? "–" : RatioText(comparison.ratio), VerdictNote(comparison),
            comparison.ratio};
  }
  return IsBase(pairs, cell) ? Number(1, "1") : Nothing();
}

HtmlCell BreakEvenCell(const Results& results, const Summary& summary, uint32_t cell) {
  const PairSummary* pair = PairOf(summary.engines, cell);
  if (pair == nullptr) {
    return Nothing();
  }
  const measure::BreakEven& break_even = pair->break_even;
  std::vector<std::string> notes;
  if (pair->late == pair->base) {
    notes.push_back("of " + results.plan.cells[pair->base].engine);
  }
  const std::string range = RunsText(break_even.runs_interval);
  if (break_even.state != measure::BreakEvenState::AheadFromFirstRun &&
      range != RunsText(break_even.runs)) {
    notes.push_back(range);
  }
  if (break_even.state == measure::BreakEvenState::Extrapolated) {
    notes.emplace_back("extrapolated");
  } else if (break_even.state == measure::BreakEvenState::LosesAgain) {
    notes.push_back("lost again at " + RunsText(break_even.lost_at_runs));
  }
  std::erase(notes, "");
  return {BreakEvenText(break_even), fmt::format("{}", fmt::join(notes, ", ")), break_even.runs};
}

Row CellRow(const Results& results, const Summary& summary, const CellSummary& row) {
  const Cell& cell = results.plan.cells[row.cell];
  Row cells = {BenchCell(results, cell), {.text = cell.engine}};
  if (row.is_void) {
    cells.push_back(
        {.text = "void", .note = row.processes.empty() ? "not measured" : "its work was left out"});
    cells.insert(cells.end(), 10, Nothing());
  } else {
    const HtmlCell steady_from =
        row.steady_iteration && row.seconds_to_steady
            ? HtmlCell{fmt::format("{:.0f}", *row.steady_iteration),
                       fmt::format("after {}", DurationText(*row.seconds_to_steady)),
                       *row.steady_iteration}
            : Nothing();
    cells.push_back(
        {DurationText(row.steady_seconds), DurationsText(row.steady_interval), row.steady_seconds});
    cells.push_back(RatioCell(summary.engines, row.cell));
    cells.push_back(RatioCell(summary.variants, row.cell));
    cells.push_back(BreakEvenCell(results, summary, row.cell));
    cells.push_back(Duration(row.first_seconds));
    cells.push_back(row.build_seconds > 0 ? Duration(row.build_seconds) : Nothing());
    cells.push_back(Duration(row.startup_seconds));
    // A peer does not tell.
    cells.push_back(row.engine.empty() ? Nothing() : Duration(row.compile_seconds));
    cells.push_back({.text = row.warmup ? WarmupText(row) : "–"});
    cells.push_back(steady_from);
    cells.push_back(Number(row.peak_bytes, BytesText(row.peak_bytes)));
  }
  cells.push_back({.text = row.tiers});
  return cells;
}

void AddPairRows(const Results& results, const Summary& summary,
                 const std::vector<PairSummary>& pairs, HtmlTable* table) {
  for (const PairSummary& pair : pairs) {
    const Cell& base = results.plan.cells[pair.base];
    const Cell& other = results.plan.cells[pair.other];
    const measure::Comparison& comparison = pair.comparison;
    const bool same_bench = &pairs == &summary.engines;
    table->rows.push_back(
        {{.text = same_bench ? other.engine : measure::BenchText(other)},
         {.text = same_bench ? base.engine : measure::BenchText(base)},
         {.text = same_bench ? measure::BenchText(base) : base.engine},
         Number(comparison.ratio, comparison.rounds == 0 ? "–" : RatioText(comparison.ratio)),
         {.text = RatiosText(comparison.interval)},
         {.text = VerdictText(comparison.verdict)},
         {.text = RatiosText(comparison.fieller.interval)},
         Whole(comparison.rounds)});
  }
}

void Flatten(const nlohmann::ordered_json& json, const std::string& name, HtmlTable* table) {
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) {
      Flatten(value, name.empty() ? key : name + "." + key, table);
    }
    return;
  }
  std::string text = json.is_string() ? json.get<std::string>()
                     : json.is_null() ? "not known"
                                      : json.dump();
  table->rows.push_back({{.text = name}, {.text = std::move(text)}});
}

}  // namespace

std::string ComparisonTable(const Results& results, const Summary& summary) {
  const std::string base = BaseEngine(results.plan);
  HtmlTable table;
  table.id = "comparison";
  table.caption = "Comparison";
  table.sorting = Sorting::ByColumn;
  table.columns = {
      {"Bench"},
      {"Engine"},
      {"Steady time", Align::Right, "mean of the steady runs, with its 99 % interval"},
      {"Against " + base, Align::Right, "steady time divided by that of " + base},
      {"Against variant", Align::Right, "steady time divided by that of the base variant"},
      {"Break-even", Align::Right, "runs after which the slower start has paid off"},
      {"First run", Align::Right, "the very first run of a fresh process"},
      {"Build", Align::Right, "what making an executable took, once, before anything was measured"},
      {"Start", Align::Right, "from before the process was started to its first run"},
      {"Compiling", Align::Right, "what the engine's own phases took, before or during the runs"},
      {"Warm-up", Align::Left, "how the processes behaved"},
      {"Steady from", Align::Right, "the iteration at which the steady part begins"},
      {"Memory", Align::Right, "largest resident set"},
      {"Ran as", Align::Left, "from counters in the engine"}};
  for (const CellSummary& row : summary.cells) {
    table.rows.push_back(CellRow(results, summary, row));
  }
  return Render(table);
}

std::string RatioTable(const Results& results, const Summary& summary) {
  HtmlTable table;
  table.id = "ratio-data";
  table.caption = "Ratios of steady times";
  table.columns = {{"This"},
                   {"Against"},
                   {"On"},
                   {"Ratio", Align::Right},
                   {"Interval", Align::Right, "holds with all others of this table together"},
                   {"Verdict"},
                   {"Fieller's interval", Align::Right, "of the plain means, for comparison"},
                   {"Rounds", Align::Right}};
  AddPairRows(results, summary, summary.engines, &table);
  AddPairRows(results, summary, summary.variants, &table);
  return Render(table);
}

std::string ProcessTable(const Results& results, const Summary& summary) {
  HtmlTable table;
  table.id = "process-data";
  table.caption = "Processes";
  table.columns = {{"Bench"},
                   {"Engine"},
                   {"Round", Align::Right},
                   {"Class"},
                   {"Steady from", Align::Right},
                   {"Steady time", Align::Right},
                   {"Outliers", Align::Right},
                   {"Levels", Align::Left, "iterations of each segment, and its mean"}};
  for (const CellSummary& row : summary.cells) {
    const Cell& cell = results.plan.cells[row.cell];
    for (const measure::ProcessSummary& process : row.processes) {
      std::string levels;
      for (const measure::Segment& segment : process.warmup.segments) {
        levels += fmt::format("{}{}–{}: {}", levels.empty() ? "" : "; ", segment.begin + 1,
                              segment.end, DurationText(segment.mean));
      }
      const auto& warmup_class = process.warmup.warmup_class;
      table.rows.push_back(
          {{.text = measure::BenchText(cell)},
           {.text = cell.engine},
           Whole(process.round + 1),
           {.text = warmup_class ? std::string(measure::Name(*warmup_class)) : "too short to say"},
           process.warmup.steady ? Whole(process.steady_from + 1) : Nothing(),
           Duration(process.steady_seconds),
           Whole(process.warmup.outliers.size()),
           {.text = std::move(levels)}});
    }
  }
  return Render(table);
}

std::string CostTable(const Results& results, const CostChart& chart, size_t index) {
  HtmlTable table;
  table.id = fmt::format("cost-data-{}", index);
  table.caption = fmt::format("Seconds for so many runs of {}, start included", chart.bench);
  table.columns = {{"Runs", Align::Right}};
  for (const CostChart::Curve& curve : chart.curves) {
    table.columns.push_back({results.plan.cells[curve.cell].engine, Align::Right});
  }
  for (size_t i = 0; i < chart.runs.size(); ++i) {
    Row row = {{.text = RunsText(chart.runs[i])}};
    for (const CostChart::Curve& curve : chart.curves) {
      row.push_back(Duration(curve.seconds[i]));
    }
    table.rows.push_back(std::move(row));
  }
  return Render(table);
}

std::string SweepTable(const SizeSweep& sweep, size_t index) {
  HtmlTable table;
  table.id = fmt::format("sweep-data-{}", index);
  table.caption =
      fmt::format("The first run of {} over {}, start included", sweep.bench, sweep.parameter);
  table.columns = {{"Engine"}, {sweep.parameter, Align::Right}, {"First run", Align::Right}};
  for (const SizeSweep::Line& line : sweep.lines) {
    for (const SizeSweep::Point& point : line.points) {
      table.rows.push_back({{.text = line.engine},
                            Number(point.size, fmt::format("{}", point.size)),
                            Duration(point.seconds)});
    }
  }
  return Render(table);
}

std::string PhaseTable(const Results& results, const Summary& summary) {
  HtmlTable table;
  table.id = "phase-data";
  table.caption = "Time by phase, medians over processes";
  table.columns = {{"Bench"}, {"Engine"}};
  std::vector<std::string> phases;
  const auto add_phases = [&](const std::vector<runtime::PhaseTime>& times) {
    for (const runtime::PhaseTime& time : times) {
      if (std::find(phases.begin(), phases.end(), time.phase) == phases.end()) {
        phases.push_back(time.phase);
        table.columns.push_back({time.phase, Align::Right});
      }
    }
  };
  for (const CellSummary& row : summary.cells) {
    add_phases(row.before);
    add_phases(row.engine);
  }
  for (const CellSummary& row : summary.cells) {
    const Cell& cell = results.plan.cells[row.cell];
    Row cells = {{.text = measure::BenchText(cell)}, {.text = cell.engine}};
    cells.resize(table.columns.size(), Nothing());
    for (const auto* times : {&row.before, &row.engine}) {
      for (const runtime::PhaseTime& time : *times) {
        const auto at = std::find(phases.begin(), phases.end(), time.phase) - phases.begin();
        cells[static_cast<size_t>(at) + 2] = Duration(time.seconds);
      }
    }
    table.rows.push_back(std::move(cells));
  }
  return Render(table);
}

std::string EnvironmentTable(const std::string& environment) {
  HtmlTable table;
  table.id = "environment-data";
  table.caption = "Machine, system and build";
  table.columns = {{"What"}, {"Value"}};
  Flatten(nlohmann::ordered_json::parse(environment, nullptr, /*allow_exceptions=*/false), "",
          &table);
  return Render(table);
}

}  // namespace report
