// How places in a program look on a terminal. Nothing of the source reaches it
// unseen: control characters, bidi controls and broken bytes come out escaped,
// and a line of a megabyte shows only what is around the place.

#include <algorithm>
#include <string>

#include "frontend/diagnostic.h"
#include "frontend/utf8.h"

namespace frontend {
namespace {

constexpr size_t kWindow = 96;  // columns of a source line that are shown
constexpr size_t kTabWidth = 4;

struct Paint {
  explicit Paint(Color color) : on(color == Color::Yes) {}
  std::string Error(std::string_view text) const { return Wrap("\x1b[1;31m", text); }
  std::string Bold(std::string_view text) const { return Wrap("\x1b[1m", text); }
  std::string Frame(std::string_view text) const { return Wrap("\x1b[1;34m", text); }
  std::string Wrap(std::string_view code, std::string_view text) const {
    return on && !text.empty() ? std::string(code) + std::string(text) + "\x1b[0m"
                               : std::string(text);
  }
  bool on;
};

// A character that takes two columns (roughly the East Asian wide ones and emoji).
bool IsWide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool IsCombining(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200D) ||
         (c >= 0xFE00 && c <= 0xFE0F);
}

std::string HexEscape(std::string_view prefix, char32_t value, int digits,
                      std::string_view suffix) {
  std::string text(prefix);
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    text += "0123456789abcdef"[(value >> shift) & 15];
  }
  return text + std::string(suffix);
}

// One character as shown, and its width in columns.
struct Cell {
  std::string text;
  size_t width;
  uint32_t length;  // in bytes of the source
};

Cell CellAt(std::string_view line, size_t offset, size_t column) {
  auto byte = static_cast<unsigned char>(line[offset]);
  if (byte == '\t') {
    size_t width = kTabWidth - column % kTabWidth;
    return {std::string(width, ' '), width, 1};
  }
  CodePoint point = DecodeUtf8(line, offset);
  std::string text;
  if (point.length == 0) {
    text = HexEscape("\\x", byte, 2, "");
    return {text, text.size(), 1};
  }
  char32_t c = point.value;
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
    text = HexEscape("\\x", c, 2, "");
    return {text, text.size(), point.length};
  }
  if (IsBidiControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
    text = HexEscape("\\u{", c, 4, "}");
    return {text, text.size(), point.length};
  }
  text = std::string(line.substr(offset, point.length));
  return {text, IsCombining(c) ? 0u : IsWide(c) ? 2u : 1u, point.length};
}

// A line as shown, with the columns of two byte offsets in it.
struct ShownLine {
  std::string text;
  size_t begin = 0;
  size_t end = 0;
};

ShownLine Show(std::string_view line, size_t begin, size_t end) {
  // Begin some characters before the place when it lies far to the right.
  constexpr size_t kBefore = 40;
  size_t start = begin > kWindow - kBefore ? begin - kBefore : 0;
  while (start > 0 && (static_cast<unsigned char>(line[start]) & 0xC0) == 0x80) {
    --start;
  }
  ShownLine shown;
  shown.text = start > 0 ? "..." : "";
  size_t column = shown.text.size();
  shown.begin = shown.end = column;
  size_t i = start;
  while (i < line.size() && column < kWindow) {
    Cell cell = CellAt(line, i, column);
    if (i < begin) {
      shown.begin = column + cell.width;
    }
    if (i < end) {
      shown.end = column + cell.width;
    }
    shown.text += cell.text;
    column += cell.width;
    i += cell.length;
  }
  if (i < line.size()) {
    shown.text += "...";
  }
  while (shown.text.ends_with(' ')) {
    shown.text.pop_back();
  }
  shown.end = std::max(shown.end, shown.begin + 1);
  return shown;
}

struct Mark {
  Span span;
  std::string_view text;
  bool is_main;
  uint32_t line;
};

