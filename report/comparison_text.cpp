// A table of all rows, then one for each question that the data can answer: break-even, factoring,
// compile time by phase. Tests: tests/report/comparison_text_test.cpp.

#include "report/comparison_text.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "frontend/diagnostic.h"
#include "report/text_table.h"
#include "report/units.h"
#include "report/words.h"

namespace report {
namespace {

using measure::Cell;
using measure::CellSummary;
using measure::PairSummary;

class ComparisonWriter {
 public:
  ComparisonWriter(const measure::Results& results, const measure::Summary& summary)
      : plan_(results.plan), summary_(summary) {
    std::set<std::string> programs;
    for (const Cell& cell : plan_.cells) {
      programs.insert(cell.program);
    }
    has_programs_ = programs.size() > 1;
    has_one_choice_ = std::all_of(plan_.cells.begin(), plan_.cells.end(), [&](const Cell& cell) {
      return cell.parameters == plan_.cells.front().parameters;
    });
    has_answers_ =
        std::any_of(results.processes.begin(), results.processes.end(),
                    [](const measure::ProcessRun& process) { return !process.value.empty(); });
  }

  std::string Write() {
    AddHead();
    AddRows();
    AddWarmup();
    AddBreakEven();
    AddVariants();
    AddPhases();
    AddNotes();
    return std::move(text_);
  }

 private:
  std::string Row(uint32_t cell) const {
    const Cell& row = plan_.cells[cell];
    const std::string bench = has_one_choice_ ? row.bench : measure::BenchText(row);
    return has_programs_ ? row.program + ": " + bench : bench;
  }

  const PairSummary* EnginePair(uint32_t cell) const {
    for (const PairSummary& pair : summary_.engines) {
      if (pair.other == cell) {
        return &pair;
      }
    }
    return nullptr;
  }

  bool IsBase(uint32_t cell) const {
    return std::any_of(summary_.engines.begin(), summary_.engines.end(),
                       [&](const PairSummary& pair) { return pair.base == cell; });
  }

  std::string BaseEngine() const {
    return summary_.engines.empty() ? "" : plan_.cells[summary_.engines.front().base].engine;
  }

  void AddTitle(std::string_view title) { text_ += fmt::format("\n{}\n", title); }

  void AddHead() {
    std::string names;
    for (const measure::ProgramText& program : plan_.programs) {
      names += names.empty() ? program.name : ", " + program.name;
    }
    text_ += frontend::Printable(names);
    if (has_one_choice_) {
      for (const measure::Parameter& parameter : plan_.cells.front().parameters) {
        text_ += frontend::Printable(fmt::format(", {} = {}", parameter.name, parameter.value));
      }
    }
    text_ += fmt::format("\n{} processes a row{}\n\n", summary_.rounds,
                         has_answers_ ? ", in turns; all answers agree" : "");
  }

  void AddRows() {
    TextTable table({{"bench"},
                     {"engine"},
                     {"first run", Align::Right},
                     {"steady run", Align::Right},
                     {"99 %", Align::Right},
                     {BaseEngine().empty() ? "" : "time / " + BaseEngine()},
                     {"verdict"},
                     {"warm-up"}});
    std::string group;
    for (uint32_t i = 0; i < summary_.cells.size(); ++i) {
      const CellSummary& cell = summary_.cells[i];
      const std::string name = Row(i);
      if (!group.empty() && name != group) {
        table.AddRule();
      }
      table.AddRow(RowCells(i, cell, name == group ? "" : name));
      group = name;
    }
    text_ += table.Text();
  }

  std::vector<std::string> RowCells(uint32_t index, const CellSummary& cell,
                                    const std::string& name) const {
    const std::string& engine = plan_.cells[index].engine;
    if (cell.processes.empty()) {
      return {name, engine, "", "", "", "", "not measured", ""};
    }
    if (cell.is_void) {
      return {name, engine, "", "", "", "", "void: see the notes", ""};
    }
    std::string ratio;
    std::string verdict;
    if (const PairSummary* pair = EnginePair(index)) {
      ratio = RatioIntervalText(pair->comparison);
      verdict = VerdictText(pair->comparison.verdict);
    } else if (IsBase(index)) {
      ratio = "1";
      verdict = "base";
    }
    return {name,
            engine,
            DurationText(cell.first_seconds),
            DurationText(cell.steady_seconds),
            PlusMinusText(cell.steady_seconds, cell.steady_interval),
            ratio,
            verdict,
            WarmupText(cell)};
  }

