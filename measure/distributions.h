#pragma once
// The distributions behind the intervals and tests, to about 1e-13 relative.

#include <cstdint>

namespace measure {

double NormalCdf(double z);
// 0 < p < 1. Halley's iteration on the complementary error function, begun at the rational
// approximation 26.2.23 of Abramowitz and Stegun (1964).
double NormalQuantile(double p);

// Student's t with `df` > 0 degrees of freedom, which need not be whole: an incomplete beta
// function (Abramowitz and Stegun 26.7.1), computed by its continued fraction (DLMF 8.17.22). Above
// some ten thousand degrees of freedom rounding leaves fewer digits.
double StudentCdf(double t, double df);
// 0 < p < 1.
double StudentQuantile(double p, double df);
// The t such that [-t, t] holds `confidence` of the distribution.
double StudentTwoSided(double confidence, double df);

// P(X <= k) for the number of heads X in n throws of a fair coin, summed term by term.
double FairCoinCdf(int64_t n, int64_t k);

}  // namespace measure
