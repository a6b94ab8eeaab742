#pragma once
// An interval of plausible values for a number that was estimated.

namespace measure {

struct Interval {
  double low;
  double high;

  bool Contains(double value) const { return low <= value && value <= high; }
};

}  // namespace measure
