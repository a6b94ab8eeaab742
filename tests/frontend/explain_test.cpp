// Every diagnostic has an explanation, and its two programs do what they claim.

#include "frontend/explain.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/frontend/test_program.h"

namespace frontend {
namespace {

constexpr std::string_view kAllCodes[] = {
#define LAB_DIAGNOSTIC(name, code, title) code,
#include "frontend/diagnostic_kinds.def"
#undef LAB_DIAGNOSTIC
};

TEST(Explain, EveryCodeHasItsWrongAndItsRightProgram) {
  for (std::string_view code : kAllCodes) {
    const Explanation* explanation = FindExplanation(code);
    ASSERT_NE(explanation, nullptr) << code << " is not explained";
    EXPECT_EQ(CodesOf(std::string(explanation->right)), "") << code << ", the right program";
    // A program with 4,097 names would not fit on a page.
    if (code != "E0213") {
      EXPECT_EQ(CodesOf(std::string(explanation->wrong)), code) << "the wrong program";
    }
  }
}

TEST(Explain, CodesAreUniqueAndWellFormed) {
  std::set<std::string_view> seen;
  for (std::string_view code : kAllCodes) {
    EXPECT_TRUE(seen.insert(code).second) << code << " stands twice";
    EXPECT_EQ(code.size(), 5u);
    EXPECT_EQ(code[0], 'E');
  }
}

TEST(Explain, WritesAPage) {
  EXPECT_EQ(
      ExplanationText("E0107"),
      "E0107: a block is missing\n"
      "\n"
      "After the condition of if and while, after for ... in ..., and after the head of a\n"
      "function stands a block in braces, which opens on the same line. A function may have =\n"
      "and an expression instead.\n"
      "\n"
      "Wrong:\n"
      "    def twice(x)\n"
      "    {\n"
      "        2 * x\n"
      "    }\n"
      "\n"
      "Right:\n"
      "    def twice(x) {\n"
      "        2 * x\n"
      "    }\n");
  EXPECT_EQ(ExplanationText("E9999"), "");
  // What must not reach a terminal does not.
  EXPECT_NE(ExplanationText("E0004").find("\\u{202e}abc"), std::string::npos);
  EXPECT_NE(ExplanationText("E0001").find("caf\\xe9"), std::string::npos);
}

}  // namespace
}  // namespace frontend
