#pragma once
// Numbers and intervals as the report's JSON writes them. For .cpp files only: it brings in
// nlohmann's header.

#include <string>

#include <nlohmann/json.hpp>

#include "measure/interval.h"

namespace report {

using Json = nlohmann::ordered_json;

// JSON has no infinities. A number that is not finite is null, and a field after it whose name ends
// in "_is" says which it is: "infinite", "-infinite" or "not a number".
void PutNumber(Json* object, const std::string& name, double value);
// {"low": ..., "high": ...}, by the rule above.
Json IntervalJson(const measure::Interval& interval);
// Six significant digits: what a plot can show, in a third of the characters.
double Shortened(double value);
// Bytes that are not UTF-8 become U+FFFD.
std::string JsonText(const Json& json, int indent);

}  // namespace report
