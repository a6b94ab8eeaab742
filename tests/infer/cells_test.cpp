// Lists made without an element type: what fills them decides, and what is not
// known about them makes them Any.

#include <span>
#include <string>

#include <gtest/gtest.h>

#include "tests/infer/inferred_program.h"

namespace infer {
namespace {

struct Row {
  const char* text;
  const char* query;
  const char* type;
};

void CheckAll(std::span<const Row> rows) {
  for (const Row& row : rows) {
    InferredProgram program(row.text);
    EXPECT_EQ(program.Type(row.query), row.type) << row.text << "\n" << row.query;
  }
}

TEST(Cells, AreFilledByStores) {
  const Row rows[] = {
      {"let x = []\nappend(x, 1)", "x", "list[int]"},
      {"let x = []\nx[0] = 1.5", "x", "list[float]"},
      {"let x = [] + [\"a\"]", "x", "list[str]"},
      {"let x = [] * 3\nappend(x, true)", "x", "list[bool]"},
      {"let x = []\nlet y = x\nappend(y, 1)", "x", "list[int]"},
      {"var x = []\nx = [1]", "x", "list[int]"},
      {"let x = [[], [1]]", "x", "list[list[int]]"},
      {"let x = [[]]\nappend(x[0], 1)", "x", "list[list[int]]"},
      {"let x = [[] for i in range(3)]\nfor i in range(3) { x[i].append(i) }", "x",
       "list[list[int]]"},
      {"let x = []\nlet y = []\nappend(y, x)\nappend(y[0], 1.0)", "x", "list[float]"},
      {"def f(l: list[str]) = l\nlet x = []\nf(x)", "x", "list[str]"},
      {"def f(l) = append(l, 1)\nlet x = []\nf(x)", "x", "list[int]"},
      {"def f() = []\nlet x = f()\nappend(x, 1)", "x", "list[int]"},
      {"let x = []\nlet f = () => append(x, 1)\nf()", "x", "list[int]"},
      {"def main() { let x = []\nlet f = v => append(x, v)\nf(1) }", "main.x", "list[int]"},
      {"let x = list(range(3))", "x", "list[int]"},
      {"let x = []\nappend(x, 1)\nlet y = list(x)", "y", "list[int]"},
      {"let x = []\nappend(x, none)", "x", "list[any]"},
      {"def main(n) { let x = []\nlet y = []\nfor v in x { append(y, v) }\nappend(x, 1)\ny }",
       "main()", "list[int]"},
      // A stack that is read before it is filled.
      {"def main(n) { let s = []\nvar t = 0\nwhile n > 0 { if len(s) > 0 { t += pop(s) }\n"
       "append(s, n) }\n t }",
       "main()", "int"},
  };
  CheckAll(rows);
}

TEST(Cells, AreOnesOwnInEachVersion) {
  InferredProgram program(
      "def fill(v, n) {\n"
      "    let r = []\n"
      "    for i in range(n) { r.append(v) }\n"
      "    r\n"
      "}\n"
      "let a = fill(1, 2)\n"
      "let b = fill(0.5, 2)\n"
      "let c = fill([1], 2)\n");
  EXPECT_EQ(program.Type("a"), "list[int]");
  EXPECT_EQ(program.Type("b"), "list[float]");
  EXPECT_EQ(program.Type("c"), "list[list[int]]");
}

TEST(Cells, ThatDisagreeAreAny) {
  const Row rows[] = {
      {"let x = []", "x", "list[any]"},
      {"let x = []\nappend(x, 1)\nappend(x, \"a\")", "x", "list[any]"},
      {"let x = []\nappend(x, 1)\nappend(x, 1.0)", "x", "list[any]"},
      {"let x = [i for i in range(0)]\nappend(x, \"a\")", "x", "list[any]"},
      {"let x = []\nappend(x, x)", "x", "list[any]"},
      {"let x = []\nlet y = []\nappend(x, y)\nappend(y, x)", "y", "list[any]"},
      {"def f() = []\nappend(f(), 1)\nlet x = f()\nappend(x, \"a\")", "x", "list[any]"},
      {"let x = []\nfor v in x { print(v + 1) }", "v", "any"},
  };
  CheckAll(rows);
}

// More lists inside each other than types can say, stored from the inside out and from the outside
// in: the element of each is Any or the type of the next.
TEST(Cells, NestAsDeepAsTypesDo) {
  constexpr int kLists = 12;
  const auto name = [](int i) { return "a" + std::to_string(i); };
  std::string lists;
  std::string outwards;
  std::string inwards;
  for (int i = 0; i < kLists; ++i) {
    lists += "let " + name(i) + " = []\n";
    if (i > 0) {
      const std::string store = "append(" + name(i) + ", " + name(i - 1) + ")\n";
      outwards = outwards + store;
      inwards = store + inwards;
    }
  }
  for (const std::string& stores : {outwards, inwards}) {
    InferredProgram program(lists + stores + "append(a0, 1)\n");
    EXPECT_EQ(program.Type("a0"), "list[any]") << stores;
    for (int i = 1; i < kLists; ++i) {
      const std::string outer = program.Type(name(i));
      if (outer != "list[any]") {
        EXPECT_EQ(outer, "list[" + program.Type(name(i - 1)) + "]") << stores;
      }
    }
  }
}

TEST(Cells, EscapeToWhatIsNotKnown) {
  const std::string unknown =
      "def id(x) = x\n"
      "def neg(x) = x\n"
      "def main(b: bool) {\n"
      "    let f = if b { id } else { neg }\n"
      "    let x = []\n"
      "    append(x, 1)\n    ";
  const char* escapes[] = {
      "f(x)",
      "f([x])",
      "append(f(1), x)",
      "f(() => x)",
      "let y = if b { x } else { 1 }",
      "var y = 1\n    y = x",
      "f(1)[0] = x",
      "f(v for v in [x])",
      "let y = [f(1), x]",
  };
  for (const char* escape : escapes) {
    InferredProgram program(unknown + escape + "\n}");
    EXPECT_EQ(program.Type("main.x"), "list[any]") << escape;
  }
  const char* stays[] = {
      "print(x)",  "print(f(1), len(x), x == none)",
      "f(x[0])",   "if b { x } else { 1 }\n    2",
      "f(sum(x))", "let y = [v + 1 for v in x]\n    f(y)",
  };
  for (const char* stay : stays) {
    InferredProgram program(unknown + stay + "\n}");
    EXPECT_EQ(program.Type("main.x"), "list[int]") << stay;
  }
}

TEST(Cells, OfResultsEscapeWithTheFunction) {
  InferredProgram program(
      "def make(n) = [i for i in range(n)]\n"
      "def other(n) = 1\n"
      "def main(b: bool) {\n"
      "    let f = if b { make } else { other }\n"
      "    append(f(0), \"a\")\n"
      "    make(0)\n"
      "}\n");
  EXPECT_EQ(program.Type("main()"), "list[any]");
}

// Functions may be called later with arguments that nobody knows yet, so a
// global list has the type that any call of them leaves possible.
TEST(Cells, OfGlobals) {
  const Row rows[] = {
      {"let g = [i for i in range(9)]\ndef look(i) = g[i]\nprint(look(2))", "g", "list[int]"},
      {"let g = []\ndef add(v: int) = append(g, v)\nadd(1)", "g", "list[int]"},
      {"let g = []\ndef add(v) = append(g, v)\nadd(1)", "g", "list[any]"},
      {"let g = []\ndef get() = g\nappend(get(), 1)", "g", "list[any]"},
      {"let g: list[int] = []\ndef add(v) = append(g, v)\nadd(1)", "g", "list[int]"},
      {"let g = []\ndef add() = append(g, 1)", "g", "list[int]"},
  };
  CheckAll(rows);
}

// Recursion with fresh lists: the literals of the versions for `left` are shared.
TEST(Cells, EndRecursionWithFreshLists) {
  InferredProgram program(
      "def sorted(xs) {\n"
      "    if len(xs) <= 1 { return xs }\n"
      "    let left = []\n"
      "    let right = []\n"
      "    for x in xs { if x < xs[0] { left.append(x) } elif x > xs[0] { right.append(x) } }\n"
      "    sorted(left) + [xs[0]] + sorted(right)\n"
      "}\n"
      "let x = sorted([2, 1])\n");
  EXPECT_EQ(program.Type("x"), "list[int]");
  EXPECT_EQ(program.VersionCount("sorted"), 1u);
}

TEST(Cells, AreMadeOneBeyondTheLimitOfVersions) {
  std::string text = "def push(xs, v) = append(xs, v)\n";
  for (int i = 0; i < 40; ++i) {
    const std::string name = "x" + std::to_string(i);
    text += "let " + name + " = []\npush(" + name + ", 1)\n";
  }
  InferredProgram program(text);
  EXPECT_EQ(program.Type("x0"), "list[int]");
  EXPECT_EQ(program.Type("x39"), "list[int]");
  EXPECT_EQ(program.VersionCount("push"), 1u);
}

}  // namespace
}  // namespace infer
