// Tests: tests/report/summary_json_test.cpp.

#include "report/summary_json.h"

#include "report/json_fields.h"
#include "report/words.h"

namespace report {
namespace {

using measure::CellSummary;
using measure::PairSummary;
using measure::Results;
using measure::WarmupClass;

std::string_view Name(measure::Witness witness) {
  switch (witness) {
    case measure::Witness::None:
      return "none";
    case measure::Witness::Student:
      return "student";
    case measure::Witness::SignedRanks:
      return "signed ranks";
  }
  return {};
}

std::string_view Name(measure::DoubtKind kind) {
  switch (kind) {
    case measure::DoubtKind::Discarded:
      return "discarded";
    case measure::DoubtKind::NoValue:
      return "no value";
    case measure::DoubtKind::NoGrowth:
      return "no growth";
    case measure::DoubtKind::Folded:
      return "folded";
  }
  return {};
}

Json PhasesJson(const std::vector<runtime::PhaseTime>& phases) {
  Json json = Json::array();
  for (const runtime::PhaseTime& phase : phases) {
    json.push_back({{"phase", phase.phase}, {"seconds", phase.seconds}});
  }
  return json;
}

Json OrNull(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json WarmupJson(const std::optional<measure::WarmupSummary>& warmup) {
  if (!warmup) {
    return nullptr;
  }
  return {{"consistency", measure::Name(warmup->consistency)},
          {"flat", warmup->Count(WarmupClass::Flat)},
          {"warmup", warmup->Count(WarmupClass::Warmup)},
          {"slowdown", warmup->Count(WarmupClass::Slowdown)},
          {"no_steady_state", warmup->Count(WarmupClass::NoSteadyState)}};
}

Json NamesJson(const measure::Cell& cell) {
  Json parameters = Json::array();
  for (const measure::Parameter& parameter : cell.parameters) {
    parameters.push_back({{"name", parameter.name}, {"value", parameter.value}});
  }
  return {{"program", cell.program},
          {"bench", cell.bench},
          {"engine", cell.engine},
          {"parameters", std::move(parameters)},
          {"text", measure::BenchText(cell)}};
}

// The numbers are null in a row without processes, which has none.
void PutTimes(const CellSummary& cell, Json* json) {
  const auto put = [&](const char* name, double value) {
    (*json)[name] = cell.processes.empty() ? Json() : Json(value);
  };
  if (cell.build_seconds > 0) {
    (*json)["build_seconds"] = cell.build_seconds;
  }
  put("startup_seconds", cell.startup_seconds);
  put("compile_seconds", cell.compile_seconds);
  (*json)["before"] = PhasesJson(cell.before);
  (*json)["phases"] = PhasesJson(cell.engine);
  put("first_seconds", cell.first_seconds);
  put("peak_bytes", cell.peak_bytes);
  (*json)["warmup"] = WarmupJson(cell.warmup);
  (*json)["steady_iteration"] = OrNull(cell.steady_iteration);
  (*json)["seconds_to_steady"] = OrNull(cell.seconds_to_steady);
  put("steady_seconds", cell.steady_seconds);
  (*json)["steady_interval"] = IntervalJson(cell.steady_interval);
}

Json CellJson(const Results& results, const CellSummary& cell) {
  Json json = NamesJson(results.plan.cells[cell.cell]);
  json["is_void"] = cell.is_void;
  if (!cell.left_out.empty()) {
    json["left_out"] = cell.left_out;
  }
  json["doubts"] = Json::array();
  for (const measure::Doubt& doubt : cell.doubts) {
    json["doubts"].push_back({{"kind", Name(doubt.kind)}, {"text", doubt.text}});
  }
  json["processes"] = cell.processes.size();
  PutTimes(cell, &json);
  json["tiers"] = cell.tiers;
  json["involuntary_switches"] = cell.involuntary_switches;
  return json;
}

Json BreakEvenJson(const measure::BreakEven& break_even) {
  Json json = {{"state", BreakEvenStateText(break_even.state)}};
  PutNumber(&json, "runs", break_even.runs);
  json["runs_interval"] = IntervalJson(break_even.runs_interval);
  PutNumber(&json, "seconds", break_even.seconds);
  json["seconds_interval"] = IntervalJson(break_even.seconds_interval);
  PutNumber(&json, "first_crossing_runs", break_even.first_crossing_runs);
  PutNumber(&json, "lost_at_runs", break_even.lost_at_runs);
  PutNumber(&json, "never_probability", break_even.never_probability);
  return json;
}

Json PairJson(const PairSummary& pair) {
  const measure::Comparison& comparison = pair.comparison;
  Json json = {{"base", pair.base},
               {"other", pair.other},
               {"verdict", VerdictText(comparison.verdict)},
               {"witness", Name(comparison.witness)},
               {"rounds", comparison.rounds}};
  PutNumber(&json, "ratio", comparison.ratio);
  json["interval"] = IntervalJson(comparison.interval);
  Json fieller;
  PutNumber(&fieller, "ratio", comparison.fieller.ratio);
  fieller["interval"] = IntervalJson(comparison.fieller.interval);
  json["fieller"] = std::move(fieller);
  PutNumber(&json, "sign_test_p", comparison.signs.p_value);
  json["late"] = pair.late;
  json["break_even"] = BreakEvenJson(pair.break_even);
  return json;
}

Json PairsJson(const std::vector<PairSummary>& pairs) {
  Json json = Json::array();
  for (const PairSummary& pair : pairs) {
    json.push_back(PairJson(pair));
  }
  return json;
}

}  // namespace

std::string SummaryJson(const Results& results, const measure::Summary& summary) {
  const measure::Plan& plan = results.plan;
  Json json = {{"lab_summary", kSummarySchema},     {"run", plan.run},
               {"started", plan.started},           {"base_engine", plan.base_engine},
               {"base_bench", plan.base_bench},     {"rounds", summary.rounds},
               {"planned_rounds", plan.rounds},     {"confidence", summary.confidence},
               {"comparisons", summary.comparisons}};
  json["cells"] = Json::array();
  for (const CellSummary& cell : summary.cells) {
    json["cells"].push_back(CellJson(results, cell));
  }
  json["engines"] = PairsJson(summary.engines);
  json["variants"] = PairsJson(summary.variants);
  json["warnings"] = summary.warnings;
  return JsonText(json, 2) + "\n";
}

}  // namespace report
