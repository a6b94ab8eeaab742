// The words are those of the terminal's table; what a reader of a page has no use for (start,
// tiers, phases) stays out. Tests: tests/report/export_markdown_test.cpp.

#include "report/export_markdown.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

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

bool IsWordCharacter(std::string_view text, size_t i) {
  return i < text.size() && (static_cast<unsigned char>(text[i]) >= 0x80 ||
                             std::isalnum(static_cast<unsigned char>(text[i])) != 0);
}

std::string TableLine(const std::vector<std::string>& cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

std::string TableHead(const std::vector<Column>& columns) {
  std::vector<std::string> titles;
  std::vector<std::string> rules;
  for (const Column& column : columns) {
    titles.push_back(column.title);
    rules.push_back(column.align == Align::Left ? ":---" : "---:");
  }
  return TableLine(titles) + TableLine(rules);
}

class MarkdownWriter {
 public:
  MarkdownWriter(const measure::Results& results, const measure::Summary& summary)
      : plan_(results.plan), summary_(summary) {
    std::set<std::string_view> programs;
    for (const Cell& cell : plan_.cells) {
      programs.insert(cell.program);
    }
    has_programs_ = programs.size() > 1;
  }

  std::string Write() {
    AddRows();
    AddVariants();
    AddNotes();
    return std::move(text_);
  }

 private:
  std::string Bench(uint32_t cell) const {
    const Cell& row = plan_.cells[cell];
    const std::string bench = measure::BenchText(row);
    return MarkdownText(has_programs_ ? row.program + ": " + bench : bench);
  }

  std::string Engine(uint32_t cell) const { return MarkdownText(plan_.cells[cell].engine); }

  void AddRows() {
    text_ += TableHead({{"Bench"},
                        {"Engine"},
                        {"First run", Align::Right},
                        {"Steady run", Align::Right},
                        {"99 %", Align::Right},
                        {"Time / base", Align::Right},
                        {"Verdict"},
                        {"Warm-up"},
                        {"Break-even, runs"}});
    for (const CellSummary& cell : summary_.cells) {
      std::vector<std::string> line = RowTexts(cell);
      line.insert(line.begin(), {Bench(cell.cell), Engine(cell.cell)});
      text_ += TableLine(line);
    }
  }

  // All but the names. The lab's own words and numbers need no escapes.
  std::vector<std::string> RowTexts(const CellSummary& cell) const {
    if (cell.is_void) {
      return {"", "", "", "", "void: see the notes", "", ""};
    }
    std::string ratio;
    std::string verdict;
    std::string break_even;
    for (const PairSummary& pair : summary_.engines) {
      if (pair.other == cell.cell) {
        ratio = RatioIntervalText(pair.comparison);
        verdict = VerdictText(pair.comparison.verdict);
        break_even = fmt::format("{}: {}", Engine(pair.late), BreakEvenRunsText(pair.break_even));
      } else if (pair.base == cell.cell) {
        ratio = "1";
        verdict = "base";
      }
    }
    return {DurationText(cell.first_seconds),
            DurationText(cell.steady_seconds),
            PlusMinusText(cell.steady_seconds, cell.steady_interval),
            ratio,
            verdict,
            WarmupText(cell),
            break_even};
  }

  void AddVariants() {
    if (summary_.variants.empty()) {
      return;
    }
    text_ +=
        "\n" +
        TableHead({{"Engine"}, {"Variant"}, {"Base"}, {"Time / base", Align::Right}, {"Verdict"}});
    for (const PairSummary& pair : summary_.variants) {
      text_ +=
          TableLine({Engine(pair.other), Bench(pair.other), Bench(pair.base),
                     RatioIntervalText(pair.comparison), VerdictText(pair.comparison.verdict)});
    }
  }

  void AddNotes() {
    text_ += fmt::format("\n{} processes a row.", summary_.rounds);
    if (summary_.comparisons > 0) {
      text_ += fmt::format(
          " Intervals of ratios hold together with {:.0f} % ({} comparisons). \"cannot tell "
          "apart\" "
          "means that these samples do not show a difference, not that there is none.",
          100 * summary_.confidence, summary_.comparisons);
    }
    text_ += "\n";
    std::string notes;
    for (const CellSummary& cell : summary_.cells) {
      for (const std::string& remark : measure::Remarks(cell)) {
        notes += fmt::format("- {} on {}: {}\n", Bench(cell.cell), Engine(cell.cell),
                             MarkdownText(remark));
      }
    }
    for (const std::string& warning : summary_.warnings) {
      notes += fmt::format("- {}\n", MarkdownText(warning));
    }
    text_ += notes.empty() ? "" : "\n" + notes;
  }

  const measure::Plan& plan_;
  const measure::Summary& summary_;
  bool has_programs_ = false;
  std::string text_;
};

}  // namespace

std::string MarkdownText(std::string_view text) {
  const std::string printable = frontend::Printable(text);
  std::string escaped;
  for (size_t i = 0; i < printable.size(); ++i) {
    const char c = printable[i];
    switch (c) {
      case '<':
        escaped += "&lt;";
        continue;
      case '>':
        escaped += "&gt;";
        continue;
      case '&':
        escaped += "&amp;";
        continue;
      case '_':
        // Within a word it is no mark, and names are full of it.
        if (i == 0 || !IsWordCharacter(printable, i - 1) || !IsWordCharacter(printable, i + 1)) {
          escaped += '\\';
        }
        break;
      case '\\':
      case '`':
      case '*':
      case '[':
      case ']':
      case '|':
      case '~':
        escaped += '\\';
        break;
      default:
        break;
    }
    escaped += c;
  }
  return escaped;
}

std::string ComparisonMarkdown(const measure::Results& results, const measure::Summary& summary) {
  return MarkdownWriter(results, summary).Write();
}

}  // namespace report
