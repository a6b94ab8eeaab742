// report/cell_label.h: names there and back.

#include "report/cell_label.h"

#include <gtest/gtest.h>

namespace report {
namespace {

const measure::Cell kCell{"my dir/great_circle.gc", "raw", "jit:fast#2", {{"n", "1000"}}};

TEST(CellLabelTest, ReadsLikeASentence) {
  EXPECT_EQ(CellLabel(kCell), "my dir/great_circle.gc raw(n=1000) @jit:fast#2");
  EXPECT_EQ(ProcessLabel(kCell, 2), "my dir/great_circle.gc raw(n=1000) @jit:fast#2 #3");
  EXPECT_EQ(CellLabel({"a.gc", "b", "jit", {}}), "a.gc b @jit");
}

TEST(CellLabelTest, AnImportKnowsTheBenchOrTheEngineAlone) {
  EXPECT_EQ(CellLabel({"file.json", "", "sleep 0.01", {}}), "sleep 0.01");
  EXPECT_EQ(CellLabel({"file.csv", "spectral norm", "", {}}), "spectral norm");
}

TEST(CellLabelTest, EscapesControlCharacters) {
  const std::string label = CellLabel({"a\nb.gc", "raw", "jit", {}});
  EXPECT_EQ(label.find('\n'), std::string::npos);
}

TEST(CellLabelTest, IsReadBack) {
  const std::vector<measure::Cell> cells = {
      kCell,
      {"a.gc", "b", "jit", {}},
      {"a.gc", "b", "jit", {{"n", "1"}, {"size", "a=b"}}},
      {"mail @home.gc", "b", "jit", {}},
  };
  for (const measure::Cell& cell : cells) {
    const auto alone = ReadLabel(CellLabel(cell));
    ASSERT_TRUE(alone.has_value()) << CellLabel(cell);
    EXPECT_EQ(alone->cell, cell);
    EXPECT_FALSE(alone->round.has_value());
    const auto process = ReadLabel(ProcessLabel(cell, 11));
    ASSERT_TRUE(process.has_value()) << ProcessLabel(cell, 11);
    EXPECT_EQ(process->cell, cell);
    EXPECT_EQ(process->round, 11U);
  }
}

TEST(CellLabelTest, OtherTextsAreNoLabels) {
  for (const char* text :
       {"", "sleep 0.01", "@jit", " @jit", "raw @jit", " raw @jit", "a.gc raw @", "a.gc raw @j t",
        "a.gc raw @jit #0", "a.gc raw @jit #x", "a.gc raw @jit #3x", "a.gc raw @jit #03",
        "a.gc raw(n) @jit", "a.gc (n=1) @jit", "a.gc raw() @jit", "a.gc raw @jit #99999999999"}) {
    EXPECT_FALSE(ReadLabel(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace report
