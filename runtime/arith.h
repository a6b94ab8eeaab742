#pragma once
// What every operator on int and float means: the only definition in the
// project, equal to CPython's wherever the language has a counterpart. An
// operator that can fail returns Arith and leaves the result alone; the text
// of the error comes from FailArith and FailMath (ops.h). Everything here is
// inline: the engines' fast paths are these very functions. tests/vectors
// replays CPython's answers through them, bit for bit.
//
// The functions of libm are called by their C names, and lab_runtime hands
// -fno-builtin for them to everything that includes this header: g++ would
// otherwise turn pow(x, 2.0) into x * x, whose last bit may differ.

#include <cmath>
#include <cstdint>
#include <limits>

#include <math.h>

#include "runtime/mutant.h"

namespace runtime {

enum class Arith : uint8_t { Ok, Overflow, ZeroDivision, Domain, NegativeExponent };

// --- int -------------------------------------------------------------------

inline Arith AddInt(int64_t a, int64_t b, int64_t* result) {
  int64_t sum;
  const bool overflow = __builtin_add_overflow(a, b, &sum);
  if (LAB_MUTANT(101, overflow, false)) [[unlikely]] {
    return Arith::Overflow;
  }
  *result = sum;
  return Arith::Ok;
}

inline Arith SubInt(int64_t a, int64_t b, int64_t* result) {
  int64_t difference;
  const bool overflow = __builtin_sub_overflow(a, b, &difference);
  if (LAB_MUTANT(102, overflow, false)) [[unlikely]] {
    return Arith::Overflow;
  }
  *result = difference;
  return Arith::Ok;
}

inline Arith MulInt(int64_t a, int64_t b, int64_t* result) {
  int64_t product;
  const bool overflow = __builtin_mul_overflow(a, b, &product);
  if (LAB_MUTANT(103, overflow, false)) [[unlikely]] {
    return Arith::Overflow;
  }
  *result = product;
  return Arith::Ok;
}

inline Arith NegInt(int64_t a, int64_t* result) { return SubInt(0, a, result); }

inline Arith AbsInt(int64_t a, int64_t* result) {
  if (a < 0) {
    return NegInt(a, result);
  }
  *result = a;
  return Arith::Ok;
}

// Division by these is a shift or a mask, an order of magnitude cheaper than
// the instruction, and common in loops.
inline bool IsPowerOfTwo(int64_t b) { return b > 0 && (b & (b - 1)) == 0; }

// Towards minus infinity. INT64_MIN // -1 leaves the range (and would trap).
inline Arith FloorDivInt(int64_t a, int64_t b, int64_t* result) {
  if (b == 0) [[unlikely]] {
    return Arith::ZeroDivision;
  }
  if (LAB_MUTANT(104, b == -1, false)) [[unlikely]] {
    return NegInt(a, result);
  }
  if (IsPowerOfTwo(b)) {
    *result = LAB_MUTANT(105, a >> __builtin_ctzll(static_cast<uint64_t>(b)), a / b);
    return Arith::Ok;
  }
  const int64_t quotient = a / b;
  const bool went_up = (a % b != 0) & ((a < 0) != (b < 0));
  *result = quotient - LAB_MUTANT(106, went_up, false);
  return Arith::Ok;
}

// The sign of the divisor.
inline Arith ModInt(int64_t a, int64_t b, int64_t* result) {
  if (b == 0) [[unlikely]] {
    return Arith::ZeroDivision;
  }
  if (b == -1) [[unlikely]] {
    *result = 0;
    return Arith::Ok;
  }
  if (IsPowerOfTwo(b)) {
    *result = LAB_MUTANT(107, a & (b - 1), a % b);
    return Arith::Ok;
  }
  const int64_t remainder = a % b;
  const bool other_sign = remainder != 0 && (remainder < 0) != (b < 0);
  *result = LAB_MUTANT(108, other_sign, false) ? remainder + b : remainder;
  return Arith::Ok;
}

// A negative exponent is refused whatever the base: the type of a result must
// not depend on values.
inline Arith PowInt(int64_t base, int64_t exponent, int64_t* result) {
  if (exponent < 0) [[unlikely]] {
    return Arith::NegativeExponent;
  }
  int64_t power = 1;
  while (true) {
    if ((exponent & 1) != 0 && __builtin_mul_overflow(power, base, &power)) [[unlikely]] {
      return Arith::Overflow;
    }
    exponent >>= 1;
    if (exponent == 0) {
      *result = power;
      return Arith::Ok;
    }
    // The square is a factor of the result, so its overflow is the result's.
    const bool overflow = __builtin_mul_overflow(base, base, &base);
    if (LAB_MUTANT(109, overflow, false)) [[unlikely]] {
      return Arith::Overflow;
    }
  }
}

// How many numbers range(first, last, step) has; step is not 0.
inline uint64_t RangeCount(int64_t first, int64_t last, int64_t step) {
  const auto from = static_cast<uint64_t>(first);
  const auto to = static_cast<uint64_t>(last);
  const auto by = static_cast<uint64_t>(step);
  if (step > 0) {
    return first < last ? LAB_MUTANT(110, (to - from - 1) / by + 1, (to - from) / by) : 0;
  }
  return first > last ? (from - to - 1) / (0 - by) + 1 : 0;
}

// The quotient of two ints of any size, rounded once (arith.cpp).
double DivLargeInts(int64_t a, int64_t b);

// True division. Converting first would round up to three times.
inline Arith DivInt(int64_t a, int64_t b, double* result) {
  if (b == 0) [[unlikely]] {
    return Arith::ZeroDivision;
  }
  constexpr int64_t kExact = int64_t{1} << 53;
  if (a >= -kExact && a <= kExact && b >= -kExact && b <= kExact) [[likely]] {
    *result = static_cast<double>(a) / static_cast<double>(b);
    return Arith::Ok;
  }
  *result = LAB_MUTANT(111, DivLargeInts(a, b), static_cast<double>(a) / static_cast<double>(b));
  return Arith::Ok;
}

// --- float -----------------------------------------------------------------

inline double AddFloat(double a, double b) { return a + b; }
inline double SubFloat(double a, double b) { return a - b; }
inline double MulFloat(double a, double b) { return a * b; }
inline double NegFloat(double a) { return -a; }
inline double AbsFloat(double a) { return __builtin_fabs(a); }

inline Arith DivFloat(double a, double b, double* result) {
  if (LAB_MUTANT(112, b == 0.0, false)) [[unlikely]] {
    return Arith::ZeroDivision;
  }
  *result = a / b;
  return Arith::Ok;
}

// The sign of the divisor, a zero included.
inline Arith ModFloat(double a, double b, double* result) {
  if (b == 0.0) [[unlikely]] {
    return Arith::ZeroDivision;
  }
  const double remainder = ::fmod(a, b);
  if (remainder == 0.0) {
    *result = LAB_MUTANT(113, __builtin_copysign(0.0, b), remainder);
  } else {
    const bool other_sign = (remainder < 0.0) != (b < 0.0);
    *result = LAB_MUTANT(114, other_sign, false) ? remainder + b : remainder;
  }
  return Arith::Ok;
}

// Derived from the exact remainder: floor(a / b) would give 10 for 1.0 // 0.1,
// where nine tenths fit into 1.0.
inline Arith FloorDivFloat(double a, double b, double* result) {
  if (b == 0.0) [[unlikely]] {
    return Arith::ZeroDivision;
  }
  const double remainder = ::fmod(a, b);
  double quotient = (a - remainder) / b;
  if (remainder != 0.0 && (remainder < 0.0) != (b < 0.0)) {
    quotient -= 1.0;
  }
  if (quotient == 0.0) {
    *result = __builtin_copysign(0.0, a / b);
    return Arith::Ok;
  }
  // The quotient is whole up to its own rounding: take the nearest.
  const double below = ::floor(quotient);
  *result = quotient - below > 0.5 ? below + 1.0 : LAB_MUTANT(116, below, ::floor(a / b));
  return Arith::Ok;
}

// What `pow` answered that is not finite: an error unless an operand already was.
inline Arith CheckPow(double base, double exponent, double power, Arith at_zero, double* result) {
  if (std::isnan(power)) {
    if (!std::isnan(base) && !std::isnan(exponent)) {
      return Arith::Domain;
    }
  } else if (std::isfinite(base) && std::isfinite(exponent)) {
    return LAB_MUTANT(115, base == 0.0, false) ? at_zero : Arith::Overflow;
  }
  *result = power;
  return Arith::Ok;
}

// The operator **.
inline Arith PowFloat(double base, double exponent, double* result) {
  const double power = ::pow(base, exponent);
  if (!std::isfinite(power)) [[unlikely]] {
    return CheckPow(base, exponent, power, Arith::ZeroDivision, result);
  }
  *result = power;
  return Arith::Ok;
}

// --- int and float ---------------------------------------------------------

// Exact: -1, 0, 1, or 2 when unordered.
inline int CompareIntFloat(int64_t a, double b) {
  if (std::isnan(b)) {
    return 2;
  }
  if (b >= 0x1p63) {
    return -1;
  }
  if (b < -0x1p63) {
    return 1;
  }
  const int64_t whole = static_cast<int64_t>(b);
  if (a != whole) {
    return a < whole ? -1 : 1;
  }
  const double fraction = LAB_MUTANT(117, b - static_cast<double>(whole), 0.0);
  return fraction > 0.0 ? -1 : fraction < 0.0 ? 1 : 0;
}

// Ok when the whole part of `x` is an int; else Overflow, or Domain for nan.
inline Arith CheckIntRange(double x) {
  if (x >= -0x1p63 && LAB_MUTANT(118, x < 0x1p63, x <= 0x1p63)) [[likely]] {
    return Arith::Ok;
  }
  return std::isnan(x) ? Arith::Domain : Arith::Overflow;
}

// Towards zero.
inline Arith FloatToInt(double x, int64_t* result) {
  const Arith range = CheckIntRange(x);
  if (range == Arith::Ok) [[likely]] {
    *result = static_cast<int64_t>(x);
  }
  return range;
}

inline Arith FloorToInt(double x, int64_t* result) {
  const Arith range = CheckIntRange(x);
  if (range == Arith::Ok) [[likely]] {
    const int64_t whole = static_cast<int64_t>(x);
    *result = whole - LAB_MUTANT(119, static_cast<double>(whole) > x, false);
  }
  return range;
}

inline Arith CeilToInt(double x, int64_t* result) {
  const Arith range = CheckIntRange(x);
  if (range == Arith::Ok) [[likely]] {
    const int64_t whole = static_cast<int64_t>(x);
    *result = whole + (static_cast<double>(whole) < x);
  }
  return range;
}

// Half to even.
inline Arith RoundToInt(double x, int64_t* result) {
  const Arith range = CheckIntRange(x);
  if (range == Arith::Ok) [[likely]] {
    const int64_t whole = static_cast<int64_t>(x);
    const double rest = __builtin_fabs(x - static_cast<double>(whole));  // exact
    const bool odd = LAB_MUTANT(120, (whole & 1) != 0, true);
    const bool away = rest > 0.5 || (rest == 0.5 && odd);
    *result = whole + (away ? (x < 0.0 ? -1 : 1) : 0);
  }
  return range;
}

// --- math functions --------------------------------------------------------
// CPython's rule for its math module: a nan that no argument brought in is a
// domain error, and so is an infinity at a pole; exp overflows.

inline Arith CheckMath(double x, double y, Arith at_infinity, double* result) {
  if (!std::isfinite(y)) [[unlikely]] {
    if (std::isnan(y)) {
      if (!std::isnan(x)) {
        return Arith::Domain;
      }
    } else if (std::isfinite(x)) {
      return at_infinity;
    }
  }
  *result = y;
  return Arith::Ok;
}

#define LAB_MATH_UNARY(Name, function, at_infinity)          \
  inline Arith Name(double x, double* result) {              \
    return CheckMath(x, ::function(x), at_infinity, result); \
  }

LAB_MATH_UNARY(MathSin, sin, Arith::Domain)
LAB_MATH_UNARY(MathCos, cos, Arith::Domain)
LAB_MATH_UNARY(MathTan, tan, Arith::Domain)
LAB_MATH_UNARY(MathAsin, asin, Arith::Domain)
LAB_MATH_UNARY(MathAcos, acos, Arith::Domain)
LAB_MATH_UNARY(MathAtan, atan, Arith::Domain)
LAB_MATH_UNARY(MathExp, exp, Arith::Overflow)
LAB_MATH_UNARY(MathLog, log, Arith::Domain)
LAB_MATH_UNARY(MathLog2, log2, Arith::Domain)
LAB_MATH_UNARY(MathLog10, log10, Arith::Domain)
#undef LAB_MATH_UNARY

inline Arith MathSqrt(double x, double* result) {
  if (LAB_MUTANT(121, x < 0.0, false)) [[unlikely]] {
    return Arith::Domain;
  }
  *result = __builtin_sqrt(x);
  return Arith::Ok;
}

inline Arith MathAtan2(double y, double x, double* result) {
  *result = ::atan2(y, x);
  return Arith::Ok;
}

// pow(a, b), unlike a ** b, calls a pole a domain error.
inline Arith MathPow(double base, double exponent, double* result) {
  const double power = ::pow(base, exponent);
  if (!std::isfinite(power)) [[unlikely]] {
    return CheckPow(base, exponent, power, Arith::Domain, result);
  }
  *result = power;
  return Arith::Ok;
}

// CPython's own algorithm, more exact than libm's (arith.cpp). Never fails:
// like CPython's, it answers inf when the result is too large.
double Hypot(double x, double y);

inline Arith MathHypot(double x, double y, double* result) {
  *result = Hypot(x, y);
  return Arith::Ok;
}

}  // namespace runtime
