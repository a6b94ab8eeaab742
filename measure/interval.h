#pragma once
// An interval of plausible values for a number that was estimated.

#include <limits>

namespace measure {

struct Interval {
  double low;
  double high;

  bool Contains(double value) const { return low <= value && value <= high; }
  bool IsBounded() const {
    return low > -std::numeric_limits<double>::infinity() &&
           high < std::numeric_limits<double>::infinity();
  }
};

// What too few samples say.
inline constexpr Interval kUnbounded = {.low = -std::numeric_limits<double>::infinity(),
                                        .high = std::numeric_limits<double>::infinity()};

}  // namespace measure
