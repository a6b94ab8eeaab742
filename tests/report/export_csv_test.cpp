// report/export_csv.h and report/export_warmup_csv.h, against the summary they are made from.

#include "report/export_csv.h"

#include <cstdlib>
#include <map>

#include <gtest/gtest.h>

#include "report/csv.h"
#include "report/export_warmup_csv.h"
#include "tests/report/sample.h"

namespace report {
namespace {

using Record = std::map<std::string, std::string>;

std::vector<Record> Records(const std::string& text) {
  std::vector<CsvRow> rows;
  std::string error;
  EXPECT_TRUE(ReadCsv(text, &rows, &error)) << error;
  std::vector<Record> records;
  for (size_t i = 1; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].fields.size(), rows[0].fields.size()) << "line " << rows[i].line;
    Record record;
    for (size_t column = 0; column < rows[0].fields.size(); ++column) {
      EXPECT_TRUE(record.emplace(rows[0].fields[column], rows[i].fields[column]).second)
          << rows[0].fields[column];
    }
    records.push_back(std::move(record));
  }
  return records;
}

// The number itself, not one near it.
void ExpectNumber(const Record& record, const std::string& column, double value) {
  ASSERT_TRUE(record.contains(column)) << column;
  EXPECT_EQ(std::strtod(record.at(column).c_str(), nullptr), value) << column;
}

TEST(ExportCsvTest, HoldsTheSummaryExactly) {
  const measure::Summary& summary = SampleSummary();
  const std::vector<Record> records = Records(ComparisonCsv(SampleResults(), summary));
  ASSERT_EQ(records.size(), summary.cells.size());
  for (const measure::CellSummary& cell : summary.cells) {
    const Record& record = records[cell.cell];
    const measure::Cell& row = SampleResults().plan.cells[cell.cell];
    EXPECT_EQ(record.at("program"), row.program);
    EXPECT_EQ(record.at("bench"), row.bench);
    EXPECT_EQ(record.at("engine"), row.engine);
    EXPECT_EQ(record.at("parameter_n"), row.parameters.empty() ? "" : row.parameters[0].value);
    EXPECT_EQ(record.at("void"), cell.is_void ? "yes" : "no");
    ExpectNumber(record, "processes", 6);
    ExpectNumber(record, "startup_seconds", cell.startup_seconds);
    ExpectNumber(record, "compile_seconds", cell.compile_seconds);
    ExpectNumber(record, "first_seconds", cell.first_seconds);
    ExpectNumber(record, "steady_seconds", cell.steady_seconds);
    ExpectNumber(record, "steady_seconds_low", cell.steady_interval.low);
    ExpectNumber(record, "steady_seconds_high", cell.steady_interval.high);
    ExpectNumber(record, "peak_bytes", cell.peak_bytes);
    ASSERT_TRUE(cell.warmup.has_value());
    ExpectNumber(record, "warmup_processes",
                 static_cast<double>(cell.warmup->Count(measure::WarmupClass::Warmup)));
    EXPECT_EQ(record.at("consistency"), measure::Name(cell.warmup->consistency));
    EXPECT_EQ(record.at("tiers"), cell.tiers);
    EXPECT_EQ(record.at("doubts"), cell.doubts.empty() ? "" : cell.doubts[0].text);
  }
}

TEST(ExportCsvTest, HoldsComparisonsExactly) {
  const measure::Summary& summary = SampleSummary();
  const std::vector<Record> records = Records(ComparisonCsv(SampleResults(), summary));
  ASSERT_FALSE(summary.engines.empty());
  for (const measure::PairSummary& pair : summary.engines) {
    const Record& record = records[pair.other];
    EXPECT_EQ(record.at("base_engine"), "interp");
    ExpectNumber(record, "engine_ratio", pair.comparison.ratio);
    ExpectNumber(record, "engine_ratio_low", pair.comparison.interval.low);
    ExpectNumber(record, "engine_ratio_high", pair.comparison.interval.high);
    EXPECT_FALSE(record.at("engine_verdict").empty());
    EXPECT_FALSE(record.at("break_even").empty());
    EXPECT_EQ(records[pair.base].at("engine_ratio"), "");
  }
  ASSERT_FALSE(summary.variants.empty());
  for (const measure::PairSummary& pair : summary.variants) {
    EXPECT_EQ(records[pair.other].at("base_bench"), "raw");
    ExpectNumber(records[pair.other], "bench_ratio", pair.comparison.ratio);
  }
}

