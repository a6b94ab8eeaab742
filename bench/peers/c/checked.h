// The language's arithmetic for the twins, in two variants from one text: with its checks
// (-DCHECKED=1: overflow, division by zero, domain, index, recursion depth) and without (0, C's own
// operators). A check that fails ends the program; nothing returns from it.
// Serves C and C++. What is named `Int` is the language's int, a double its float.
#pragma once

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef CHECKED
#define CHECKED 0
#endif

typedef int64_t Int;

enum { kDepthLimit = 10000 };

__attribute__((noreturn, cold, noinline, unused)) static void Fail(const char* what) {
  fprintf(stderr, "error: %s\n", what);
  exit(1);
}

static inline void Check(bool good, const char* what) {
  if (CHECKED && __builtin_expect(!good, 0)) Fail(what);
}

// Stands at the head of a function that calls itself; such calls pass `depth + 1`. Without checks
// nothing uses `depth`, and the compiler drops the parameter.
static inline void CheckDepth(int depth) { Check(depth < kDepthLimit, "recursion limit"); }

// --- int ----------------------------------------------------------------------------------------

static inline Int Add(Int a, Int b) {
  if (!CHECKED) return a + b;
  Int result;
  Check(!__builtin_add_overflow(a, b, &result), "overflow");
  return result;
}

static inline Int Sub(Int a, Int b) {
  if (!CHECKED) return a - b;
  Int result;
  Check(!__builtin_sub_overflow(a, b, &result), "overflow");
  return result;
}

static inline Int Mul(Int a, Int b) {
  if (!CHECKED) return a * b;
  Int result;
  Check(!__builtin_mul_overflow(a, b, &result), "overflow");
  return result;
}

// Towards minus infinity: what `//` means, checked or not.
static inline Int FloorDiv(Int a, Int b) {
  Check(b != 0, "division by zero");
  Check(!(a == INT64_MIN && b == -1), "overflow");
  return a / b - ((a % b != 0) & ((a < 0) != (b < 0)));
}

// The sign of the divisor. The processor's own division traps at INT64_MIN % -1.
static inline Int Mod(Int a, Int b) {
  Check(b != 0, "division by zero");
  if (CHECKED && b == -1) return 0;
  Int rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

// --- float --------------------------------------------------------------------------------------

static inline double Divide(double a, double b) {
  Check(b != 0.0, "division by zero");
  return a / b;
}

static inline Int Floor(double x) {
  Check(x >= -0x1p63 && x < 0x1p63, "overflow");
  return (Int)floor(x);
}

static inline double Sqrt(double x) {
  Check(!(x < 0.0), "domain");
  return sqrt(x);
}

// A result that is not finite is an error unless the argument brought it in.
__attribute__((cold, noinline, unused)) static void CheckNotFinite(double x, double y) {
  if (isnan(y) ? !isnan(x) : isfinite(x)) Fail("domain");
}

static inline double InDomain(double x, double y) {
  if (CHECKED && __builtin_expect(!isfinite(y), 0)) CheckNotFinite(x, y);
  return y;
}

static inline double Sin(double x) { return InDomain(x, sin(x)); }
static inline double Cos(double x) { return InDomain(x, cos(x)); }
static inline double Acos(double x) { return InDomain(x, acos(x)); }

static const double kPi = 3.141592653589793;
