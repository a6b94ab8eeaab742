// report/csv.h: fields, lines and tables.

#include "report/csv.h"

#include <limits>

#include <gtest/gtest.h>

namespace report {
namespace {

std::vector<CsvRow> Rows(std::string_view text) {
  std::vector<CsvRow> rows;
  std::string error;
  EXPECT_TRUE(ReadCsv(text, &rows, &error)) << error;
  return rows;
}

std::string Error(std::string_view text) {
  std::vector<CsvRow> rows;
  std::string error;
  EXPECT_FALSE(ReadCsv(text, &rows, &error)) << text;
  return error;
}

TEST(CsvTest, QuotesWhatMustBeQuoted) {
  EXPECT_EQ(CsvText("plain"), "plain");
  EXPECT_EQ(CsvText(""), "");
  EXPECT_EQ(CsvText("raw(n=1, m=2)"), "\"raw(n=1, m=2)\"");
  EXPECT_EQ(CsvText("say \"a\""), "\"say \"\"a\"\"\"");
  EXPECT_EQ(CsvText("\""), "\"\"\"\"");
  EXPECT_EQ(CsvText("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(CsvText(" spaces "), "\" spaces \"");
}

TEST(CsvTest, NoTextIsAFormula) {
  EXPECT_EQ(CsvText("=1+1"), "'=1+1");
  EXPECT_EQ(CsvText("+a"), "'+a");
  EXPECT_EQ(CsvText("-a"), "'-a");
  EXPECT_EQ(CsvText("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(CsvText("\tx"), "'\tx");
  EXPECT_EQ(CsvText("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  EXPECT_EQ(CsvText("a=1"), "a=1");
}

TEST(CsvTest, NumbersKeepAllTheirDigits) {
  EXPECT_EQ(CsvNumber(0.1), "0.1");
  EXPECT_EQ(CsvNumber(-1.5), "-1.5");
  EXPECT_EQ(CsvNumber(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(CsvNumber(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(CsvNumber(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(CsvTest, WhatIsWrittenIsRead) {
  const std::vector<std::string> texts = {"plain", "",  "a,b", "say \"a\"", "\"",  "two\nlines",
                                          "=1+1",  "-", "@x",  "'quoted'",  "1.5", "ü"};
  std::vector<std::string> fields;
  for (const std::string& text : texts) {
    fields.push_back(CsvText(text));
  }
  const std::vector<CsvRow> rows = Rows(CsvLine(fields) + CsvLine({"x"}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].fields, texts);
  EXPECT_EQ(rows[0].line, 1U);
  EXPECT_EQ(rows[1].line, 3U);
}

TEST(CsvTest, ReadsWhatOthersWrite) {
  const std::vector<CsvRow> rows = Rows("a, b ,c\r\n\r\n1,\"x\"\r\n,\n\"\",2");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].fields, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(rows[1].fields, (std::vector<std::string>{"1", "x"}));
  EXPECT_EQ(rows[1].line, 3U);
  EXPECT_EQ(rows[2].fields, (std::vector<std::string>{"", ""}));
  EXPECT_EQ(rows[3].fields, (std::vector<std::string>{"", "2"}));
  EXPECT_TRUE(Rows("").empty());
  EXPECT_TRUE(Rows("\n\n").empty());
}

TEST(CsvTest, SaysWhereAQuoteIsWrong) {
  EXPECT_EQ(Error("a\nb,\"c\nd"),
            "line 2: a quote is opened and never closed; close it, or write \"\" for a quote "
            "within a quoted field");
  EXPECT_EQ(Error("\"a\"b"),
            "line 1: text follows a closing quote; put a comma between them, or write \"\" for a "
            "quote within a quoted field");
}

}  // namespace
}  // namespace report
