// One pass over the log, then the functions that it does not name. Test: tests/report/why_test.cpp.

#include "report/why.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace report {
namespace {

using runtime::Event;
using runtime::EventKind;

// What an item is about: version, line and column of the loop.
using Key = std::tuple<uint32_t, uint32_t, uint32_t>;

Key KeyOf(const Event& event) { return {event.version, event.loop_line, event.loop_column}; }

void AddName(std::vector<std::string>* names, const std::string& name) {
  if (std::find(names->begin(), names->end(), name) == names->end()) {
    names->push_back(name);
  }
}

class Reader {
 public:
  Reader(const EventLog& log, const frontend::Program& program) : log_(log), program_(program) {}

  Why Read() {
    for (const Event& event : log_.events) {
      Add(event);
    }
    AddFunctionsWithoutVersion();
    Why why{log_.program, log_.engine, log_.end - log_.begin, {}};
    for (auto& [key, item] : items_) {
      why.items.push_back(std::move(item));
    }
    std::stable_sort(why.items.begin(), why.items.end(), [](const WhyItem& a, const WhyItem& b) {
      return std::tuple(a.line, a.is_loop, a.column) < std::tuple(b.line, b.is_loop, b.column);
    });
    return why;
  }

 private:
  double Since(double seconds) const { return seconds - log_.begin; }

  WhyItem& ItemOf(const Event& event) {
    const auto [place, is_new] = items_.try_emplace(KeyOf(event));
    WhyItem& item = place->second;
    if (is_new) {
      item.name = SubjectText(event);
      item.is_loop = event.loop_line != 0;
      item.line = item.is_loop ? event.loop_line : event.function_line;
      item.column = event.loop_column;
      item.was_reached = true;
      item.version = event.version;
      item.types = event.types;
    }
    return item;
  }

  void Add(const Event& event) {
    switch (event.kind) {
      case EventKind::Typed: {
        WhyItem& item = ItemOf(event);
        item.result = event.result;
        item.names = event.names;
        names_[event.version] = item.name;
        return;
      }
      case EventKind::Boxed:
        ItemOf(event).boxed.push_back(event);
        return;
      case EventKind::Refused:
        if (event.what != runtime::kRefusedInlining || !IsInlined(event)) {
          ItemOf(event).refused.push_back(event);
        }
        return;
      case EventKind::Hot: {
        WhyItem& item = ItemOf(event);
        if (!item.hot_at) {
          item.hot_at = Since(event.seconds);
          item.spent_seconds = event.spent_seconds;
          item.estimated_seconds = event.estimated_seconds;
        }
        return;
      }
      case EventKind::Interpreted: {
        WhyItem& item = ItemOf(event);
        if (!item.hot_at) {
          item.spent_seconds = event.spent_seconds;
          item.estimated_seconds = event.estimated_seconds;
        }
        return;
      }
      case EventKind::Phase: {
        // Lowering comes first, and begins a unit.
        if (event.phase == "lower") {
          phases_.clear();
        }
        phases_.emplace_back(event.phase, event.lasts_seconds);
        return;
      }
      case EventKind::Inlined: {
        WhyItem& item = ItemOf(event);
        const std::string into = NameOf(event.into);
        AddName(&item.inlined_into, into);
        inlined_.emplace_back(event.into, item.name);
        return;
      }
      case EventKind::CompileEnd:
        AddUnit(event);
        return;
      case EventKind::Published:
        for (WhyCode* code : pending_) {
          code->from = Since(event.seconds);
        }
        pending_.clear();
        return;
      case EventKind::Entered: {
        WhyItem& item = ItemOf(event);
        item.entered_at = item.entered_at.value_or(Since(event.seconds));
        return;
      }
      case EventKind::Started:
      case EventKind::Waited:
      case EventKind::Queued:
      case EventKind::CompileBegin:
        return;
    }
  }

  std::string NameOf(uint32_t version) const {
    const auto known = names_.find(version);
    return known == names_.end() ? "" : known->second;
  }

  bool IsInlined(const Event& refused) {
    const std::vector<std::string>& into = ItemOf(refused).inlined_into;
    return std::find(into.begin(), into.end(), NameOf(refused.into)) != into.end();
  }

