// Columns: aligned, left out when empty, wide characters, and texts that would move the cursor.

#include "report/text_table.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace report {
namespace {

TEST(TextTableTest, AlignsColumns) {
  TextTable table({{"name"}, {"time", Align::Right}, {"verdict"}});
  EXPECT_TRUE(table.empty());
  table.AddRow({"raw", "9 ms", "base"});
  table.AddRule();
  table.AddRow({"factored", "10.5 ms", ""});
  EXPECT_FALSE(table.empty());
  EXPECT_EQ(table.Text(),
            "name         time  verdict\n"
            "──────────────────────────\n"
            "raw          9 ms  base\n"
            "──────────────────────────\n"
            "factored  10.5 ms\n");
}

TEST(TextTableTest, LeavesOutEmptyColumns) {
  TextTable table({{"a"}, {"never"}, {"b"}});
  table.AddRow({"1", "", "2"});
  table.AddRow({"3", "", "4"});
  EXPECT_EQ(table.Text(), "a  b\n────\n1  2\n3  4\n");
  TextTable first({{"never"}, {"b"}});
  first.AddRow({"", "2"});
  EXPECT_EQ(first.Text(), "b\n─\n2\n");
}

TEST(TextTableTest, CountsWhatATerminalShows) {
  EXPECT_EQ(DisplayWidth(""), 0U);
  EXPECT_EQ(DisplayWidth("abc"), 3U);
  EXPECT_EQ(DisplayWidth("µs ±"), 4U);
  EXPECT_EQ(DisplayWidth("日本"), 4U);
  EXPECT_EQ(DisplayWidth("한"), 2U);
  EXPECT_EQ(DisplayWidth("🚀"), 2U);
  EXPECT_EQ(DisplayWidth("\xff\x80\x80"), 1U);  // no text at all
  TextTable table({{"a"}, {"b"}});
  table.AddRow({"日本", "x"});
  table.AddRow({"µs", "y"});
  EXPECT_EQ(table.Text(), "a     b\n───────\n日本  x\nµs    y\n");
}

TEST(TextTableTest, ShowsControlCharacters) {
  TextTable table({{"a"}, {"b"}});
  table.AddRow({"x\033[2J\n\r", "y"});
  const std::string text = table.Text();
  EXPECT_EQ(text.find('\033'), std::string::npos);
  EXPECT_EQ(text.find('\r'), std::string::npos);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

}  // namespace
}  // namespace report
