#pragma once
// Pieces of HTML. Every text that comes from outside goes through HtmlText.

#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace report {

// Safe between tags and within quoted attributes.
std::string HtmlText(std::string_view text);

enum class Align { Left, Right };
enum class Sorting { Fixed, ByColumn };  // ByColumn: the page's script lets readers choose

struct HtmlColumn {
  std::string title;
  Align align = Align::Left;
  std::string hint = {};  // what it means, shown on hovering
};

struct HtmlCell {
  std::string text;
  std::string note = {};  // a second, smaller line
  // What rows are sorted by; not a number: the text.
  double key = std::numeric_limits<double>::quiet_NaN();
};

struct HtmlTable {
  std::string id;
  std::string caption;
  std::vector<HtmlColumn> columns;
  std::vector<std::vector<HtmlCell>> rows;  // as many cells as columns; the first is the row's head
  Sorting sorting = Sorting::Fixed;
};

// In a box that scrolls sideways when the page is narrow.
std::string Render(const HtmlTable& table);
// Folded away behind `title` until asked for.
std::string Folded(std::string_view title, std::string_view html);

}  // namespace report
