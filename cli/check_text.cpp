// Tests: tests/cli/check_test.cpp.

#include "cli/check_text.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "frontend/diagnostic.h"
#include "report/text_table.h"

namespace cli {
namespace {

std::string EndText(const peers::Outcome& outcome) {
  if (outcome.kind != peers::Outcome::Kind::Complete) {
    return outcome.note;
  }
  if (outcome.error_kind.empty()) {
    return {};
  }
  const auto [first, last] = outcome.error_lines;
  return first == 0 ? outcome.error_kind : fmt::format("{}, line {}", outcome.error_kind, first);
}

std::string NoteOf(const CheckedRun& run) {
  std::string note = EndText(run.outcome);
  const bool has_own_math = run.tolerance == measure::Tolerance::OwnMath ||
                            run.tolerance == measure::Tolerance::OwnSingleMath;
  if (has_own_math && run.verdict == peers::Verdict::Ok) {
    note += fmt::format("{}floats within {}: its own math library", note.empty() ? "" : "; ",
                        measure::TextOf(run.tolerance));
  }
  return note;
}

// The text with what a terminal would obey shown as escapes, line by line.
std::string PrintableLines(std::string_view text) {
  std::string printable;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    printable += frontend::Printable(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return printable;
}

}  // namespace

std::string CheckText(const std::vector<CheckedRun>& runs) {
  report::TextTable table({{"who"}, {"version"}, {"outcome"}, {"note"}});
  for (const CheckedRun& run : runs) {
    table.AddRow({run.name, run.version, std::string(peers::Name(run.verdict)), NoteOf(run)});
  }
  std::string text = table.Text();
  for (const CheckedRun& run : runs) {
    if (run.verdict == peers::Verdict::Differs) {
      text += fmt::format(
          "\n--- {}\n+++ {}\n{}", runs.front().name, run.name,
          PrintableLines(peers::Difference(runs.front().outcome, run.outcome, run.tolerance)));
    }
  }
  return text;
}

std::string CheckJson(const std::vector<CheckedRun>& runs) {
  using Json = nlohmann::ordered_json;
  Json rows = Json::array();
  for (const CheckedRun& run : runs) {
    const peers::Outcome& outcome = run.outcome;
    Json row = {{"who", run.name},
                {"version", run.version},
                {"outcome", peers::Name(run.verdict)},
                {"note", NoteOf(run)},
                {"output", outcome.output},
                {"error_kind", outcome.error_kind.empty() ? Json() : Json(outcome.error_kind)},
                {"error_first_line", outcome.error_lines.first},
                {"error_last_line", outcome.error_lines.last}};
    if (run.verdict == peers::Verdict::Differs) {
      row["difference"] = peers::Difference(runs.front().outcome, outcome, run.tolerance);
    }
    rows.push_back(std::move(row));
  }
  const Json json = {{"lab_check", 1}, {"runs", std::move(rows)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cli
