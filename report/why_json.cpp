// Test: tests/report/why_test.cpp.

#include "report/json_fields.h"
#include "report/why_text.h"

namespace report {
namespace {

Json OrNull(const std::optional<double>& seconds) { return seconds ? Json(*seconds) : Json(); }

Json BoxedJson(const runtime::Event& boxed) {
  return {{"what", boxed.what},
          {"line", boxed.line},
          {"column", boxed.column},
          {"reason", boxed.reason},
          {"edit", boxed.advice.empty() ? Json() : Json(boxed.advice)}};
}

Json RefusedJson(const runtime::Event& refused) {
  return {{"what", refused.what},
          {"reason", refused.reason},
          {"edit", refused.advice.empty() ? Json() : Json(refused.advice)}};
}

Json ItemJson(const WhyItem& item) {
  Json json = {{"name", item.name},
               {"kind", item.is_loop ? "loop" : "function"},
               {"line", item.line == 0 ? Json() : Json(item.line)},
               {"is_reached", item.was_reached},
               {"types", item.types},
               {"result", item.is_loop ? Json() : Json(item.result)},
               {"hot_at", OrNull(item.hot_at)},
               {"interpreting_seconds", item.spent_seconds},
               {"estimated_seconds", item.estimated_seconds}};
  json["compile"] = Json();
  if (item.code && item.code->is_own) {
    Json phases = Json::array();
    for (const auto& [phase, seconds] : item.phases) {
      phases.push_back({{"phase", phase}, {"seconds", seconds}});
    }
    json["compile"] = {{"seconds", item.compile_seconds},
                       {"thread", runtime::Name(item.compiled_by)},
                       {"phases", std::move(phases)},
                       {"instructions", item.instructions},
                       {"code_bytes", item.code_bytes}};
  }
  json["machine_code"] = Json();
  if (item.code) {
    json["machine_code"] = {{"from", item.code->from}, {"unit", item.code->unit}};
  }
  json["entered_at"] = OrNull(item.entered_at);
  json["inlined"] = item.inlined;
  json["inlined_into"] = item.inlined_into;
  json["names"] = Json::array();
  for (const runtime::TypedName& name : item.names) {
    json["names"].push_back({{"name", name.name}, {"line", name.line}, {"type", name.type}});
  }
  json["boxed"] = Json::array();
  for (const runtime::Event& boxed : item.boxed) {
    json["boxed"].push_back(BoxedJson(boxed));
  }
  json["refused"] = Json::array();
  for (const runtime::Event& refused : item.refused) {
    json["refused"].push_back(RefusedJson(refused));
  }
  return json;
}

}  // namespace

std::string WhyJson(const Why& why, uint32_t line) {
  Json json = {{"lab_why", 1},
               {"program", why.program},
               {"engine", why.engine},
               {"line", line == 0 ? Json() : Json(line)},
               {"run_seconds", why.run_seconds}};
  json["items"] = Json::array();
  for (const WhyItem& item : why.items) {
    json["items"].push_back(ItemJson(item));
  }
  return JsonText(json, 2) + "\n";
}

}  // namespace report
