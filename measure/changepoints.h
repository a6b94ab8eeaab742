#pragma once
// Where the mean or the variance of a series changes: the division into segments whose cost
// (segment_cost.h) plus `penalty` for each change is least. It is always the optimum, by the
// dynamic program of Jackson et al. 2005 ("optimal partitioning").

#include <cstddef>
#include <span>
#include <vector>

#include "measure/segment_cost.h"

namespace measure {

// The values [begin, end).
struct Segment {
  size_t begin;
  size_t end;
  double mean;
  double variance;  // of maximum likelihood: divided by the count

  size_t size() const { return end - begin; }
};

// Both give the same segments; of several that cost the same, the one whose last segment, then the
// one before it, begins first.
enum class ChangepointSearch {
  // Skips whole ranges of starts that cannot be optimal: about n log n costs with DefaultPenalty,
  // however many changes there are; up to n^2 / 2 where chance alone nearly pays a penalty.
  Pruned,
  // Every pair of ends: n^2 / 2 costs. The other search is checked against it.
  Exhaustive,
};

struct ChangepointOptions {
  double penalty = 0;      // for each change, on the scale of -2 log-likelihood
  size_t min_segment = 2;  // values, at least 1
  double min_variance = 0;
  VarianceFloor floor = VarianceFloor::AtLeast;
  ChangepointSearch search = ChangepointSearch::Pruned;
};

// 15 ln n, the penalty of Barrett et al. 2017 ("Virtual machine warmup blows hot and cold"): the
// usual 3 to 4 ln n holds for independent values, and iterations depend on their neighbours.
double DefaultPenalty(size_t count);

// The variance below which differences are not the program's: that of rounding to `resolution`, or
// a millionth of the median, whichever is larger. `series` is not empty.
double DefaultMinVariance(std::span<const double> series, double resolution);

// The segments tile [0, series.size()). Fewer than two times min_segment values are one segment, no
// values none. `series` is finite.
std::vector<Segment> FindSegments(std::span<const double> series,
                                  const ChangepointOptions& options);

// The cost of these segments without penalties: minus twice the log-likelihood.
double UnpenalisedCost(std::span<const double> series, std::span<const Segment> segments,
                       const ChangepointOptions& options);

// Segments that are optimal for every penalty in [from, to).
struct PenaltyRange {
  double from;
  double to;
  std::vector<Segment> segments;
};

// The optimal segments for every penalty in [min_penalty, max_penalty], in ascending order of
// penalty: CROPS of Haynes, Eckley and Fearnhead 2017. `options.penalty` is not used.
std::vector<PenaltyRange> SegmentsByPenalty(std::span<const double> series, double min_penalty,
                                            double max_penalty, const ChangepointOptions& options);

}  // namespace measure
