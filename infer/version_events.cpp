// Test: tests/infer/version_events_test.cpp.

#include "infer/version_events.h"

#include <set>

#include "infer/print_types.h"

namespace infer {

runtime::Event EventOf(runtime::EventKind kind, const frontend::Program& program,
                       const Inference& inference, VersionId id, const frontend::Expr* loop) {
  const Version& version = inference.Get(id);
  const frontend::Function& function = program.resolution.functions[version.function];
  runtime::Event event{.kind = kind};
  event.function = function.name;
  if (version.function != frontend::kTopFunction) {
    event.function_line = program.source->Locate(function.span.begin).line;
  }
  event.version = id;
  for (const TypeId type : version.params) {
    event.types += (event.types.empty() ? "" : ", ") + ShortName(inference.types(), program, type);
  }
  if (loop != nullptr) {
    const frontend::Place place = program.source->Locate(loop->span.begin);
    event.loop_line = place.line;
    event.loop_column = place.column;
  }
  return event;
}

void AddTyped(const frontend::Program& program, const Inference& inference, VersionId id,
              double seconds, std::vector<runtime::Event>* events) {
  const Version& version = inference.Get(id);
  const frontend::Function& function = program.resolution.functions[version.function];
  runtime::Event typed = EventOf(runtime::EventKind::Typed, program, inference, id);
  typed.seconds = seconds;
  typed.result = ShortName(inference.types(), program, version.result);
  for (size_t i = 0; i < version.locals.size(); ++i) {
    const frontend::Local& local = function.locals[i];
    // The source of a generator has no name.
    if (!local.name.empty()) {
      typed.names.push_back({std::string(local.name), program.source->Locate(local.span.begin).line,
                             ShortName(inference.types(), program, version.locals[i])});
    }
  }
  events->push_back(std::move(typed));
  for (const Unsettled& unsettled : version.unsettled) {
    runtime::Event boxed = EventOf(runtime::EventKind::Boxed, program, inference, id);
    const frontend::Place place = program.source->Locate(unsettled.span.begin);
    boxed.seconds = seconds;
    boxed.what = unsettled.what;
    boxed.reason = unsettled.reason;
    boxed.advice = unsettled.advice;
    boxed.line = place.line;
    boxed.column = place.column;
    events->push_back(std::move(boxed));
  }
}

void AddMissingTyped(const frontend::Program& program, const Inference& inference,
                     std::vector<runtime::Event>* events) {
  std::set<VersionId> known;
  for (const runtime::Event& event : *events) {
    if (event.kind == runtime::EventKind::Typed) {
      known.insert(event.version);
    }
  }
  std::vector<runtime::Event> missing;
  double begin = 0;
  for (const runtime::Event& event : *events) {
    if (event.kind == runtime::EventKind::Phase && event.phase == "lower") {
      begin = event.seconds;
    }
    for (const VersionId version : event.versions) {
      if (known.insert(version).second) {
        AddTyped(program, inference, version, begin, &missing);
      }
    }
  }
  events->insert(events->begin(), missing.begin(), missing.end());
}

}  // namespace infer
