// Test: tests/tiered/events_test.cpp.

#include "tiered/events.h"

#include <fmt/format.h>

namespace tiered {
namespace {

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string Micros(std::string_view key, double seconds) {
  return fmt::format(",\"{}\":{:.1f}", key, seconds * 1e6);
}

}  // namespace

std::string_view Name(EventKind kind) {
  switch (kind) {
    case EventKind::Hot:
      return "hot";
    case EventKind::Queued:
      return "queued";
    case EventKind::CompileBegin:
      return "compile-begin";
    case EventKind::CompileEnd:
      return "compile-end";
    case EventKind::Published:
      return "published";
    case EventKind::Entered:
      return "entered";
    case EventKind::Refused:
      return "refused";
    case EventKind::Started:
      return "started";
  }
  return {};
}

std::string EventsText(const std::vector<Event>& events, const frontend::Program& program) {
  std::string text = fmt::format("{{\"schema\":{},\"program\":{}}}\n", kEventSchema,
                                 Quoted(program.source->name()));
  for (const Event& event : events) {
    text += fmt::format("{{\"event\":\"{}\"", Name(event.kind));
    text += Micros("at_us", event.seconds);
    if (event.kind != EventKind::Started) {
      text += fmt::format(",\"function\":{},\"version\":{},\"types\":{}",
                          Quoted(program.resolution.functions[event.function].name), event.version,
                          Quoted(event.types));
      if (event.loop_line != 0) {
        text += fmt::format(",\"loop_line\":{}", event.loop_line);
      }
    }
    if (event.kind == EventKind::Hot) {
      text += Micros("spent_us", event.spent_seconds);
      text += Micros("estimated_us", event.estimated_seconds);
    }
    if (event.kind == EventKind::Started || event.kind == EventKind::Queued ||
        event.kind == EventKind::Published) {
      text += Micros("pause_us", event.pause_seconds);
    }
    if (event.kind == EventKind::CompileEnd) {
      text += Micros("lower_us", event.lower_seconds);
      text += Micros("optimise_us", event.optimise_seconds);
      text += Micros("codegen_us", event.codegen_seconds);
      text += Micros("link_us", event.link_seconds);
      text += fmt::format(",\"instructions\":{},\"code_bytes\":{}", event.instructions,
                          event.code_bytes);
    }
    if (!event.reason.empty()) {
      text += ",\"reason\":" + Quoted(event.reason);
    }
    text += "}\n";
  }
  return text;
}

}  // namespace tiered
