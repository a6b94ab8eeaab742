// Variances by level against the worked examples of Kalibera and Jones (tests/oracle/stats).

#include "measure/hierarchy.h"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/measure/oracle.h"

namespace measure {
namespace {

using nlohmann::json;

// The numbers of a nested array in order, and the length of the arrays at each depth from inside.
void Flatten(const json& nested, std::vector<double>* values, std::vector<size_t>* repetitions) {
  if (nested.is_number()) {
    values->push_back(nested.get<double>());
    return;
  }
  for (const json& element : nested) {
    Flatten(element, values, repetitions);
  }
  size_t depth = 0;
  for (const json* inner = &nested[0]; inner->is_array(); inner = &(*inner)[0]) {
    ++depth;
  }
  repetitions->resize(std::max(repetitions->size(), depth + 1));
  (*repetitions)[depth] = nested.size();
}

std::vector<LevelVariance> VariancesOf(const json& example) {
  std::vector<double> values;
  std::vector<size_t> repetitions;
  Flatten(example["data"], &values, &repetitions);
  return LevelVariances(values, repetitions);
}

TEST(HierarchyTest, ReproducesTheWorkedVariances) {
  const json oracle = OracleJson("stats/kalibera_worked_examples.json");
  for (const char* name : {"three_level", "two_level"}) {
    const std::vector<LevelVariance> levels = VariancesOf(oracle[name]);
    ASSERT_EQ(levels.size(), oracle[name]["S2"].size());
    for (size_t i = 0; i < levels.size(); ++i) {
      EXPECT_NEAR(levels[i].biased, oracle[name]["S2"][i].get<double>(), 0.0501) << name << i;
      EXPECT_NEAR(levels[i].unbiased, oracle[name]["T2"][i].get<double>(), 0.0501) << name << i;
    }
  }
}

TEST(HierarchyTest, ReproducesTheOptimalRepetitions) {
  const json oracle = OracleJson("stats/kalibera_worked_examples.json")["three_level_b"];
  const std::vector<LevelVariance> levels = VariancesOf(oracle);
  for (size_t i = 0; i < levels.size(); ++i) {
    EXPECT_NEAR(levels[i].unbiased, oracle["T2"][i].get<double>(), oracle["tol"].get<double>());
  }
  const auto high_to_low = oracle["costs_high_to_low"].get<std::vector<double>>();
  const std::vector<double> costs(high_to_low.rbegin(), high_to_low.rend());
  const std::vector<double> optimal = OptimalRepetitions(levels, costs);
  ASSERT_EQ(optimal.size(), 2);
  for (size_t i = 0; i < optimal.size(); ++i) {
    EXPECT_NEAR(optimal[i], oracle["optimal_reps_unrounded_r1_r2"][i].get<double>(), 1e-3);
    EXPECT_EQ(std::ceil(optimal[i]), oracle["optimal_reps_ceil"][i].get<double>());
  }
}

TEST(HierarchyTest, ALevelThatAddsNothingIsNotRepeated) {
  const LevelVariance levels[] = {
      {.biased = 4, .unbiased = 4}, {.biased = 1, .unbiased = -1}, {.biased = 2, .unbiased = 2}};
  const double costs[] = {1, 10, 100};
  const std::vector<double> optimal = OptimalRepetitions(levels, costs);
  EXPECT_TRUE(std::isinf(optimal[0]));
  EXPECT_EQ(optimal[1], 1);
}

TEST(HierarchyTest, ReproducesVariancesAndIntervalOfTheTwoLevelExample) {
  const json oracle = OracleJson("stats/hierarchical_ratio_example.json");
  for (const char* system : {"A", "B"}) {
    std::vector<double> values;
    std::vector<size_t> repetitions;
    Flatten(oracle["data"][system], &values, &repetitions);
    const std::vector<LevelVariance> levels = LevelVariances(values, repetitions);
    EXPECT_NEAR(levels[0].biased / oracle[system]["S1"].get<double>(), 1, 1e-9);
    EXPECT_NEAR(levels[1].biased / oracle[system]["S2"].get<double>(), 1, 1e-9);
    EXPECT_NEAR(levels[1].unbiased / oracle[system]["T2"].get<double>(), 1, 1e-9);
  }
}

TEST(HierarchyTest, IntervalOfTheMeanCountsProcesses) {
  const double means[] = {10, 12, 11, 13};
  const Interval interval = MeanInterval(means, 0.95);
  // 11.5 -+ 3.1824463 * sqrt(5/3 / 4)
  EXPECT_NEAR(interval.low, 9.4457397, 1e-6);
  EXPECT_NEAR(interval.high, 13.5542603, 1e-6);
  EXPECT_FALSE(MeanInterval(std::span(means, 1), 0.95).IsBounded());
}

}  // namespace
}  // namespace measure
