// Lines, their origins and the program's comments. tests/emit/writer_test.cpp.

#include "emit/writer.h"

#include <utility>

namespace emit {
namespace {

// Where the comment of a line begins; npos: it has none. Strings end on their line.
size_t FindComment(std::string_view line) {
  bool is_in_string = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') {
      is_in_string = !is_in_string;
    } else if (line[i] == '\\' && is_in_string) {
      ++i;
    } else if (line[i] == '#' && !is_in_string) {
      return i;
    }
  }
  return std::string_view::npos;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

Writer::Writer(const frontend::SourceFile& source, std::string_view comment,
               std::string_view indent)
    : source_(source), comment_(comment), indent_(indent), comments_(source.line_count() + 1) {
  for (uint32_t line = 1; line <= source.line_count(); ++line) {
    const std::string_view text = source.Line(line);
    const size_t start = FindComment(text);
    const bool is_interpreter_line = line == 1 && text.starts_with("#!");
    if (start != std::string_view::npos && !is_interpreter_line) {
      std::string_view words = text.substr(start + 1);
      // A backslash at the end would draw C's next line into the comment.
      while (words.ends_with(' ') || words.ends_with('\r') || words.ends_with('\\')) {
        words.remove_suffix(1);
      }
      comments_[line] = {
          .text = words, .is_alone = IsBlank(text.substr(0, start)), .is_written = false};
    }
  }
}

Translation::Lines Writer::LinesOf(frontend::Span span) const {
  const uint32_t last = span.end > span.begin ? span.end - 1 : span.begin;
  return {.first = source_.Locate(span.begin).line, .last = source_.Locate(last).line};
}

void Writer::Line(frontend::Span span, std::string_view text) {
  const Translation::Lines lines = LinesOf(span);
  uint32_t above = lines.first;
  while (above > 1 && (comments_[above - 1].is_alone || IsBlank(source_.Line(above - 1)))) {
    --above;
  }
  std::string_view behind;
  for (uint32_t line = above; line <= lines.last; ++line) {
    Comment& comment = comments_[line];
    if (comment.is_written) {
      continue;
    }
    if (line == lines.last && !comment.is_alone) {
      behind = comment.text;
      comment.is_written = true;
    } else {
      WriteComment(line);
    }
  }
  std::string whole(text);
  if (!behind.empty()) {
    whole += "  ";
    whole += comment_;
    whole += behind;
  }
  Append(whole, lines);
}

void Writer::Plain(std::string_view text) {
  while (!text.empty()) {
    const size_t end = text.find('\n');
    Append(text.substr(0, end), {});
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

uint32_t Writer::EndOfHead() const {
  const bool has_interpreter_line = source_.Line(1).starts_with("#!");
  const uint32_t first = has_interpreter_line ? 2 : 1;
  uint32_t line = first;
  while (line <= source_.line_count() && comments_[line].is_alone) {
    ++line;
  }
  // What stands directly above an item belongs to the item.
  const bool is_apart = line > source_.line_count() || IsBlank(source_.Line(line));
  return line > first && is_apart ? line : 1;
}

void Writer::Head() {
  const uint32_t end = EndOfHead();
  for (uint32_t line = 1; line < end; ++line) {
    if (!comments_[line].is_written) {
      WriteComment(line);
    }
  }
  if (end > 1) {
    Gap();
  }
}

void Writer::SkipHead() {
  for (uint32_t line = 1; line < EndOfHead(); ++line) {
    comments_[line].is_written = true;
  }
}

void Writer::Gap(size_t lines) {
  const std::string& text = translation_.text;
  if (text.empty()) {
    return;
  }
  const size_t written = text.size() - 1 - text.find_last_not_of('\n');  // 1: no empty line
  for (size_t i = written; i <= lines; ++i) {
    Append("", {});
  }
}

void Writer::WriteComment(uint32_t line) {
  comments_[line].is_written = true;
  Append(std::string(comment_) + std::string(comments_[line].text), {});
}

void Writer::Append(std::string_view text, Translation::Lines lines) {
  if (!text.empty()) {
    for (uint32_t i = 0; i < depth_; ++i) {
      translation_.text += indent_;
    }
  }
  translation_.text += text;
  translation_.text += '\n';
  translation_.lines.push_back(lines);
}

Translation Writer::Join(Writer rest) {
  translation_.text += rest.translation_.text;
  translation_.lines.insert(translation_.lines.end(), rest.translation_.lines.begin(),
                            rest.translation_.lines.end());
  return std::move(translation_);
}

}  // namespace emit
