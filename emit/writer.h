#pragma once
// The text of a translation as it grows: indented lines, each with the lines of the program that it
// stems from, and the program's comments where they belong.

#include <string>
#include <string_view>
#include <vector>

#include "emit/emit.h"
#include "frontend/source.h"

namespace emit {

class Writer {
 public:
  // `comment` begins a comment in the target: "#", "//", "--".
  Writer(const frontend::SourceFile& source, std::string_view comment, std::string_view indent);

  // A line of the program: before it come the program's comments that stand above its lines (and
  // below what else there is) or between them, each on a line of its own; behind it the one at the
  // end of its line.
  void Line(frontend::Span span, std::string_view text);
  // A line of the target's own: a closing brace, the prelude. May hold several lines.
  void Plain(std::string_view text);
  // The comment at the head of the file, if there is one, and an empty line.
  void Head();
  // Leaves the comment at the head of the file to another writer.
  void SkipHead();
  // At least so many empty lines, unless nothing has been written.
  void Gap(size_t lines = 1);
  void Indent() { ++depth_; }
  void Outdent() { --depth_; }

  const frontend::SourceFile& source() const { return source_; }
  // The lines that a span covers.
  Translation::Lines LinesOf(frontend::Span span) const;
  const std::string& text() const { return translation_.text; }
  size_t line_count() const { return translation_.lines.size(); }
  // What was written, with `rest` behind it. Ends the writer.
  Translation Join(Writer rest);

 private:
  // By line of the program, from 1: what follows the `#`, and whether the comment has the line for
  // itself.
  struct Comment {
    std::string_view text;
    bool is_alone = false;
    bool is_written = true;  // or there is none
  };

  // The line behind the last one of the comment at the head; 1: there is none.
  uint32_t EndOfHead() const;
  void Append(std::string_view text, Translation::Lines lines);
  void WriteComment(uint32_t line);

  const frontend::SourceFile& source_;
  std::string_view comment_;
  std::string_view indent_;
  std::vector<Comment> comments_;
  Translation translation_;
  uint32_t depth_ = 0;
};

}  // namespace emit