void RenderMark(std::string& out, const SourceFile& source, const Mark& mark, bool repeats_line,
                size_t gutter, const Paint& paint) {
  uint32_t line_start = source.LineStart(mark.line);
  std::string_view line = source.Line(mark.line);
  size_t begin = std::min<size_t>(mark.span.begin - line_start, line.size());
  size_t end = std::min<size_t>(mark.span.end - std::min(line_start, mark.span.end), line.size());
  ShownLine shown = Show(line, begin, std::max(begin, end));
  std::string number = std::to_string(source.NameOf(mark.line).line);
  if (!repeats_line) {
    out += paint.Frame(std::string(gutter - number.size(), ' ') + number + " |");
    out += shown.text.empty() ? "\n" : " " + shown.text + "\n";
  }
  std::string underline(shown.end - shown.begin, mark.is_main ? '^' : '-');
  std::string marked = underline + (mark.text.empty() ? "" : " " + std::string(mark.text));
  out += paint.Frame(std::string(gutter, ' ') + " |") + " " + std::string(shown.begin, ' ');
  out += (mark.is_main ? paint.Error(marked) : paint.Frame(marked)) + "\n";
}

// Names of files may hold anything, too.
void RenderNote(std::string& out, size_t gutter, std::string_view word, std::string_view text,
                const Paint& paint) {
  if (!text.empty()) {
    out += std::string(gutter, ' ') + paint.Frame(" = ") + paint.Bold(word) + " " +
           Printable(text) + "\n";
  }
}

size_t Gutter(const SourceFile& source, Span span, const std::vector<Label>& labels) {
  const auto line_of = [&](Span at) { return source.NameOf(source.Locate(at.begin).line).line; };
  uint32_t last = line_of(span);
  for (const Label& label : labels) {
    last = std::max(last, line_of(label.span));
  }
  return std::to_string(last).size() + 1;
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string shown;
  for (size_t i = 0; i < text.size();) {
    Cell cell = CellAt(text, i, 0);
    shown += cell.text;
    i += cell.length;
  }
  return shown;
}

std::string RenderExcerpt(const SourceFile& source, Span span, std::string_view label,
                          const std::vector<Label>& labels, Color color) {
  Paint paint(color);
  Place place = source.Locate(span.begin);
  size_t gutter = Gutter(source, span, labels);
  std::vector<Mark> marks = {{span, label, true, place.line}};
  for (const Label& other : labels) {
    marks.push_back({other.span, other.text, false, source.Locate(other.span.begin).line});
  }
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark& a, const Mark& b) { return a.line < b.line; });

  const NamedLine named = source.NameOf(place.line);
  std::string out = std::string(gutter - 1, ' ') + paint.Frame(" --> ") + Printable(named.name) +
                    ":" + std::to_string(named.line) + ":" + std::to_string(place.column) + "\n";
  std::string empty_line = paint.Frame(std::string(gutter, ' ') + " |") + "\n";
  out += empty_line;
  uint32_t previous = 0;
  std::string_view section = named.name;
  for (const Mark& mark : marks) {
    if (const std::string_view other = source.NameOf(mark.line).name; other != section) {
      out += std::string(gutter - 1, ' ') + paint.Frame(" ::: ") + Printable(other) + "\n";
      section = other;
    } else if (previous != 0 && mark.line > previous + 1) {
      out += paint.Frame("...") + "\n";
    }
    RenderMark(out, source, mark, mark.line == previous, gutter, paint);
    previous = mark.line;
  }
  return out;
}

std::string RenderDiagnostics(const SourceFile& source, const std::vector<Diagnostic>& diagnostics,
                              Color color, size_t limit) {
  Paint paint(color);
  std::string out;
  size_t shown = std::min(limit, diagnostics.size());
  for (size_t i = 0; i < shown; ++i) {
    const Diagnostic& diagnostic = diagnostics[i];
    size_t gutter = Gutter(source, diagnostic.span, diagnostic.labels);
    out += paint.Error("error[" + std::string(Code(diagnostic.kind)) + "]") +
           paint.Bold(": " + Printable(diagnostic.message)) + "\n";
    out += RenderExcerpt(source, diagnostic.span, diagnostic.label, diagnostic.labels, color);
    RenderNote(out, gutter, "note:", diagnostic.cause, paint);
    RenderNote(out, gutter, "help:", diagnostic.fix, paint);
    out += "\n";
  }
  if (shown < diagnostics.size()) {
    size_t more = diagnostics.size() - shown;
    out += "... and " + std::to_string(more) + " more " + (more == 1 ? "error" : "errors") + "\n\n";
  }
  return out;
}

}  // namespace frontend
