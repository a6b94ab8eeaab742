#pragma once
// The log of a run on several tiers. While the program runs, an entry is a few words; names and
// types are looked up when somebody asks for the events.

#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"
#include "runtime/event.h"

namespace tiered {

using runtime::Event;
using runtime::EventKind;

struct LogEntry {
  EventKind kind;
  double seconds;  // Context::clock
  infer::VersionId version = infer::kNoVersion;
  const frontend::Expr* loop = nullptr;  // null: calls of the version
  double spent_seconds = 0;              // Hot, Interpreted
  double estimated_seconds = 0;
  double lasts_seconds = 0;  // Started, Waited
  double pause_seconds = 0;  // Started, Queued: see runtime::Event
  runtime::EventThread thread = runtime::EventThread::Run;
};

// Typed entries bring what is boxed and which loops cannot be entered.
std::vector<Event> EventsOf(const std::vector<LogEntry>& log, const frontend::Program& program,
                            const infer::Inference& inference);

}  // namespace tiered
