// Line starts are found once, with memchr; columns are counted on demand, since
// only diagnostics ask for them. A byte order mark is dropped here, so that it
// takes no column anywhere.

#include "frontend/source.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "frontend/check.h"

namespace frontend {

SourceFile::SourceFile(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  if (text_.starts_with("\xEF\xBB\xBF")) {
    text_.erase(0, 3);
  }
  LAB_CHECK(text_.size() < UINT32_MAX);
  line_starts_.push_back(0);
  const char* base = text_.data();
  const char* end = base + text_.size();
  for (const char* p = base; p != end;) {
    const void* found = std::memchr(p, '\n', static_cast<size_t>(end - p));
    if (found == nullptr) {
      break;
    }
    p = static_cast<const char*>(found) + 1;
    line_starts_.push_back(static_cast<uint32_t>(p - base));
  }
}

Place SourceFile::Locate(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  Place place;
  place.line = static_cast<uint32_t>(next - line_starts_.begin());
  for (uint32_t i = LineStart(place.line); i < offset; ++i) {
    // Continuation bytes belong to the code point before them.
    if ((static_cast<unsigned char>(text_[i]) & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

std::string_view SourceFile::Line(uint32_t line) const {
  uint32_t begin = LineStart(line);
  uint32_t end = line < line_count() ? LineStart(line + 1) : static_cast<uint32_t>(text_.size());
  std::string_view result = text({begin, end});
  if (result.ends_with('\n')) {
    result.remove_suffix(1);
  }
  if (result.ends_with('\r')) {
    result.remove_suffix(1);
  }
  return result;
}

NamedLine SourceFile::NameOf(uint32_t line) const {
  NamedLine named{name_, line};
  for (const Section& section : sections_) {
    if (section.first_line <= line) {
      named = {section.name, line - section.first_line + 1};
    }
  }
  return named;
}

}  // namespace frontend
