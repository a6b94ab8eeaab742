#pragma once
// A program's text and the places in it. Knows nothing of the language.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontend {

// A half-open range of byte offsets into SourceFile::text().
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  friend bool operator==(Span, Span) = default;
};

// One-based; the column counts code points, as editors do.
struct Place {
  uint32_t line = 1;
  uint32_t column = 1;

  friend bool operator==(Place, Place) = default;
};

// The lines of a text that was put together from pieces, from `first_line` to the next section: a
// reader knows them as lines of `name`, counted from 1.
struct Section {
  uint32_t first_line;
  std::string name;
};

// A line as its reader knows it.
struct NamedLine {
  std::string_view name;
  uint32_t line;
};

class SourceFile {
 public:
  // `name` is what diagnostics show: a path, "<stdin>" or "<expr>". The text is
  // validated by the lexer, not here.
  SourceFile(std::string name, std::string text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  std::string_view text(Span span) const {
    return text().substr(span.begin, span.end - span.begin);
  }
  uint32_t line_count() const { return static_cast<uint32_t>(line_starts_.size()); }

  Place Locate(uint32_t offset) const;
  // The text of a one-based line, without its line break.
  std::string_view Line(uint32_t line) const;
  // The offset of the first byte of a one-based line.
  uint32_t LineStart(uint32_t line) const { return line_starts_[line - 1]; }

  // `sections` ascend. Places stay as they are; what is shown of them changes.
  void Divide(std::vector<Section> sections) { sections_ = std::move(sections); }
  NamedLine NameOf(uint32_t line) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<Section> sections_;
  std::vector<uint32_t> line_starts_;
};

}  // namespace frontend
