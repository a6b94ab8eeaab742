#pragma once
// Events as JSON objects, for logs and results files. docs/events.md describes the fields. For .cpp
// files only: it brings in nlohmann's header.

#include <optional>

#include <nlohmann/json.hpp>

#include "runtime/event.h"

namespace measure {

// All that is said of an event but when it was; times in microseconds. What does not belong to its
// kind is left out.
nlohmann::ordered_json EventToJson(const runtime::Event& event);
// Event::seconds stays 0. None: a kind that a later version adds. Throws nlohmann's exception when
// something is missing.
std::optional<runtime::Event> EventFromJson(const nlohmann::ordered_json& json);

// To a tenth.
double Micros(double seconds);

}  // namespace measure
