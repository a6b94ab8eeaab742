// What programs look like in JavaScript. That they mean the same is tested by running them
// (tests/peers).

#include "emit/libm.h"
#include "tests/emit/translated.h"

namespace emit {
namespace {

std::string Js(std::string_view text, Overflow overflow = Overflow::Checked) {
  return Translated(text, Target::Js, {.overflow = overflow});
}

TEST(JsTest, KeepsNamesCommentsAndStructure) {
  EXPECT_EQ(Js("def area(r) = pi * r * r   # of a disc\n"
               "bench b(n = 1_000) {\n"
               "    var total = 0.0\n"
               "    for i in range(n) { total += area(i * 0.5) }\n"
               "    total\n"
               "}\n"),
            "function area(r) {  // of a disc\n"
            "  return Math.PI * r * r;\n"
            "function b(n = 1_000) {\n"
            "  let total = 0.0;\n"
            "  for (let i = 0; i < n; i++) {\n"
            "    total += area(i * 0.5);\n"
            "  return total;\n");
}

TEST(JsTest, ChecksTheExactnessOfIntsUnlessTheyFit) {
  EXPECT_EQ(Js("var count = 0\nvar k = 27\nwhile k != 1 {\n"
               "    k = if k % 2 == 0 { k // 2 } else { 3 * k + 1 }\n"
               "    count += 1\n}\n"),
            "let count = 0;\n"
            "let k = 27;\n"
            "while (k !== 1) {\n"
            "  k = k % 2 === 0 ? Math.floor(k / 2) : exact(exact(3 * k) + 1);\n"
            "  count += 1;\n");
  EXPECT_EQ(Js("print(9007199254740993)\n"), "print(out_of_range());\n");
}

// An int is never -0.
TEST(JsTest, MakesNoNegativeZeroOfInts) {
  EXPECT_EQ(Js("def f(x: int, y: int) = -x + x * y\nlet g = f\nprint(g(0, -1))\n"),
            "function f(x, y) {\n"
            "  return exact(0 - x + exact(x * y + 0));\n"
            "const g = f;\n"
            "print(g(0, -1));\n");
}

TEST(JsTest, LeavesOutChecksOfARunThatEndsWell) {
  constexpr std::string_view kProgram =
      "let xs = [0.5]\nfor i in range(1) { xs[i] += sin(0.5) / len(xs) }\nprint(xs[0])\n";
  EXPECT_EQ(Js(kProgram),
            "const xs = [0.5];\n"
            "for (let i = 0; i < 1; i++) {\n"
            "  const value = divide(sin(0.5), xs.length);\n"
            "  set_element(xs, i, element(xs, i) + value);\n"
            "print(float_text(element(xs, 0)));\n");
  EXPECT_EQ(Js(kProgram, Overflow::Native),
            "const xs = [0.5];\n"
            "for (let i = 0; i < 1; i++) {\n"
            "  const value = Math.sin(0.5) / xs.length;\n"
            "  xs[i] = xs[i] + value;\n"
            "print(float_text(xs[0]));\n");
}

TEST(JsTest, BoxesFloatsWhereTypesAreNotSettled) {
  EXPECT_EQ(Js("def pick(i) = if i == 0 { 1 } else { 2.5 }\nprint(pick(0), pick(1))\n"),
            "function pick(i) {\n"
            "  if (i === 0) {\n"
            "    return 1;\n"
            "    return new Float(2.5);\n"
            "print(text(pick(0)), text(pick(1)));\n");
}

TEST(JsTest, HasAFunctionForEachVersion) {
  EXPECT_EQ(Js("def twice(x) = x + x\nprint(twice(2), twice(0.5), twice(\"a\"))\n"),
            "function twice_int(x) {\n"
            "  return x + x;\n"
            "function twice_float(x) {\n"
            "  return x + x;\n"
            "function twice_str(x) {\n"
            "  return x + x;\n"
            "print(twice_int(2), float_text(twice_float(0.5)), twice_str(\"a\"));\n");
}

TEST(JsTest, KeepsTheEndOfARangeThatMayChange) {
  EXPECT_EQ(Js("let xs = [1]\nfor i in range(len(xs)) { append(xs, i) }\n"),
            "const xs = [1];\n"
            "for (let i = 0, i_end = xs.length; i < i_end; i++) {\n"
            "  xs.push(i);\n");
}

TEST(JsTest, NamesLoopsThatAreLeftFromInside) {
  EXPECT_EQ(Js("for x in \"ab\" {\n"
               "    let found = any(x == y for y in \"bc\")\n"
               "    if found { break }\n"
               "}\n"),
            "for (const x of \"ab\") {\n"
            "  let found_2 = false;\n"
            "  for (const y of \"bc\") {\n"
            "    if (x === y) {\n"
            "      found_2 = true;\n"
            "      break;\n"
            "  const found = found_2;\n"
            "  if (found) {\n"
            "    break;\n");
}

TEST(JsTest, WritesLambdasWithStatementsOverLines) {
  EXPECT_EQ(Js("let f = (x: int) => {\n    let y = x + 1\n    y * 2\n}\nprint(f(1))\n"),
            "const f = (x) => {\n"
            "  const y = exact(x + 1);\n"
            "  return exact(y * 2);\n"
            "};\n"
            "print(f(1));\n");
}

TEST(JsTest, EscapesStrings) {
  EXPECT_EQ(Js("print(\"a\\\"\\\\\\n\\t\\u{0}é😀\")\n"), "print(\"a\\\"\\\\\\n\\t\\x00é😀\");\n");
}

TEST(JsTest, ConsumesStoredSequencesOnce) {
  EXPECT_EQ(Js("let s = range(3)\nprint(sum(s))\n"),
            "const s = range(0, 3);\n"
            "print(int_sum(consume(s)));\n");
}

TEST(JsTest, RefusesWhatItHasNoFunctionFor) {
  const Translation refused = Translate(
      *Load("extern \"m\" def erf(x: float) -> float\nprint(erf(1.0))\n"), Target::Js, {});
  ASSERT_TRUE(refused.refusal.has_value());
  EXPECT_EQ(refused.refusal->text, "JavaScript has no function like `erf`");
}

TEST(LibmTest, KnowsTheFunctionsOfC) {
  EXPECT_TRUE(IsLibm("erf"));
  EXPECT_TRUE(IsLibm("cosf"));
  EXPECT_FALSE(IsLibm("printf"));
}

}  // namespace
}  // namespace emit
