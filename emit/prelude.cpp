// Parts of preludes. tests/emit/prelude_test.cpp.

#include "emit/prelude.h"

#include <algorithm>

#include "frontend/check.h"

namespace emit {
namespace {

std::string_view Trim(std::string_view text, std::string_view what) {
  const size_t first = text.find_first_not_of(what);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(what) - first + 1);
}

constexpr std::string_view kMark = "part: ";
constexpr std::string_view kNeeds = "needs: ";

std::vector<std::string_view> SplitNames(std::string_view list) {
  std::vector<std::string_view> names;
  while (!list.empty()) {
    const size_t comma = list.find(',');
    names.push_back(Trim(list.substr(0, comma), " "));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return names;
}

}  // namespace

void Prelude::Add(std::string_view file) {
  const size_t before = parts_.size();
  size_t begin = 0;  // of the text of the part that is open
  for (size_t line = 0; line < file.size();) {
    const size_t end = std::min(file.find('\n', line), file.size());
    const std::string_view text = file.substr(line, end - line);
    const size_t mark = text.find(kMark);
    if (mark != std::string_view::npos) {
      if (parts_.size() > before) {
        parts_.back().text = Trim(file.substr(begin, line - begin), "\n");
      }
      std::string_view name = Trim(text.substr(mark + kMark.size()), " */-");
      std::vector<std::string_view> needs;
      const size_t list = name.find(kNeeds);
      if (list != std::string_view::npos) {
        needs = SplitNames(name.substr(list + kNeeds.size()));
        name = Trim(name.substr(0, list), " ");
      }
      LAB_CHECK(Find(name) == nullptr);
      parts_.push_back({.name = name, .needs = std::move(needs), .text = {}});
      begin = std::min(end + 1, file.size());
    }
    line = end + 1;
  }
  if (parts_.size() > before) {
    parts_.back().text = Trim(file.substr(begin), "\n");
  }
}

Prelude::Part* Prelude::Find(std::string_view name) {
  for (Part& part : parts_) {
    if (part.name == name) {
      return &part;
    }
  }
  return nullptr;
}

void Prelude::Use(std::string_view name) {
  Part* part = Find(name);
  LAB_CHECK(part != nullptr);
  if (part->is_used) {
    return;
  }
  part->is_used = true;
  for (const std::string_view need : part->needs) {
    Use(need);
  }
}

bool Prelude::IsUsed(std::string_view name) const {
  for (const Part& part : parts_) {
    if (part.name == name) {
      return part.is_used;
    }
  }
  return false;
}

std::string Prelude::Text(std::string_view between) const {
  std::string text;
  for (const Part& part : parts_) {
    if (part.is_used && !part.text.empty()) {
      text += text.empty() ? "" : between;
      text += part.text;
    }
  }
  return text.empty() ? text : text + "\n";
}

}  // namespace emit
