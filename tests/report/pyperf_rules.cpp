// Each check names what it is about; the tests of the rules themselves are in
// export_pyperf_test.cpp.

#include "tests/report/pyperf_rules.h"

#include <optional>
#include <set>

namespace report {
namespace {

using Json = nlohmann::ordered_json;

bool IsWholeFrom(const Json& value, double least) {
  return value.is_number_integer() && value.get<double>() >= least;
}

std::string MetadatumOffence(const std::string& key, const Json& value) {
  static const std::set<std::string> kLoops = {"loops", "inner_loops", "calibrate_loops",
                                               "recalibrate_loops"};
  static const std::set<std::string> kWholes = {"mem_max_rss", "mem_peak_pagefile_usage",
                                                "command_max_rss", "calibrate_warmups",
                                                "recalibrate_warmups"};
  static const std::set<std::string> kAmounts = {"duration", "uptime", "load_avg_1min"};
  if (value.is_string()) {
    const std::string text = value;
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
      return key + " is empty";
    }
    if (text.find_first_of("\r\n") != std::string::npos) {
      return key + " has several lines";
    }
  }
  const bool is_good = kLoops.contains(key)     ? IsWholeFrom(value, 1)
                       : kWholes.contains(key)  ? IsWholeFrom(value, 0)
                       : kAmounts.contains(key) ? value.is_number() && value.get<double>() >= 0
                       : key == "unit" ? value == "second" || value == "byte" || value == "integer"
                       : key == "date" || key == "boot_time"
                           ? value.is_string()
                           : value.is_string() || value.is_number();
  return is_good ? "" : key + " has a bad value";
}

std::string MetadataOffence(const Json& holder) {
  const Json metadata = holder.value("metadata", Json::object());
  for (const auto& [key, value] : metadata.items()) {
    if (const std::string offence = MetadatumOffence(key, value); !offence.empty()) {
      return offence;
    }
  }
  return {};
}

std::string RunOffence(const Json& run) {
  const Json warmups = run.value("warmups", Json::array());
  const Json values = run.value("values", Json::array());
  for (const Json& warmup : warmups) {
    if (!warmup.is_array() || warmup.size() != 2 || !IsWholeFrom(warmup[0], 1) ||
        !warmup[1].is_number() || warmup[1].get<double>() < 0) {
      return "a warm-up is no pair of loops and value";
    }
  }
  for (const Json& value : values) {
    if (!value.is_number() || !(value.get<double>() > 0)) {
      return "a value is not above 0";
    }
  }
  if (warmups.empty() && values.empty()) {
    return "a run is empty";
  }
  return MetadataOffence(run);
}

// Of a benchmark's first run, with what is common to all.
std::optional<std::string> NameOf(const Json& file, const Json& benchmark) {
  for (const Json* holder : {&benchmark["runs"][0], &benchmark, &file}) {
    if (holder->contains("metadata") && (*holder)["metadata"].contains("name")) {
      return (*holder)["metadata"]["name"].get<std::string>();
    }
  }
  return std::nullopt;
}

}  // namespace

std::string PyperfOffence(const Json& json) {
  if (!json.is_object() || !json.contains("version") || json["version"] != "1.0") {
    return "the version is not 1.0";
  }
  if (std::string offence = MetadataOffence(json); !offence.empty()) {
    return offence;
  }
  if (!json.contains("benchmarks") || json["benchmarks"].empty()) {
    return "there is no benchmark";
  }
  std::set<std::string> names;
  for (const Json& benchmark : json["benchmarks"]) {
    if (std::string offence = MetadataOffence(benchmark); !offence.empty()) {
      return offence;
    }
    if (!benchmark.contains("runs") || benchmark["runs"].empty()) {
      return "a benchmark has no runs";
    }
    for (const Json& run : benchmark["runs"]) {
      if (std::string offence = RunOffence(run); !offence.empty()) {
        return offence;
      }
    }
    const std::optional<std::string> name = NameOf(json, benchmark);
    if (!name) {
      return "a benchmark has no name";
    }
    if (!names.insert(*name).second) {
      return "two benchmarks have one name";
    }
  }
  return {};
}

}  // namespace report
