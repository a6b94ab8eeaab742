// The search for the optimal segments. With F(t) the least penalised cost of the first t values and
// C the cost of a segment, F(t) = min over s of F(s) + C(s, t) + penalty.
//
// PELT (Killick, Fearnhead, Eckley 2012) forgets an s for good once F(s) + C(s, t) > F(t). On a
// series without changes that never happens, and the search is quadratic. Here the s stand in
// blocks that double in size, and a block is skipped for one t when the same inequality, applied to
// all of it at once, says so: with p any index behind the block,
//     F(s) + C(s, t) >= [min over s in the block of F(s) + C(s, p)] + C(p, t),
// because the cost of a whole is never below that of its parts. The bracket is computed once. A
// skipped block comes back for the next t, so there is nothing to forget too early: PELT as
// commonly written drops s at t although a segment from t could not end before t + min_segment.
// Tests: tests/measure/changepoints_test.cpp.

#include "measure/changepoints.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "frontend/check.h"
#include "measure/quantile.h"

namespace measure {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

class Search {
 public:
  Search(const SegmentCost& cost, const ChangepointOptions& options)
      : cost_(cost),
        min_segment_(options.min_segment),
        best_cost_(cost.size() + 1, kInfinity),
        best_start_(cost.size() + 1, 0) {
    LAB_CHECK(min_segment_ >= 1);
  }

  // The ends of the optimal segments, ascending; the last is the number of values.
  std::vector<size_t> Run(double penalty, ChangepointSearch search) {
    const size_t count = cost_.size();
    best_cost_[0] = -penalty;
    for (size_t end = min_segment_; end <= count; ++end) {
      const size_t starts = end - min_segment_ + 1;
      switch (search) {
        case ChangepointSearch::Exhaustive:
          Begin(0, end);
          Try(1, starts, end);
          break;
        case ChangepointSearch::Pruned:
          CompleteBlocks(starts, end);
          Begin(best_start_[end - 1], end);
          TryBlocks(starts, end);
          break;
      }
      best_cost_[end] = least_ + penalty;
      best_start_[end] = start_;
    }
    std::vector<size_t> ends;
    for (size_t end = count; end > 0; end = best_start_[end]) {
      ends.push_back(end);
    }
    std::reverse(ends.begin(), ends.end());
    return ends;
  }

 private:
  static constexpr size_t kLeaf = 8;
  // Far above what rounding does to a cost, far below a penalty of use: a block is skipped only if
  // it misses the least cost by more than this.
  static constexpr double kMargin = 0.01;

  void Begin(size_t start, size_t end) {
    start_ = start;
    least_ = best_cost_[start] + cost_.Of(start, end);
  }

  // Tries the starts [from, to) of the segment that ends at `end`.
  void Try(size_t from, size_t to, size_t end) {
    for (size_t start = from; start < to; ++start) {
      const double total = best_cost_[start] + cost_.Of(start, end);
      if (total < least_ || (total == least_ && start < start_)) {
        least_ = total;
        start_ = start;
      }
    }
  }

  // Block i of level l holds the starts [i, i + 1) * (kLeaf << l).
  static size_t BlockSize(size_t level) { return kLeaf << level; }
  // The first index to which a segment from every start of a block may reach.
  size_t Behind(size_t level, size_t block) const {
    return (block + 1) * BlockSize(level) - 1 + min_segment_;
  }

  // Files the blocks that the start before `starts`, now possible for the first time, makes whole.
  // `end` is behind all of them.
  void CompleteBlocks(size_t starts, size_t end) {
    if (starts % kLeaf != 0) {
      return;
    }
    double least = kInfinity;
    for (size_t start = starts - kLeaf; start < starts; ++start) {
      if (best_cost_[start] < kInfinity) {
        least = std::min(least, best_cost_[start] + cost_.LowerBound(start, end));
      }
    }
    for (size_t level = 0;; ++level) {
      if (level == blocks_.size()) {
        blocks_.emplace_back();
      }
      std::vector<double>& row = blocks_[level];
      row.push_back(least);
      if (row.size() % 2 != 0) {
        return;
      }
      const size_t left = row.size() - 2;
      least = std::min(row[left] + cost_.LowerBound(Behind(level, left), end), least);
    }
  }

  void TryBlocks(size_t starts, size_t end) {
    size_t from = 0;
    for (size_t level = blocks_.size(); level-- > 0;) {
      if (from + BlockSize(level) <= starts) {
        TryBlock(level, from / BlockSize(level), end);
        from += BlockSize(level);
      }
    }
    Try(from, starts, end);
  }

