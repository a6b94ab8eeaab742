#pragma once
// From which input size on a competitor B is cheaper than A.

#include <span>
#include <vector>

#include "measure/interval.h"

namespace measure {

// The costs of the processes of A and B at one size; at least one each.
struct SizeCosts {
  double size;
  std::vector<double> a_seconds;
  std::vector<double> b_seconds;
};

// `size` is zero when B is cheaper at every size of the sweep and infinite when at none, and so are
// the bounds of `interval`: nothing is said about sizes that were not measured.
struct SizeBreakEven {
  double size;
  Interval interval;
};

// The root of ln C_A - ln C_B over ln(size). B gains with the size: the values are first made to
// rise by isotonic regression (pooling adjacent violators, R. E. Barlow et al. 1972), then joined
// by straight lines. The interval is that of the roots of Student's limits at each size. `sweep`
// has rising positive sizes and is not empty.
SizeBreakEven FindSizeBreakEven(std::span<const SizeCosts> sweep, double confidence);

}  // namespace measure
