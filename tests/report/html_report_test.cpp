// The page as text: nothing it would load, no markup from outside, tables without its script.
// html_page_test.cpp opens it in a browser.

#include "report/html_report.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/report/sample.h"

namespace report {
namespace {

const std::string& Page() {
  static const std::string page = HtmlReport(SampleResults(), SampleSummary());
  return page;
}

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) {
    ++count;
  }
  return count;
}

std::string Between(const std::string& text, const std::string& begin, const std::string& end) {
  const size_t from = text.find(begin);
  EXPECT_NE(from, std::string::npos) << begin;
  const size_t to = text.find(end, from + begin.size());
  EXPECT_NE(to, std::string::npos) << end;
  return text.substr(from + begin.size(), to - from - begin.size());
}

TEST(HtmlReportTest, LoadsNothing) {
  for (const char* part : {"src=\"", "href=\"", "url(", "@import", "<link", "<iframe", "import("}) {
    EXPECT_EQ(Count(Page(), part), 0U) << part;
  }
  EXPECT_EQ(Count(Page(), "default-src 'none'"), 1U);
  EXPECT_EQ(Count(Page(), "://"), 1U);  // the name of the SVG namespace
}

TEST(HtmlReportTest, ItsScriptParsesNoMarkup) {
  for (const char* part : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
                           "DOMParser", "eval(", "new Function"}) {
    EXPECT_EQ(Count(Page(), part), 0U) << part;
  }
}

TEST(HtmlReportTest, ShowsHostileTextAsText) {
  EXPECT_EQ(Count(Page(), "<img"), 0U);
  EXPECT_EQ(Count(Page(), "</script>"), 2U);  // the data's and the script's own
  EXPECT_GT(Count(Page(), "&lt;/script&gt;&lt;img src=x onerror=hostile()&gt;"), 5U);
}

TEST(HtmlReportTest, CarriesItsDataWithoutMarkup) {
  const std::string data = Between(Page(), "id=\"report-data\">", "</script>");
  EXPECT_EQ(data.find_first_of("<>&"), std::string::npos);
  for (const char c : data) {
    ASSERT_GT(c, 0);
  }
  const nlohmann::json json = nlohmann::json::parse(data);
  const auto& cells = json.at("summary").at("cells");
  EXPECT_EQ(cells.size(), SampleSummary().cells.size());
  EXPECT_EQ(cells.back().at("bench"), kHostile);
  const auto& series = json.at("series");
  ASSERT_EQ(series.size(), cells.size());
  EXPECT_EQ(series[0].size(), 6U);
  EXPECT_EQ(series[0][0].at("seconds").size(), 24U);
  EXPECT_EQ(series[0][0].at("class"), "warmup");
  EXPECT_EQ(json.at("costs").size(), 5U);
  EXPECT_EQ(json.at("sweeps").size(), 1U);
}

TEST(HtmlReportTest, EscapesLineSeparators) {
  measure::Results results = SampleResults();
  results.plan.cells[0].engine = "a\u2028b\u2029c";
  const std::string page = HtmlReport(results, measure::Summarise(results));
  EXPECT_NE(page.find("a\\u2028b\\u2029c"), std::string::npos);
}

TEST(HtmlReportTest, HasItsTablesWithoutAScript) {
  const std::string table = Between(Page(), "<table id=\"comparison\"", "</table>");
  EXPECT_EQ(Count(table, "<tr>"), 1 + SampleSummary().cells.size());
  EXPECT_EQ(Count(table, "cannot tell apart"), 1U);
  EXPECT_EQ(Count(table, ">void<"), 1U);
  for (const char* id : {"ratio-data", "process-data", "cost-data-0", "cost-data-4", "sweep-data-0",
                         "phase-data", "environment-data"}) {
    EXPECT_GT(Count(Between(Page(), "id=\"" + std::string(id) + "\"", "</table>"), "<tr>"), 2U)
        << id;
  }
  EXPECT_EQ(Count(Page(), "<td>performance</td>"), 0U);  // a list stands as JSON
  EXPECT_EQ(Count(Page(), "[&quot;performance&quot;]"), 1U);
  EXPECT_EQ(Count(Page(), "cpu.model"), 1U);
}

TEST(HtmlReportTest, WorksWithoutRoundsVariantsOrEnvironment) {
  measure::Results results = SampleResults();
  results.plan.environment = "{}";
  results.plan.cells.resize(1);
  results.plan.sampling.resize(1);
  results.probes.clear();
  std::erase_if(results.processes, [](const auto& process) { return process.cell != 0; });
  const std::string page = HtmlReport(results, measure::Summarise(results));
  EXPECT_EQ(Count(page, "id=\"warnings\""), 0U);
  EXPECT_EQ(Count(page, "id=\"comparison\""), 1U);
}

}  // namespace
}  // namespace report
