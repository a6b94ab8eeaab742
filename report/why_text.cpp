// Test: tests/report/why_test.cpp.

#include "report/why_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "frontend/diagnostic.h"
#include "report/text_table.h"
#include "report/units.h"
#include "runtime/error_texts.h"

namespace report {
namespace {

using runtime::Event;

constexpr size_t kLabelWidth = 14;

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

bool IsTopLevel(const WhyItem& item) { return item.line == 0 && item.was_reached; }

// "int, float, float" as "int, 2 float", for tables.
std::string Shortened(const std::string& types) {
  std::string text;
  for (size_t at = 0; at < types.size();) {
    constexpr std::string_view kGap = ", ";
    const auto one_at = [&](size_t from) {
      // Commas of a type of its own stand in brackets: "fn(int, int) -> int".
      size_t end = from;
      for (int depth = 0; end < types.size(); ++end) {
        depth += types[end] == '(' || types[end] == '[' ? 1 : 0;
        depth -= types[end] == ')' || types[end] == ']' ? 1 : 0;
        if (depth == 0 && types.compare(end, kGap.size(), kGap) == 0) {
          break;
        }
      }
      return types.substr(from, end - from);
    };
    const std::string type = one_at(at);
    size_t count = 0;
    while (at < types.size() && one_at(at) == type) {
      at += type.size() + kGap.size();
      ++count;
    }
    text += (text.empty() ? "" : ", ") + (count > 1 ? fmt::format("{} {}", count, type) : type);
  }
  return text;
}

std::string TypesText(const WhyItem& item, const std::string& types) {
  return item.is_loop || !item.was_reached || IsTopLevel(item)
             ? ""
             : fmt::format("({}) -> {}", types, item.result);
}

bool IsRefused(const WhyItem& item, std::string_view what) {
  return std::any_of(item.refused.begin(), item.refused.end(),
                     [&](const Event& refused) { return refused.what == what; });
}

std::string SpentText(const WhyItem& item) {
  return fmt::format("{} of interpreting, about {} of compiling", DurationText(item.spent_seconds),
                     DurationText(item.estimated_seconds));
}

std::string NeverText(const WhyItem& item) {
  if (!item.was_reached) {
    return "not called";
  }
  if (item.hot_at) {
    return "not in time: the run ended first";
  }
  if (IsRefused(item, runtime::kRefusedEntering)) {
    return "cannot be entered while it runs";
  }
  if (IsTopLevel(item)) {
    return "no: it runs once";
  }
  if (item.estimated_seconds == 0 && item.result.starts_with("seq[")) {
    return "no: it runs inside what goes through it";
  }
  constexpr double kNothingSeconds = 0.1e-6;
  if (item.spent_seconds < kNothingSeconds) {
    return "no: its own calls cost next to nothing";
  }
  return "not worth it: " + SpentText(item);
}

std::string CodeText(const WhyItem& item) {
  if (!item.code) {
    return NeverText(item);
  }
  const std::string from = fmt::format("from {} on", DurationText(item.code->from));
  if (item.code->is_own) {
    return from;
  }
  if (item.code->is_rest) {
    return fmt::format("{}, in its loop", from);
  }
  const bool is_inlined = !item.inlined_into.empty() && !IsRefused(item, runtime::kRefusedInlining);
  return fmt::format("{}, {} {}", from, is_inlined ? "inlined in" : "with", item.code->unit);
}

std::string RefusedText(const Event& refused) {
  if (refused.what == runtime::kRefusedEntering) {
    return fmt::format("it cannot be entered while it runs: {}", refused.reason);
  }
  if (refused.what == runtime::kRefusedOptimising) {
    return fmt::format("it is not optimised: {}", refused.reason);
  }
  return fmt::format("calls are not inlined: {}", refused.reason);
}

// A label and what it says, aligned.
std::string Row(std::string_view label, std::string_view text) {
  return fmt::format("  {:<{}}{}\n", frontend::Printable(label), kLabelWidth,
                     frontend::Printable(text));
}

std::string EditRow(const Event& event) {
  return event.advice.empty() ? "" : Row("  edit", event.advice);
}

std::string PhasesText(const WhyItem& item) {
  std::string text;
  for (const auto& [phase, seconds] : item.phases) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", phase, DurationText(seconds));
  }
  return text;
}

std::string Block(const WhyItem& item) {
  std::string text = frontend::Printable(item.name + TypesText(item, item.types)) + "\n";
  if (item.hot_at) {
    text += Row("hot", fmt::format("at {}: {}", DurationText(*item.hot_at), SpentText(item)));
  }
  if (item.compile_seconds > 0 || item.instructions > 0) {
    const bool is_beside = item.compiled_by == runtime::EventThread::Compile;
    text += Row("compiled",
                fmt::format("in {}{}: {}", DurationText(item.compile_seconds),
                            is_beside ? " beside the run" : ", the run waiting", PhasesText(item)));
    text += Row("size", fmt::format("{} instructions as lowered, {} bytes of code",
                                    runtime::GroupedText(item.instructions),
                                    runtime::GroupedText(item.code_bytes)));
  }
  text += Row("machine code", CodeText(item));
  if (item.entered_at) {
    text += Row("entered", fmt::format("at {}", DurationText(*item.entered_at)));
  }
  if (!item.inlined.empty()) {
    text += Row("inlined in it", Joined(item.inlined));
  }
  if (!item.inlined_into.empty()) {
    text += Row("inlined into", Joined(item.inlined_into));
  }
  for (const Event& refused : item.refused) {
    text += Row("refused", RefusedText(refused)) + EditRow(refused);
  }
  std::string names;
  for (const runtime::TypedName& name : item.names) {
    names += fmt::format("{}{}: {}", names.empty() ? "" : ", ", name.name, name.type);
  }
  if (!names.empty()) {
    text += Row("types", names);
  }
  for (const Event& boxed : item.boxed) {
    text += Row(fmt::format("boxed {}:{}", boxed.line, boxed.column),
                fmt::format("{} {}", boxed.what, boxed.reason)) +
            EditRow(boxed);
  }
  return text;
}

std::string Head(const Why& why, std::string_view place) {
  return frontend::Printable(fmt::format("{} on {}: {} in all, times since it began", place,
                                         why.engine, DurationText(why.run_seconds))) +
         "\n";
}

}  // namespace

