// What programs look like in Python. That they mean the same is tested by running them
// (tests/peers).

#include "tests/emit/translated.h"

namespace emit {
namespace {

std::string Python(std::string_view text, Overflow overflow = Overflow::Checked) {
  return Translated(text, Target::Python, {.overflow = overflow});
}

TEST(PythonTest, KeepsNamesAndStructure) {
  EXPECT_EQ(Python("def area(r: float) -> float = pi * r ** 2   # of a disc\n"
                   "print(area(2.0))\n"),
            "def area(r: float) -> float:  # of a disc\n"
            "    return pi * r ** 2\n"
            "print(area(2.0))\n");
}

TEST(PythonTest, LeavesFloatsAlone) {
  EXPECT_EQ(Python("var x = 0.5\nx += 1\nx = (x - 2) * 3 / x\nprint(x, -x)\n"),
            "x = 0.5\nx += 1\nx = (x - 2) * 3 / x\nprint(x, -x)\n");
}

TEST(PythonTest, ChecksIntsUnlessTheyAreKnownToFit) {
  constexpr std::string_view kProgram = "var n = 1\nn += 2\nprint(n * 3, n % 7, n // 2)\n";
  EXPECT_EQ(Python(kProgram), "n = 1\nn = int64(n + 2)\nprint(int64(n * 3), n % 7, n // 2)\n");
  EXPECT_EQ(Python(kProgram, Overflow::Native), "n = 1\nn += 2\nprint(n * 3, n % 7, n // 2)\n");
}

TEST(PythonTest, MakesStatementsOfBlocks) {
  EXPECT_EQ(Python("let y = { let x = 2.0; x * x } + 1.0\nprint(y)\n"),
            "x = 2.0\ny = x * x + 1.0\nprint(y)\n");
}

TEST(PythonTest, SavesWhatIsEvaluatedBeforeAStatement) {
  EXPECT_EQ(Python("def f(x) { print(x); x }\n"
                   "print(f(1.0) + { print(2); f(3.0) })\n"),
            "def f(x):\n"
            "    print(x)\n"
            "    return x\n"
            "value = f(1.0)\n"
            "print(2)\n"
            "print(value + f(3.0))\n");
}

TEST(PythonTest, WritesSimpleChoicesInOneLine) {
  EXPECT_EQ(Python("def sign(x) { let s = if x < 0.0 { -1 } else { 1 }; s }\nprint(sign(2.0))\n"),
            "def sign(x):\n"
            "    s = -1 if x < 0.0 else 1\n"
            "    return s\n"
            "print(sign(2.0))\n");
}

TEST(PythonTest, NamesThatHideOthersGetANumber) {
  EXPECT_EQ(Python("let x = 1.0\nif true { let x = 2.0; print(x) }\nprint(x)\n"),
            "x = 1.0\nif True:\n    x_2 = 2.0\n    print(x_2)\nprint(x)\n");
}

TEST(PythonTest, WordsOfPythonGetAnUnderscore) {
  EXPECT_EQ(Python("let lambda = 1.0\nprint(lambda)\n"), "lambda_ = 1.0\nprint(lambda_)\n");
}

TEST(PythonTest, WordsThatAreReservedByTheirBeginningAreRenamed) {
  EXPECT_EQ(Python("let gc_text = 1.0\nlet __name__ = 2.0\nprint(gc_text, __name__)\n"),
            "own_gc_text = 1.0\nown___name__ = 2.0\nprint(own_gc_text, own___name__)\n");
}

TEST(PythonTest, NamesThatAreMadeUpHideNothing) {
  EXPECT_EQ(Python("let value = 3.0\n"
                   "def f(x: float) -> float { print(x); x }\n"
                   "def g(x: float) { let y = f(x) + { print(2); f(x) }; y + value }\n"
                   "print(g(1.0))\n"),
            "def f(x: float) -> float:\n"
            "    print(x)\n"
            "    return x\n"
            "def g(x: float):\n"
            "    value_2 = f(x)\n"
            "    print(2)\n"
            "    y = value_2 + f(x)\n"
            "    return y + value\n"
            "value = 3.0\n"
            "print(g(1.0))\n");
}

TEST(PythonTest, BuiltinsThatAreHandedOnDoWhatCallsOfThemDo) {
  EXPECT_EQ(Python("var f = min\nf = floor\nprint(f(1, 2.5))\n"),
            "f = gc_min\nf = gc_floor\nprint(gc_text(f(1, 2.5)))\n");
}

TEST(PythonTest, ParametersHideOnlyWhatTheyHideInTheProgram) {
  EXPECT_EQ(Python("let x = 1.0\ndef lambda(x) = x\ndef f(lambda_) = lambda(lambda_)\n"),
            "def lambda_(x):\n"
            "    return x\n"
            "def f(lambda_2):\n"
            "    return lambda_(lambda_2)\n"
            "x = 1.0\n");
}

TEST(PythonTest, KeepsComprehensionsAndGenerators) {
  EXPECT_EQ(Python("print([x * 0.5 for x in range(9) if x % 2 == 1])\n"
                   "print(sum(x * 0.5 for x in range(9)))\n"),
            "print(gc_text([x * 0.5 for x in range(9) if x % 2 == 1]))\n"
            "print(sum(x * 0.5 for x in range(9)))\n");
}

TEST(PythonTest, TakesAComprehensionApartWhereItHoldsStatements) {
  EXPECT_EQ(Python("let xs = [{ let y = x * 0.5; y } for x in range(3)]\nprint(len(xs))\n"),
            "items = []\n"
            "for x in range(3):\n"
            "    y = x * 0.5\n"
            "    items.append(y)\n"
            "xs = items\n"
            "print(len(xs))\n");
}

TEST(PythonTest, BindsTheVariableOfTheTurn) {
  EXPECT_EQ(Python("for i in range(3) { let f = x => x + i * 0.5; print(f(1.0)) }\n"),
            "for i in range(3):\n"
            "    f = lambda x, i=i: x + i * 0.5\n"
            "    print(f(1.0))\n");
}

TEST(PythonTest, LeavesOuterLoopsByFlags) {
  EXPECT_EQ(Python("for i in range(3) { while { if i == 1 { break }; false } { } }\n"),
            "for i in range(3):\n"
            "    leave = False\n"
            "    while True:\n"
            "        if i == 1:\n"
            "            leave = True\n"
            "            break\n"
            "        if not False:\n"
            "            break\n"
            "    if leave:\n"
            "        break\n");
}

TEST(PythonTest, LooksAtValuesWhoseTypesAreNotSettled) {
  EXPECT_EQ(Python("var x = 1\nx = \"a\"\nprint(x + x)\n"),
            "x = 1\nx = \"a\"\nprint(gc_text(gc_add(x, x)))\n");
}

TEST(PythonTest, HasNoPreludeWhereNothingDiffers) {
  const auto program = Load("print(sin(0.5))\n");
  EXPECT_EQ(Translate(*program, Target::Python, {}).text,
            "from math import sin\n\n\nprint(sin(0.5))\n");
}

TEST(PythonTest, CallsOnlyTheMathLibrary) {
  const auto program = Load("extern \"z\" def f(x: float) -> float\nprint(1)\n");
  const Translation translation = Translate(*program, Target::Python, {});
  ASSERT_TRUE(translation.refusal.has_value());
  EXPECT_EQ(translation.text, "");
}

}  // namespace
}  // namespace emit
