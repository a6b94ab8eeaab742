// The sentences that say why a type is not settled.

#include <gtest/gtest.h>

#include "tests/infer/inferred_program.h"

namespace infer {
namespace {

TEST(Unsettled, SettledProgramsHaveNone) {
  InferredProgram program("def main(n) { let xs = [i * 0.5 for i in range(n)]\n sum(xs) }\n");
  EXPECT_EQ(program.Unsettled("main"), "");
}

TEST(Unsettled, NamesBothTypesAndLines) {
  InferredProgram program(
      "def main(n) {\n"
      "    var total = 0\n"
      "    for i in range(n) {\n"
      "        total += i * 0.5\n"
      "    }\n"
      "    if total > 1 { return \"big\" }\n"
      "    1\n"
      "}\n");
  EXPECT_EQ(program.Unsettled("main"),
            "the result of `main` is str at line 6 and int at line 1\n"
            "`total` is int at line 2 and float at line 4\n");
}

TEST(Unsettled, FollowsWhereAValueComesFrom) {
  InferredProgram program(
      "def pick(b) = if b { 1 } else { 2.0 }\n"
      "def main(n) {\n"
      "    let x = pick(true)\n"
      "    let y = x + 1\n"
      "    let f = if n > 1 { sqrt } else { pick }\n"
      "    let z = f(n)\n"
      "    none\n"
      "}\n");
  EXPECT_EQ(program.Unsettled("pick"),
            "the result of `pick` is int at line 1 and float at line 1\n");
  EXPECT_EQ(program.Unsettled("main"),
            "`x` comes from `pick`, whose result is not settled\n"
            "`y` comes from `x`\n"
            "`f` is a function at line 5 and another at line 5\n"
            "`z` comes from `f`, which is not known before run time\n"
            "the result of `f` is open, because `f` is not known before run time\n");
}

TEST(Unsettled, Lists) {
  InferredProgram program(
      "def main(n) {\n"
      "    let empty = []\n"
      "    let mixed = []\n"
      "    mixed.append(1)\n"
      "    mixed.append(\"a\")\n"
      "    let literal = [1, true]\n"
      "    let element = literal[0]\n"
      "    let itself = []\n"
      "    itself.append(itself)\n"
      "}\n");
  EXPECT_EQ(program.Unsettled("main"),
            "`empty` is never given an element\n"
            "an element of `mixed` is int at line 4 and str at line 5\n"
            "an element of `literal` is int at line 6 and bool at line 6\n"
            "`element` is an element of `literal`, whose elements are not settled\n"
            "an element of `itself` nests more than 8 lists\n");
}

TEST(Unsettled, EscapedListsAndParameters) {
  InferredProgram program(
      "def use(f) {\n"
      "    let xs = []\n"
      "    xs.append(1)\n"
      "    f(xs)\n"
      "}\n"
      "def main(n) = use(if n > 1 { len } else { sum })\n");
  EXPECT_EQ(program.Unsettled("use"),
            "the result of `use` comes from `f`, which is not known before run time\n"
            "`f` is given values whose type is not known before run time\n"
            "an element of `xs` can be anything: the list meets a value of unknown type at line 4\n"
            "the result of `f` is open, because `f` is not known before run time\n");
}

TEST(Unsettled, TheLimitOfVersions) {
  std::string text = "def f(a, b, c) = 1\n";
  const char* values[] = {"1", "0.5", "\"s\""};
  for (int i = 0; i < 17; ++i) {
    text += std::string("f(") + values[i % 3] + ", " + values[i / 3 % 3] + ", " +
            values[i / 9 % 3] + ")\n";
  }
  InferredProgram program(text);
  EXPECT_EQ(program.Unsettled("f"),
            "`a` has any type: there are more than 16 versions of `f`\n"
            "`b` has any type: there are more than 16 versions of `f`\n"
            "`c` has any type: there are more than 16 versions of `f`\n");
}

TEST(Unsettled, GlobalsAndYields) {
  InferredProgram program(
      "let limit = if clock() > 1 { 1 } else { 2.0 }\n"
      "def numbers() {\n"
      "    yield 1\n"
      "    yield 2.0\n"
      "}\n"
      "def main() = sum(numbers(), limit)\n");
  EXPECT_EQ(program.Unsettled("<top>"), "`limit` is int at line 1 and float at line 1\n");
  EXPECT_EQ(program.Unsettled("numbers"),
            "what `numbers` yields is int at line 3 and float at line 4\n");
}

// Each edit is applied, and then nothing of that function is unsettled.
TEST(Unsettled, AdviceSettles) {
  const struct {
    const char* before;
    const char* advice;
    const char* after;
  } kCases[] = {
      {"def f(n) { var t = 0\nfor i in range(n) { t += 0.5 }\nt }\n",
       "write `0.0` instead of `0` at 1:20",
       "def f(n) { var t = 0.0\nfor i in range(n) { t += 0.5 }\nt }\n"},
      {"def f(n) { var t = 0.5\nt = n\nt }\n", "write `float(n)` instead of `n` at 2:5",
       "def f(n) { var t = 0.5\nt = float(n)\nt }\n"},
      {"def f(n) = if n > 1 { 0 } else { 0.5 }\n", "write `0.0` instead of `0` at 1:23",
       "def f(n) = if n > 1 { 0.0 } else { 0.5 }\n"},
      {"def f(n) { if n > 1 { return 1 }\n0.5 }\n", "write `1.0` instead of `1` at 1:30",
       "def f(n) { if n > 1 { return 1.0 }\n0.5 }\n"},
      {"def f(n) { if n > 1 { return \"a\" }\n0.5 }\n", "give every path a value of one type",
       "def f(n) { if n > 1 { return 1.5 }\n0.5 }\n"},
      {"def f(n) { var x = n\nx = \"a\"\nlen(x) }\n", "give what it is at 2:1 a name of its own",
       "def f(n) { var x = n\nlet y = \"a\"\nlen(y) }\n"},
      {"def f(n) { let xs = []\nlen(xs) }\n", "declare its type, as in `xs: list[int]`",
       "def f(n) { let xs: list[int] = []\nlen(xs) }\n"},
      {"def f(n) { let xs = [n, 0.5]\nlen(xs) }\n", "write `float(n)` instead of `n` at 1:22",
       "def f(n) { let xs = [float(n), 0.5]\nlen(xs) }\n"},
      {"def f(n) { let xs = []\nxs.append(n)\nxs.append(0.5)\nlen(xs) }\n",
       "make the int at 2:1 a float",
       "def f(n) { let xs = []\nxs.append(float(n))\nxs.append(0.5)\nlen(xs) }\n"},
      {"def g(b) = if b { 1 } else { \"a\" }\ndef f(n) { let x = g(n > 1)\nn }\n",
       "declare its type, as in `x: int`",
       "def g(b) = if b { 1 } else { \"a\" }\ndef f(n) { let x: int = g(n > 1)\nn }\n"},
      {"def g(b) { yield 1\nyield 0.5 }\ndef f(n) { let xs = [x for x in g(n > 1)]\n0 }\n",
       "write `1.0` instead of `1` at 1:18",
       "def g(b) { yield 1.0\nyield 0.5 }\ndef f(n) { let xs = [x for x in g(n > 1)]\n0 }\n"},
  };
  for (const auto& example : kCases) {
    InferredProgram before(std::string(example.before) + "f(3)\n");
    const bool has_g = std::string_view(example.before).find("def g") != std::string_view::npos;
    const std::string advice = before.Advice("f") + (has_g ? before.Advice("g") : "");
    EXPECT_NE(advice.find(example.advice), std::string::npos)
        << example.before << before.Unsettled("f") << advice;
    InferredProgram after(std::string(example.after) + "f(3)\n");
    EXPECT_EQ(after.Unsettled("f"), "") << example.after;
  }
}

}  // namespace
}  // namespace infer