std::string WhyTable(const Why& why) {
  TextTable table({{"line", Align::Right},
                   {"what"},
                   {"types"},
                   {"hot at", Align::Right},
                   {"compiled in", Align::Right},
                   {"boxed", Align::Right},
                   {"machine code"}});
  std::string below;
  for (const WhyItem& item : why.items) {
    table.AddRow({item.line == 0 ? "" : fmt::format("{}", item.line), item.name,
                  TypesText(item, Shortened(item.types)),
                  item.hot_at ? DurationText(*item.hot_at) : "",
                  item.compile_seconds > 0 ? DurationText(item.compile_seconds) : "",
                  item.boxed.empty() ? "" : fmt::format("{}", item.boxed.size()), CodeText(item)});
    for (const Event& boxed : item.boxed) {
      below += Row(fmt::format("{}:{}", boxed.line, boxed.column),
                   fmt::format("boxed: {} {}", boxed.what, boxed.reason)) +
               EditRow(boxed);
    }
    for (const Event& refused : item.refused) {
      below += Row(fmt::format("{}", item.line),
                   fmt::format("{}: {}", item.name, RefusedText(refused))) +
               EditRow(refused);
    }
  }
  std::string text = Head(why, why.program) + "\n" + table.Text();
  return below.empty() ? text : text + "\n" + below;
}

std::string WhyLine(const Why& why, uint32_t line, std::string_view source) {
  std::string text = Head(why, fmt::format("{}:{}", why.program, line));
  text += fmt::format("{:>4} | {}\n", line, frontend::Printable(source));
  for (const WhyItem& item : why.items) {
    text += "\n" + Block(item);
  }
  return text;
}

}  // namespace report
