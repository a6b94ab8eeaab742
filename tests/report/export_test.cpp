// report/export.h: the table of formats.

#include "report/export.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/report/sample.h"

namespace report {
namespace {

TEST(ExportTest, FindsFormatsByNameAndByEnding) {
  for (const FormatRow& row : Formats()) {
    EXPECT_EQ(FormatOf(row.name), row.format) << row.name;
  }
  EXPECT_EQ(FormatOf("out/table.md"), Format::Markdown);
  EXPECT_EQ(FormatOf("table.csv"), Format::Csv);
  EXPECT_EQ(FormatOf("table.json"), std::nullopt);
  EXPECT_EQ(FormatOf("table"), std::nullopt);
  EXPECT_EQ(FormatOf(""), std::nullopt);
}

TEST(ExportTest, EachFormatIsItsOwnAndStaysTheSame) {
  std::vector<std::string> texts;
  for (const FormatRow& row : Formats()) {
    const std::string text = Export(row.format, SampleResults(), SampleSummary());
    EXPECT_EQ(text, Export(row.format, SampleResults(), SampleSummary())) << row.name;
    EXPECT_TRUE(text.ends_with('\n')) << row.name;
    EXPECT_EQ(std::count(texts.begin(), texts.end(), text), 0) << row.name;
    texts.push_back(text);
  }
}

}  // namespace
}  // namespace report