  // The code counts from when it is published.
  void AddUnit(const Event& end) {
    WhyItem& own = ItemOf(end);
    const std::string unit = own.name;
    own.compiled_by = end.thread;
    own.instructions = end.instructions;
    own.code_bytes = end.code_bytes;
    own.phases = phases_;
    own.compile_seconds = 0;
    for (const auto& [phase, seconds] : phases_) {
      own.compile_seconds += seconds;
    }
    for (const auto& [into, name] : inlined_) {
      if (into == own.version) {
        AddName(&own.inlined, name);
      }
      if (const auto other = items_.find({into, 0, 0}); other != items_.end()) {
        AddName(&other->second.inlined, name);
      }
    }
    inlined_.clear();
    // What it is for comes before what it also holds.
    if (!own.code || !own.code->is_own) {
      own.code = {0, unit, true, false};
      pending_.push_back(&*own.code);
    }
    for (auto& [key, item] : items_) {
      const bool is_held =
          std::find(end.versions.begin(), end.versions.end(), item.version) != end.versions.end();
      if (is_held && !item.code) {
        const bool is_rest = end.loop_line != 0 && !item.is_loop && item.version == end.version;
        item.code = {0, unit, false, is_rest};
        pending_.push_back(&*item.code);
      }
    }
  }

  void AddFunctionsWithoutVersion() {
    std::vector<std::string> known;
    for (const auto& [version, name] : names_) {
      known.push_back(name);
    }
    uint32_t number = UINT32_MAX;
    for (const frontend::Function& function : program_.resolution.functions) {
      const bool is_named = function.kind == frontend::FunctionKind::Def ||
                            function.kind == frontend::FunctionKind::Bench;
      if (!is_named || std::find(known.begin(), known.end(), function.name) != known.end()) {
        continue;
      }
      WhyItem& item = items_[{number--, 0, 0}];
      item.name = function.name;
      item.line = program_.source->Locate(function.span.begin).line;
    }
  }

  const EventLog& log_;
  const frontend::Program& program_;
  std::map<Key, WhyItem> items_;                        // stays where it is
  std::map<uint32_t, std::string> names_;               // of functions, by version
  std::vector<std::pair<std::string, double>> phases_;  // of the unit being read
  std::vector<std::pair<uint32_t, std::string>> inlined_;
  std::vector<WhyCode*> pending_;
};

}  // namespace

Why ExplainRun(const EventLog& log, const frontend::Program& program) {
  return Reader(log, program).Read();
}

Why AtLine(const Why& why, const LineContent& content, uint32_t line) {
  Why chosen{why.program, why.engine, why.run_seconds, {}};
  const auto take = [&](const auto& is_meant) {
    for (const WhyItem& item : why.items) {
      if (is_meant(item)) {
        chosen.items.push_back(item);
      }
    }
    return !chosen.items.empty();
  };
  bool is_found = take([&](const WhyItem& item) { return item.line == line; });
  for (const uint32_t loop_line : content.loop_lines) {
    is_found = is_found ||
               take([&](const WhyItem& item) { return item.is_loop && item.line == loop_line; });
  }
  is_found = is_found || take([&](const WhyItem& item) {
               return !item.is_loop && item.line == content.function_line;
             });
  // Types and boxed values belong to the function around, whatever was chosen.
  for (WhyItem& item : chosen.items) {
    for (const WhyItem& function : why.items) {
      if (!function.is_loop && function.version == item.version && function.was_reached) {
        item.names = function.names;
        item.boxed = function.boxed;
      }
    }
    std::erase_if(item.boxed, [&](const Event& boxed) {
      const bool is_named =
          std::any_of(content.names.begin(), content.names.end(),
                      [&](const std::string& name) { return boxed.what == "`" + name + "`"; });
      return boxed.line != line && !is_named;
    });
    std::vector<runtime::TypedName> names;
    for (const std::string& name : content.names) {
      const runtime::TypedName* nearest = nullptr;
      for (const runtime::TypedName& typed : item.names) {
        if (typed.name == name && typed.line <= line &&
            (nearest == nullptr || typed.line > nearest->line)) {
          nearest = &typed;
        }
      }
      if (nearest != nullptr) {
        names.push_back(*nearest);
      }
    }
    item.names = std::move(names);
  }
  return chosen;
}

}  // namespace report
