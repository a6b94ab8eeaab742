// Tests: tests/measure/event_json_test.cpp, tests/report/events_text_test.cpp.

#include "measure/event_json.h"

#include <cmath>

namespace measure {

using Json = nlohmann::ordered_json;
using runtime::Event;
using runtime::EventKind;

namespace {

bool IsOfNothing(EventKind kind) { return kind == EventKind::Started || kind == EventKind::Waited; }

void PutByKind(const Event& event, Json* json) {
  Json& fields = *json;
  switch (event.kind) {
    case EventKind::Typed:
      fields["result"] = event.result;
      fields["names"] = Json::array();
      for (const runtime::TypedName& name : event.names) {
        fields["names"].push_back({{"name", name.name}, {"line", name.line}, {"type", name.type}});
      }
      return;
    case EventKind::Boxed:
      fields["what"] = event.what;
      fields["line"] = event.line;
      fields["column"] = event.column;
      break;
    case EventKind::Refused:
      fields["what"] = event.what;
      if (event.what == runtime::kRefusedInlining) {
        fields["into"] = event.into;
      }
      break;
    case EventKind::Hot:
    case EventKind::Interpreted:
      fields["spent_us"] = Micros(event.spent_seconds);
      fields["estimated_us"] = Micros(event.estimated_seconds);
      return;
    case EventKind::Started:
      fields["pause_us"] = Micros(event.pause_seconds);
      fields["lasts_us"] = Micros(event.lasts_seconds);
      return;
    case EventKind::Waited:
      fields["lasts_us"] = Micros(event.lasts_seconds);
      return;
    case EventKind::Phase:
      fields["phase"] = event.phase;
      fields["lasts_us"] = Micros(event.lasts_seconds);
      return;
    case EventKind::Inlined:
      fields["into"] = event.into;
      return;
    case EventKind::CompileEnd:
      fields["instructions"] = event.instructions;
      fields["code_bytes"] = event.code_bytes;
      fields["versions"] = event.versions;
      return;
    case EventKind::Queued:
    case EventKind::Published:
      fields["pause_us"] = Micros(event.pause_seconds);
      return;
    case EventKind::CompileBegin:
    case EventKind::Entered:
      return;
  }
  fields["reason"] = event.reason;
  if (!event.advice.empty()) {
    fields["advice"] = event.advice;
  }
}

}  // namespace

double Micros(double seconds) { return std::round(seconds * 1e7) / 10; }

Json EventToJson(const Event& event) {
  Json json = {{"event", Name(event.kind)}, {"thread", Name(event.thread)}};
  if (!IsOfNothing(event.kind)) {
    json["function"] = event.function;
    json["function_line"] = event.function_line;
    json["version"] = event.version;
    json["types"] = event.types;
    if (event.loop_line != 0) {
      json["loop_line"] = event.loop_line;
      json["loop_column"] = event.loop_column;
    }
  }
  PutByKind(event, &json);
  return json;
}

std::optional<Event> EventFromJson(const Json& json) {
  constexpr double kMicro = 1e-6;
  Event event;
  if (!FindEventKind(json.at("event").get<std::string>(), &event.kind)) {
    return std::nullopt;
  }
  event.thread = json.at("thread") == Name(runtime::EventThread::Compile)
                     ? runtime::EventThread::Compile
                     : runtime::EventThread::Run;
  if (!IsOfNothing(event.kind)) {
    event.function = json.at("function");
    event.function_line = json.at("function_line");
    event.version = json.at("version");
    event.types = json.at("types");
  }
  event.loop_line = json.value("loop_line", 0U);
  event.loop_column = json.value("loop_column", 0U);
  event.lasts_seconds = json.value("lasts_us", 0.0) * kMicro;
  event.result = json.value("result", "");
  for (const Json& name : json.value("names", Json::array())) {
    event.names.push_back({name.at("name"), name.at("line"), name.at("type")});
  }
  event.spent_seconds = json.value("spent_us", 0.0) * kMicro;
  event.estimated_seconds = json.value("estimated_us", 0.0) * kMicro;
  event.pause_seconds = json.value("pause_us", 0.0) * kMicro;
  event.phase = json.value("phase", "");
  event.versions = json.value("versions", std::vector<uint32_t>());
  event.instructions = json.value("instructions", uint64_t{0});
  event.code_bytes = json.value("code_bytes", uint64_t{0});
  event.into = json.value("into", 0U);
  event.what = json.value("what", "");
  event.reason = json.value("reason", "");
  event.advice = json.value("advice", "");
  event.line = json.value("line", 0U);
  event.column = json.value("column", 0U);
  return event;
}

}  // namespace measure
