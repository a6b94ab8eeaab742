#pragma once
// Tables of aligned columns for a terminal.

#include <string>
#include <string_view>
#include <vector>

namespace report {

enum class Align { Left, Right };

struct Column {
  std::string title;
  Align align = Align::Left;
};

class TextTable {
 public:
  // Control characters are shown as escapes, in titles and in rows.
  explicit TextTable(std::vector<Column> columns);

  // One text a column.
  void AddRow(std::vector<std::string> cells);
  // A thin line between groups of rows.
  void AddRule();
  bool empty() const { return rows_.empty(); }
  // Columns without a text in any row are left out. Lines end without spaces.
  std::string Text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;  // an empty one is a rule
};

// The columns that `text` takes in a terminal: code points, and two for those of double width.
size_t DisplayWidth(std::string_view text);

}  // namespace report
