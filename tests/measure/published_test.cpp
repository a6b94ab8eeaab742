// Executions of real virtual machines against the outliers, changepoints and labels that their
// authors published (tests/oracle/warmup_figures), and synthetic series against what R's package
// changepoint and the reference rule give (tests/oracle/synthetic).

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "measure/outliers.h"
#include "measure/warmup.h"
#include "tests/measure/oracle.h"

namespace measure {
namespace {

constexpr WarmupOptions kReference = {.rule = WarmupRule::WarmupStats};

std::string ClassOf(const WarmupAnalysis& analysis) {
  return analysis.warmup_class ? std::string(Name(*analysis.warmup_class)) : "none";
}

// The last iteration of each segment but the last.
std::vector<size_t> Changepoints(const std::vector<Segment>& segments) {
  std::vector<size_t> changepoints;
  for (size_t i = 0; i + 1 < segments.size(); ++i) {
    changepoints.push_back(segments[i].end - 1);
  }
  return changepoints;
}

size_t Distance(size_t a, size_t b) { return a > b ? a - b : b - a; }

TEST(PublishedTest, LabelsAreReproduced) {
  size_t count = 0;
  const nlohmann::json figures = OracleJson("warmup_figures/expected.json");
  for (const auto& [name, expected] : figures.items()) {
    SCOPED_TRACE(name);
    const std::vector<double> seconds = OracleSeries("warmup_figures/" + name + ".csv");
    const WarmupAnalysis analysis = AnalyseWarmup(seconds, kReference);
    EXPECT_EQ(ClassOf(analysis), expected["published"]["classification"].get<std::string>());
    const nlohmann::json& steady = expected["derived_steady_iteration_number"];
    ASSERT_EQ(analysis.steady.has_value(), steady.is_number());
    if (steady.is_number() && expected["grade"] == "A") {
      EXPECT_EQ(analysis.steady->from + 1, steady);
    }
    ++count;
  }
  EXPECT_EQ(count, 24u);
}

TEST(PublishedTest, ChangepointsAreThoseOfTheFigures) {
  size_t exact = 0;
  const nlohmann::json figures = OracleJson("warmup_figures/expected.json");
  for (const auto& [name, expected] : figures.items()) {
    if (expected["grade"] == "C") {
      continue;  // The figure holds too few points for its changepoints.
    }
    SCOPED_TRACE(name);
    const std::vector<double> seconds = OracleSeries("warmup_figures/" + name + ".csv");
    const WarmupAnalysis analysis = AnalyseWarmup(seconds, kReference);
    const auto published =
        expected["published"]["changepoints_last_index0"].get<std::vector<size_t>>();
    const std::vector<size_t> found = Changepoints(analysis.segments);
    ASSERT_EQ(found.size(), published.size());
    const size_t allowed = expected["max_abs_deviation_of_changepoints"];
    for (size_t i = 0; i < found.size(); ++i) {
      EXPECT_LE(Distance(found[i], published[i]), allowed) << i;
    }
    exact += allowed == 0 ? 1 : 0;
    const auto means = expected["published"]["segment_means"].get<std::vector<double>>();
    ASSERT_EQ(means.size(), analysis.segments.size());
    for (size_t i = 0; i < means.size(); ++i) {
      if (allowed == 0 && analysis.segments[i].size() >= 100) {
        EXPECT_NEAR(analysis.segments[i].mean / means[i], 1, 2e-4) << i;
      }
    }
  }
  EXPECT_EQ(exact, 17u);
}

TEST(PublishedTest, OutliersAreThoseOfTheFigures) {
  const nlohmann::json figures = OracleJson("warmup_figures/expected.json");
  for (const auto& [name, expected] : figures.items()) {
    SCOPED_TRACE(name);
    const std::vector<double> seconds = OracleSeries("warmup_figures/" + name + ".csv");
    const std::vector<size_t> found =
        FindOutliers(seconds, DefaultOutlierWindow(seconds.size()), FirstIterations::Exempt);
    if (expected["grade"] != "C") {
      EXPECT_EQ(found, expected["outliers_used_index0"].get<std::vector<size_t>>());
    }
  }
}

// What the lab's own rule says of the published executions, where it differs. Their rule calls a
// difference of 1 ms a change, here 0.04 to 0.4% of an iteration; the lab asks for 1%. A phase that
// is 0.5% slower is then no warm-up and a cycle of 0.5% no unrest, which leaves in view what is
// larger: the first 7 iterations of slowdown2 take 1.9 times as long as the rest, 16 of
// new_good_comp are 5% faster than its end.
TEST(PublishedTest, TheRuleOfTheLabSaysOtherwiseHere) {
  std::vector<std::string> differences;
  const nlohmann::json figures = OracleJson("warmup_figures/expected.json");
  for (const auto& [name, expected] : figures.items()) {
    const std::vector<double> seconds = OracleSeries("warmup_figures/" + name + ".csv");
    const std::string label = ClassOf(AnalyseWarmup(seconds, {}));
    if (label != expected["published"]["classification"].get<std::string>()) {
      differences.push_back(name + ": " + label);
    }
  }
  const std::vector<std::string> known = {
      "category_examples_nosteadystate_nosteadystate1: flat",
      "category_examples_slowdown_slowdown2: warmup",
      "category_examples_warmup_warmup0: flat",
      "examples_new_good_comp: slowdown",
      "examples_new_inconsistent: flat",
      "examples_new_no_steady: warmup",
      "examples_warmup_flat: flat",
      "ren_no-steady2: slowdown",
  };
  EXPECT_EQ(differences, known);
}

TEST(SyntheticTest, SegmentsAreThoseOfR) {
  size_t count = 0;
  const nlohmann::json all = OracleJson("synthetic/expected.json");
  for (const auto& [name, expected] : all.items()) {
    SCOPED_TRACE(name);
    const std::vector<double> series = OracleSeries("synthetic/" + name + ".txt");
    const ChangepointOptions options = {.penalty = DefaultPenalty(series.size()),
                                        .min_variance = 1e-11,
                                        .floor = VarianceFloor::InsteadOfZero};
    EXPECT_NEAR(options.penalty, expected["penalty"], 1e-9);
    const std::vector<Segment> segments = FindSegments(series, options);
    const auto ends = expected["segment_end_index0"].get<std::vector<size_t>>();
    ASSERT_EQ(segments.size(), ends.size());
    const double scale = std::abs(segments[0].mean);
    for (size_t i = 0; i < ends.size(); ++i) {
      EXPECT_EQ(segments[i].end - 1, ends[i]);
      EXPECT_NEAR(segments[i].mean, expected["means"][i], 1e-12 * scale);
      const double variance = expected["variances"][i];
      EXPECT_NEAR(segments[i].variance, variance, 1e-6 * variance + 1e-15 * scale * scale);
    }
    const double cost = UnpenalisedCost(series, segments, options);
    const double changes = static_cast<double>(ends.size() - 1);
    if (expected["minus2loglik"][0].is_null()) {
      EXPECT_EQ(name, "s09_constant");  // R reports the likelihood without the floor.
      ++count;
      continue;
    }
    EXPECT_NEAR(cost, expected["minus2loglik"][0], 1e-3);
    EXPECT_NEAR(cost + options.penalty * changes, expected["minus2loglik"][1], 1e-3);
    ++count;
  }
  EXPECT_EQ(count, 23u);
}

// These labels are of the series with its outliers, which AnalyseWarmup takes out: all but the one
// that was made to have some.
TEST(SyntheticTest, LabelsAreThoseOfTheReferenceRule) {
  const nlohmann::json all = OracleJson("synthetic/expected.json");
  for (const auto& [name, expected] : all.items()) {
    SCOPED_TRACE(name);
    const std::vector<double> series = OracleSeries("synthetic/" + name + ".txt");
    const std::string label = ClassOf(AnalyseWarmup(series, kReference));
    const auto reference = expected["classification_by_reference_rule"].get<std::string>();
    EXPECT_EQ(label, name == "s13_outliers" ? "warmup" : reference);
  }
}

}  // namespace
}  // namespace measure
