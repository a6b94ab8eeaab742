// When times do not fit the work that was counted.

#include "measure/growth.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

TEST(GrowthTest, HalvesWholeNumbersAboveOne) {
  const std::vector<Parameter> parameters = {{"n", "7"}, {"m", "1"}, {"x", "2.0"}, {"s", "many"}};
  EXPECT_EQ(Divided(parameters, 2),
            (std::vector<Parameter>{{"n", "3"}, {"m", "1"}, {"x", "2.0"}, {"s", "many"}}));
  EXPECT_EQ(Divided(parameters, 64)[0].value, "1");
}

TEST(GrowthTest, SaysWhetherWorkGrows) {
  EXPECT_TRUE((Growth{.whole_nodes = 200, .half_nodes = 100}).IsGrowing());
  EXPECT_FALSE((Growth{.whole_nodes = 102, .half_nodes = 100}).IsGrowing());
  EXPECT_TRUE((Growth{.whole_nodes = 5, .half_nodes = 0}).IsGrowing());
}

TEST(GrowthTest, TakesTheLargestOfAFewAttempts) {
  int calls = 0;
  const TimedCall whole = [&] { return std::optional(++calls == 2 ? 1.9 : 1.1); };
  const TimedCall half = [] { return std::optional(1.0); };
  EXPECT_EQ(TimeGrowth(whole, half, 3), 1.9);
  EXPECT_EQ(calls, 5);
  calls = 0;
  EXPECT_EQ(TimeGrowth(whole, half, 1.5), 1.9);
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(TimeGrowth(
                whole, [] { return std::optional<double>(); }, 3),
            std::nullopt);
  EXPECT_EQ(TimeGrowth([] { return std::optional<double>(); }, half, 3), std::nullopt);
}

TEST(GrowthTest, DoubtsTimesThatAreTooShort) {
  const Growth growth{.whole_nodes = 1'000'000, .half_nodes = 500'000};
  const auto never = [](double) -> std::optional<double> {
    ADD_FAILURE() << "a short call tells nothing by its growth";
    return 1;
  };
  const auto doubt = JudgeFolding(growth, 2e-9, never);
  ASSERT_TRUE(doubt.has_value());
  EXPECT_EQ(doubt->kind, DoubtKind::Folded);
  EXPECT_EQ(doubt->text,
            "its work was folded away: 1000000 nodes of the program cannot run in 2 ns");
  EXPECT_FALSE(JudgeFolding(growth, 4e-5, [](double) { return 2.0; }).has_value());
  EXPECT_FALSE(JudgeFolding({.whole_nodes = 100, .half_nodes = 50}, 2e-9, never).has_value());
}

TEST(GrowthTest, DoubtsTimesThatDoNotGrow) {
  const Growth growth{.whole_nodes = 1000, .half_nodes = 500};
  const auto doubt = JudgeFolding(growth, 1e-3, [](double enough) {
    EXPECT_EQ(enough, 1.25);
    return 1.0;
  });
  ASSERT_TRUE(doubt.has_value());
  EXPECT_EQ(doubt->text,
            "its work was folded away: half the parameters take 50 % of the nodes and 100 % of the "
            "time");
  EXPECT_FALSE(JudgeFolding(growth, 1e-3, [](double) { return 1.3; }).has_value());
  EXPECT_FALSE(
      JudgeFolding(growth, 1e-3, [](double) { return std::optional<double>(); }).has_value());
}

}  // namespace
}  // namespace measure
