// Break-even between two competitors, from the cumulated costs of their processes. Tests:
// tests/measure/break_even_test.cpp, coverage_test.cpp.

#include "measure/break_even.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "frontend/check.h"
#include "measure/distributions.h"

namespace measure {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A process's cost after 1, 2, ... runs, and for each one after these.
struct CostCurve {
  std::vector<double> totals;
  double slope;

  double At(double runs) const {
    const auto measured = static_cast<double>(totals.size());
    return runs <= measured ? totals[static_cast<size_t>(runs) - 1]
                            : totals.back() + (runs - measured) * slope;
  }
};

size_t LongestSeries(std::span<const ProcessCost> processes) {
  size_t longest = 0;
  for (const ProcessCost& process : processes) {
    longest = std::max(longest, process.iteration_seconds.size());
  }
  return longest;
}

size_t ShortestSeries(std::span<const ProcessCost> processes) {
  size_t shortest = processes.front().iteration_seconds.size();
  for (const ProcessCost& process : processes) {
    shortest = std::min(shortest, process.iteration_seconds.size());
  }
  return shortest;
}

// The curves of all processes, brought to `length` runs.
std::vector<CostCurve> CostCurves(std::span<const ProcessCost> processes, size_t length) {
  std::vector<CostCurve> curves;
  for (const ProcessCost& process : processes) {
    CostCurve curve = {.totals = {}, .slope = process.steady_seconds};
    curve.totals.reserve(length);
    double total = process.startup_seconds;
    for (size_t i = 0; i < length; ++i) {
      total += i < process.iteration_seconds.size() ? process.iteration_seconds[i]
                                                    : process.steady_seconds;
      curve.totals.push_back(total);
    }
    curves.push_back(std::move(curve));
  }
  return curves;
}

double MeanCost(std::span<const CostCurve> curves, double runs) {
  double sum = 0;
  for (const CostCurve& curve : curves) {
    sum += curve.At(runs);
  }
  return sum / static_cast<double>(curves.size());
}

CostCurve Difference(const CostCurve& b, const CostCurve& a) {
  CostCurve difference = b;
  difference.slope -= a.slope;
  for (size_t i = 0; i < a.totals.size(); ++i) {
    difference.totals[i] -= a.totals[i];
  }
  return difference;
}

struct Estimate {
  double mean = 0;
  double standard_error = 0;
  double df = 0;
};

// A sum or difference of the means of independent samples, with Satterthwaite's (1946) degrees of
// freedom.
class SumOfMeans {
 public:
  // `value` is taken of each curve.
  template <typename Value>
  void Add(std::span<const CostCurve> curves, double sign, Value value) {
    const auto count = static_cast<double>(curves.size());
    double sum = 0;
    for (const CostCurve& curve : curves) {
      sum += value(curve);
    }
    mean_ += sign * sum / count;
    if (curves.size() < 2) {
      return;
    }
    double squares = 0;
    for (const CostCurve& curve : curves) {
      const double deviation = value(curve) - sum / count;
      squares += deviation * deviation;
    }
    const double variance = squares / (count * (count - 1));
    variance_ += variance;
    squares_over_df_ += variance * variance / (count - 1);
  }

  Estimate Get() const {
    return {.mean = mean_,
            .standard_error = std::sqrt(variance_),
            .df = squares_over_df_ > 0 ? variance_ * variance_ / squares_over_df_ : 1};
  }

 private:
  double mean_ = 0;
  double variance_ = 0;
  double squares_over_df_ = 0;
};

// C_B - C_A over processes: the mean of the differences of paired processes, or the difference of
// the means of independent ones.
class Gap {
 public:
  Gap(const std::vector<CostCurve>& a, const std::vector<CostCurve>& b, Pairing pairing)
      : length_(a.front().totals.size()), processes_(std::min(a.size(), b.size())) {
    switch (pairing) {
      case Pairing::Independent:
        plus_ = b;
        minus_ = a;
        break;
      case Pairing::Rounds:
        LAB_CHECK(a.size() == b.size());
        for (size_t i = 0; i < a.size(); ++i) {
          plus_.push_back(Difference(b[i], a[i]));
        }
        break;
    }
    for (size_t k = 1; k <= length_; ++k) {
      measured_.push_back(Estimated([k](const CostCurve& c) { return c.totals[k - 1]; }));
    }
    slope_ = Estimated([](const CostCurve& c) { return c.slope; });
  }

  size_t length() const { return length_; }
  bool has_variance() const { return processes_ >= 2; }
  Estimate slope() const { return slope_; }

  // How many standard errors make a two-sided interval for the gap after `runs` runs; the degrees
  // of freedom change slowly with them.
  double Errors(double confidence, double runs) const {
    return StudentTwoSided(confidence, After(runs).df);
  }

  // The gap after `runs` runs, moved by `errors` standard errors.
  double Limit(double runs, double errors) const {
    const Estimate gap = After(runs);
    return gap.mean + errors * gap.standard_error;
  }

  // The first number of runs, up to the length, at which B's limit is not behind; else infinite.
  double FirstCrossing(double errors) const {
    for (size_t k = 1; k <= length_; ++k) {
      if (Limit(static_cast<double>(k), errors) <= 0) {
        return static_cast<double>(k);
      }
    }
    return kInfinity;
  }

  // B is ahead by more than the error, somewhere or at the end of the measured runs.
  bool IsAheadSomewhere(double confidence) const {
    return has_variance() && FirstCrossing(ErrorsAtEnd(confidence)) < kInfinity;
  }
  bool IsAheadAtEnd(double confidence) const {
    return has_variance() && measured_.back().mean < 0 &&
           Limit(static_cast<double>(length_), ErrorsAtEnd(confidence)) <= 0;
  }

