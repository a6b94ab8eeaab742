// One row per rule: a program, a name in it, and the type the name must have.

#include <gtest/gtest.h>

#include "tests/infer/inferred_program.h"

namespace infer {
namespace {

struct Rule {
  const char* text;
  const char* query;
  const char* type;
};

void Check(const Rule& rule) {
  InferredProgram program(rule.text);
  EXPECT_EQ(program.Type(rule.query), rule.type) << rule.text << "\n" << rule.query;
}

// `any` is what a function gets that is called through a value of unknown identity.
std::string WithAny(const char* expression) {
  return std::string(
             "def id(x) = x\n"
             "def neg(x) = x\n"
             "def main(b: bool) {\n"
             "    let f = if b { id } else { neg }\n"
             "    let any_value = f(1)\n"
             "    let x = ") +
         expression + "\n}";
}

TEST(Rules, ValuesOfSyntax) {
  const Rule rules[] = {
      {"let x = 1", "x", "int"},
      {"let x = 1.0", "x", "float"},
      {"let x = \"\"", "x", "str"},
      {"let x = true", "x", "bool"},
      {"let x = none", "x", "none"},
      {"let x = pi", "x", "float"},
      {"let x = sqrt", "x", "function sqrt"},
      {"def f() = 1\nlet x = f", "x", "function f"},
      {"let x = y => y", "x", "lambda"},
      {"let x = [1, 2]", "x", "list[int]"},
      {"let x = [[1], [2]]", "x", "list[list[int]]"},
      {"let x = [1, \"a\"]", "x", "list[any]"},
      {"let x = [none]", "x", "list[any]"},
      {"let x = [i * 0.5 for i in range(3)]", "x", "list[float]"},
      {"let x = [c for c in \"abc\" if c != \"b\"]", "x", "list[str]"},
      {"let x = [j for i in [[1]] for j in i]", "x", "list[int]"},
      {"let x = (i for i in range(3))", "x", "seq[int]"},
      {"let x = { 1\n 2.0 }", "x", "float"},
      {"let x = { }", "x", "none"},
      {"let x = if true { 1 } else { 2 }", "x", "int"},
      {"let x = if true { 1 } else { 2.0 }", "x", "any"},
      {"let x = if true { 1 } elif false { error(\"e\") } else { 2 }", "x", "int"},
      {"let x = if true { 1 }", "x", "none"},
      {"var x = 0\nx = 1.5", "x", "any"},
      {"var x: float = 0\nx = 1.5", "x", "float"},
      {"let x: float = 1", "x", "float"},
      {"let x: list[int] = []", "x", "list[int]"},
  };
  for (const Rule& rule : rules) {
    Check(rule);
  }
}

TEST(Rules, Operators) {
  const Rule rules[] = {
      {"let x = 1 + 2", "x", "int"},
      {"let x = 1 - 2.0", "x", "float"},
      {"let x = 1 * 2", "x", "int"},
      {"let x = 1 / 2", "x", "float"},
      {"let x = 7 // 2", "x", "int"},
      {"let x = 7.0 % 2", "x", "float"},
      {"let x = 2 ** 3", "x", "int"},
      {"let x = 2 ** 0.5", "x", "float"},
      {"let x = \"a\" + \"b\"", "x", "str"},
      {"let x = \"a\" * 3", "x", "str"},
      {"let x = 3 * \"a\"", "x", "str"},
      {"let x = [1] + [2]", "x", "list[int]"},
      {"let x = [1] + [\"a\"]", "x", "list[any]"},
      {"let x = [0.0] * 3", "x", "list[float]"},
      {"let x = 3 * [0.0]", "x", "list[float]"},
      {"let x = 1 + \"a\"", "x", "never"},
      {"let x = true + 1", "x", "never"},
      {"let x = -true", "x", "never"},
      {"let x = -1", "x", "int"},
      {"let x = -1.0", "x", "float"},
      {"let x = 1 < 2.0", "x", "bool"},
      {"let x = [1] == [1]", "x", "bool"},
      {"let x = not true", "x", "bool"},
      {"let x = true and false or true", "x", "bool"},
      {"let x = [1.0][0]", "x", "float"},
      {"let x = \"abc\"[0]", "x", "str"},
      {"let x = 3[0]", "x", "never"},
  };
  for (const Rule& rule : rules) {
    Check(rule);
  }
}

TEST(Rules, OperatorsOnAny) {
  const std::pair<const char*, const char*> rules[] = {
      {"any_value", "any"},
      {"any_value + 1", "any"},
      {"1 * any_value", "any"},
      {"any_value / 2", "float"},
      {"any_value / any_value", "float"},
      {"any_value + 1.0", "float"},
      {"2.0 ** any_value", "float"},
      {"any_value + \"a\"", "str"},
      {"any_value + any_value", "any"},
      {"-any_value", "any"},
      {"any_value < 1", "bool"},
      {"any_value[0]", "any"},
      {"any_value(1)", "any"},
      {"[1] + any_value", "list[any]"},
      {"\"a\" * any_value", "str"},
      {"[any_value]", "list[any]"},
      {"[v for v in any_value]", "list[any]"},
      {"sum(any_value)", "any"},
      {"sum(any_value, 0.0)", "float"},
      {"max(1, any_value)", "any"},
      {"abs(any_value)", "any"},
      {"floor(any_value)", "int"},
      {"list(map(any_value, [1]))", "list[any]"},
  };
  for (const auto& [expression, type] : rules) {
    InferredProgram program(WithAny(expression));
    EXPECT_EQ(program.Type("main.x"), type) << expression;
  }
}

TEST(Rules, Builtins) {
  const std::pair<const char*, const char*> rules[] = {
      {"abs(-1)", "int"},
      {"abs(-1.0)", "float"},
      {"abs(\"a\")", "never"},
      {"fabs(1)", "float"},
      {"sqrt(2)", "float"},
      {"atan2(1, 2)", "float"},
      {"pow(2, 3)", "float"},
      {"clock()", "float"},
      {"floor(1.5)", "int"},
      {"round(1.5)", "int"},
      {"int(\"3\")", "int"},
      {"float(\"3\")", "float"},
      {"str(3)", "str"},
      {"bool(3)", "bool"},
      {"len([1])", "int"},
      {"range(3)", "seq[int]"},
      {"map(sqrt, range(3))", "seq[float]"},
      {"map(v => v * 2, range(3))", "seq[int]"},
      {"map(v => str(v), [1.5])", "seq[str]"},
      {"filter(v => v > 1, [1.5])", "seq[float]"},
      {"list(range(3))", "list[int]"},
      {"list(\"abc\")", "list[str]"},
      {"list(map(v => none, range(3)))", "list[any]"},
      {"sum([1, 2])", "int"},
      {"sum([1, 2], 0.0)", "float"},
      {"sum([1.5], 0)", "any"},
      {"sum([1], 0)", "int"},
      {"sum([\"a\"])", "never"},
      {"sum((error(\"e\") for i in range(0)), 0)", "int"},
      {"min([1, 2])", "int"},
      {"max(\"abc\")", "str"},
      {"max(1, 2)", "int"},
      {"max(1, 2.0)", "float"},
      {"max(\"a\", \"b\")", "str"},
      {"any([true])", "bool"},
      {"all(v > 1 for v in [1])", "bool"},
      {"join(\",\", [\"a\"])", "str"},
      {"append([1], 2)", "none"},
      {"pop([1.5])", "float"},
      {"buffer()", "buffer"},
      {"text(buffer())", "str"},
      {"print(1)", "none"},
      {"error(\"e\")", "never"},
      {"keep(1.5)", "float"},
  };
  for (const auto& [expression, type] : rules) {
    InferredProgram program(std::string("def main() { let x = ") + expression + "\n}");
    EXPECT_EQ(program.Type("main.x"), type) << expression;
  }
}

TEST(Rules, CallsOfFunctions) {
  const Rule rules[] = {
      {"def f(a, b) = a / b\nlet x = f(1, 2)", "x", "float"},
      {"def f(a, b = 2.5) = a * b\nlet x = f(1)", "x", "float"},
      {"def f(a, b = 2.5) = a * b\nlet x = f(b = 2, a = 1)", "x", "int"},
      {"def f(a: float) = a\nlet x = f(1)", "x", "float"},
      {"def f(a: float) = a\nlet x = f(1)", "f(a)", "float"},
      {"def f(a: int) = a\nlet x = f(\"s\")", "x", "never"},
      {"def f(a) -> float = a\nlet x = f(1)", "x", "float"},
      {"def f(a) -> list[int] { if a { return [] }\n [1] }\nlet x = f(true)", "x", "list[int]"},
      {"def f(a) { return 1\n 2.0 }\nlet x = f(1)", "x", "int"},
      {"def f(a) { if a { return 1 }\n 2.0 }\nlet x = f(true)", "x", "any"},
      {"def f(a) { if a { 1 } else { \"s\" }\n 2.0 }\nlet x = f(true)", "x", "float"},
      {"def f(a) = a\nlet x = [f(1), f(2)]\nlet y = f(\"s\")", "f()", "int / str"},
      {"def f(a) = a\nlet g = f\nlet x = g(1)", "x", "int"},
      {"def f(a, b) = a\nlet g = f\nlet x = g(1)", "x", "never"},
      {"let g = sqrt\nlet x = g(1)", "x", "float"},
      {"let k = 2.0\nlet g = a => a * k\nlet x = g(1)", "x", "float"},
      {"def apply(f, a) = f(a)\nlet x = apply(a => a + 0.5, 1)", "x", "float"},
      {"def apply(f: fn(int) -> int, a) = f(a)\nlet x = apply(a => a + 1, 1)", "x", "int"},
      {"def add(n) = a => a + n\nlet x = add(1)(2.0)", "x", "float"},
      {"extern \"m\" def cosf(x: f32) -> f32\nlet x = cosf(1)", "x", "float"},
      {"extern \"m\" def ilogb(x: float) -> i32\nlet x = ilogb(8.0)", "x", "int"},
      {"def f() { yield 1\n yield 2 }\nlet x = f()", "x", "seq[int]"},
      {"def f() { yield 1\n yield 2.0 }\nlet x = f()", "x", "seq[any]"},
      {"def f(s: seq[int]) = sum(s)\nlet x = f(v * 2 for v in range(3))", "x", "int"},
      {"let y = 2.0\ndef f() = y\nlet x = f()", "x", "float"},
      {"def f() = y\nlet y = 2\nlet x = f()", "x", "int"},
      {"memo def f(n) = if n < 2 { n } else { f(n - 1) + f(n - 2) }\nlet x = f(9)", "x", "int"},
      {"def f() = f()\nlet x = f()", "x", "never"},
  };
  for (const Rule& rule : rules) {
    Check(rule);
  }
}

TEST(Rules, LoopsAndAssignments) {
  const Rule rules[] = {
      {"def main(n) { var t = 0\n for i in range(n) { t += i }\n t }", "main()", "int"},
      {"def main(n) { var t = 0.0\n for i in range(n) { t += i }\n t }", "main()", "float"},
      {"def main(n) { var t = 0\n for i in range(n) { t += i / 2 }\n t }", "main.t", "any"},
      {"def main(n) { var s = \"\"\n while len(s) < n { s += str(n) }\n s }", "main()", "str"},
      {"def main(n) { for c in \"abc\" { print(c) } }", "main.c", "str"},
      {"def main(n) { for c in 5 { print(c) } }", "main.c", "never"},
      {"def main(n) { for i in range(n) { n } }", "main()", "none"},
      {"def main(n) { let xs = [1.0]\n xs[0] = n\n xs[0] }", "main()", "float"},
      // What is read early in a loop may be assigned late, through any number of names.
      {"def main(n) { var a = 0\n var b = 0\n var c = 0\n"
       "while n > 0 { a = b\n b = c\n c = 0.5 }\n a }",
       "main()", "any"},
      {"def main(n) { var a = 0.5\n for i in range(n) { for j in range(i) { a = a * j } }\n a }",
       "main()", "float"},
  };
  for (const Rule& rule : rules) {
    Check(rule);
  }
}

TEST(Rules, ElementOfAndAcceptAnswerForEngines) {
  InferredProgram program("def f(a: float, b: list[int], c, d: int) = a");
  Inference& inference = *program.inference;
  runtime::TypeTable& types = program.types;
  EXPECT_EQ(inference.ElementOf(types.List(runtime::kInt)), runtime::kInt);
  EXPECT_EQ(inference.ElementOf(runtime::kStr), runtime::kStr);
  EXPECT_EQ(inference.ElementOf(runtime::kAny), runtime::kAny);
  EXPECT_EQ(inference.ElementOf(runtime::kInt), runtime::kNever);
  const auto& params = program.program->resolution.functions[1].decl->params;
  EXPECT_EQ(inference.Accept(params[0].type, runtime::kInt), runtime::kFloat);
  EXPECT_EQ(inference.Accept(params[0].type, runtime::kStr), runtime::kNever);
  EXPECT_EQ(inference.Accept(params[1].type, types.List(runtime::kAny)), types.List(runtime::kInt));
  EXPECT_EQ(inference.Accept(params[1].type, types.List(runtime::kStr)), runtime::kNever);
  EXPECT_EQ(inference.Accept(params[2].type, runtime::kStr), runtime::kStr);
  EXPECT_EQ(inference.Accept(params[3].type, runtime::kAny), runtime::kInt);
}

}  // namespace
}  // namespace infer
