// Tests: tests/report/export_hyperfine_test.cpp, tests/report/foreign_reader_test.cpp.

#include "report/export_hyperfine.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "measure/quantile.h"
#include "report/cell_label.h"
#include "report/export_rows.h"

namespace report {
namespace {

using Json = nlohmann::ordered_json;

Json ResultJson(const std::string& command, const std::vector<double>& times,
                const measure::Cell& cell) {
  Json json{{"command", command}, {"mean", measure::Mean(times)}, {"stddev", nullptr}};
  if (times.size() > 1) {
    json["stddev"] = std::sqrt(measure::SampleVariance(times));
  }
  const auto [min, max] = std::minmax_element(times.begin(), times.end());
  json["median"] = measure::Median(times);
  json["user"] = 0.0;
  json["system"] = 0.0;
  json["min"] = *min;
  json["max"] = *max;
  json["times"] = times;
  json["exit_codes"] = std::vector<int>(times.size(), 0);
  for (const measure::Parameter& parameter : cell.parameters) {
    json["parameters"][parameter.name] = parameter.value;
  }
  return json;
}

}  // namespace

std::string HyperfineJson(const measure::Results& results, const measure::Summary& summary,
                          HyperfineTimes times) {
  Json list = Json::array();
  for (const ExportRow& row : ExportRows(results, summary)) {
    switch (times) {
      case HyperfineTimes::Processes: {
        std::vector<double> totals;
        for (const ExportProcess& process : row.processes) {
          totals.push_back(TotalSeconds(*process.run));
        }
        list.push_back(ResultJson(CellLabel(*row.cell), totals, *row.cell));
        break;
      }
      case HyperfineTimes::Iterations:
        for (const ExportProcess& process : row.processes) {
          list.push_back(ResultJson(ProcessLabel(*row.cell, process.run->round),
                                    process.summary->seconds, *row.cell));
        }
        break;
    }
  }
  const Json json{{"results", std::move(list)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace report
