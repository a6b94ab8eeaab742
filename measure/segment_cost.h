#pragma once
// The cost of calling a stretch of a series one segment: minus twice the log-likelihood of its
// values under the normal distribution that fits them best, from prefix sums in constant time.

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace measure {

// What keeps the likelihood of a segment whose values are (nearly) equal from growing beyond all
// bounds.
enum class VarianceFloor {
  // The likelihood is maximised over the variances >= min_variance. Splitting a segment then never
  // costs more than the whole, which is what pruning relies on.
  AtLeast,
  // min_variance stands in for a variance of exactly zero, and smaller ones are taken as they are:
  // the rule of R's package changepoint. An almost constant segment costs less than a constant one.
  InsteadOfZero,
};

// Values are centred on their median first, and sums carry twice the digits of a double, so that
// the cost of a segment does not depend on the offset of the series or on what came before it.
class SegmentCost {
 public:
  // `series` is finite. A min_variance below the smallest normal number counts as that number.
  SegmentCost(std::span<const double> series, double min_variance, VarianceFloor floor);

  size_t size() const { return sums_.size() - 1; }
  // Of the values [begin, end), begin < end.
  double Of(size_t begin, size_t end) const;
  // What these values cost at least within any longer segment: for begin <= middle <= end,
  // Of(begin, end) >= LowerBound(begin, middle) + LowerBound(middle, end). begin <= end.
  double LowerBound(size_t begin, size_t end) const;
  double Mean(size_t begin, size_t end) const;
  // Divided by the count; never negative.
  double Variance(size_t begin, size_t end) const;

 private:
  // Sums of the values before an index, each as a double and the rest that it could not hold.
  struct Sums {
    double sum;
    double sum_rest;
    double squares;
    double squares_rest;
  };

  double Sum(size_t begin, size_t end) const {
    const Sums& a = sums_[begin];
    const Sums& b = sums_[end];
    return (b.sum - a.sum) + (b.sum_rest - a.sum_rest);
  }
  // The sum of squared distances from the mean of the segment.
  double Scatter(size_t begin, size_t end, double count) const {
    const Sums& a = sums_[begin];
    const Sums& b = sums_[end];
    const double sum = (b.sum - a.sum) + (b.sum_rest - a.sum_rest);
    const double squares = (b.squares - a.squares) + (b.squares_rest - a.squares_rest);
    return squares - sum * sum / count;
  }
  double CostOfScatter(double scatter, double count) const {
    constexpr double kLogTwoPi = 1.8378770664093454836;
    const double variance = scatter / count;
    if (floor_ == VarianceFloor::AtLeast ? variance >= min_variance_ : variance > 0) {
      return count * (kLogTwoPi + 1 + std::log(variance));
    }
    if (floor_ == VarianceFloor::InsteadOfZero) {
      return count * (kLogTwoPi + 1 + log_min_variance_);
    }
    return count * (kLogTwoPi + log_min_variance_) + std::fmax(scatter, 0) / min_variance_;
  }

  double centre_ = 0;
  double min_variance_;
  double log_min_variance_;
  VarianceFloor floor_;
  std::vector<Sums> sums_;
};

inline double SegmentCost::Of(size_t begin, size_t end) const {
  const auto count = static_cast<double>(end - begin);
  return CostOfScatter(Scatter(begin, end, count), count);
}

inline double SegmentCost::LowerBound(size_t begin, size_t end) const {
  if (begin == end) {
    return 0;
  }
  const auto count = static_cast<double>(end - begin);
  const double scatter = Scatter(begin, end, count);
  if (floor_ == VarianceFloor::InsteadOfZero && !(scatter > 0)) {
    return -std::numeric_limits<double>::infinity();
  }
  return CostOfScatter(scatter, count);
}

}  // namespace measure