  // The number of runs from which on B's limit is not behind, looking no further than the length,
  // and one more than that when it is behind there.
  double LastingCrossingMeasured(double errors) const {
    size_t behind = length_;
    while (behind > 0 && Limit(static_cast<double>(behind), errors) <= 0) {
      --behind;
    }
    return static_cast<double>(behind + 1);
  }

  // The same for all runs to come, or infinite. After the measured runs a limit is a straight line
  // plus or minus the root of a quadratic: concave or convex, so that it comes down through zero
  // once.
  double LastingCrossing(double errors) const {
    constexpr double kForever = 0x1p52;
    const auto length = static_cast<double>(length_);
    double behind = 0;
    for (double step = 1; step < kForever; step *= 2) {
      if (Limit(length + step, errors) > 0) {
        behind = step;
      }
    }
    if (behind == 0) {
      return LastingCrossingMeasured(errors);
    }
    if (2 * behind >= kForever) {
      return kInfinity;
    }
    double not_behind = 2 * behind;
    while (not_behind - behind > 1) {
      const double middle = std::floor((behind + not_behind) / 2);
      (Limit(length + middle, errors) > 0 ? behind : not_behind) = middle;
    }
    return length + not_behind;
  }

 private:
  double ErrorsAtEnd(double confidence) const {
    return Errors(confidence, static_cast<double>(length_));
  }

  Estimate After(double runs) const {
    return runs <= static_cast<double>(length_)
               ? measured_[static_cast<size_t>(runs) - 1]
               : Estimated([runs](const CostCurve& c) { return c.At(runs); });
  }

  template <typename Value>
  Estimate Estimated(Value value) const {
    SumOfMeans sum;
    sum.Add(plus_, 1, value);
    if (!minus_.empty()) {
      sum.Add(minus_, -1, value);
    }
    return sum.Get();
  }

  size_t length_;
  size_t processes_;
  std::vector<CostCurve> plus_;
  std::vector<CostCurve> minus_;  // empty when paired
  std::vector<Estimate> measured_;
  Estimate slope_;
};

double NeverProbability(const Gap& gap) {
  if (!gap.has_variance()) {
    return 0.5;
  }
  const Estimate slope = gap.slope();
  if (slope.standard_error == 0) {
    return slope.mean >= 0 ? 1 : 0;
  }
  return StudentCdf(slope.mean / slope.standard_error, slope.df);
}

using CrossingOfLimit = double (Gap::*)(double errors) const;

// The crossing of the gap itself, and those of its lower and upper limits around it.
void SetRuns(const Gap& gap, CrossingOfLimit crossing, double confidence, BreakEven* result) {
  result->runs = (gap.*crossing)(0);
  if (result->runs == kInfinity) {
    return;
  }
  if (!gap.has_variance()) {
    result->runs_interval = {.low = 1, .high = kInfinity};
    return;
  }
  const double errors = gap.Errors(confidence, result->runs);
  result->runs_interval = {.low = (gap.*crossing)(-errors), .high = (gap.*crossing)(errors)};
}

}  // namespace

BreakEven FindBreakEven(std::span<const ProcessCost> a, std::span<const ProcessCost> b,
                        const BreakEvenOptions& options) {
  LAB_CHECK(!a.empty() && !b.empty());
  const size_t length = std::max(LongestSeries(a), LongestSeries(b));
  const auto measured = static_cast<double>(std::min(ShortestSeries(a), ShortestSeries(b)));
  LAB_CHECK(measured > 0);
  const std::vector<CostCurve> a_curves = CostCurves(a, length);
  const std::vector<CostCurve> b_curves = CostCurves(b, length);
  const Gap gap(a_curves, b_curves, options.pairing);

  BreakEven result = {.state = BreakEvenState::Undecided,
                      .runs = kInfinity,
                      .runs_interval = kUnbounded,
                      .seconds = kInfinity,
                      .seconds_interval = kUnbounded,
                      .first_crossing_runs = gap.FirstCrossing(0),
                      .lost_at_runs = kInfinity,
                      .never_probability = NeverProbability(gap)};
  if (options.steady_ratio.low > 1) {
    if (!gap.IsAheadSomewhere(options.decision_confidence)) {
      result.state = BreakEvenState::Never;
      return result;
    }
    result.state = BreakEvenState::LosesAgain;
    result.lost_at_runs = Gap(b_curves, a_curves, options.pairing).LastingCrossing(0);
    SetRuns(gap, &Gap::FirstCrossing, options.confidence, &result);
  } else if (options.steady_ratio.high < 1) {
    SetRuns(gap, &Gap::LastingCrossing, options.confidence, &result);
  } else if (gap.IsAheadAtEnd(options.decision_confidence)) {
    SetRuns(gap, &Gap::LastingCrossingMeasured, options.confidence, &result);
  }
  if (result.runs == kInfinity) {
    return result;
  }
  if (result.state != BreakEvenState::LosesAgain) {
    result.state = result.runs <= 1          ? BreakEvenState::AheadFromFirstRun
                   : result.runs <= measured ? BreakEvenState::Crosses
                                             : BreakEvenState::Extrapolated;
    result.first_crossing_runs = std::min(result.first_crossing_runs, result.runs);
  }
  result.seconds = MeanCost(a_curves, result.runs);
  result.seconds_interval = {.low = MeanCost(a_curves, result.runs_interval.low),
                             .high = MeanCost(a_curves, result.runs_interval.high)};
  return result;
}

}  // namespace measure
