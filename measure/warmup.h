#pragma once
// Whether and when the iterations of one process reached a steady state: outliers are set aside,
// the rest is divided into segments, and each segment is compared with the last. After Barrett,
// Bolz-Tereick, Killick, Mount and Tratt 2017, "Virtual machine warmup blows hot and cold".

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measure/changepoints.h"

namespace measure {

enum class WarmupClass {
  Flat,           // all segments are equivalent to the last
  Warmup,         // some earlier ones are slower, none is faster
  Slowdown,       // some earlier one is faster
  NoSteadyState,  // something else than the last still happened in the steady share
};

// "flat", "warmup", "slowdown", "no steady state".
std::string_view Name(WarmupClass warmup_class);

enum class WarmupRule {
  // A segment is equivalent to the last one when their means differ by no more than
  //     delta + t sqrt(v / n_segment + v_last / n_last),
  // delta = max(timer_floor_seconds, relative_delta * the last mean): what matters, and on top what
  // chance explains at 99% (t is Student's, for n_last - 1). v is the larger of both variances;
  // that of the last alone for a segment
  // of fewer than 10 iterations, because a change after the very first iteration makes a segment of
  // one slow and one fast iteration, whose own variance would excuse any mean.
  // No variance counts below what the clock can tell (DefaultMinVariance). The windows for outliers
  // have at least 20 iterations, and the first iterations are FirstIterations::Judged.
  Lab,
  // What the program warmup_stats does, errors included, for comparison with published results:
  // equivalent when [mean - variance, mean + variance] meets the last mean +- max(its variance,
  // delta_seconds); a segment that ends on the first iteration of the steady share is let through;
  // the steady part begins its last segment one iteration early, and the time to it lacks the
  // iteration before it; 1e-11 instead of a variance of zero.
  WarmupStats,
};

// Lab: what is known about the first iteration of a series before it is looked at.
enum class FirstIteration {
  Alike,  // nothing
  // It is the first of its process, which meets cold caches, and compiles on engines that compile.
  // It is a segment of its own, so that even a short series shows whether it differs.
  Apart,
};

struct WarmupOptions {
  WarmupRule rule = WarmupRule::Lab;
  FirstIteration first = FirstIteration::Alike;
  // The part of the iterations, at the end, that must be equivalent.
  double steady_share = 0.25;
  double relative_delta = 0.01;       // Lab
  double timer_floor_seconds = 1e-7;  // Lab: reading the clock before and after
  double resolution_seconds = 1e-9;   // Lab: of the clock
  double delta_seconds = 0.001;       // WarmupStats
};

// Iterations [begin, end).
struct IterationRange {
  size_t begin;
  size_t end;
};

// The last segment and the equivalent ones right before it.
struct SteadyPart {
  size_t from;                         // the first steady iteration
  double seconds_before;               // what the iterations before it took, outliers included
  std::vector<IterationRange> ranges;  // one for each segment, ascending; they include outliers
  // Of the steady iterations without outliers.
  size_t count;
  double mean;
  double variance;  // divided by count - 1
};

struct WarmupAnalysis {
  std::vector<size_t> outliers;  // ascending
  // In iterations of the whole series, which they tile; an outlier between two segments belongs to
  // the later one. Mean and variance are without outliers.
  std::vector<Segment> segments;
  // None when there are fewer than kMinIterations: nothing can be said about change.
  std::optional<WarmupClass> warmup_class;
  // None also when there is no steady state.
  std::optional<SteadyPart> steady;
  double penalty;
  double delta_seconds;
  // A lasting change of level in the middle of the series that is smaller than this would not have
  // been found: 2 sd sqrt(exp(penalty / n) - 1), where the likelihood gained equals the penalty. In
  // short series it is many times the noise, and "flat" says no more than that.
  double detectable_seconds;
  // The rule with its numbers, in one sentence.
  std::string rule;
};

// Two segments of two.
inline constexpr size_t kMinIterations = 4;

// Of one process. `seconds` holds one finite time for each iteration, in the order of the run. The
// rule WarmupStats classifies a series of any length but an empty one.
WarmupAnalysis AnalyseWarmup(std::span<const double> seconds, const WarmupOptions& options);

// Whether the processes of a benchmark behaved alike.
enum class Consistency {
  Consistent,
  GoodInconsistent,  // flat and warmup only: all get there
  BadInconsistent,
};

// "consistent", "good inconsistent", "bad inconsistent".
std::string_view Name(Consistency consistency);

struct WarmupSummary {
  Consistency consistency;
  std::array<size_t, 4> counts;  // by WarmupClass

  size_t Count(WarmupClass warmup_class) const { return counts[static_cast<size_t>(warmup_class)]; }
};

WarmupSummary Summarise(std::span<const WarmupClass> processes);

}  // namespace measure
