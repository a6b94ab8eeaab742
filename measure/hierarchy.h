#pragma once
// Samples in levels: iterations within processes, perhaps within builds. The levels are numbered
// from the lowest, iterations, as in T. Kalibera and R. Jones, "Rigorous benchmarking in reasonable
// time" (ISMM 2013), with the correction of its later version for T^2.

#include <cstddef>
#include <span>
#include <vector>

#include "measure/interval.h"

namespace measure {

struct LevelVariance {
  double biased;    // S^2: of the means of this level's units, which the levels below add to
  double unbiased;  // T^2: what this level adds by itself; at or below zero when that is nothing
};

// `values` in order, the lowest level varying fastest; `repetitions[i]` units of level i in each
// unit of level i + 1, at least 2 each; their product is the number of values.
std::vector<LevelVariance> LevelVariances(std::span<const double> values,
                                          std::span<const size_t> repetitions);

// How many units of each level but the highest give the narrowest interval for a given time, when
// one more unit of level i costs `costs[i]`. At least 1, to be rounded up; infinite where the level
// above adds nothing, so that more of its units would be wasted.
std::vector<double> OptimalRepetitions(std::span<const LevelVariance> variances,
                                       std::span<const double> costs);

// Student's interval for the mean over processes. Only their number counts: iterations within a
// process are not independent. Unbounded for a single process.
Interval MeanInterval(std::span<const double> process_means, double confidence);

}  // namespace measure
