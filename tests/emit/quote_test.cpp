// Literals of texts.

#include "emit/quote.h"

#include <gtest/gtest.h>

namespace emit {
namespace {

TEST(QuotedTest, EscapesWhatEndsOrHidesInALiteral) {
  EXPECT_EQ(Quoted("a \"b\" \\"), R"("a \"b\" \\")");
  EXPECT_EQ(Quoted("\n\t\r"), R"("\n\t\r")");
  EXPECT_EQ(Quoted(std::string_view("\0\x1f\x7f", 3)), R"("\x00\x1f\x7f")");
}

TEST(QuotedTest, LeavesOtherCharactersAlone) { EXPECT_EQ(Quoted("é€'#"), "\"é€'#\""); }

}  // namespace
}  // namespace emit