  void TryBlock(size_t level, size_t block, size_t end) {
    const double bound = blocks_[level][block] + cost_.LowerBound(Behind(level, block), end);
    if (bound > least_ + kMargin) {
      return;
    }
    if (level == 0) {
      Try(block * kLeaf, (block + 1) * kLeaf, end);
      return;
    }
    TryBlock(level - 1, 2 * block, end);
    TryBlock(level - 1, 2 * block + 1, end);
  }

  const SegmentCost& cost_;
  const size_t min_segment_;
  std::vector<double> best_cost_;   // F; infinite where no segments of min_segment_ reach
  std::vector<size_t> best_start_;  // of the last segment
  // By level and block, a lower bound of F(s) + C(s, Behind) over its starts.
  std::vector<std::vector<double>> blocks_;
  // Of the segment that is being looked for: the best start so far and the cost with it.
  size_t start_ = 0;
  double least_ = 0;
};

std::vector<Segment> Segments(const SegmentCost& cost, const ChangepointOptions& options,
                              double penalty) {
  std::vector<Segment> segments;
  if (cost.size() == 0) {
    return segments;
  }
  std::vector<size_t> ends = {cost.size()};
  if (cost.size() >= 2 * options.min_segment) {
    ends = Search(cost, options).Run(penalty, options.search);
  }
  size_t begin = 0;
  for (const size_t end : ends) {
    segments.push_back({.begin = begin,
                        .end = end,
                        .mean = cost.Mean(begin, end),
                        .variance = cost.Variance(begin, end)});
    begin = end;
  }
  return segments;
}

double CostOf(const SegmentCost& cost, std::span<const Segment> segments) {
  double total = 0;
  for (const Segment& segment : segments) {
    total += cost.Of(segment.begin, segment.end);
  }
  return total;
}

// An optimum among the divisions with as many segments.
struct Division {
  std::vector<Segment> segments;
  double cost;
};

// The penalty at which both cost the same; `many` has more segments than `few`.
double Threshold(const Division& many, const Division& few) {
  return (few.cost - many.cost) / static_cast<double>(many.segments.size() - few.segments.size());
}

// Appends the divisions that are optimal between those of two penalties, fewer segments later.
void AppendBetween(const SegmentCost& cost, const ChangepointOptions& options, const Division& many,
                   const Division& few, std::vector<Division>& divisions) {
  if (many.segments.size() <= few.segments.size() + 1) {
    return;
  }
  Division middle = {.segments = Segments(cost, options, Threshold(many, few)), .cost = 0};
  middle.cost = CostOf(cost, middle.segments);
  if (middle.segments.size() >= many.segments.size() ||
      middle.segments.size() <= few.segments.size()) {
    return;
  }
  AppendBetween(cost, options, many, middle, divisions);
  divisions.push_back(middle);
  AppendBetween(cost, options, middle, few, divisions);
}

}  // namespace

double DefaultPenalty(size_t count) {
  return count == 0 ? 0 : 15 * std::log(static_cast<double>(count));
}

double DefaultMinVariance(std::span<const double> series, double resolution) {
  const double share_of_median = 1e-6 * Median(series);
  return std::max(resolution * resolution / 12, share_of_median * share_of_median);
}

std::vector<Segment> FindSegments(std::span<const double> series,
                                  const ChangepointOptions& options) {
  const SegmentCost cost(series, options.min_variance, options.floor);
  return Segments(cost, options, options.penalty);
}

double UnpenalisedCost(std::span<const double> series, std::span<const Segment> segments,
                       const ChangepointOptions& options) {
  return CostOf(SegmentCost(series, options.min_variance, options.floor), segments);
}

std::vector<PenaltyRange> SegmentsByPenalty(std::span<const double> series, double min_penalty,
                                            double max_penalty, const ChangepointOptions& options) {
  LAB_CHECK(min_penalty <= max_penalty);
  const SegmentCost cost(series, options.min_variance, options.floor);
  std::vector<Division> divisions(1);
  divisions[0].segments = Segments(cost, options, min_penalty);
  divisions[0].cost = CostOf(cost, divisions[0].segments);
  Division last = {.segments = Segments(cost, options, max_penalty), .cost = 0};
  last.cost = CostOf(cost, last.segments);
  if (last.segments.size() < divisions[0].segments.size()) {
    const Division first = divisions[0];
    AppendBetween(cost, options, first, last, divisions);
    divisions.push_back(last);
  }

  std::vector<PenaltyRange> ranges;
  double from = min_penalty;
  for (size_t i = 0; i < divisions.size(); ++i) {
    const double to =
        i + 1 < divisions.size() ? Threshold(divisions[i], divisions[i + 1]) : max_penalty;
    ranges.push_back({.from = from, .to = to, .segments = std::move(divisions[i].segments)});
    from = to;
  }
  return ranges;
}

}  // namespace measure
