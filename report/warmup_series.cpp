// Tests: tests/report/warmup_series_test.cpp.

#include "report/warmup_series.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "measure/steady_bootstrap.h"
#include "report/text_table.h"
#include "report/units.h"
#include "report/warmup_causes.h"
#include "report/words.h"

namespace report {
namespace {

// Five means beyond each end of the interval; of 100,000 iterations this takes 1.8 s in a Debug
// build.
constexpr size_t kResamples = 1'000;

std::string RowOf(const measure::Cell& cell) {
  const std::string bench = measure::BenchText(cell);
  return cell.engine.empty() ? bench : bench.empty() ? cell.engine : bench + " on " + cell.engine;
}

// Changes of level by the run that each begins with, counted from 1.
std::string ChangesText(const measure::WarmupAnalysis& warmup) {
  constexpr size_t kShown = 4;
  std::string text;
  const size_t changes = warmup.segments.empty() ? 0 : warmup.segments.size() - 1;
  for (size_t i = 0; i < std::min(changes, kShown); ++i) {
    text += fmt::format("{}{}", i == 0 ? "" : ", ", warmup.segments[i + 1].begin + 1);
  }
  return changes > kShown ? fmt::format("{}, {} more", text, changes - kShown) : text;
}

// Unbounded when one iteration is all there is to draw from.
measure::Interval SteadyInterval(const WarmupSeries& series) {
  const auto& steady = series.warmup.steady;
  if (!steady || steady->count < 2) {
    return measure::kUnbounded;
  }
  return measure::BootstrapSteadyMean(series.seconds, series.warmup, {.resamples = kResamples})
      .interval;
}

// Nothing in proportion to a mean of zero.
std::string SteadyErrorText(const WarmupSeries& series) {
  const auto& steady = series.warmup.steady;
  return steady && steady->mean > 0 ? PlusMinusText(steady->mean, SteadyInterval(series)) : "";
}

}  // namespace

std::vector<WarmupSeries> SeriesOf(const measure::Results& results, measure::WarmupRule rule,
                                   measure::FirstIteration first) {
  std::vector<WarmupSeries> all;
  for (uint32_t cell = 0; cell < results.plan.cells.size(); ++cell) {
    const auto calls = static_cast<double>(results.plan.sampling[cell].calls);
    uint32_t number = 0;
    for (const measure::ProcessRun& process : results.processes) {
      std::vector<double> seconds = measure::SecondsOf(process);
      if (process.cell != cell || seconds.empty()) {
        continue;
      }
      measure::WarmupOptions options{.rule = rule, .first = first};
      options.timer_floor_seconds /= calls;
      options.resolution_seconds /= calls;
      measure::WarmupAnalysis warmup = measure::AnalyseWarmup(seconds, options);
      all.push_back({RowOf(results.plan.cells[cell]), ++number, std::move(seconds),
                     std::move(warmup), measure::CallsOf(process), process.events});
    }
  }
  return all;
}

std::string TitleOf(const WarmupSeries& series) {
  return fmt::format("{}, process {}", series.row, series.process);
}

RunPlot PlotOf(const WarmupSeries& series) {
  return {TitleOf(series), series.seconds, series.warmup,
          series.events ? MarksOf(*series.events) : std::vector<PlotMark>()};
}

std::string WarmupTable(const std::vector<WarmupSeries>& all) {
  TextTable table({{"row"},
                   {"process", Align::Right},
                   {"runs", Align::Right},
                   {"class"},
                   {"first run", Align::Right},
                   {"steady from", Align::Right},
                   {"after", Align::Right},
                   {"steady run", Align::Right},
                   {"99 %", Align::Right},
                   {"changes at run"},
                   {"outliers", Align::Right}});
  for (size_t i = 0; i < all.size(); ++i) {
    const WarmupSeries& series = all[i];
    const measure::WarmupAnalysis& warmup = series.warmup;
    const bool is_new_row = i == 0 || all[i - 1].row != series.row;
    if (is_new_row && i > 0) {
      table.AddRule();
    }
    const auto& steady = warmup.steady;
    table.AddRow(
        {is_new_row ? series.row : "", fmt::format("{}", series.process),
         fmt::format("{}", series.seconds.size()),
         warmup.warmup_class ? std::string(measure::Name(*warmup.warmup_class)) : "too few runs",
         DurationText(series.seconds.front()),
         steady ? fmt::format("run {}", steady->from + 1) : "",
         steady && steady->from > 0 ? DurationText(steady->seconds_before) : "",
         steady ? DurationText(steady->mean) : "", SteadyErrorText(series), ChangesText(warmup),
         fmt::format("{}", warmup.outliers.size())});
  }
  std::string text = table.Text();
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin;
    std::vector<measure::WarmupClass> classes;
    while (end < all.size() && all[end].row == all[begin].row) {
      if (all[end].warmup.warmup_class) {
        classes.push_back(*all[end].warmup.warmup_class);
      }
      ++end;
    }
    if (classes.size() > 1) {
      text += fmt::format("{}: {}\n", all[begin].row,
                          measure::Name(measure::Summarise(classes).consistency));
    }
    begin = end;
  }
  for (const std::string& causes : {WarmupCostTable(all), LevelChangesTable(all)}) {
    text += causes.empty() ? "" : "\n" + causes;
  }
  return text;
}

std::string WarmupJson(const std::vector<WarmupSeries>& all) {
  Json json = Json::array();
  for (const WarmupSeries& series : all) {
    const measure::WarmupAnalysis& warmup = series.warmup;
    Json item;
    item["name"] = series.row;
    item["process"] = series.process;
    item["iterations"] = series.seconds.size();
    item["class"] = warmup.warmup_class ? Json(measure::Name(*warmup.warmup_class)) : Json();
    item["changepoints"] = Json::array();
    item["segment_means"] = Json::array();
    item["segment_variances"] = Json::array();
    for (size_t i = 0; i < warmup.segments.size(); ++i) {
      if (i + 1 < warmup.segments.size()) {
        item["changepoints"].push_back(warmup.segments[i].end - 1);
      }
      item["segment_means"].push_back(warmup.segments[i].mean);
      item["segment_variances"].push_back(warmup.segments[i].variance);
    }
    item["outliers"] = warmup.outliers;
    const auto& steady = warmup.steady;
    item["steady_from"] = steady ? Json(steady->from) : Json();
    item["seconds_to_steady"] = steady ? Json(steady->seconds_before) : Json();
    item["steady_mean"] = steady ? Json(steady->mean) : Json();
    const measure::Interval interval = SteadyInterval(series);
    item["steady_interval"] = interval.IsBounded() ? Json{interval.low, interval.high} : Json();
    item["steady_variance"] = steady ? Json(steady->variance) : Json();
    item["penalty"] = warmup.penalty;
    item["delta_seconds"] = warmup.delta_seconds;
    item["detectable_seconds"] =
        std::isfinite(warmup.detectable_seconds) ? Json(warmup.detectable_seconds) : Json();
    item["rule"] = warmup.rule;
    PutCauses(series, &item);
    json.push_back(std::move(item));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace report
