// Tests: tests/report/summary_json_test.cpp.

#include "report/json_fields.h"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace report {

void PutNumber(Json* object, const std::string& name, double value) {
  if (std::isfinite(value)) {
    (*object)[name] = value;
    return;
  }
  (*object)[name] = nullptr;
  (*object)[name + "_is"] = std::isnan(value) ? "not a number"
                            : value > 0       ? "infinite"
                                              : "-infinite";
}

Json IntervalJson(const measure::Interval& interval) {
  Json json;
  PutNumber(&json, "low", interval.low);
  PutNumber(&json, "high", interval.high);
  return json;
}

double Shortened(double value) {
  return std::strtod(fmt::format("{:.5e}", value).c_str(), nullptr);
}

std::string JsonText(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace report
