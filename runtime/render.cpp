// Run-time errors as text: the sentence, the excerpt, help, and the calls that
// led there, outermost first. A long chain of calls shows its two ends.

#include <fmt/format.h>

#include "runtime/error.h"
#include "runtime/error_texts.h"

namespace runtime {

namespace {

constexpr size_t kShownCalls = 10;    // at each end
constexpr size_t kShownColumns = 90;  // of a source line

// The line without its indent, cut between characters.
std::string SourceLine(std::string_view line) {
  const size_t first = line.find_first_not_of(" \t");
  line.remove_prefix(first == std::string_view::npos ? line.size() : first);
  if (line.size() <= kShownColumns) {
    return frontend::Printable(line);
  }
  size_t end = kShownColumns;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) {
    --end;
  }
  return frontend::Printable(line.substr(0, end)) + "...";
}

std::string EntryText(const TraceEntry& entry, const frontend::Program& program) {
  const frontend::SourceFile& source = *program.source;
  const frontend::Place place = source.Locate(entry.at.begin);
  const std::string where =
      entry.function == frontend::kTopFunction
          ? "at the top level"
          : fmt::format("in {}", program.resolution.functions[entry.function].name);
  const frontend::NamedLine named = source.NameOf(place.line);
  return fmt::format("  {}:{}:{} {}\n    {}\n", frontend::Printable(named.name), named.line,
                     place.column, where, SourceLine(source.Line(place.line)));
}

std::string TracebackText(const std::vector<TraceEntry>& trace, const frontend::Program& program) {
  std::string text = "traceback (most recent call last):\n";
  const size_t count = trace.size();
  const bool is_long = count > 2 * kShownCalls;
  for (size_t shown = 0; shown < count; ++shown) {
    if (is_long && shown == kShownCalls) {
      const size_t hidden = count - 2 * kShownCalls;
      text += fmt::format("  ... {} more {} ...\n", GroupedText(hidden),
                          hidden == 1 ? "call" : "calls");
      shown = count - kShownCalls;
    }
    text += EntryText(trace[count - 1 - shown], program);
  }
  return text;
}

}  // namespace

std::string Render(const RunError& error, const frontend::Program& program, frontend::Color color) {
  const bool colored = color == frontend::Color::Yes;
  const Failure& failure = error.failure;
  std::string text =
      fmt::format("{}error: {}:{} {}\n", colored ? "\x1b[1;31m" : "", Name(failure.kind),
                  colored ? "\x1b[0m" : "", frontend::Printable(failure.message));
  size_t gutter = 2;
  if (!error.trace.empty()) {
    const frontend::Span at = error.trace[0].at;
    text += frontend::RenderExcerpt(*program.source, at, {}, {}, color);
    const uint32_t line = program.source->Locate(at.begin).line;
    gutter = std::to_string(program.source->NameOf(line).line).size() + 1;
  }
  if (!failure.help.empty()) {
    text += fmt::format("{:{}} = {}help:{} {}\n", "", gutter, colored ? "\x1b[1m" : "",
                        colored ? "\x1b[0m" : "", frontend::Printable(failure.help));
  }
  // With one entry the excerpt has said it all.
  if (error.trace.size() > 1) {
    text += TracebackText(error.trace, program);
  }
  return text;
}

}  // namespace runtime
