#pragma once
// Order statistics.

#include <span>

namespace measure {

// By linear interpolation between the closest ranks (type 7 of Hyndman and Fan 1996, the default of
// R and numpy). `sorted` is ascending and not empty; 0 <= p <= 1.
double QuantileOfSorted(std::span<const double> sorted, double p);
// Of values in any order, at least one.
double Quantile(std::span<const double> values, double p);
double Median(std::span<const double> values);
double Mean(std::span<const double> values);
// Divided by n - 1; zero for a single value.
double SampleVariance(std::span<const double> values);

}  // namespace measure
