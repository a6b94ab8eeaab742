// What programs look like in C, and what of the prelude they get. That they mean the same is tested
// by compiling and running them (tests/peers).

#include "emit/c_names.h"
#include "emit/c_prelude.h"
#include "tests/emit/translated.h"

namespace emit {
namespace {

std::string C(std::string_view text, Overflow overflow = Overflow::Checked) {
  return Translated(text, Target::C, {.overflow = overflow});
}

TEST(CTest, KeepsNamesAndStructure) {
  EXPECT_EQ(C("def area(r: float) -> float = pi * r * r   # of a disc\n"
              "print(area(2))\n"),
            "static double area(double r) {  // of a disc\n"
            "  return M_PI * r * r;\n"
            "  printf(\"%s\\n\", float_text(area(2.0)));\n");
}

TEST(CTest, HasAFunctionForEachVersion) {
  EXPECT_EQ(C("def twice(x) = x + x\nprint(twice(2), twice(0.5))\n"),
            "static int64_t twice_int(int64_t x) {\n"
            "  return add_int(x, x);\n"
            "static double twice_float(double x) {\n"
            "  return x + x;\n"
            "  int64_t value = twice_int(2);\n"
            "  printf(\"%\" PRId64 \" %s\\n\", value, float_text(twice_float(0.5)));\n");
}

TEST(CTest, ChecksIntsUnlessTheyAreKnownToFit) {
  constexpr std::string_view kProgram = "var n = 1\nn += 2\nn = n * 3 - n % 7\n";
  EXPECT_EQ(C(kProgram),
            "  int64_t n = 1;\n"
            "  n = add_int(n, 2);\n"
            "  int64_t value = mul_int(n, 3);\n"
            "  n = sub_int(value, mod_int(n, 7));\n");
  EXPECT_EQ(C(kProgram, Overflow::Native),
            "  int64_t n = 1;\n"
            "  n += 2;\n"
            "  int64_t value = n * 3;\n"
            "  n = value - mod_int(n, 7);\n");
}

TEST(CTest, DividesPlainlyByWhatIsNotZero) {
  EXPECT_EQ(C("def f(x: float, y: float) = x / 2.0 / y\nf(1, 2)\n"),
            "static double f(double x, double y) {\n"
            "  return div_float(x / 2.0, y);\n"
            "  f(1.0, 2.0);\n");
}

TEST(CTest, ComparesAnIntAndAFloatExactly) {
  EXPECT_EQ(C("def f(n: int, x: float) = n < x or x >= 1\nf(1, 2)\n"),
            "static bool f(int64_t n, double x) {\n"
            "  return (compare_int_float(n, x) < 0) || (x >= 1);\n"
            "  f(1, 2.0);\n");
}

TEST(CTest, CountsLoopsAsCDoes) {
  EXPECT_EQ(C("def f(n: int, k: int) {\n"
              "    for i in range(n) { print(i) }\n"
              "    for i in range(n, 0, -1) { print(i) }\n"
              "    for i in range(0, n, k) { print(i) }\n"
              "}\n"
              "f(3, 2)\n"),
            "static void f(int64_t n, int64_t k) {\n"
            "  for (int64_t i = 0; i < n; i++) {\n"
            "    printf(\"%\" PRId64 \"\\n\", i);\n"
            "  for (int64_t i = n; i > 0; i--) {\n"
            "    printf(\"%\" PRId64 \"\\n\", i);\n"
            "  for (int64_t i = 0, step = check_step(k); step > 0 ? i < n : i > n; "
            "i = step_int(i, step)) {\n"
            "    printf(\"%\" PRId64 \"\\n\", i);\n"
            "  f(3, 2);\n");
}

TEST(CTest, LeavesOuterLoopsByLabels) {
  EXPECT_NE(C("def f(n: int) {\n"
              "    for i in range(n) {\n"
              "        while { if i > 2 { break }; true } { print(i) }\n"
              "    }\n"
              "}\n"
              "f(3)\n")
                .find("goto end_0;"),
            std::string::npos);
}

TEST(CTest, GivesObjectsUpAtTheEndOfTheirBlock) {
  EXPECT_EQ(C("def f(n: int) {\n"
              "    var s = \"\"\n"
              "    for i in range(n) { s += str(i) }\n"
              "    s\n"
              "}\n"
              "f(3)\n"),
            "static Str *f(int64_t n) {\n"
            "  OWNED Str *s = retain(STR(\"\"));\n"
            "  for (int64_t i = 0; i < n; i++) {\n"
            "    OWNED Str *value = str_of_int(i);\n"
            "    extend_str(&s, value);\n"
            "  return retain(s);\n"
            "  drop(f(3));\n");
}

TEST(CTest, BorrowsAnElementThatIsOnlyLookedAt) {
  EXPECT_EQ(C("def f(rows: list[list[int]]) = rows[0][1]\nf([[1, 2]])\n"),
            "static int64_t f(List *rows) {\n"
            "  List *value = rows->lists[at(rows, 0)];\n"
            "  return value->ints[at(value, 1)];\n"
            "  OWNED List *value = INTS(1, 2);\n"
            "  OWNED List *value_2 = LISTS(LIST_OF(INT), value);\n"
            "  f(value_2);\n");
}

TEST(CTest, HoldsOnToAnElementThatMayLeaveItsList) {
  EXPECT_NE(C("def g(row: list[int], rows: list[list[int]]) { pop(rows); row[0] }\n"
              "def f(rows: list[list[int]]) = g(rows[0], rows)\n"
              "f([[1, 2]])\n")
                .find("OWNED List *value = retain(rows->lists[at(rows, 0)]);"),
            std::string::npos);
}

TEST(CTest, CallsLambdasWithWhatTheyCapture) {
  EXPECT_EQ(C("def f(k: int) {\n"
              "    let add = x => x + k\n"
              "    add(1) + add(2)\n"
              "}\n"
              "f(3)\n"),
            "static int64_t lambda(int64_t x, int64_t k) {\n"
            "  return add_int(x, k);\n"
            "static int64_t f(int64_t k) {\n"
            "  int64_t value = lambda(1, k);\n"
            "  return add_int(value, lambda(2, k));\n"
            "  f(3);\n");
}

TEST(CTest, ValuesOfAnyTypeCarryTheirTag) {
  EXPECT_EQ(C("def f(c: bool) = if c { 1 } else { \"one\" }\nprint(f(true))\n"),
            "static Value f(bool c) {\n"
            "  if (c) {\n"
            "    return of_int(1);\n"
            "    return retain_value(of_str(STR(\"one\")));\n"
            "  OWNED_VALUE Value value = f(true);\n"
            "  print(value);\n");
}

TEST(CTest, FunctionsThatYieldGoOnWhereTheyWere) {
  EXPECT_EQ(C("def count(n: int) { for i in range(n) { yield i } }\n"
              "for i in count(2) { print(i) }\n"),
            "static bool next_of_count(Seq *seq, Value *item, int line) {\n"
            "      for (self->i = 0; self->i < self->n; self->i++) {\n"
            "        *item = of_int(self->i);\n"
            "        self->state = 1;\n"
            "        return true;\n"
            "  OWNED Seq *value = count(2);\n"
            "  consume_seq(value);\n"
            "  for (Value element; next_of(value, &element);) {\n"
            "    int64_t i = element.integer;\n"
            "    printf(\"%\" PRId64 \"\\n\", i);\n");
}

TEST(CTest, AnotherLibraryThanLibmIsRefused) {
  const auto program = Load("extern \"z\" def crc(x: int) -> int\nprint(crc(1))\n");
  const Translation translation = Translate(*program, Target::C, {});
  EXPECT_TRUE(translation.refusal.has_value());
  EXPECT_EQ(translation.text, "");
}

TEST(CTest, NamesOfCAndOfThePreludeAreNotFree) {
  for (const std::string_view name : {"double", "printf", "add_int", "Str", "OWNED", "TEXT"}) {
    EXPECT_TRUE(IsCWord(name)) << name;
  }
  EXPECT_FALSE(IsCWord("total"));
  EXPECT_FALSE(IsCWord("y0"));
  EXPECT_TRUE(IsLibcName("y0"));
}

TEST(CTest, TakesOfThePreludeWhatIsReferredTo) {
  EXPECT_EQ(CPreludeFor("int main(void) { return total(1); }", Overflow::Checked), "");
  EXPECT_EQ(CPreludeFor("y = sin(x);", Overflow::Native), "");
  EXPECT_NE(CPreludeFor("y = sin(x);", Overflow::Checked), "");
  EXPECT_EQ(CPreludeFor("x = min_int(1, 2);", Overflow::Checked),
            "static inline int64_t min_int(int64_t a, int64_t b) { return b < a ? b : a; }\n");
  // A macro brings its function, that its error, and nothing else comes.
  const std::string text = CPreludeFor("x = add_int(1, 2);", Overflow::Checked);
  EXPECT_NE(text.find("#define add_int(a, b)"), std::string::npos);
  EXPECT_NE(text.find("static void fail("), std::string::npos);
  EXPECT_EQ(text.find("sub_int"), std::string::npos);
  // Not in literals and comments.
  EXPECT_EQ(CPreludeFor("f(\"min_int(1, 2)\");  // min_int(1, 2)\n", Overflow::Checked), "");
}

TEST(CTest, IncludesWhatDeclaresTheNames) {
  EXPECT_EQ(CHeadersFor("double x = M_PI; bool b;"),
            (std::vector<std::string_view>{"math.h", "stdbool.h"}));
  EXPECT_EQ(CHeadersFor("int64_t x;"), (std::vector<std::string_view>{"stdint.h"}));
}

}  // namespace
}  // namespace emit
