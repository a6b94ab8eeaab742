// report/export_markdown.h: tables that show names as they are, whatever these hold.

#include "report/export_markdown.h"

#include <gtest/gtest.h>

#include "measure/summary.h"
#include "tests/report/sample.h"

namespace report {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// The columns of a table's line: bars that no backslash hides, less one.
size_t ColumnsOf(const std::string& line) {
  size_t bars = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '|') {
      ++bars;
    }
  }
  return bars - 1;
}

TEST(ExportMarkdownTest, EscapesWhatMarkdownWouldRead) {
  EXPECT_EQ(MarkdownText("great_circle.gc"), "great_circle.gc");
  EXPECT_EQ(MarkdownText("_raw_"), "\\_raw\\_");
  EXPECT_EQ(MarkdownText("a|b"), "a\\|b");
  EXPECT_EQ(MarkdownText("a`b"), "a\\`b");
  EXPECT_EQ(MarkdownText("**a** ~~b~~ [c](d)"), "\\*\\*a\\*\\* \\~\\~b\\~\\~ \\[c\\](d)");
  EXPECT_EQ(MarkdownText("<b>&amp;"), "&lt;b&gt;&amp;amp;");
  EXPECT_EQ(MarkdownText("a\\|b"), "a\\\\\\|b");
  EXPECT_EQ(MarkdownText("±0.4 %"), "±0.4 %");
  EXPECT_EQ(MarkdownText("a\nb").find('\n'), std::string::npos);
}

TEST(ExportMarkdownTest, HasALineForEachRow) {
  const std::vector<std::string> lines =
      Lines(ComparisonMarkdown(SampleResults(), SampleSummary()));
  const size_t rows = SampleSummary().cells.size();
  ASSERT_GT(lines.size(), rows + 2);
  EXPECT_EQ(lines[1], "| :--- | :--- | ---: | ---: | ---: | ---: | :--- | :--- | :--- |");
  for (size_t i = 0; i < rows + 2; ++i) {
    EXPECT_EQ(ColumnsOf(lines[i]), 9U) << lines[i];
  }
  EXPECT_EQ(lines[rows + 2], "");
  EXPECT_TRUE(lines[2].starts_with("| great_circle.gc: raw(n=100) | interp | ")) << lines[2];
  EXPECT_NE(lines[2].find(" | 1 | base | "), std::string::npos) << lines[2];
  EXPECT_NE(lines[3].find(" | faster | "), std::string::npos) << lines[3];
  EXPECT_NE(lines[3].find(" | jit-O0: "), std::string::npos) << lines[3];
}

TEST(ExportMarkdownTest, TellsVariantsAndDoubts) {
  const std::string text = ComparisonMarkdown(SampleResults(), SampleSummary());
  EXPECT_NE(text.find("| Engine | Variant | Base | Time / base | Verdict |\n"), std::string::npos);
  EXPECT_NE(text.find("void: see the notes"), std::string::npos);
  EXPECT_NE(text.find("- great_circle.gc: folded on jit: its work was left out"),
            std::string::npos);
  EXPECT_NE(text.find("\n6 processes a row. Intervals"), std::string::npos);
}

TEST(ExportMarkdownTest, NoNameBecomesMarkup) {
  const std::string text = ComparisonMarkdown(SampleResults(), SampleSummary());
  EXPECT_EQ(text.find('<'), std::string::npos);
  EXPECT_NE(text.find("&lt;/script&gt;&lt;img src=x onerror=hostile()&gt;"), std::string::npos);
}

}  // namespace
}  // namespace report
