// The two rules share everything but the numbers, the comparison of two segments and the known
// errors of the one. Tests: tests/measure/warmup_test.cpp, and tests/measure/published_test.cpp
// against published executions.

#include "measure/warmup.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "frontend/check.h"
#include "measure/distributions.h"
#include "measure/outliers.h"
#include "measure/quantile.h"

namespace measure {
namespace {

constexpr size_t kMinOutlierWindow = 20;
constexpr size_t kTrustedVariance = 10;  // iterations
constexpr double kChance = 0.99;

class Analyser {
 public:
  Analyser(std::span<const double> seconds, const WarmupOptions& options)
      : seconds_(seconds), options_(options) {}

  WarmupAnalysis Run() {
    FindKept();
    FindSegmentsOfKept();
    const Segment& last = result_.segments.back();
    result_.delta_seconds =
        IsLab() ? std::max(options_.timer_floor_seconds, options_.relative_delta * last.mean)
                : options_.delta_seconds;
    result_.detectable_seconds = DetectableSeconds();
    if (!IsLab() || seconds_.size() >= kMinIterations) {
      result_.warmup_class = Classify();
      if (result_.warmup_class != WarmupClass::NoSteadyState) {
        result_.steady = Steady();
      }
    }
    result_.rule = Rule();
    return std::move(result_);
  }

 private:
  enum class Level { Faster, Equivalent, Slower };

  bool IsLab() const { return options_.rule == WarmupRule::Lab; }
  // Iterations at the start that are a segment of their own.
  size_t Apart() const {
    return IsLab() && options_.first == FirstIteration::Apart && seconds_.size() >= kMinIterations
               ? 1
               : 0;
  }

  void FindKept() {
    size_t window = DefaultOutlierWindow(seconds_.size());
    FirstIterations first = FirstIterations::Exempt;
    if (IsLab()) {
      window = std::max(window, kMinOutlierWindow);
      first = FirstIterations::Judged;
    }
    result_.outliers = FindOutliers(seconds_.subspan(Apart()), window, first);
    for (size_t& outlier : result_.outliers) {
      outlier += Apart();
    }
    is_outlier_.assign(seconds_.size(), 0);
    for (const size_t outlier : result_.outliers) {
      is_outlier_[outlier] = 1;
    }
    for (size_t i = Apart(); i < seconds_.size(); ++i) {
      if (is_outlier_[i] == 0) {
        kept_.push_back(i);
      }
    }
  }

  void FindSegmentsOfKept() {
    std::vector<double> series;
    for (const size_t i : kept_) {
      series.push_back(seconds_[i]);
    }
    ChangepointOptions changepoints;
    changepoints.penalty = result_.penalty = DefaultPenalty(series.size());
    if (IsLab()) {
      changepoints.min_variance = DefaultMinVariance(series, options_.resolution_seconds);
    } else {
      changepoints.min_variance = 1e-11;
      changepoints.floor = VarianceFloor::InsteadOfZero;
    }
    result_.segments = FindSegments(series, changepoints);
    size_t begin = Apart();
    for (Segment& segment : result_.segments) {
      sizes_.push_back(segment.size());
      segment.end = segment.end == kept_.size() ? seconds_.size() : kept_[segment.end - 1] + 1;
      segment.begin = begin;
      begin = segment.end;
    }
    if (Apart() == 1) {
      result_.segments.insert(result_.segments.begin(),
                              {.begin = 0, .end = 1, .mean = seconds_[0], .variance = 0});
      sizes_.insert(sizes_.begin(), 1);
    }
    if (sizes_.back() > 1) {
      chance_factor_ = StudentTwoSided(kChance, static_cast<double>(sizes_.back() - 1));
    }
  }

  // Segment i against the last.
  Level Compare(size_t i) const {
    const Segment& segment = result_.segments[i];
    const Segment& last = result_.segments.back();
    double reach = 0;
    if (IsLab()) {
      const double variance =
          sizes_[i] < kTrustedVariance ? last.variance : std::max(segment.variance, last.variance);
      reach = result_.delta_seconds +
              chance_factor_ * std::sqrt(variance / static_cast<double>(sizes_[i]) +
                                         last.variance / static_cast<double>(sizes_.back()));
    } else {
      reach = segment.variance + std::max(last.variance, result_.delta_seconds);
    }
    if (segment.mean < last.mean - reach) {
      return Level::Faster;
    }
    return segment.mean > last.mean + reach ? Level::Slower : Level::Equivalent;
  }

  // The first iteration of the share at the end that must be steady.
  size_t SteadyShareBegin() const {
    const double share = options_.steady_share * static_cast<double>(seconds_.size());
    const auto count = static_cast<size_t>(IsLab() ? std::ceil(share) : std::floor(share));
    return seconds_.size() - std::min(count, seconds_.size());
  }

