// Parts of preludes.

#include "emit/prelude.h"

#include <gtest/gtest.h>

namespace emit {
namespace {

constexpr std::string_view kFile =
    "# About the file.\n"
    "# part: one\n"
    "ONE = 1\n"
    "\n"
    "# part: two needs: one\n"
    "TWO = ONE + 1\n"
    "\n"
    "/* part: three needs: two, one */\n"
    "THREE = 3\n";

TEST(PreludeTest, IsEmptyWhenNothingIsUsed) { EXPECT_EQ(Prelude(kFile).Text(), ""); }

TEST(PreludeTest, HoldsWhatIsUsedInTheOrderOfTheFile) {
  Prelude prelude(kFile);
  prelude.Use("three");
  EXPECT_TRUE(prelude.IsUsed("one"));
  EXPECT_EQ(prelude.Text(), "ONE = 1\n\nTWO = ONE + 1\n\nTHREE = 3\n");
}

TEST(PreludeTest, TakesPartsOfAnotherFile) {
  Prelude prelude(kFile);
  prelude.Add("# About the other.\n# part: four needs: one\nFOUR = ONE + 3\n");
  prelude.Use("four");
  EXPECT_EQ(prelude.Text(), "ONE = 1\n\nFOUR = ONE + 3\n");
}

TEST(PreludeTest, LeavesOutTheRest) {
  Prelude prelude(kFile);
  prelude.Use("one");
  EXPECT_FALSE(prelude.IsUsed("two"));
  EXPECT_EQ(prelude.Text(), "ONE = 1\n");
}

}  // namespace
}  // namespace emit