TEST(ExportCsvTest, WhatIsNotKnownIsEmptyAndWhatHasNoEndIsInf) {
  measure::Results results;
  results.plan.programs = {{"=cmd()", ""}};
  results.plan.cells = {{"=cmd()", "b", "x", {}}, {"=cmd()", "b", "y", {}}};
  results.plan.sampling.resize(2);
  measure::Summary summary;
  summary.cells.resize(2);
  summary.cells[1].cell = 1;
  summary.cells[0].is_void = summary.cells[1].is_void = true;
  measure::PairSummary pair{};
  pair.base = 0;
  pair.other = pair.late = 1;
  pair.comparison.interval = measure::kUnbounded;
  const double infinite = measure::kUnbounded.high;
  pair.break_even.state = measure::BreakEvenState::Extrapolated;
  pair.break_even.runs = 50;
  pair.break_even.runs_interval = {20, infinite};
  pair.break_even.seconds = 1.5;
  pair.break_even.seconds_interval = {1, infinite};
  summary.engines = {pair};
  std::vector<Record> records = Records(ComparisonCsv(results, summary));
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].at("steady_seconds"), "");
  EXPECT_EQ(records[0].at("steady_seconds_low"), "");
  EXPECT_EQ(records[0].at("warmup_processes"), "");
  EXPECT_EQ(records[1].at("engine_ratio_low"), "");
  EXPECT_EQ(records[1].at("break_even"), "extrapolated");
  EXPECT_EQ(records[1].at("break_even_runs"), "50");
  EXPECT_EQ(records[1].at("break_even_runs_low"), "20");
  EXPECT_EQ(records[1].at("break_even_runs_high"), "inf");
  EXPECT_EQ(records[1].at("break_even_seconds_high"), "inf");
  EXPECT_NE(ComparisonCsv(results, summary).find("\n'=cmd(),b,x,"), std::string::npos);

  measure::BreakEven& break_even = summary.engines[0].break_even;
  break_even.state = measure::BreakEvenState::Never;
  break_even.runs = infinite;
  break_even.runs_interval = break_even.seconds_interval = measure::kUnbounded;
  records = Records(ComparisonCsv(results, summary));
  EXPECT_EQ(records[1].at("break_even"), "never");
  EXPECT_EQ(records[1].at("break_even_runs"), "");
  EXPECT_EQ(records[1].at("break_even_seconds"), "");
}

TEST(ExportCsvTest, SamplesAreAllThereInOrder) {
  const std::vector<Record> records = Records(SamplesCsv(SampleResults()));
  size_t at = 0;
  for (const measure::ProcessRun& run : SampleResults().processes) {
    const std::vector<double> seconds = measure::SecondsOf(run);
    for (size_t i = 0; i < seconds.size(); ++i, ++at) {
      ASSERT_LT(at, records.size());
      EXPECT_EQ(records[at].at("engine"), SampleResults().plan.cells[run.cell].engine);
      ExpectNumber(records[at], "round", run.round);
      ExpectNumber(records[at], "iteration", static_cast<double>(i));
      ExpectNumber(records[at], "calls", 1);
      ExpectNumber(records[at], "seconds", seconds[i]);
    }
  }
  EXPECT_EQ(at, records.size());
}

TEST(ExportWarmupCsvTest, IsWhatWarmupStatsReads) {
  std::vector<CsvRow> rows;
  std::string error;
  ASSERT_TRUE(ReadCsv(WarmupCsv(SampleResults(), SampleSummary()), &rows, &error)) << error;
  ASSERT_EQ(rows[0].fields.size(), 2U + 48U);
  EXPECT_EQ(rows[0].fields[0], "process_exec_idx");
  EXPECT_EQ(rows[0].fields[1], "bench_name");
  EXPECT_EQ(rows[0].fields[2], "0");
  EXPECT_EQ(rows[0].fields.back(), "47");  // warmup_stats counts iterations by this
  // All rows but the void one.
  ASSERT_EQ(rows.size(), 1 + 6 * (SampleResults().plan.cells.size() - 1));
  EXPECT_EQ(rows[1].fields[0], "0");
  EXPECT_EQ(rows[1].fields[1], "great_circle.gc raw(n=100) @interp");
  EXPECT_EQ(rows[6].fields[0], "5");
  for (const CsvRow& row : rows) {
    // It splits "language:bench:vm" at the colons.
    EXPECT_EQ(row.fields[1].find(':'), std::string::npos);
    for (const std::string& field : row.fields) {
      EXPECT_FALSE(field.empty());
    }
  }
}

}  // namespace
}  // namespace report
