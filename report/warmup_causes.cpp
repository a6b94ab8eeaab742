// Only engines that tell what they do have causes. Test: tests/report/warmup_causes_test.cpp.

#include "report/warmup_causes.h"

#include <fmt/format.h>

#include "measure/warmup_changes.h"
#include "report/text_table.h"
#include "report/units.h"

namespace report {
namespace {

std::string CauseText(const measure::LevelChange& change) {
  if (change.cause != nullptr) {
    return EventText(change.cause->event);
  }
  return change.is_second ? "the first run of the process is over" : "unexplained";
}

// A part that is nothing is no part.
std::string PartText(double seconds) {
  if (seconds == 0) {
    return "";
  }
  return seconds < 0 ? "-" + DurationText(-seconds) : DurationText(seconds);
}

}  // namespace

std::optional<measure::WarmupCost> CostOf(const WarmupSeries& series) {
  if (!series.events || !series.warmup.steady) {
    return std::nullopt;
  }
  return measure::CostOfWarmup(series.seconds, series.calls, *series.events,
                               series.warmup.steady->from, series.warmup.steady->mean);
}

std::string WarmupCostTable(const std::vector<WarmupSeries>& all) {
  TextTable table({{"cost of warm-up"},
                   {"process", Align::Right},
                   {"interpreting", Align::Right},
                   {"beside compiling", Align::Right},
                   {"compiling", Align::Right},
                   {"waiting", Align::Right},
                   {"the rest", Align::Right},
                   {"total", Align::Right}});
  std::string last_row;
  for (const WarmupSeries& series : all) {
    const std::optional<measure::WarmupCost> cost = CostOf(series);
    if (!cost || series.warmup.steady->from == 0) {
      continue;
    }
    const bool is_new_row = series.row != last_row;
    if (is_new_row && !table.empty()) {
      table.AddRule();
    }
    last_row = series.row;
    table.AddRow({is_new_row ? series.row : "", fmt::format("{}", series.process),
                  PartText(cost->interpreting), PartText(cost->beside), PartText(cost->compiling),
                  PartText(cost->waiting), PartText(cost->residual), PartText(cost->total)});
  }
  return table.empty() ? "" : table.Text();
}

std::string LevelChangesTable(const std::vector<WarmupSeries>& all) {
  TextTable table({{"change of level"},
                   {"process", Align::Right},
                   {"at run", Align::Right},
                   {"from", Align::Right},
                   {"to", Align::Right},
                   {"because"}});
  for (const WarmupSeries& series : all) {
    if (!series.events) {
      continue;
    }
    const std::vector<measure::LevelChange> changes =
        measure::ExplainChanges(series.warmup, *series.events);
    for (size_t i = 0; i < changes.size(); ++i) {
      table.AddRow({i == 0 && series.process == 1 ? series.row : "",
                    i == 0 ? fmt::format("{}", series.process) : "",
                    fmt::format("{}", changes[i].iteration + 1),
                    DurationText(series.warmup.segments[i].mean),
                    DurationText(series.warmup.segments[i + 1].mean), CauseText(changes[i])});
    }
  }
  return table.empty() ? "" : table.Text();
}

void PutCauses(const WarmupSeries& series, Json* object) {
  Json& json = *object;
  json["changes"] = Json();
  json["cost"] = Json();
  if (!series.events) {
    return;
  }
  json["changes"] = Json::array();
  for (const measure::LevelChange& change :
       measure::ExplainChanges(series.warmup, *series.events)) {
    json["changes"].push_back({{"iteration", change.iteration}, {"cause", CauseText(change)}});
  }
  if (const std::optional<measure::WarmupCost> cost = CostOf(series)) {
    json["cost"] = {{"interpreting", cost->interpreting}, {"beside", cost->beside},
                    {"compiling", cost->compiling},       {"waiting", cost->waiting},
                    {"residual", cost->residual},         {"total", cost->total}};
  }
}

}  // namespace report
