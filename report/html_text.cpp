// Tests: tests/report/html_text_test.cpp.

#include "report/html_text.h"

#include <fmt/format.h>

namespace report {
namespace {

std::string CellHtml(const HtmlCell& cell, const HtmlColumn& column, bool is_head) {
  const std::string_view tag = is_head ? "th" : "td";
  std::string html = fmt::format("<{}{}{}", tag, is_head ? " scope=\"row\"" : "",
                                 column.align == Align::Right ? " class=\"number\"" : "");
  if (!std::isnan(cell.key)) {
    html += fmt::format(" data-key=\"{}\"", cell.key);
  }
  html += ">" + HtmlText(cell.text);
  if (!cell.note.empty()) {
    html += "<span class=\"note\">" + HtmlText(cell.note) + "</span>";
  }
  return html + fmt::format("</{}>", tag);
}

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string Render(const HtmlTable& table) {
  std::string html = fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n"
      "<table id=\"{1}\"{2}>\n<caption>{0}</caption>\n<thead><tr>",
      HtmlText(table.caption), HtmlText(table.id),
      table.sorting == Sorting::ByColumn ? " data-sortable" : "");
  for (const HtmlColumn& column : table.columns) {
    html += fmt::format(
        "<th scope=\"col\"{}{}>{}</th>", column.align == Align::Right ? " class=\"number\"" : "",
        column.hint.empty() ? std::string() : fmt::format(" title=\"{}\"", HtmlText(column.hint)),
        HtmlText(column.title));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const std::vector<HtmlCell>& row : table.rows) {
    html += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) {
      html += CellHtml(row[i], table.columns[i], i == 0);
    }
    html += "</tr>\n";
  }
  return html + "</tbody>\n</table>\n</div>\n";
}

std::string Folded(std::string_view title, std::string_view html) {
  return fmt::format("<details><summary>{}</summary>\n{}</details>\n", HtmlText(title), html);
}

}  // namespace report
