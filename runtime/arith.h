#pragma once
// What every operator on int and float means: the only definition in the
// project, equal to CPython's wherever the language has a counterpart. An
// operator that can fail returns Arith and leaves the result alone; the text
// of the error comes from FailArith (ops.h). Everything here is inline: the
// engines' fast paths are these very functions.

#include <cmath>
#include <cstdint>
#include <limits>

namespace runtime {

enum class Arith : uint8_t { Ok, Overflow, ZeroDivision, Domain, NegativeExponent };

inline Arith AddInt(int64_t a, int64_t b, int64_t* result) {
  int64_t sum;
  if (__builtin_add_overflow(a, b, &sum)) [[unlikely]] {
    return Arith::Overflow;
  }
  *result = sum;
  return Arith::Ok;
}

inline Arith SubInt(int64_t a, int64_t b, int64_t* result) {
  int64_t difference;
  if (__builtin_sub_overflow(a, b, &difference)) [[unlikely]] {
    return Arith::Overflow;
  }
  *result = difference;
  return Arith::Ok;
}

inline Arith MulInt(int64_t a, int64_t b, int64_t* result) {
  int64_t product;
  if (__builtin_mul_overflow(a, b, &product)) [[unlikely]] {
    return Arith::Overflow;
  }
  *result = product;
  return Arith::Ok;
}

// To be completed (same shape): NegInt AbsInt FloorDivInt ModInt PowInt
//   Arith DivInt(int64_t, int64_t, double*)    true division, correctly rounded as CPython's
//   Arith DivFloat FloorDivFloat ModFloat PowFloat(double, double, double*)
//   double AddFloat SubFloat MulFloat NegFloat(double...)
//   int CompareIntFloat(int64_t, double)       exact: -1, 0, 1, or 2 when unordered
//   Arith FloatToInt(double, int64_t*)         towards zero; Floor, Ceil, Round (half to even) too
//   math functions: Arith MathSqrt(double, double*) ... one per unary/binary built-in, with the
//   domain rules of CPython's math module (fast path: compute, then look only when the result is not finite)

}  // namespace runtime