  void AddWarmup() {
    TextTable table({{"bench"},
                     {"engine"},
                     {"build", Align::Right},
                     {"start", Align::Right},
                     {"compiling", Align::Right},
                     {"steady from"},
                     {"processes"},
                     {"what ran"}});
    for (uint32_t i = 0; i < summary_.cells.size(); ++i) {
      const CellSummary& cell = summary_.cells[i];
      if (cell.processes.empty()) {
        continue;
      }
      table.AddRow(
          {Row(i), plan_.cells[i].engine,
           cell.build_seconds > 0 ? DurationText(cell.build_seconds) : "",
           DurationText(cell.startup_seconds),
           cell.engine.empty() ? "" : DurationText(cell.compile_seconds), SteadyFromText(cell),
           cell.warmup ? std::string(measure::Name(cell.warmup->consistency)) : "", cell.tiers});
    }
    if (!table.empty()) {
      AddTitle(
          "Start and warm-up: process to first run, the engine's own work in all, first steady "
          "run");
      text_ += table.Text();
    }
  }

  static std::string SteadyFromText(const CellSummary& cell) {
    if (!cell.steady_iteration) {
      return {};
    }
    if (*cell.steady_iteration == 1) {
      return "run 1";
    }
    return fmt::format("run {:.0f}, after {}", *cell.steady_iteration,
                       DurationText(*cell.seconds_to_steady));
  }

  void AddBreakEven() {
    TextTable table({{"bench"}, {"engine"}, {"over"}, {"runs [95 %]"}, {"time [95 %]"}});
    for (const PairSummary& pair : summary_.engines) {
      const uint32_t early = pair.late == pair.base ? pair.other : pair.base;
      table.AddRow({Row(pair.base), plan_.cells[pair.late].engine, plan_.cells[early].engine,
                    BreakEvenRunsText(pair.break_even), BreakEvenSecondsText(pair.break_even)});
    }
    if (!table.empty()) {
      AddTitle("Break-even: runs in a fresh process after which the engine is ahead for good");
      text_ += table.Text();
    }
  }

  void AddVariants() {
    TextTable table({{"engine"}, {"variant"}, {"base"}, {"time / base"}, {"verdict"}});
    for (const PairSummary& pair : summary_.variants) {
      table.AddRow({plan_.cells[pair.other].engine, Row(pair.other), Row(pair.base),
                    RatioIntervalText(pair.comparison), VerdictText(pair.comparison.verdict)});
    }
    if (!table.empty()) {
      AddTitle("Factoring: variants that give the same value, steady runs");
      text_ += table.Text();
    }
  }

  void AddPhases() {
    std::vector<std::string> names;
    for (const CellSummary& cell : summary_.cells) {
      for (const runtime::PhaseTime& phase : cell.engine) {
        if (std::find(names.begin(), names.end(), phase.phase) == names.end()) {
          names.push_back(phase.phase);
        }
      }
    }
    std::vector<Column> columns{{"bench"}, {"engine"}};
    for (const std::string& name : names) {
      columns.push_back({name, Align::Right});
    }
    columns.push_back({"all", Align::Right});
    TextTable table(std::move(columns));
    for (uint32_t i = 0; i < summary_.cells.size(); ++i) {
      const CellSummary& cell = summary_.cells[i];
      if (cell.engine.empty()) {
        continue;
      }
      std::vector<std::string> row{Row(i), plan_.cells[i].engine};
      for (const std::string& name : names) {
        const auto phase =
            std::find_if(cell.engine.begin(), cell.engine.end(),
                         [&](const runtime::PhaseTime& time) { return time.phase == name; });
        row.push_back(phase == cell.engine.end() ? "" : DurationText(phase->seconds));
      }
      row.push_back(DurationText(cell.compile_seconds));
      table.AddRow(std::move(row));
    }
    if (!table.empty()) {
      AddTitle("The engine's own work by phase (part of start and first run)");
      text_ += table.Text();
    }
  }

  void AddNotes() {
    std::string notes;
    const auto add = [&](const std::string& note) {
      notes += "- " + frontend::Printable(note) + "\n";
    };
    for (uint32_t i = 0; i < summary_.cells.size(); ++i) {
      for (const std::string& remark : measure::Remarks(summary_.cells[i])) {
        add(fmt::format("{} on {}: {}", Row(i), plan_.cells[i].engine, remark));
      }
    }
    for (const std::string& warning : summary_.warnings) {
      add(warning);
    }
    if (std::any_of(plan_.cells.begin(), plan_.cells.end(), measure::IsFastMath)) {
      add("rows with :fast were measured with --math=fast: last digits may differ");
    }
    if (!notes.empty()) {
      AddTitle("Notes");
      text_ += notes;
    }
    if (summary_.comparisons > 0) {
      text_ += fmt::format(
          "\nIntervals of ratios hold together with {:.0f} % ({} comparisons). \"cannot tell "
          "apart\" means that these\nsamples do not show a difference, not that there is none.\n",
          100 * summary_.confidence, summary_.comparisons);
    }
  }

  const measure::Plan& plan_;
  const measure::Summary& summary_;
  bool has_programs_ = false;
  bool has_answers_ = false;     // results of other tools have none
  bool has_one_choice_ = false;  // of parameters, in all rows
  std::string text_;
};

}  // namespace

std::string ComparisonText(const measure::Results& results, const measure::Summary& summary) {
  return ComparisonWriter(results, summary).Write();
}

}  // namespace report
