// The prelude of emitted C begins here, with errors, arithmetic and math. A function that can fail is
// called through a macro of its name, which hands it the line of the call; the function itself ends
// in _at. A program gets the definitions that it refers to, each with the comment above it; no empty
// line stands within a definition. What is only about these files, like this, stands alone.

// Ends the program because of the operation on this line.
__attribute__((noreturn, cold, noinline, format(printf, 3, 4)))
static void fail(int line, const char *kind, const char *message, ...) {
  fflush(stdout);
  fprintf(stderr, "%s:%d: %s: ", __FILE__, line, kind);
  va_list words;
  va_start(words, message);
  vfprintf(stderr, message, words);
  va_end(words);
  fputc('\n', stderr);
  exit(1);
}

#define add_int(a, b) add_int_at(a, b, __LINE__)

static inline int64_t add_int_at(int64_t a, int64_t b, int line) {
  int64_t sum;
  if (__builtin_add_overflow(a, b, &sum)) {
    // a is found again from the sum, so that it need not be kept.
    a = (int64_t)((uint64_t)sum - (uint64_t)b);
    fail(line, "overflow", "%" PRId64 " + %" PRId64 " does not fit in a 64-bit int", a, b);
  }
  return sum;
}

#define sub_int(a, b) sub_int_at(a, b, __LINE__)

static inline int64_t sub_int_at(int64_t a, int64_t b, int line) {
  int64_t difference;
  if (__builtin_sub_overflow(a, b, &difference)) {
    a = (int64_t)((uint64_t)difference + (uint64_t)b);
    fail(line, "overflow", "%" PRId64 " - %" PRId64 " does not fit in a 64-bit int", a, b);
  }
  return difference;
}

#define mul_int(a, b) mul_int_at(a, b, __LINE__)

static inline int64_t mul_int_at(int64_t a, int64_t b, int line) {
  int64_t product;
  if (__builtin_mul_overflow(a, b, &product)) {
    fail(line, "overflow", "%" PRId64 " * %" PRId64 " does not fit in a 64-bit int", a, b);
  }
  return product;
}

#define neg_int(a) neg_int_at(a, __LINE__)

static inline int64_t neg_int_at(int64_t a, int line) {
  if (a == INT64_MIN) {
    fail(line, "overflow", "-(%" PRId64 ") does not fit in a 64-bit int", a);
  }
  return -a;
}

#define abs_int(a) abs_int_at(a, __LINE__)

static inline int64_t abs_int_at(int64_t a, int line) {
  if (a == INT64_MIN) {
    fail(line, "overflow", "abs(%" PRId64 ") does not fit in a 64-bit int", a);
  }
  return a < 0 ? -a : a;
}

// The quotient, rounded down.
#define floor_div_int(a, b) floor_div_int_at(a, b, __LINE__)

static inline int64_t floor_div_int_at(int64_t a, int64_t b, int line) {
  if (b == 0) {
    fail(line, "division by zero", "cannot divide %" PRId64 " by zero", a);
  }
  if (b == -1 && a == INT64_MIN) {
    fail(line, "overflow", "%" PRId64 " // -1 does not fit in a 64-bit int", a);
  }
  return a / b - ((a % b != 0) & ((a < 0) != (b < 0)));
}

// The remainder, with the sign of the divisor.
#define mod_int(a, b) mod_int_at(a, b, __LINE__)

