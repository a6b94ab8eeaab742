// Events as marks of a run-sequence plot. Test: tests/report/plot_marks_test.cpp.

#include <algorithm>

#include <fmt/format.h>

#include "report/events_text.h"
#include "report/run_plot.h"

namespace report {

using measure::PlacedEvent;
using runtime::EventKind;

std::string EventText(const runtime::Event& event) {
  const std::string subject = SubjectText(event);
  switch (event.kind) {
    case EventKind::Typed:
      return fmt::format("types of {} were found", subject);
    case EventKind::Boxed:
      return fmt::format("{} of {} is boxed", event.what, subject);
    case EventKind::Refused:
      return fmt::format("{} of {} was refused", event.what, subject);
    case EventKind::Hot:
      return fmt::format("{} became hot", subject);
    case EventKind::Started:
      return "the compiler was made ready";
    case EventKind::Queued:
      return fmt::format("{} was queued", subject);
    case EventKind::CompileBegin:
    case EventKind::Phase:
      return fmt::format("{} was being compiled", subject);
    case EventKind::Inlined:
      return fmt::format("{} was inlined", subject);
    case EventKind::CompileEnd:
      return fmt::format("{} was compiled", subject);
    case EventKind::Published:
      return fmt::format("machine code of {} was ready", subject);
    case EventKind::Entered:
      return fmt::format("machine code of {} was entered", subject);
    case EventKind::Waited:
      return "the run waited for the compile thread";
    case EventKind::Interpreted:
      return fmt::format("{} was never compiled", subject);
  }
  return {};
}

std::string_view LetterOf(PlotMarkKind kind) {
  switch (kind) {
    case PlotMarkKind::Hot:
      return "h";
    case PlotMarkKind::Compiling:
      return "c";
    case PlotMarkKind::Entered:
      return "E";
  }
  return {};
}

std::vector<PlotMark> MarksOf(const std::vector<PlacedEvent>& events) {
  std::vector<PlotMark> marks;
  size_t compile_begin = 0;
  for (const PlacedEvent& placed : events) {
    const size_t at = placed.iteration;
    const auto add = [&](PlotMarkKind kind, size_t first, size_t last) {
      const std::string when = first == last ? fmt::format("run {}", first + 1)
                                             : fmt::format("runs {} to {}", first + 1, last + 1);
      const std::string text = kind == PlotMarkKind::Compiling
                                   ? SubjectText(placed.event) + " was compiled"
                                   : EventText(placed.event);
      marks.push_back({kind, first, last, when + ": " + text});
    };
    switch (placed.event.kind) {
      case EventKind::Hot:
        add(PlotMarkKind::Hot, at, at);
        break;
      case EventKind::Phase:
        compile_begin = placed.event.phase == "lower" ? at : compile_begin;
        break;
      case EventKind::CompileEnd:
        add(PlotMarkKind::Compiling, compile_begin, at);
        break;
      case EventKind::Entered:
        add(PlotMarkKind::Entered, at, at);
        break;
      case EventKind::Typed:
      case EventKind::Boxed:
      case EventKind::Refused:
      case EventKind::Started:
      case EventKind::Queued:
      case EventKind::CompileBegin:
      case EventKind::Inlined:
      case EventKind::Published:
      case EventKind::Waited:
      case EventKind::Interpreted:
        break;
    }
  }
  return marks;
}

std::string MarkLegend(const RunPlot& plot) {
  constexpr std::pair<PlotMarkKind, const char*> kWords[] = {
      {PlotMarkKind::Hot, "hot"},
      {PlotMarkKind::Compiling, "compiling"},
      {PlotMarkKind::Entered, "machine code entered"}};
  std::string text;
  for (const auto& [kind, words] : kWords) {
    if (std::any_of(plot.marks.begin(), plot.marks.end(),
                    [wanted = kind](const PlotMark& mark) { return mark.kind == wanted; })) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", LetterOf(kind), words);
    }
  }
  return text;
}

}  // namespace report
