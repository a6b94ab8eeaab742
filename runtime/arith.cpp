// The two operations of arith.h that are too long to inline: dividing large
// ints with one rounding, and hypot.

#include "runtime/arith.h"

#include <algorithm>

namespace runtime {

namespace {

using Uint128 = unsigned __int128;

uint64_t Magnitude(int64_t a) {
  return a < 0 ? uint64_t{0} - static_cast<uint64_t>(a) : static_cast<uint64_t>(a);
}

// A sum of terms of at most 1 that keeps what each addition rounds away. It
// starts at 1 so that the running sum is never smaller than a term.
struct CompensatedSum {
  double sum = 1.0;

  void Add(double term, double* lost) {
    const double before = sum;
    sum += term;
    *lost += (before - sum) + term;
  }
};

// x as two halves whose products are exact (Veltkamp's split).
struct Halves {
  double high;
  double low;
};

Halves Split(double x) {
  constexpr double kFactor = 134217729.0;  // 2^27 + 1
  const double scaled = x * kFactor;
  const double high = scaled - (scaled - x);
  return {high, x - high};
}

}  // namespace

double DivLargeInts(int64_t a, int64_t b) {
  if (a == 0) {
    return b < 0 ? -0.0 : 0.0;
  }
  const uint64_t dividend = Magnitude(a);
  const uint64_t divisor = Magnitude(b);
  // The dividend is moved up to 128 bits, so that the quotient by at most 2^63
  // has more than 64. The first 64 and one "something follows" bit decide the
  // rounding. Without a remainder nothing follows: an exact quotient has no
  // more digits than the dividend.
  int shift = 64 + __builtin_clzll(dividend);
  const Uint128 scaled = static_cast<Uint128>(dividend) << shift;
  Uint128 quotient = scaled / divisor;
  const int excess = 64 - __builtin_clzll(static_cast<uint64_t>(quotient >> 64));
  const bool inexact = scaled % divisor != 0;
  quotient >>= excess;
  shift -= excess;
  const uint64_t bits = static_cast<uint64_t>(quotient) | (inexact ? 1 : 0);
  const double magnitude = std::ldexp(static_cast<double>(bits), -shift);
  return (a < 0) != (b < 0) ? -magnitude : magnitude;
}

// The squares are summed exactly enough that the root needs one correction:
// h + (x*x + y*y - h*h) / (2h). The order of the operations is CPython's,
// since the last bit depends on it.
double Hypot(double x, double y) {
  const double sides[2] = {std::fabs(x), std::fabs(y)};
  if (std::isinf(sides[0]) || std::isinf(sides[1])) {
    return std::numeric_limits<double>::infinity();
  }
  if (std::isnan(x) || std::isnan(y)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double longest = std::max(sides[0], sides[1]);
  if (longest == 0.0) {
    return 0.0;
  }
  int exponent;
  (void)std::frexp(longest, &exponent);

  CompensatedSum squares;
  double lost_high = 0.0;
  if (exponent < -1023) {  // the scale below would be infinite
    for (const double side : sides) {
      const double ratio = side / longest;
      squares.Add(ratio * ratio, &lost_high);
    }
    return longest * std::sqrt(squares.sum - 1.0 + lost_high);
  }

  const double scale = std::ldexp(1.0, -exponent);
  double lost_middle = 0.0;
  double low_squares = 0.0;
  for (const double side : sides) {
    const Halves part = Split(side * scale);
    squares.Add(part.high * part.high, &lost_high);
    squares.Add(2.0 * part.high * part.low, &lost_middle);
    low_squares += part.low * part.low;
  }
  const double root = std::sqrt(squares.sum - 1.0 + (lost_high + lost_middle + low_squares));
  const Halves part = Split(root);
  squares.Add(-part.high * part.high, &lost_high);
  squares.Add(-2.0 * part.high * part.low, &lost_middle);
  squares.Add(-part.low * part.low, &low_squares);
  const double rest = squares.sum - 1.0 + (lost_high + lost_middle + low_squares);
  return (root + rest / (2.0 * root)) / scale;
}

}  // namespace runtime
