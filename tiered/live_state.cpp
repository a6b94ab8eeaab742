// Tests: tests/tiered/live_state_test.cpp; every golden program runs with it (tests/golden_test.cpp).

#include "tiered/live_state.h"

#include <fmt/format.h>

#include "runtime/ops.h"

namespace tiered {
namespace {

using infer::StepKind;
using runtime::Tag;
using runtime::Value;

// Longer ones are the same when they are the same object.
constexpr uint64_t kMostShown = 64;
constexpr uint32_t kMostLevels = 3;  // of lists in lists

// Lists are not shown by runtime::Repr, which looks at the interrupt that is the program's to see.
std::string Shown(runtime::Context& context, Value value, uint32_t levels = kMostLevels) {
  std::string shown;
  if (value.tag == Tag::Str && value.str->size_bytes > kMostShown) {
    return fmt::format("str of {} bytes at {}", value.str->size_bytes, fmt::ptr(value.str));
  }
  if (value.tag != Tag::List) {
    runtime::Repr(context, value, &shown);
    return shown;
  }
  if (value.list->size > kMostShown || levels == 0) {
    return fmt::format("list of {} at {}", value.list->size, fmt::ptr(value.list));
  }
  for (uint64_t i = 0; i < value.list->size; ++i) {
    const Value element = runtime::ElementAt(context, value.list, i);
    shown += (i == 0 ? "" : ", ") + Shown(context, element, levels - 1);
    runtime::Release(element);
  }
  return "[" + shown + "]";
}

std::vector<std::string> WordsOf(StepKind kind) {
  switch (kind) {
    case StepKind::While:
    case StepKind::For:
    case StepKind::Quantify:
      return {};
    case StepKind::Range:
      return {"element", "end"};
    case StepKind::Steps:
      return {"element", "turns left", "step"};
    case StepKind::List:
      return {"list", "index"};
    case StepKind::Str:
      return {"string", "offset"};
    case StepKind::Stage:
      return {"function"};
    case StepKind::Fold:
      return {"value so far", "is there one"};
    case StepKind::Collect:
      return {"list so far"};
    case StepKind::Join:
      return {"separator", "text so far", "is there a part"};
  }
  return {};
}

}  // namespace

void LiveState::NameWords(const interp::Loop& loop) {
  const infer::LoopEntry& entry = loop.code->loop_entries.entries[loop.entry];
  const frontend::Function& function = program_.resolution.functions[loop.code->function];
  names_.clear();
  for (size_t i = 0; i < loop.code->params.size(); ++i) {
    names_.emplace_back(function.locals[i].name);
  }
  for (const auto* locals : {&entry.kept, &entry.changed, &entry.locals}) {
    for (const frontend::LocalId local : *locals) {
      names_.emplace_back(function.locals[local].name);
    }
  }
  for (const infer::Step& step : entry.path) {
    const uint32_t line = program_.source->Locate(step.expr->span.begin).line;
    for (const std::string& word : WordsOf(step.kind)) {
      names_.push_back(fmt::format("{} (line {})", word, line));
    }
  }
}

void LiveState::Left(const interp::Loop& loop, const interp::Word* frame) {
  NameWords(loop);
  left_.assign(names_.size(), "");
  entered_.assign(names_.size(), "");
  missing_ = 0;
  for (uint32_t i = 0; i < loop.state.size(); ++i) {
    // What has no words is not handed over.
    if (loop.state[i].rep != runtime::Rep::Unit) {
      left_[i] = Line(i, loop.state[i].type, interp::StateAt(loop, i, frame));
      ++missing_;
    }
  }
}

void LiveState::Entered(uint32_t index, runtime::TypeId type, Value value) {
  missing_ -= entered_[index].empty() ? 1 : 0;
  entered_[index] = Line(index, type, value);
}

std::string LiveState::Line(uint32_t index, runtime::TypeId type, Value value) const {
  return fmt::format("{}: {} = {}", names_[index], context_.types.Name(type),
                     Shown(context_, value));
}

std::string LiveState::Text(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line.empty() ? "" : line + "\n";
  }
  return text;
}

}  // namespace tiered