static inline int64_t mod_int_at(int64_t a, int64_t b, int line) {
  if (b == 0) {
    fail(line, "division by zero", "cannot take %" PRId64 " modulo zero", a);
  }
  if (b == -1) {
    return 0;
  }
  int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

#define pow_int(a, b) pow_int_at(a, b, __LINE__)

static inline int64_t pow_int_at(int64_t a, int64_t b, int line) {
  if (b < 0) {
    fail(line, "domain",
         a < 0 ? "(%" PRId64 ") ** %" PRId64 " is not an int, since the exponent is negative"
               : "%" PRId64 " ** %" PRId64 " is not an int, since the exponent is negative", a, b);
  }
  int64_t power = 1;
  int64_t square = a;
  bool overflows = false;
  for (int64_t rest = b; rest != 0 && !overflows; rest >>= 1) {
    if ((rest & 1) != 0) {
      overflows = __builtin_mul_overflow(power, square, &power);
    }
    if (rest > 1) {
      overflows |= __builtin_mul_overflow(square, square, &square);
    }
  }
  if (overflows) {
    fail(line, "overflow",
         a < 0 ? "(%" PRId64 ") ** %" PRId64 " does not fit in a 64-bit int"
               : "%" PRId64 " ** %" PRId64 " does not fit in a 64-bit int", a, b);
  }
  return power;
}

// The quotient as a float, rounded once, however large the ints are.
#define div_int(a, b) div_int_at(a, b, __LINE__)

static double div_large_ints(int64_t a, int64_t b) {
  uint64_t dividend = a < 0 ? -(uint64_t)a : (uint64_t)a;
  uint64_t divisor = b < 0 ? -(uint64_t)b : (uint64_t)b;
  if (dividend == 0) {
    return b < 0 ? -0.0 : 0.0;
  }
  int shift = 64 + __builtin_clzll(dividend);
  unsigned __int128 scaled = (unsigned __int128)dividend << shift;
  unsigned __int128 quotient = scaled / divisor;
  unsigned __int128 lost = scaled % divisor;
  uint64_t high = (uint64_t)(quotient >> 64);
  if (high != 0) {
    int excess = 64 - __builtin_clzll(high);
    lost |= quotient & (((unsigned __int128)1 << excess) - 1);
    quotient >>= excess;
    shift -= excess;
  }
  double magnitude = ldexp((double)((uint64_t)quotient | (lost != 0)), -shift);
  return (a < 0) != (b < 0) ? -magnitude : magnitude;
}

static inline double div_int_at(int64_t a, int64_t b, int line) {
  if (b == 0) {
    fail(line, "division by zero", "cannot divide %" PRId64 " by zero", a);
  }
  const int64_t exact = (int64_t)1 << 53;
  if (a >= -exact && a <= exact && b >= -exact && b <= exact) {
    return (double)a / (double)b;
  }
  return div_large_ints(a, b);
}

// The next number of a range: one that an int cannot hold is past the end.
static inline int64_t step_int(int64_t i, int64_t step) {
  int64_t next;
  return __builtin_add_overflow(i, step, &next) ? (step > 0 ? INT64_MAX : INT64_MIN) : next;
}

#define check_step(step) check_step_at(step, __LINE__)

static inline int64_t check_step_at(int64_t step, int line) {
  if (step == 0) {
    fail(line, "value", "the step of a range must not be zero");
  }
  return step;
}

static inline int64_t min_int(int64_t a, int64_t b) { return b < a ? b : a; }

static inline int64_t max_int(int64_t a, int64_t b) { return b > a ? b : a; }

static inline double min_float(double a, double b) { return b < a ? b : a; }

static inline double max_float(double a, double b) { return b > a ? b : a; }

// Exact: -1, 0, 1, or 2 when b is not a number.
static inline int compare_int_float(int64_t a, double b) {
  if (isnan(b)) {
    return 2;
  }
  if (b >= 0x1p63 || b < -0x1p63) {
    return b > 0 ? -1 : 1;
  }
  int64_t whole = (int64_t)b;
  if (a != whole) {
    return a < whole ? -1 : 1;
  }
  double fraction = b - (double)whole;
  return fraction > 0 ? -1 : fraction < 0;
}

static inline bool equal_float(double a, double b) { return a == b; }

// The shortest digits that read back as x, laid out as Python does.
#define float_text(x) write_float(x, (char[32]){0})

static char *write_float(double x, char *text) {
  if (!isfinite(x)) {
    return strcpy(text, isnan(x) ? "nan" : x < 0 ? "-inf" : "inf");
  }
  // Of "d.ddde+XX", after the point. The smallest numbers have few digits.
  int precision = fabs(x) < 2.3e-308 ? 0 : 14;
  char scientific[32];
  do {
    snprintf(scientific, sizeof scientific, "%.*e", precision, x);
  } while (strtod(scientific, NULL) != x && ++precision <= 16);
  char *mark = strchr(scientific, 'e');
  int exponent = atoi(mark + 1);
  char digits[20];
  int count = 0;
  for (char *at = scientific; at < mark; at++) {
    if (*at >= '0' && *at <= '9') {
      digits[count++] = *at;
    }
  }
  while (count > 1 && digits[count - 1] == '0') {
    count--;
  }
  char *out = text;
  if (signbit(x)) {
    *out++ = '-';
  }
  if (exponent < -4 || exponent >= 16) {
    out += sprintf(out, "%c%s%.*s", digits[0], count > 1 ? "." : "", count - 1, digits + 1);
    sprintf(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
  } else if (exponent < 0) {
    sprintf(out, "0.%.*s%.*s", -exponent - 1, "000", count, digits);
  } else if (count <= exponent + 1) {
    sprintf(out, "%.*s%.*s.0", count, digits, exponent + 1 - count, "000000000000000");
  } else {
    sprintf(out, "%.*s.%.*s", exponent + 1, digits, count - exponent - 1, digits + exponent + 1);
  }
  return text;
}

#define div_float(a, b) div_float_at(a, b, __LINE__)

static inline double div_float_at(double a, double b, int line) {
  if (b == 0.0) {
    fail(line, "division by zero", "cannot divide %s by zero", float_text(a));
  }
  return a / b;
}

// The quotient rounded down, from the exact remainder.
#define floor_div_float(a, b) floor_div_float_at(a, b, __LINE__)

static inline double floor_div_float_at(double a, double b, int line) {
  if (b == 0.0) {
    fail(line, "division by zero", "cannot divide %s by zero", float_text(a));
  }
  double rest = fmod(a, b);
  double quotient = (a - rest) / b;
  if (rest != 0.0 && (rest < 0.0) != (b < 0.0)) {
    quotient -= 1.0;
  }
  if (quotient == 0.0) {
    return copysign(0.0, a / b);
  }
  double below = (floor)(quotient);
  return quotient - below > 0.5 ? below + 1.0 : below;
}

// The remainder, with the sign of the divisor.
#define mod_float(a, b) mod_float_at(a, b, __LINE__)

static inline double mod_float_at(double a, double b, int line) {
  if (b == 0.0) {
    fail(line, "division by zero", "cannot take %s modulo zero", float_text(a));
  }
  double rest = fmod(a, b);
  if (rest == 0.0) {
    return copysign(0.0, b);
  }
  return (rest < 0.0) != (b < 0.0) ? rest + b : rest;
}

// Compilers make x * x of pow(x, 2.0), and exp2(x) of pow(2.0, x), with another last bit. They do
// not look through this.
static double (*volatile libm_pow)(double, double) = pow;

// The operator **.
#define pow_float(a, b) pow_float_at(a, b, __LINE__)

__attribute__((noreturn, cold, noinline))
static void fail_pow(double a, double b, double power, int line) {
  const char *open = signbit(a) ? "(" : "";
  const char *close = signbit(a) ? ")" : "";
  if (isnan(power)) {
    fail(line, "domain", "%s%s%s ** %s is not a real number", open, float_text(a), close,
         float_text(b));
  }
  if (a == 0.0) {
    fail(line, "division by zero", "cannot raise %s to the negative power %s", float_text(a),
         float_text(b));
  }
  fail(line, "overflow", "%s%s%s ** %s does not fit in a float", open, float_text(a), close,
       float_text(b));
}

static inline double pow_float_at(double a, double b, int line) {
  double power = libm_pow(a, b);
  if (!isfinite(power) &&
      (isnan(power) ? !isnan(a) && !isnan(b) : isfinite(a) && isfinite(b))) {
    fail_pow(a, b, power, line);
  }
  return power;
}

// The result of a math function. One that is not finite is an error, unless x brought that in.
__attribute__((noreturn, cold, noinline))
static void fail_domain(const char *name, double x, const char *rule, int line) {
  fail(line, "domain", "%s(%s) is not defined: %s", name, float_text(x), rule);
}

static inline double in_domain(double y, double x, const char *name, const char *rule, int line) {
  if (!isfinite(y) && (isnan(y) ? !isnan(x) : isfinite(x))) {
    fail_domain(name, x, rule, line);
  }
  return y;
}

#define sqrt(x) sqrt_at(x, __LINE__)

static inline double sqrt_at(double x, int line) {
  if (x < 0.0) {
    fail_domain("sqrt", x, "its argument must not be negative", line);
  }
  return (sqrt)(x);
}

#define sin(x) sin_at(x, __LINE__)

static inline double sin_at(double x, int line) {
  return in_domain((sin)(x), x, "sin", "its argument must be finite", line);
}

#define cos(x) cos_at(x, __LINE__)

static inline double cos_at(double x, int line) {
  return in_domain((cos)(x), x, "cos", "its argument must be finite", line);
}

#define tan(x) tan_at(x, __LINE__)

static inline double tan_at(double x, int line) {
  return in_domain((tan)(x), x, "tan", "its argument must be finite", line);
}

#define asin(x) asin_at(x, __LINE__)

static inline double asin_at(double x, int line) {
  return in_domain((asin)(x), x, "asin", "its argument must lie between -1 and 1", line);
}

#define acos(x) acos_at(x, __LINE__)

static inline double acos_at(double x, int line) {
  return in_domain((acos)(x), x, "acos", "its argument must lie between -1 and 1", line);
}

#define log(x) log_at(x, __LINE__)

static inline double log_at(double x, int line) {
  return in_domain((log)(x), x, "log", "its argument must be greater than zero", line);
}

#define log2(x) log2_at(x, __LINE__)

static inline double log2_at(double x, int line) {
  return in_domain((log2)(x), x, "log2", "its argument must be greater than zero", line);
}

#define log10(x) log10_at(x, __LINE__)

static inline double log10_at(double x, int line) {
  return in_domain((log10)(x), x, "log10", "its argument must be greater than zero", line);
}

#define exp(x) exp_at(x, __LINE__)

static inline double exp_at(double x, int line) {
  double y = (exp)(x);
  if (isinf(y) && isfinite(x)) {
    fail(line, "overflow", "exp(%s) does not fit in a float", float_text(x));
  }
  return y;
}

#define pow(x, y) pow_at(x, y, __LINE__)

static inline double pow_at(double x, double y, int line) {
  double power = libm_pow(x, y);
  if (!isfinite(power) &&
      (isnan(power) ? !isnan(x) && !isnan(y) : isfinite(x) && isfinite(y))) {
    if (isnan(power) || x == 0.0) {
      fail(line, "domain", "pow(%s, %s) is not defined: it has no real value", float_text(x),
           float_text(y));
    }
    fail(line, "overflow", "pow(%s, %s) does not fit in a float", float_text(x), float_text(y));
  }
  return power;
}

// More exact than libm's: the squares are summed with what each addition rounds away, and the root
// is corrected once (the algorithm of CPython's math.hypot).
#define hypot(x, y) exact_hypot(x, y)

static void add_square(double term, double *sum, double *lost) {
  double before = *sum;
  *sum += term;
  *lost += (before - *sum) + term;
}

static double exact_hypot(double x, double y) {
  double sides[2] = {fabs(x), fabs(y)};
  if (isinf(x) || isinf(y) || isnan(x) || isnan(y)) {
    return isinf(x) || isinf(y) ? INFINITY : NAN;
  }
  double longest = sides[0] < sides[1] ? sides[1] : sides[0];
  if (longest == 0.0) {
    return 0.0;
  }
  int exponent;
  frexp(longest, &exponent);
  double sum = 1.0;
  double lost = 0.0;
  if (exponent < -1023) {
    for (int i = 0; i < 2; i++) {
      double ratio = sides[i] / longest;
      add_square(ratio * ratio, &sum, &lost);
    }
    return longest * (sqrt)(sum - 1.0 + lost);
  }
  const double half = 134217729.0;  // 2^27 + 1: splits a double into halves with exact products
  double scale = ldexp(1.0, -exponent);
  double lost_middle = 0.0;
  double low_squares = 0.0;
  for (int i = 0; i < 2; i++) {
    double side = sides[i] * scale;
    double scaled = side * half;
    double high = scaled - (scaled - side);
    double low = side - high;
    add_square(high * high, &sum, &lost);
    add_square(2.0 * high * low, &sum, &lost_middle);
    low_squares += low * low;
  }
  double root = (sqrt)(sum - 1.0 + (lost + lost_middle + low_squares));
  double scaled = root * half;
  double high = scaled - (scaled - root);
  double low = root - high;
  add_square(-high * high, &sum, &lost);
  add_square(-2.0 * high * low, &sum, &lost_middle);
  add_square(-low * low, &sum, &low_squares);
  double rest = sum - 1.0 + (lost + lost_middle + low_squares);
  return (root + rest / (2.0 * root)) / scale;
}

__attribute__((noreturn, cold, noinline))
static void fail_int_range(const char *name, double x, int line) {
  if (isnan(x)) {
    fail(line, "domain", "%s(%s) is not defined: no int stands for it", name, float_text(x));
  }
  fail(line, "overflow", "%s(%s) does not fit in a 64-bit int", name, float_text(x));
}

// The whole part of x.
static inline int64_t whole_part(double x, const char *name, int line) {
  if (!(x >= -0x1p63 && x < 0x1p63)) {
    fail_int_range(name, x, line);
  }
  return (int64_t)x;
}

#define int_of(x) int_of_at(x, __LINE__)

static inline int64_t int_of_at(double x, int line) { return whole_part(x, "int", line); }

#define floor_of(x) floor_of_at(x, __LINE__)

static inline int64_t floor_of_at(double x, int line) {
  int64_t whole = whole_part(x, "floor", line);
  return whole - ((double)whole > x);
}

#define ceil_of(x) ceil_of_at(x, __LINE__)

static inline int64_t ceil_of_at(double x, int line) {
  int64_t whole = whole_part(x, "ceil", line);
  return whole + ((double)whole < x);
}

// Half to even.
#define round_of(x) round_of_at(x, __LINE__)

static inline int64_t round_of_at(double x, int line) {
  int64_t whole = whole_part(x, "round", line);
  double rest = fabs(x - (double)whole);
  int away = rest > 0.5 || (rest == 0.5 && (whole & 1) != 0);
  return whole + (away ? (x < 0.0 ? -1 : 1) : 0);
}

// An argument of a C function that takes 32 bits.
#define i32(x, name) i32_at(x, name, __LINE__)

static inline int32_t i32_at(int64_t x, const char *name, int line) {
  if (x != (int32_t)x) {
    fail(line, "overflow", "%" PRId64 " does not fit in the i32 `%s`", x, name);
  }
  return (int32_t)x;
}

#define assert_that(holds, text) assert_that_at(holds, text, __LINE__)

static inline void assert_that_at(bool holds, const char *text, int line) {
  if (!holds) {
    fail(line, "assert", "%s", text);
  }
}

// The value, which the compiler may not drop.
#define keep(x) ({ __typeof__(x) kept = (x); __asm__ volatile("" : "+m"(kept)); kept; })

static double clock_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

