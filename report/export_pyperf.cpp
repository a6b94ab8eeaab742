// What pyperf's loader demands is spelled out in tests/report/pyperf_rules.cpp. Tests:
// tests/report/export_pyperf_test.cpp, tests/report/foreign_reader_test.cpp.

#include "report/export_pyperf.h"

#include <algorithm>
#include <cmath>
#include <ctime>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/cell_label.h"
#include "report/export_rows.h"

namespace report {
namespace {

using Json = nlohmann::ordered_json;

// "2026-11-28T10:11:36Z" and what has passed since, as pyperf writes dates: "2026-11-28
// 10:11:37.250000". Empty when `started` is no such date.
std::string DateText(const std::string& started, double seconds_later) {
  std::tm parts{};
  if (strptime(started.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) {
    return {};
  }
  const auto micros = static_cast<int64_t>(std::floor(seconds_later * 1e6));
  const std::time_t time = timegm(&parts) + micros / 1'000'000;
  if (micros < 0 || gmtime_r(&time, &parts) == nullptr) {
    return {};
  }
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:06}", parts.tm_year + 1900,
                     parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                     micros % 1'000'000);
}

Json RunJson(const ExportProcess& process, uint64_t loops, const std::string& started) {
  const measure::ProcessRun& run = *process.run;
  const std::vector<double>& seconds = process.summary->seconds;
  const std::vector<uint64_t>& calls = process.summary->calls;
  size_t warmups = process.summary->steady_from;
  if (warmups == 0 && seconds.size() > 1 && calls.front() != loops) {
    warmups = 1;  // Values stand for `loops` calls each, and the first run is a single one.
  }
  Json json;
  const std::string date = DateText(started, run.batches.front().at_seconds);
  if (!date.empty()) {
    json["metadata"]["date"] = date;
  }
  json["metadata"]["duration"] = TotalSeconds(run);
  if (run.peak_bytes > 0) {
    json["metadata"]["mem_max_rss"] = run.peak_bytes;
  }
  for (size_t i = 0; i < seconds.size(); ++i) {
    if (i < warmups) {
      json["warmups"].push_back({calls[i], seconds[i]});
    } else if (seconds[i] > 0) {
      json["values"].push_back(seconds[i]);
    }
  }
  return json;
}

}  // namespace

std::string PyperfJson(const measure::Results& results, const measure::Summary& summary) {
  Json benchmarks = Json::array();
  for (const ExportRow& row : ExportRows(results, summary)) {
    const uint64_t loops = row.sampling->iterations > 1 ? row.sampling->calls : 1;
    Json runs = Json::array();
    for (const ExportProcess& process : row.processes) {
      runs.push_back(RunJson(process, loops, results.plan.started));
    }
    benchmarks.push_back({{"metadata", {{"loops", loops}, {"name", CellLabel(*row.cell)}}},
                          {"runs", std::move(runs)}});
  }
  const Json json{{"benchmarks", std::move(benchmarks)},
                  {"metadata", {{"unit", "second"}}},
                  {"version", "1.0"}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace report
