#pragma once
// Parts of records that a worker's replies and a results file share. For .cpp files only:
// it brings in nlohmann's header.

#include <vector>

#include <nlohmann/json.hpp>

#include "measure/results.h"

namespace measure {

nlohmann::ordered_json PhasesToJson(const std::vector<runtime::PhaseTime>& phases);
std::vector<runtime::PhaseTime> PhasesFromJson(const nlohmann::ordered_json& json);

nlohmann::ordered_json DoubtsToJson(const std::vector<Doubt>& doubts);
std::vector<Doubt> DoubtsFromJson(const nlohmann::ordered_json& json);

// What a process tells at its end: engine, value, output, tiers, events (where there are some),
// peak_bytes, involuntary_switches. Reading throws nlohmann's exception when something is missing.
void FinishToJson(const ProcessRun& process, nlohmann::ordered_json* json);
void FinishFromJson(const nlohmann::ordered_json& json, ProcessRun* process);

}  // namespace measure
