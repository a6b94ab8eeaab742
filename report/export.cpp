// Tests: tests/report/export_test.cpp.

#include "report/export.h"

#include "report/export_csv.h"
#include "report/export_hyperfine.h"
#include "report/export_markdown.h"
#include "report/export_pyperf.h"
#include "report/export_warmup_csv.h"

namespace report {

std::span<const FormatRow> Formats() {
  static constexpr FormatRow kFormats[] = {
      {Format::Markdown, "markdown", ".md", "the table, for pages and pull requests"},
      {Format::Csv, "csv", ".csv", "the table, for spreadsheets and data frames"},
      {Format::SamplesCsv, "samples-csv", "", "every iteration"},
      {Format::Hyperfine, "hyperfine", "", "hyperfine's JSON, a time a process"},
      {Format::HyperfineIterations, "hyperfine-iterations", "",
       "hyperfine's JSON, a time an iteration"},
      {Format::Pyperf, "pyperf", "", "pyperf's JSON"},
      {Format::WarmupCsv, "warmup-csv", "", "the CSV that warmup_stats reads"},
  };
  return kFormats;
}

std::optional<Format> FormatOf(std::string_view name_or_path) {
  for (const FormatRow& row : Formats()) {
    if (name_or_path == row.name || (!row.ending.empty() && name_or_path.ends_with(row.ending))) {
      return row.format;
    }
  }
  return std::nullopt;
}

std::string Export(Format format, const measure::Results& results,
                   const measure::Summary& summary) {
  switch (format) {
    case Format::Markdown:
      return ComparisonMarkdown(results, summary);
    case Format::Csv:
      return ComparisonCsv(results, summary);
    case Format::SamplesCsv:
      return SamplesCsv(results);
    case Format::Hyperfine:
      return HyperfineJson(results, summary, HyperfineTimes::Processes);
    case Format::HyperfineIterations:
      return HyperfineJson(results, summary, HyperfineTimes::Iterations);
    case Format::Pyperf:
      return PyperfJson(results, summary);
    case Format::WarmupCsv:
      return WarmupCsv(results, summary);
  }
  return {};
}

}  // namespace report
