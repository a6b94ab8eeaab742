// The reader of golden files itself.

#include "tests/support/golden_file.h"

#include <gtest/gtest.h>

namespace support {
namespace {

TEST(GoldenFile, ReadsAllDirectives) {
  GoldenFile golden = ParseGoldenFile("test.gc",
                                      "# args: 5000 n=3\n"
                                      "# flags: --interp=boxed\n"
                                      "print(\"# expect: no\")  # expect: # expect: no\n"
                                      "print(\"\")  # expect:\n"
                                      "print(\"  a\")  # expect:   a\n"
                                      "f(x)  # diagnostic: E0201[3], E0302\n"
                                      "1 // 0  # error[3]: ZeroDivision: 1 // 0: by zero\n"
                                      "# trace: g, f, <top>\n"
                                      "# exit: 1\n"
                                      "# a remark: with a colon\n");
  EXPECT_TRUE(golden.problems.empty());
  EXPECT_EQ(golden.args, (std::vector<std::string>{"5000", "n=3"}));
  EXPECT_EQ(golden.flags, std::vector<std::string>{"--interp=boxed"});
  EXPECT_EQ(golden.OutputText(), "# expect: no\n\n  a\n");
  ASSERT_EQ(golden.diagnostics.size(), 2u);
  EXPECT_EQ(golden.diagnostics[0].code, "E0201");
  EXPECT_EQ(golden.diagnostics[0].column, 3u);
  EXPECT_EQ(golden.diagnostics[1].line, 6u);
  EXPECT_EQ(golden.diagnostics[1].column, std::nullopt);
  ExpectedError error = golden.error.value_or(ExpectedError{});
  EXPECT_EQ(error.kind, "ZeroDivision");
  EXPECT_EQ(error.message, "1 // 0: by zero");
  EXPECT_EQ(error.line, 7u);
  EXPECT_EQ(error.column, 3u);
  EXPECT_EQ(golden.trace, (std::vector<std::string>{"g", "f", "<top>"}));
  EXPECT_EQ(golden.exit_status, 1);
}

TEST(GoldenFile, FindsCommentsBehindBrokenStrings) {
  GoldenFile golden = ParseGoldenFile("test.gc", "print(\"abc  # diagnostic: E0006\n");
  ASSERT_EQ(golden.diagnostics.size(), 1u);
  EXPECT_EQ(golden.diagnostics[0].code, "E0006");
}

TEST(GoldenFile, ReportsWhatItCannotRead) {
  EXPECT_FALSE(ParseGoldenFile("test.gc", "# exit: soon\n").problems.empty());
  EXPECT_FALSE(ParseGoldenFile("test.gc", "# error: no kind\n").problems.empty());
  EXPECT_FALSE(LoadGoldenFile("no/such/file.gc").problems.empty());
}

TEST(GoldenFile, NamesTests) {
  EXPECT_EQ(TestNameOf("tests/golden/a/b_c.gc", "tests/golden/"), "a_b_c");
}

}  // namespace
}  // namespace support
