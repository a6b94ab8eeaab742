// The page is text from here: headings, findings, tables. Its script adds charts, which draw from
// the data at the end of the page. Tests: tests/report/html_report_test.cpp, and in a browser
// tests/report/html_page_test.cpp.

#include "report/html_report.h"

#include <fmt/format.h>

#include "report/assets.h"
#include "report/cost_curve.h"
#include "report/findings.h"
#include "report/html_tables.h"
#include "report/html_text.h"
#include "report/page_json.h"

namespace report {
namespace {

using measure::Results;
using measure::Summary;

// Nothing may be loaded; the page's own style and script stand in it.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'";

std::string Section(std::string_view id, std::string_view title, std::string_view body) {
  return fmt::format(
      "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n"
      "<h2 id=\"{0}-title\">{1}</h2>\n{2}</section>\n",
      id, HtmlText(title), body);
}

std::string Lead(std::string_view text) {
  return fmt::format("<p class=\"lead\">{}</p>\n", HtmlText(text));
}

// Where the script puts a chart.
std::string View(std::string_view id) {
  return fmt::format(
      "<div id=\"{}\"></div>\n"
      "<noscript><p>The chart needs the page's script; its table does not.</p>"
      "</noscript>\n",
      id);
}

std::string Title(const Results& results) {
  std::string names;
  for (const measure::ProgramText& program : results.plan.programs) {
    names += (names.empty() ? "" : ", ") + program.name;
  }
  return "Measured: " + names;
}

std::string Header(const Results& results, const Summary& summary) {
  const measure::Plan& plan = results.plan;
  size_t processes = 0;
  for (const measure::CellSummary& cell : summary.cells) {
    processes += cell.processes.size();
  }
  return fmt::format(
      "<header>\n<div>\n<h1>{}</h1>\n<p class=\"about\">{} · run {} · {} of {} rounds · {} rows · "
      "{} processes</p>\n</div>\n"
      "<button type=\"button\" id=\"theme\" aria-label=\"light or dark\" hidden></button>\n"
      "</header>\n",
      HtmlText(Title(results)), HtmlText(plan.started), HtmlText(plan.run), summary.rounds,
      plan.rounds, summary.cells.size(), processes);
}

std::string FindingsSection(const Results& results, const Summary& summary) {
  std::string body;
  for (const Finding& finding : Findings(results, summary)) {
    std::string sentences;
    for (const std::string& sentence : finding.sentences) {
      sentences += (sentences.empty() ? "" : " ") + HtmlText(sentence);
    }
    body += fmt::format("<dt>{}</dt>\n<dd>{}</dd>\n", HtmlText(finding.topic), sentences);
  }
  return Section("findings", "What was found", "<dl>\n" + body + "</dl>\n");
}

// Warnings and doubts; nothing when there are none.
std::string WarningsSection(const Results& results, const Summary& summary) {
  std::string items;
  for (const std::string& warning : summary.warnings) {
    items += "<li>" + HtmlText(warning) + ".</li>\n";
  }
  for (const measure::CellSummary& row : summary.cells) {
    const measure::Cell& cell = results.plan.cells[row.cell];
    for (const std::string& remark : measure::Remarks(row)) {
      items +=
          fmt::format("<li><strong>{} on {}</strong>: {}.</li>\n",
                      HtmlText(measure::BenchText(cell)), HtmlText(cell.engine), HtmlText(remark));
    }
  }
  return items.empty() ? std::string()
                       : Section("warnings", "Before you trust it", "<ul>\n" + items + "</ul>\n");
}

std::string CostSection(const Results& results, const std::vector<CostChart>& costs,
                        const std::vector<SizeSweep>& sweeps) {
  std::string tables;
  for (size_t i = 0; i < costs.size(); ++i) {
    tables += fmt::format(
        "<div class=\"data\">{}</div>\n",
        Folded("The values of this chart: " + costs[i].bench, CostTable(results, costs[i], i)));
  }
  std::string body = Lead(
      "What so many runs cost altogether, start of the process included. Where two lines cross, "
      "the later starter has caught up; the shaded range is the interval of that place.");
  body += View("cost-view") + "<div id=\"cost-tables\">\n" + tables + "</div>\n";
  for (size_t i = 0; i < sweeps.size(); ++i) {
    const SizeSweep& sweep = sweeps[i];
    const std::string fixed = sweep.fixed.empty() ? "" : " with " + sweep.fixed;
    body += fmt::format(
        "<h3>{}</h3>\n<div class=\"sweep-view\">{}</div>\n",
        HtmlText(fmt::format("One run of {} over {}{}", sweep.bench, sweep.parameter, fixed)),
        Folded("The values of this chart", SweepTable(sweep, i)));
  }
  return Section("break-even", "Break-even", body);
}

std::string Sections(const Results& results, const Summary& summary,
                     const std::vector<CostChart>& costs, const std::vector<SizeSweep>& sweeps) {
  std::string html = FindingsSection(results, summary) + WarningsSection(results, summary);
  html += Section("table", "Comparison",
                  Lead("Small print below a number is its interval. Click a heading to sort.") +
                      ComparisonTable(results, summary));
  html += Section(
      "warmup", "Warm-up",
      Lead("Every run of a process in its order, the first one included.") + View("warmup-view") +
          Folded("All processes: class, steady part and levels", ProcessTable(results, summary)));
  html += CostSection(results, costs, sweeps);
  html += Section("ratios", "Ratios",
                  Lead("Steady times against the base. A filled circle is a difference that the "
                       "data hold; a ring is one they do not.") +
                      View("ratio-view") +
                      Folded("The values of this chart", RatioTable(results, summary)));
  html += Section("phases", "Compiling and starting",
                  Lead("Medians over the processes, phase by phase.") + View("phase-view") +
                      Folded("The values of this chart", PhaseTable(results, summary)));
  html +=
      Section("environment", "Where it was measured", EnvironmentTable(results.plan.environment));
  html += Section("how", "How to read it", kHowToRead);
  return html;
}

}  // namespace

std::string HtmlReport(const Results& results, const Summary& summary) {
  const std::vector<CostChart> costs = CostCharts(results, summary);
  const std::vector<SizeSweep> sweeps = SizeSweeps(results, summary);
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>\n",
      kPolicy, HtmlText(Title(results)));
  html += kPageStyle;
  html += "</style>\n</head>\n<body>\n" + Header(results, summary) + "<main>\n" +
          Sections(results, summary, costs, sweeps) + "</main>\n";
  html += "<script type=\"application/json\" id=\"report-data\">" +
          PageJson(results, summary, costs, sweeps) + "</script>\n<script>\n";
  html += kPageScript;
  html += "</script>\n</body>\n</html>\n";
  return html;
}

}  // namespace report