  WarmupClass Classify() const {
    // What warmup_stats lets through: a segment whose last iteration is the first of the share.
    const size_t last_end = SteadyShareBegin() + (IsLab() ? 0 : 1);
    WarmupClass result = WarmupClass::Flat;
    for (size_t i = result_.segments.size() - 1; i-- > 0;) {
      const Level level = Compare(i);
      if (level == Level::Equivalent) {
        continue;
      }
      if (result_.segments[i].end > last_end) {
        return WarmupClass::NoSteadyState;
      }
      if (level == Level::Faster) {
        return WarmupClass::Slowdown;
      }
      result = WarmupClass::Warmup;
    }
    return result;
  }

  SteadyPart Steady() const {
    size_t first = result_.segments.size() - 1;
    while (first > 0 && Compare(first - 1) == Level::Equivalent) {
      --first;
    }
    SteadyPart steady = {};
    for (size_t i = first; i < result_.segments.size(); ++i) {
      steady.ranges.push_back({result_.segments[i].begin, result_.segments[i].end});
    }
    steady.from = steady.ranges.front().begin;
    size_t seconds_end = steady.from;
    if (!IsLab() && steady.from > 0) {
      --seconds_end;
    }
    if (!IsLab() && steady.ranges.back().begin > 0) {
      --steady.ranges.back().begin;
    }
    for (size_t i = 0; i < seconds_end; ++i) {
      steady.seconds_before += seconds_[i];
    }
    std::vector<double> values;
    for (const IterationRange& range : steady.ranges) {
      for (size_t i = range.begin; i < range.end; ++i) {
        if (is_outlier_[i] == 0) {
          values.push_back(seconds_[i]);
        }
      }
    }
    steady.count = values.size();
    steady.mean = Mean(values);
    steady.variance = SampleVariance(values);
    return steady;
  }

  double DetectableSeconds() const {
    double scatter = 0;
    for (size_t i = 0; i < sizes_.size(); ++i) {
      scatter += result_.segments[i].variance * static_cast<double>(sizes_[i]);
    }
    const auto count = static_cast<double>(kept_.size());
    if (kept_.size() < kMinIterations) {
      return std::numeric_limits<double>::infinity();
    }
    return 2 * std::sqrt(scatter / count * std::expm1(result_.penalty / count));
  }

  std::string Rule() const {
    const double share_percent = 100 * options_.steady_share;
    if (!IsLab()) {
      return fmt::format(
          "warmup_stats: as steady as the last segment within the larger of its variance and {} s, "
          "over the last {:.3g}% of the iterations",
          result_.delta_seconds, share_percent);
    }
    if (!result_.warmup_class.has_value()) {
      return fmt::format("too short: fewer than {} iterations show no change", kMinIterations);
    }
    return fmt::format(
        "as steady as the last segment within {:.3g} s ({}) and chance, over the last {:.3g}% of "
        "the iterations",
        result_.delta_seconds,
        result_.delta_seconds > options_.timer_floor_seconds
            ? fmt::format("{:.3g}% of its mean", 100 * options_.relative_delta)
            : "what the clock can tell",
        share_percent);
  }

  const std::span<const double> seconds_;
  const WarmupOptions options_;
  std::vector<char> is_outlier_;
  std::vector<size_t> kept_;   // the iterations that are no outliers
  std::vector<size_t> sizes_;  // of the segments, without outliers
  double chance_factor_ = 0;   // of the standard error of two means
  WarmupAnalysis result_ = {};
};

}  // namespace

std::string_view Name(WarmupClass warmup_class) {
  switch (warmup_class) {
    case WarmupClass::Flat:
      return "flat";
    case WarmupClass::Warmup:
      return "warmup";
    case WarmupClass::Slowdown:
      return "slowdown";
    case WarmupClass::NoSteadyState:
      return "no steady state";
  }
  LAB_CHECK(false);
}

std::string_view Name(Consistency consistency) {
  switch (consistency) {
    case Consistency::Consistent:
      return "consistent";
    case Consistency::GoodInconsistent:
      return "good inconsistent";
    case Consistency::BadInconsistent:
      return "bad inconsistent";
  }
  LAB_CHECK(false);
}

WarmupAnalysis AnalyseWarmup(std::span<const double> seconds, const WarmupOptions& options) {
  if (seconds.empty()) {
    WarmupAnalysis nothing = {};
    nothing.rule = "there are no iterations";
    return nothing;
  }
  return Analyser(seconds, options).Run();
}

WarmupSummary Summarise(std::span<const WarmupClass> processes) {
  WarmupSummary summary = {.consistency = Consistency::Consistent, .counts = {}};
  for (const WarmupClass warmup_class : processes) {
    ++summary.counts[static_cast<size_t>(warmup_class)];
  }
  const auto is_all = [&](size_t count) { return count == processes.size(); };
  if (!std::any_of(summary.counts.begin(), summary.counts.end(), is_all)) {
    const size_t good = summary.Count(WarmupClass::Flat) + summary.Count(WarmupClass::Warmup);
    summary.consistency =
        is_all(good) ? Consistency::GoodInconsistent : Consistency::BadInconsistent;
  }
  return summary;
}

}  // namespace measure
