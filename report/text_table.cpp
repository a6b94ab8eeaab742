// Tests: tests/report/text_table_test.cpp.

#include "report/text_table.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "frontend/check.h"
#include "frontend/diagnostic.h"

namespace report {
namespace {

constexpr std::string_view kGap = "  ";

// East Asian wide characters and emoji, in blocks.
bool IsWide(uint32_t code_point) {
  return (code_point >= 0x1100 && code_point <= 0x115f) ||
         (code_point >= 0x2e80 && code_point <= 0xa4cf) ||
         (code_point >= 0xac00 && code_point <= 0xd7a3) ||
         (code_point >= 0xf900 && code_point <= 0xfaff) ||
         (code_point >= 0xfe30 && code_point <= 0xfe6f) ||
         (code_point >= 0xff00 && code_point <= 0xff60) ||
         (code_point >= 0x1f300 && code_point <= 0x1faff);
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) == 0x80) {
      continue;
    }
    uint32_t code_point = byte < 0x80 ? byte : byte < 0xe0 ? byte & 0x1fU : byte & 0x0fU;
    for (size_t k = i + 1; k < text.size() && (static_cast<unsigned char>(text[k]) & 0xc0) == 0x80;
         ++k) {
      code_point = code_point << 6 | (static_cast<unsigned char>(text[k]) & 0x3fU);
    }
    width += IsWide(code_point) ? 2 : 1;
  }
  return width;
}

TextTable::TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {
  for (Column& column : columns_) {
    column.title = frontend::Printable(column.title);
  }
}

void TextTable::AddRow(std::vector<std::string> cells) {
  LAB_CHECK(cells.size() == columns_.size());
  for (std::string& cell : cells) {
    cell = frontend::Printable(cell);
  }
  rows_.push_back(std::move(cells));
}

void TextTable::AddRule() { rows_.emplace_back(); }

std::string TextTable::Text() const {
  std::vector<size_t> widths(columns_.size(), 0);
  std::vector<bool> is_used(columns_.size(), false);
  for (size_t i = 0; i < columns_.size(); ++i) {
    widths[i] = DisplayWidth(columns_[i].title);
    for (const std::vector<std::string>& row : rows_) {
      if (!row.empty()) {
        widths[i] = std::max(widths[i], DisplayWidth(row[i]));
        is_used[i] = is_used[i] || !row[i].empty();
      }
    }
  }
  size_t total = 0;
  for (size_t i = 0; i < columns_.size(); ++i) {
    total += is_used[i] ? widths[i] + (total == 0 ? 0 : kGap.size()) : 0;
  }
  std::string text;
  const auto add_line = [&](const auto& cell_text) {
    std::string line;
    bool is_first = true;
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (!is_used[i]) {
        continue;
      }
      const std::string& cell = cell_text(i);
      const std::string padding(widths[i] - DisplayWidth(cell), ' ');
      line += is_first ? "" : kGap;
      line += columns_[i].align == Align::Left ? cell + padding : padding + cell;
      is_first = false;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  const auto add_rule = [&] {
    for (size_t i = 0; i < total; ++i) {
      text += "─";
    }
    text += "\n";
  };
  add_line([&](size_t i) -> const std::string& { return columns_[i].title; });
  add_rule();
  for (const std::vector<std::string>& row : rows_) {
    if (row.empty()) {
      add_rule();
    } else {
      add_line([&](size_t i) -> const std::string& { return row[i]; });
    }
  }
  return text;
}

}  // namespace report
