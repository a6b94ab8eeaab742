// Pieces of HTML: nothing that comes from outside becomes markup.

#include "report/html_text.h"

#include <gtest/gtest.h>

namespace report {
namespace {

TEST(HtmlTextTest, EscapesWhatEndsTextOrAttributes) {
  EXPECT_EQ(HtmlText("a<b>&\"c\"'d'"), "a&lt;b&gt;&amp;&quot;c&quot;&#39;d&#39;");
  EXPECT_EQ(HtmlText("µs – 日本"), "µs – 日本");
  EXPECT_EQ(HtmlText("&amp;"), "&amp;amp;");
}

TEST(HtmlTextTest, RendersRowsWithHeadsKeysAndNotes) {
  HtmlTable table;
  table.id = "t";
  table.caption = "A <caption>";
  table.columns = {{"Name"}, {"Time", Align::Right, "a \"hint\""}};
  table.rows = {{{.text = "<b>"}, {"1.50 s", "1 to 2", 1.5}}, {{.text = "x"}, {.text = "–"}}};
  const std::string html = Render(table);
  EXPECT_NE(html.find("<caption>A &lt;caption&gt;</caption>"), std::string::npos) << html;
  EXPECT_NE(html.find("title=\"a &quot;hint&quot;\""), std::string::npos) << html;
  EXPECT_NE(html.find("<tr><th scope=\"row\">&lt;b&gt;</th><td class=\"number\" data-key=\"1.5\">"
                      "1.50 s<span class=\"note\">1 to 2</span></td></tr>"),
            std::string::npos)
      << html;
  EXPECT_NE(html.find("<td class=\"number\">–</td>"), std::string::npos) << html;
  EXPECT_EQ(html.find("data-sortable"), std::string::npos);
  table.sorting = Sorting::ByColumn;
  EXPECT_NE(Render(table).find("data-sortable"), std::string::npos);
}

TEST(HtmlTextTest, FoldsBehindAnEscapedTitle) {
  EXPECT_EQ(Folded("a<b", "<p>"), "<details><summary>a&lt;b</summary>\n<p></details>\n");
}

}  // namespace
}  // namespace report
