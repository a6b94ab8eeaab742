// What programs look like in Cython. That they mean the same is tested by running them
// (tests/peers).

#include "tests/emit/translated.h"

namespace emit {
namespace {

std::string Cython(std::string_view text, Overflow overflow = Overflow::Checked) {
  return Translated(text, Target::Cython, {.overflow = overflow});
}

// All of it, with what does not stem from the program.
std::string Whole(std::string_view text, Overflow overflow = Overflow::Checked) {
  const auto program = Load(text);
  return program == nullptr ? "" : Translate(*program, Target::Cython, {.overflow = overflow}).text;
}

bool Holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(CythonTest, LeavesWhatDeclaresNothingToPython) {
  EXPECT_EQ(Cython("def f(x) { let y = x * 2.0; y // cos(0.5) + pi }\n"
                   "for i in range(3) { print(f(i * 0.5)) }\n"),
            "def f(x):\n"
            "    y = x * 2.0\n"
            "    return y // cos(0.5) + pi\n"
            "for i in range(3):\n"
            "    print(f(i * 0.5))\n");
}

TEST(CythonTest, TypesWhatIsDeclared) {
  EXPECT_EQ(Cython("def f(x: float, n: int = 2) -> float {\n"
                   "    let y: float = x * n   # a product\n"
                   "    y\n"
                   "}\n"
                   "print(f(1.5))\n"),
            "cdef double f(double x, long long n=2) except? -1:\n"
            "    cdef double y = x * n  # a product\n"
            "    return y\n"
            "print(f(1.5))\n");
}

TEST(CythonTest, KnowsTheTypesThatCHas) {
  EXPECT_EQ(Cython("def f(b: bool, s: str, xs: list[int]) -> bool = b\n"
                   "def g(s: str) -> str = s\n"
                   "def h(n: int) -> int = n\n"
                   "def k(n: int) -> none { print(n) }\n"
                   "k(h(len(g(\"a\"))))\n"
                   "print(f(true, \"\", [1]))\n"),
            "cdef bint f(bint b, str s, list xs) except -1:\n"
            "    return b\n"
            "cdef str g(str s):\n"
            "    return s\n"
            "cdef long long h(long long n) except? -1:\n"
            "    return n\n"
            "cdef k(long long n):\n"
            "    print(n)\n"
            "k(h(len(g(\"a\"))))\n"
            "print(gc_text(f(True, \"\", [1])))\n");
}

TEST(CythonTest, KeepsWhatPythonCallsOrCHasNot) {
  const std::string text = Cython(
      "bench b(n: int = 3) = n\n"
      "memo def m(n: int) -> int = n\n"
      "def makes(x: float) -> float { let f = y => y * x; f(2.0) }\n"
      "def gives(n: int) -> seq[int] { yield n }\n"
      "def value(x: float) -> float = x\n"
      "def main(n: int = 1) -> int = n\n"
      "let f = value\n"
      "print(m(1), makes(1.5), list(gives(1)), f(2.0))\n");
  EXPECT_TRUE(Holds(text, "def b(long long n=3):\n")) << text;
  EXPECT_TRUE(Holds(text, "@cache\ndef m(long long n):\n")) << text;
  EXPECT_TRUE(Holds(text, "def makes(double x):\n")) << text;
  EXPECT_TRUE(Holds(text, "@sequence\ndef gives(long long n):\n")) << text;
  EXPECT_TRUE(Holds(text, "def main(long long n=1):\n")) << text;
  // Anything may be passed to it.
  EXPECT_TRUE(Holds(text, "def value(x):\n    x = gc_declared(x, \"float\", \"x\")\n")) << text;
}

TEST(CythonTest, DeclaresOnTopWhatIsNewInsideOfStatements) {
  EXPECT_TRUE(Holds(Whole("def f(n: int) -> float {\n"
                          "    var total = 0.0\n"
                          "    for i in range(n) { let d: float = i * 0.5; total += d }\n"
                          "    total\n"
                          "}\n"
                          "print(f(3))\n"),
                    "cdef double f(long long n) except? -1:\n"
                    "    cdef long long i\n"
                    "    cdef double d\n"
                    "    cdef double total = 0.0\n"
                    "    for i in range(n):\n"
                    "        d = i * 0.5\n"
                    "        total += d\n"
                    "    return total\n"));
}

TEST(CythonTest, TypesWhatFollowsFromDeclaredFloatsAlone) {
  const std::string text = Cython(
      "def f(x: float, xs: list[float]) -> float {\n"
      "    let a = x + 1\n"
      "    let b = xs[0]\n"
      "    var c = a\n"
      "    c = b\n"
      "    let k = 2\n"
      "    a * k + c\n"
      "}\n"
      "print(f(1.0, [2.0]))\n");
  EXPECT_TRUE(Holds(text, "    cdef double a = x + 1\n")) << text;
  EXPECT_TRUE(Holds(text, "    b = xs[0]\n    c = a\n    c = b\n    k = 2\n")) << text;
}

TEST(CythonTest, LeavesANameOfTwoTypesToPython) {
  const std::string text = Whole(
      "def f(n: int) -> int {\n"
      "    for i in range(n) { let d: float = 0.5; print(d) }\n"
      "    for i in range(n) { let d: int = n; print(d // 2) }\n"
      "    n\n"
      "}\n"
      "print(f(3))\n");
  EXPECT_FALSE(Holds(text, "double d")) << text;
  EXPECT_FALSE(Holds(text, "long long d")) << text;
  EXPECT_TRUE(Holds(text, "    cdef long long i\n")) << text;
}

TEST(CythonTest, CountsInCWhereTheLastStepFits) {
  constexpr std::string_view kProgram =
      "def f(n: int) -> int {\n"
      "    for i in range(n, 0, -1) { print(i) }\n"
      "    for j in range(0, n, 2) { print(j) }\n"
      "    n\n"
      "}\n"
      "print(f(3))\n";
  EXPECT_TRUE(Holds(Whole(kProgram), "cdef long long i\n"));
  EXPECT_TRUE(Holds(Whole(kProgram, Overflow::Native), "cdef long long i, j\n"));
}

TEST(CythonTest, LeavesChecksOfSumsToCython) {
  constexpr std::string_view kProgram =
      "def f(n: int, m: int) -> int { var t: int = -n; t += m * 2 - n; t }\n"
      "print(f(3, 4))\n";
  EXPECT_TRUE(Holds(Whole(kProgram), "overflowcheck=True\n"));
  EXPECT_TRUE(Holds(Whole(kProgram),
                    "    cdef long long t = 0 - n\n"
                    "    t += m * 2 - n\n"));
  EXPECT_TRUE(Holds(Whole(kProgram, Overflow::Native), "overflowcheck=False\n"));
  EXPECT_TRUE(Holds(Whole(kProgram, Overflow::Native), "    cdef long long t = -n\n"));
}

TEST(CythonTest, ChecksIntsOfPythonAsPythonDoes) {
  EXPECT_EQ(Cython("let k = 5\nprint(k + 1, 2 * 3, len(\"ab\") + 1)\n"),
            "k = 5\nprint(int64(k + 1), int64(2 * 3), len(\"ab\") + 1)\n");
}

TEST(CythonTest, ComputesAsGcDoesWhereCDoesNot) {
  EXPECT_EQ(Cython("def f(n: int, m: int) -> float = n / m + n // m + n % m + n % 7 + n ** 2\n"
                   "def g(x: float, y: float) -> float = x / y + x // y + x % y + x ** 2\n"
                   "def h(n: int, x: float) -> bool = n < x\n"
                   "def k(n: int, x: float) -> int = abs(n) + floor(x) + int(x)\n"
                   "print(f(1, 2) + g(1.0, 2.0), h(1, 2.0), k(1, 2.0))\n"),
            "cdef double f(long long n, long long m) except? -1:\n"
            "    return gc_int_div(n, m) + n // m + gc_int_mod(n, m) + n % 7 + "
            "gc_int_power(n, 2)\n"
            "cdef double g(double x, double y) except? -1:\n"
            "    return x / y + gc_float_floordiv(x, y) + gc_float_mod(x, y) + "
            "gc_float_power(x, 2)\n"
            "cdef bint h(long long n, double x) except -1:\n"
            "    return <object>n < x\n"
            "cdef long long k(long long n, double x) except? -1:\n"
            "    return gc_int_abs(n) + gc_floor_to_int(x) + gc_to_int(x)\n"
            "print(f(1, 2) + g(1.0, 2.0), gc_text(h(1, 2.0)), k(1, 2.0))\n");
}

TEST(CythonTest, KeepsTheTypesOfAChoice) {
  EXPECT_TRUE(Holds(Cython("def f(b: bool, n: int, x: float) -> none {\n"
                           "    print(if b { n } else { x })\n"
                           "    print(if b { x } else { 2.0 })\n"
                           "}\n"
                           "f(true, 1, 2.0)\n"),
                    "    print(gc_text(<object>n if b else <object>x))\n"
                    "    print(x if b else 2.0)\n"));
}

TEST(CythonTest, KnowsTheTypeOfWhatALambdaCaptures) {
  EXPECT_EQ(Cython("def f(r: float) { let g = x => x // r + r // 2; g(1.0) }\n"
                   "print(f(2.0))\n"),
            "def f(double r):\n"
            "    g = lambda x: x // r + gc_float_floordiv(r, 2)\n"
            "    return g(1.0)\n"
            "print(f(2.0))\n");
}

TEST(CythonTest, TypesGlobalsThatAreSetBeforeTheyAreRead) {
  EXPECT_EQ(Cython("let k: float = 2\n"
                   "def f(x: float) -> float = x // k\n"
                   "print(f(1.0))\n"),
            "cdef double f(double x) except? -1:\n"
            "    return gc_float_floordiv(x, k)\n"
            "cdef double k = 2.0\n"
            "print(f(1.0))\n");
  EXPECT_TRUE(Holds(Cython("def f() = k\nprint(f())\nlet k: float = 2\n"), "\nk = 2.0\n"));
}

TEST(CythonTest, TypedMathIsC) {
  const std::string typed = Whole("def f(x: float) -> float = cos(x) + pi\nprint(f(0.5))\n");
  EXPECT_TRUE(Holds(typed, "from libc.math cimport M_PI as pi\n")) << typed;
  EXPECT_TRUE(Holds(typed, "cdef inline double cos(double x) except? -1:\n")) << typed;
  EXPECT_TRUE(Holds(typed, "    return cos(x) + pi\n")) << typed;

  const std::string untyped = Whole("def f(x) = cos(x) + pi\nprint(f(0.5))\n");
  EXPECT_TRUE(Holds(untyped, "from math import cos, pi\n")) << untyped;
  EXPECT_FALSE(Holds(untyped, "cimport")) << untyped;

  const std::string both = Whole(
      "def f(x: float) -> float = cos(x)\ndef g(x) = cos(x) + sin(x)\nprint(f(0.5) + g(0.5))\n");
  EXPECT_TRUE(Holds(both, "    return cos(x)\n")) << both;
  EXPECT_TRUE(Holds(both, "    return math.cos(x) + sin(x)\n")) << both;
}

TEST(CythonTest, CallsExternsDirectly) {
  EXPECT_EQ(Cython("extern \"m\" def cosf(x: f32) -> f32\n"
                   "extern \"m\" def ldexp(x: float, n: i32) -> float\n"
                   "def f(x: float) -> float = cosf(x) * cosf(x) * 2 + ldexp(x, 3)\n"
                   "print(f(0.5))\n"),
            "cdef extern from \"math.h\":\n"
            "    float cosf(float x)\n"
            "    double ldexp(double x, int n)\n"
            "cdef double f(double x) except? -1:\n"
            "    return <double>cosf(x) * cosf(x) * 2 + ldexp(x, gc_int32(3))\n"
            "print(f(0.5))\n");
}

TEST(CythonTest, CallsExternsThatAreValuesOrUnknownThroughPython) {
  EXPECT_EQ(Cython("extern \"m\" def cbrt(x: float) -> float\n"
                   "extern \"m\" def unheard_of(x: float) -> float\n"
                   "print(list(map(cbrt, [8.0])))\n"),
            "cbrt = gc_extern(\"cbrt\", ctypes.c_double, ctypes.c_double)\n"
            "unheard_of = gc_extern(\"unheard_of\", ctypes.c_double, ctypes.c_double)\n"
            "print(gc_text(list(map(cbrt, [8.0]))))\n");
}

TEST(CythonTest, LooksAtTheStackWhereNobodyCounts) {
  EXPECT_TRUE(Holds(Cython("def f(n: int) -> int { if n == 0 { return 0 }; f(n - 1) }\n"
                           "print(f(3))\n"),
                    "cdef long long f(long long n) except? -1:\n"
                    "    gc_check_stack()\n"
                    "    if n == 0:\n"));
  EXPECT_FALSE(Holds(Cython("def f(n) { if n == 0 { return 0 }; f(n - 1) }\nprint(f(3))\n"),
                     "gc_check_stack"));
}

TEST(CythonTest, WordsOfCythonGetAnUnderscore) {
  EXPECT_EQ(Cython("let char = 1\nlet include = 2\nprint(char, include)\n"),
            "char_ = 1\ninclude_ = 2\nprint(char_, include_)\n");
}

// Each is taken for something else otherwise, or for the same as something else.
TEST(CythonTest, AvoidsWhatCythonMistakes) {
  EXPECT_EQ(Cython("print(-0.0)\n"), "print(float(\"-0.0\"))\n");
  EXPECT_EQ(Cython("\"x\".write(\"y\")\n"), "(\"x\".write(\"y\"))\n");
  EXPECT_EQ(Cython("print(5.0 % inf)\n"), "print(gc_float_mod(5.0, inf))\n");
}

TEST(CythonTest, CallsMainWithAWordForAParameterWithoutADefault) {
  EXPECT_TRUE(Holds(Whole("def main(n: int) { print(n) }\n"), "    main(*arguments.values())\n"));
  EXPECT_TRUE(Holds(Whole("def main(n: int = 1) { print(n) }\n"), "    main(**arguments)\n"));
}

TEST(CythonTest, WritesLettersInUtf8) {
  EXPECT_TRUE(Holds(Whole("print(\"\u00e9\")\n"), "sys.stdout.reconfigure(encoding=\"utf-8\")"));
  EXPECT_FALSE(Holds(Whole("print(\"e\")\n"), "reconfigure"));
}

}  // namespace
}  // namespace emit
