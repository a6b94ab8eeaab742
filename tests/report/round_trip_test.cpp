// What is exported and imported again is the same, for the lab's results and for other tools'
// files.

#include <gtest/gtest.h>

#include "report/export.h"
#include "report/export_rows.h"
#include "report/import.h"
#include "tests/report/format_sample.h"
#include "tests/report/sample.h"

namespace report {
namespace {

measure::Results Imported(const std::string& text, const std::string& name) {
  measure::Results results;
  std::string error;
  EXPECT_TRUE(ImportResults(text, name, &results, &error)) << error;
  return results;
}

// Of the sample, the rows with names that the lab can have: identifiers for benches, engines
// without spaces. Labels do not tell others apart. They stand at the end.
measure::Results PlainResults() {
  measure::Results results = SampleResults();
  std::vector<measure::Cell>& cells = results.plan.cells;
  std::erase_if(cells, [](const auto& cell) { return cell.program != "great_circle.gc"; });
  results.plan.sampling.resize(cells.size());
  const auto is_gone = [&](const auto& of) { return of.cell >= cells.size(); };
  std::erase_if(results.probes, is_gone);
  std::erase_if(results.processes, is_gone);
  return results;
}

std::string Exported(Format format, const measure::Results& results) {
  return Export(format, results, measure::Summarise(results));
}

using Series = std::vector<std::tuple<measure::Cell, uint32_t, std::vector<double>>>;

// Row, round and iterations of all processes but those of void rows.
Series SeriesOf(const measure::Results& results) {
  Series series;
  for (const ExportRow& row : ExportRows(results, measure::Summarise(results))) {
    for (const ExportProcess& process : row.processes) {
      series.push_back({*row.cell, process.run->round, measure::SecondsOf(*process.run)});
    }
  }
  return series;
}

TEST(RoundTripTest, TheLabsIterationsComeBack) {
  const measure::Results plain = PlainResults();
  const Series expected = SeriesOf(plain);
  ASSERT_EQ(expected.size(), 12U * 6U);
  for (const Format format :
       {Format::SamplesCsv, Format::HyperfineIterations, Format::Pyperf, Format::WarmupCsv}) {
    const measure::Results results = Imported(Exported(format, plain), "export");
    Series series = SeriesOf(results);
    if (format == Format::SamplesCsv) {  // also has the void row, as all of them in all rounds
      std::erase_if(series, [](const auto& one) { return std::get<0>(one).bench == "folded"; });
    }
    ASSERT_EQ(series.size(), expected.size());
    for (size_t i = 0; i < series.size(); ++i) {
      EXPECT_EQ(std::get<0>(series[i]), std::get<0>(expected[i])) << static_cast<int>(format);
      EXPECT_EQ(std::get<1>(series[i]), std::get<1>(expected[i]));
      EXPECT_EQ(std::get<2>(series[i]), std::get<2>(expected[i]));
    }
    EXPECT_EQ(results.rounds_done, (std::vector<uint32_t>{0, 1, 2, 3, 4, 5}));
    EXPECT_EQ(results.plan.rounds, 6U);
    ASSERT_EQ(results.plan.programs.size(), 1U);
    EXPECT_EQ(results.plan.programs[0].name, "great_circle.gc");
  }
}

TEST(RoundTripTest, SamplesKeepAnyName) {
  const measure::Results results =
      Imported(Exported(Format::SamplesCsv, SampleResults()), "export");
  EXPECT_EQ(results.plan.cells, SampleResults().plan.cells);
  ASSERT_EQ(results.processes.size(), SampleResults().processes.size());
}

TEST(RoundTripTest, TheLabsProcessesComeBackAsWholes) {
  const measure::Results plain = PlainResults();
  const measure::Results results = Imported(Exported(Format::Hyperfine, plain), "export");
  ASSERT_EQ(results.plan.cells.size(), 12U);
  size_t at = 0;
  for (const measure::ProcessRun& run : plain.processes) {
    if (plain.plan.cells[run.cell].bench == "folded") {
      continue;
    }
    ASSERT_LT(at, results.processes.size());
    EXPECT_EQ(results.processes[at].round, run.round);
    EXPECT_EQ(results.plan.cells[results.processes[at].cell], plain.plan.cells[run.cell]);
    EXPECT_EQ(measure::SecondsOf(results.processes[at]), std::vector<double>{TotalSeconds(run)});
    ++at;
  }
  EXPECT_EQ(at, results.processes.size());
}

// The verdicts of a table do not depend on which way its samples went.
TEST(RoundTripTest, ComparisonsComeBack) {
  const measure::Results results =
      Imported(Exported(Format::SamplesCsv, SampleResults()), "export");
  const measure::Summary summary = measure::Summarise(results);
  ASSERT_GE(summary.engines.size(), SampleSummary().engines.size());
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(summary.engines[i].comparison.verdict, SampleSummary().engines[i].comparison.verdict);
    EXPECT_NEAR(summary.engines[i].comparison.ratio, SampleSummary().engines[i].comparison.ratio,
                0.02 * SampleSummary().engines[i].comparison.ratio);
  }
}

TEST(RoundTripTest, CallsComeBack) {
  measure::Results results;
  results.plan.programs = {{"a.gc", ""}};
  results.plan.cells = {{"a.gc", "b", "jit", {}}};
  results.plan.sampling = {{.calls = 10, .iterations = 5}};
  results.plan.rounds = 1;
  results.rounds_done = {0};
  measure::ProcessRun run;
  run.batches = {{.first = 0, .calls = 10, .seconds = {0.5, 0.25, 0.25}},
                 {.first = 3, .calls = 10, .seconds = {0.25, 0.25}}};
  results.processes = {run};
  for (const Format format : {Format::SamplesCsv, Format::Pyperf}) {
    const measure::Results again = Imported(Exported(format, results), "export");
    ASSERT_EQ(again.processes.size(), 1U);
    EXPECT_EQ(measure::SecondsOf(again.processes[0]), measure::SecondsOf(run));
    EXPECT_EQ(measure::CallsOf(again.processes[0]), measure::CallsOf(run));
    EXPECT_EQ(again.plan.sampling[0].calls, 10U);
    EXPECT_EQ(again.plan.sampling[0].iterations, 5U);
  }
}

TEST(RoundTripTest, OtherToolsFilesComeBack) {
  const std::pair<const char*, Format> kFiles[] = {
      {"formats/hyperfine_1.15_export.json", Format::Hyperfine},
      {"formats/pyperf_mult_list_py36.json", Format::Pyperf},
      {"formats/pyperf_mult_list_py38.json", Format::Pyperf},
      {"formats/pyperf_telco.json", Format::Pyperf},
      {"warmup_figures/examples_warmup_flat.csv", Format::WarmupCsv},
      {"synthetic/s03_warmup.txt", Format::WarmupCsv},
  };
  for (const auto& [path, format] : kFiles) {
    const measure::Results once = Imported(OracleText(path), "file");
    const measure::Results twice = Imported(Export(format, once, measure::Summarise(once)), "file");
    EXPECT_EQ(SeriesOf(twice), SeriesOf(once)) << path;
    EXPECT_FALSE(SeriesOf(once).empty()) << path;
    EXPECT_EQ(Exported(format, twice), Exported(format, once)) << path;
  }
}

}  // namespace
}  // namespace report
