// Versions are told from the symbols that Unit makes: gc$NAME$ID, and more behind it.
// Test: tests/jit/compile_events_test.cpp.

#include "jit/compile_events.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "infer/version_events.h"

namespace jit {
namespace {

using runtime::Event;
using runtime::EventKind;
using runtime::EventThread;

// None for what calls compiled code from outside.
std::optional<infer::VersionId> VersionOf(std::string_view symbol) {
  constexpr std::string_view kPrefix = "gc$";
  if (!symbol.starts_with(kPrefix)) {
    return std::nullopt;
  }
  const size_t at = symbol.find('$', kPrefix.size());
  infer::VersionId version = 0;
  if (at == std::string_view::npos ||
      std::from_chars(symbol.data() + at + 1, symbol.data() + symbol.size(), version).ec !=
          std::errc()) {
    return std::nullopt;
  }
  return version;
}

class Writer {
 public:
  Writer(const Machine& machine, const Job& job, std::vector<Event>* events)
      : machine_(machine), job_(job), events_(*events) {}

  void Write() {
    const ModuleReport& built = job_.built;
    Add(OfUnit(EventKind::CompileBegin, built.optimise_begin, job_.builder));
    AddPhase("lower", job_.lower_begin, job_.lower_begin + job_.lower_seconds, EventThread::Run);
    AddPhase("optimise", built.optimise_begin, built.optimise_end, job_.builder);
    AddInlined();
    AddPhase("codegen", built.codegen_begin, built.codegen_end, job_.builder);
    AddPhase("link", built.codegen_end, built.link_end, job_.builder);
    Event end = OfUnit(EventKind::CompileEnd, built.link_end, job_.builder);
    end.versions = job_.versions;
    end.instructions = built.instructions;
    end.code_bytes = built.code_bytes;
    Add(std::move(end));
    Event published = OfUnit(EventKind::Published, job_.published, EventThread::Run);
    published.pause_seconds = job_.publish_seconds;
    Add(std::move(published));
  }

 private:
  using Edge = std::pair<infer::VersionId, infer::VersionId>;

  Event Of(EventKind kind, infer::VersionId version, const frontend::Expr* loop = nullptr) const {
    return infer::EventOf(kind, machine_.program, machine_.inference, version, loop);
  }

  Event OfUnit(EventKind kind, double seconds, EventThread thread) const {
    Event event =
        Of(kind, job_.targets[0].version, job_.loop != nullptr ? job_.loop->loop : nullptr);
    event.seconds = seconds;
    event.thread = thread;
    return event;
  }

  void Add(Event event) { events_.push_back(std::move(event)); }

  void AddPhase(std::string_view phase, double begin, double end, EventThread thread) {
    Event event = OfUnit(EventKind::Phase, begin, thread);
    event.lasts_seconds = end - begin;
    event.phase = phase;
    Add(std::move(event));
  }

  // Each pair once, however many calls there are.
  bool IsNew(const Edge& edge) {
    const bool is_new = std::find(edges_.begin(), edges_.end(), edge) == edges_.end();
    if (is_new) {
      edges_.push_back(edge);
    }
    return is_new;
  }

  void AddEdge(EventKind kind, const Edge& edge, const std::string& reason) {
    Event event = Of(kind, edge.first);
    event.seconds = job_.built.optimise_end;
    event.thread = job_.builder;
    event.into = edge.second;
    if (kind == EventKind::Refused) {
      event.what = runtime::kRefusedInlining;
      event.reason = reason;
    }
    Add(std::move(event));
  }

  void AddInlined() {
    for (const Edge& edge : job_.fused) {
      if (IsNew(edge)) {
        AddEdge(EventKind::Inlined, edge, {});
      }
    }
    for (const auto& [decisions, kind] : {std::pair(&job_.built.inlined, EventKind::Inlined),
                                          std::pair(&job_.built.not_inlined, EventKind::Refused)}) {
      for (const InlineDecision& decision : *decisions) {
        const auto callee = VersionOf(decision.callee);
        const auto caller = VersionOf(decision.caller);
        if (callee && caller && *callee != *caller && IsNew({*callee, *caller})) {
          AddEdge(kind, {*callee, *caller}, decision.reason);
        }
      }
    }
    for (const Refusal& refusal : job_.built.refusals) {
      if (const auto version = VersionOf(refusal.function)) {
        Event event = Of(EventKind::Refused, *version);
        event.seconds = job_.built.optimise_end;
        event.thread = job_.builder;
        event.what = runtime::kRefusedOptimising;
        event.reason = refusal.reason;
        event.advice = "divide it into several functions";
        Add(std::move(event));
      }
    }
  }

  const Machine& machine_;
  const Job& job_;
  std::vector<Event>& events_;
  std::vector<Edge> edges_;
};

}  // namespace

void AddCompileEvents(const Machine& machine, std::vector<Event>* events) {
  for (const std::unique_ptr<Job>& job : machine.jobs) {
    Writer(machine, *job, events).Write();
  }
}

}  // namespace jit
