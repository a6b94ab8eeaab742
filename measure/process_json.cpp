// Tests: tests/measure/results_json_test.cpp, tests/measure/worker_protocol_test.cpp.

#include "measure/process_json.h"

#include "measure/event_json.h"

namespace measure {

using Json = nlohmann::ordered_json;

Json PhasesToJson(const std::vector<runtime::PhaseTime>& phases) {
  Json json = Json::array();
  for (const runtime::PhaseTime& phase : phases) {
    json.push_back({{"phase", phase.phase}, {"seconds", phase.seconds}});
  }
  return json;
}

std::vector<runtime::PhaseTime> PhasesFromJson(const Json& json) {
  std::vector<runtime::PhaseTime> phases;
  for (const Json& phase : json) {
    phases.push_back({phase.at("phase"), phase.at("seconds")});
  }
  return phases;
}

namespace {

constexpr std::pair<DoubtKind, const char*> kDoubtKinds[] = {
    {DoubtKind::Discarded, "discarded"},
    {DoubtKind::NoValue, "no value"},
    {DoubtKind::NoGrowth, "no growth"},
    {DoubtKind::Folded, "folded"},
};

}  // namespace

Json DoubtsToJson(const std::vector<Doubt>& doubts) {
  Json json = Json::array();
  for (const Doubt& doubt : doubts) {
    for (const auto& [kind, name] : kDoubtKinds) {
      if (kind == doubt.kind) {
        json.push_back({{"kind", name}, {"text", doubt.text}});
      }
    }
  }
  return json;
}

std::vector<Doubt> DoubtsFromJson(const Json& json) {
  std::vector<Doubt> doubts;
  for (const Json& doubt : json) {
    for (const auto& [kind, name] : kDoubtKinds) {
      if (doubt.at("kind") == name) {
        doubts.push_back({kind, doubt.at("text")});
      }
    }
  }
  return doubts;
}

void FinishToJson(const ProcessRun& process, Json* json) {
  Json& fields = *json;
  fields["engine"] = PhasesToJson(process.engine);
  fields["value"] = process.value;
  fields["output"] = process.output;
  fields["tiers"] = Json::array();
  for (const runtime::TierCount& tier : process.tiers) {
    fields["tiers"].push_back({{"tier", tier.tier}, {"calls", tier.calls}});
  }
  if (process.events) {
    fields["events"] = Json::array();
    for (const PlacedEvent& placed : *process.events) {
      Json event = {{"iteration", placed.iteration}, {"into_us", Micros(placed.into_seconds)}};
      event.update(EventToJson(placed.event));
      fields["events"].push_back(std::move(event));
    }
  }
  fields["peak_bytes"] = process.peak_bytes;
  fields["involuntary_switches"] = process.involuntary_switches;
}

void FinishFromJson(const Json& json, ProcessRun* process) {
  process->engine = PhasesFromJson(json.at("engine"));
  process->value = json.at("value");
  process->output = json.at("output");
  for (const Json& tier : json.at("tiers")) {
    process->tiers.push_back({tier.at("tier"), tier.at("calls")});
  }
  if (json.contains("events")) {
    process->events.emplace();
    for (const Json& item : json.at("events")) {
      if (std::optional<runtime::Event> event = EventFromJson(item)) {
        process->events->push_back(
            {item.at("iteration"), item.at("into_us").get<double>() * 1e-6, std::move(*event)});
      }
    }
  }
  process->peak_bytes = json.at("peak_bytes");
  process->involuntary_switches = json.at("involuntary_switches");
}

}  // namespace measure
