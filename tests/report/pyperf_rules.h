#pragma once
// What the loader of pyperf 2 demands of a file (pyperf/_bench.py, pyperf/_metadata.py), stated
// anew, for machines without pyperf.

#include <string>

#include <nlohmann/json.hpp>

namespace report {

// The first rule that is broken; empty for a file that pyperf loads.
std::string PyperfOffence(const nlohmann::ordered_json& json);

}  // namespace report
