// Distribution functions and their inverses. Tails are computed as tails, never as one minus the
// rest, so that small error probabilities keep their digits. Tests:
// tests/measure/distributions_test.cpp.

#include "measure/distributions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "frontend/check.h"

namespace measure {
namespace {

// The regularised incomplete beta function I_x(a, b), where y = 1 - x is passed along to keep the
// digits of whichever is small. Lentz's method.
double IncompleteBeta(double x, double y, double a, double b) {
  if (x <= 0) {
    return 0;
  }
  if (y <= 0) {
    return 1;
  }
  if (x > (a + 1) / (a + b + 2)) {
    return 1 - IncompleteBeta(y, x, b, a);
  }
  constexpr double kTiny = 1e-300;
  constexpr int kMaxTerms = 10'000;
  const auto away_from_zero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double fraction = d;
  for (int m = 1; m < kMaxTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    fraction *= c * d;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    fraction *= c * d;
    if (std::abs(c * d - 1) < 1e-16) {
      break;
    }
  }
  const double log_beta = std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  return std::exp(a * std::log(x) + b * std::log(y) - log_beta) * fraction / a;
}

// P(T > t) for t >= 0.
double StudentTail(double t, double df) {
  const double squared = t * t;
  return 0.5 * IncompleteBeta(df / (df + squared), squared / (df + squared), df / 2, 0.5);
}

double StudentDensity(double t, double df) {
  return std::exp(std::lgamma((df + 1) / 2) - std::lgamma(df / 2) -
                  0.5 * std::log(df * std::numbers::pi) - (df + 1) / 2 * std::log1p(t * t / df));
}

// The z with P(Z < z) = tail, for tail <= 1/2; z <= 0.
double LowerNormalQuantile(double tail) {
  const double r = std::sqrt(-2 * std::log(tail));
  double z = (2.515517 + r * (0.802853 + r * 0.010328)) /
                 (1 + r * (1.432788 + r * (0.189269 + r * 0.001308))) -
             r;
  // The start is off by at most 4.5e-4 and each step cubes the error.
  for (int step = 0; step < 2; ++step) {
    const double error =
        (NormalCdf(z) - tail) * std::sqrt(2 * std::numbers::pi) * std::exp(z * z / 2);
    z -= error / (1 + z * error / 2);
  }
  return z;
}

}  // namespace

double NormalCdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double NormalQuantile(double p) {
  LAB_CHECK(0 < p && p < 1);
  return p <= 0.5 ? LowerNormalQuantile(p) : -LowerNormalQuantile(1 - p);
}

double StudentCdf(double t, double df) {
  return t <= 0 ? StudentTail(-t, df) : 1 - StudentTail(t, df);
}

double StudentQuantile(double p, double df) {
  LAB_CHECK(0 < p && p < 1 && df > 0);
  const double tail = std::min(p, 1 - p);
  if (tail == 0.5) {
    return 0;
  }
  // Newton's iteration for ln P(T > t) as a function of ln t, which is nearly straight in the tail
  // and concave, so that no start diverges.
  double t = -LowerNormalQuantile(tail);
  for (int step = 0; step < 100; ++step) {
    const double reached = StudentTail(t, df);
    const double change = std::log(reached / tail) * reached / (t * StudentDensity(t, df));
    t *= std::exp(change);
    if (std::abs(change) < 1e-9) {
      break;
    }
  }
  return p < 0.5 ? -t : t;
}

double StudentTwoSided(double confidence, double df) {
  return -StudentQuantile((1 - confidence) / 2, df);
}

double FairCoinCdf(int64_t n, int64_t k) {
  LAB_CHECK(n >= 0);
  if (k < 0) {
    return 0;
  }
  if (k >= n) {
    return 1;
  }
  if (2 * k >= n) {
    return 1 - FairCoinCdf(n, n - 1 - k);
  }
  // Binomial coefficients overflow: the sum is kept as sum * 2^exponent.
  constexpr int kScale = 500;
  double term = 1;
  double sum = 1;
  int64_t exponent = -n;
  for (int64_t i = 1; i <= k; ++i) {
    term *= static_cast<double>(n - i + 1) / static_cast<double>(i);
    sum += term;
    if (sum > 0x1p500) {
      term = std::ldexp(term, -kScale);
      sum = std::ldexp(sum, -kScale);
      exponent += kScale;
    }
  }
  return std::ldexp(sum, static_cast<int>(std::max<int64_t>(exponent, -100'000)));
}

}  // namespace measure
