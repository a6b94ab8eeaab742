// Versions: recursion, the limit, that they are final, boxed ones, and the time they take.

#include <chrono>

#include <gtest/gtest.h>

#include "tests/infer/inferred_program.h"

namespace infer {
namespace {

using runtime::kAny;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNever;
using runtime::kStr;

TEST(Versions, RecursionReachesItsFixpoint) {
  InferredProgram fib(
      "def fib(n) = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }\n"
      "def main(n) = fib(n)\n");
  EXPECT_EQ(fib.Type("fib()"), "int");
  EXPECT_EQ(fib.VersionCount("fib"), 1u);

  InferredProgram mutual(
      "def even(n) = if n == 0 { true } else { odd(n - 1) }\n"
      "def odd(n) = if n == 0 { false } else { even(n - 1) }\n"
      "def main(n) = even(n)\n");
  EXPECT_EQ(mutual.Type("even()"), "bool");
  EXPECT_EQ(mutual.Type("odd()"), "bool");

  InferredProgram nested("def f(n) = if n > 100 { n - 10 } else { f(f(n + 11)) }\nlet x = f(1)");
  EXPECT_EQ(nested.Type("x"), "int");

  InferredProgram widening("def f(n) = if n < 1 { 0 } else { f(n - 1) + 0.5 }\nlet x = f(1)");
  EXPECT_EQ(widening.Type("x"), "any");
}

TEST(Versions, AreOnePerArgumentTypes) {
  InferredProgram program("def f(a) = a\nlet x = [f(1), f(2)]\nlet y = f(0.5)\nlet z = f([1])");
  EXPECT_EQ(program.VersionCount("f"), 3u);
  const TypeId args[] = {kFloat};
  const size_t before = program.inference->version_count();
  program.inference->Request(program.FunctionOf("f"), args);
  EXPECT_EQ(program.inference->version_count(), before);
}

// Arguments that a declaration converts to one type share a version.
TEST(Versions, AreKeyedByWhatTheBodySees) {
  InferredProgram program("def f(a: float) = a\nlet x = f(1) + f(0.5)");
  EXPECT_EQ(program.VersionCount("f"), 1u);
  const TypeId args[] = {kStr};
  const Version& version =
      program.inference->Get(program.inference->Request(program.FunctionOf("f"), args));
  EXPECT_EQ(version.params[0], kFloat);
}

TEST(Versions, BeyondTheLimitAreGeneral) {
  std::string text = "def f(a, b, c) = a\n";
  const char* values[] = {"1", "0.5", "\"s\""};
  for (const char* a : values) {
    for (const char* b : values) {
      for (const char* c : values) {
        text += std::string("f(") + a + ", " + b + ", " + c + ")\n";
      }
    }
  }
  InferredProgram program(text);
  EXPECT_EQ(program.VersionCount("f"), Inference::kMaxVersions + 1);
  const Version& last = program.inference->Get(program.VersionsOf("f").back());
  EXPECT_EQ(last.params, (std::vector<TypeId>{kAny, kAny, kAny}));
  EXPECT_EQ(last.result, kAny);
}

TEST(Versions, PolymorphicRecursionEnds) {
  InferredProgram lists("def f(n, x) = if n == 0 { 0 } else { f(n - 1, [x]) }\nlet x = f(9, 1)");
  EXPECT_EQ(lists.Type("x"), "int");
  InferredProgram lambdas(
      "def f(n, g) = if n == 0 { g(1) } else { f(n - 1, v => g(v)) }\n"
      "let x = f(9, v => v)");
  EXPECT_EQ(lambdas.Type("x"), "any");
}

// What an engine was told once holds, whatever is asked later.
TEST(Versions, AreFinal) {
  InferredProgram program(
      "def fill(v) { let r = []\n r.append(v)\n r }\n"
      "def pair(f) = f(fill(1))\n"
      "let x = fill(1)\n");
  const VersionId first = program.VersionsOf("fill").front();
  const Version before = program.inference->Get(first);
  const TypeId any[] = {kAny};
  program.inference->Request(program.FunctionOf("pair"), any);
  program.inference->Request(program.FunctionOf("fill"), any);
  const TypeId str[] = {kStr};
  const VersionId other = program.inference->Request(program.FunctionOf("fill"), str);
  const Version& after = program.inference->Get(first);
  EXPECT_EQ(program.Name(after.result), "list[int]");
  EXPECT_EQ(after.exprs, before.exprs);
  EXPECT_EQ(after.locals, before.locals);
  EXPECT_EQ(program.Name(program.inference->Get(other).result), "list[str]");
}

TEST(Versions, OfLambdasAndGeneratorsCanBeRequested) {
  InferredProgram program(
      "def main(n) {\n"
      "    let k = 0.5\n"
      "    let f = v => v * k\n"
      "    let g = (v * k for v in range(n))\n"
      "    f(1) + sum(g)\n"
      "}\n");
  const TypeId lambda_args[] = {kInt, kInt};
  EXPECT_EQ(program.inference
                ->Get(program.inference->Request(program.FunctionOf("<lambda>"), lambda_args))
                .result,
            kInt);
  const TypeId generator_args[] = {program.types.List(kFloat), kInt};
  const Version& generator = program.inference->Get(
      program.inference->Request(program.FunctionOf("<generator>"), generator_args));
  EXPECT_EQ(generator.yielded, kFloat);
  EXPECT_EQ(program.Name(generator.result), "seq[float]");
}

TEST(Versions, NameTheVersionsTheyCall) {
  InferredProgram program(
      "def f(a, b = 0.5) = a * b\n"
      "def g() { yield 1 }\n"
      "def main(n) { f(n)\n g()\n n(1) }\n");
  const Version& main = program.inference->Get(program.VersionsOf("main").front());
  std::vector<VersionId> callees;
  for (const VersionId callee : main.callees) {
    if (callee != kNoVersion) {
      callees.push_back(callee);
    }
  }
  ASSERT_EQ(callees.size(), 2u);
  EXPECT_EQ(program.Name(program.inference->Get(callees[0]).result), "float");
  EXPECT_EQ(program.inference->Get(callees[1]).yielded, kInt);
  // Defaults are typed although they stand in no function.
  const frontend::Function& f = program.program->resolution.functions[program.FunctionOf("f")];
  EXPECT_EQ(program.inference->ExprType(main, *f.decl->params[1].default_value), kFloat);
}

TEST(Versions, BoxedOnesKnowNothing) {
  InferredProgram program(
      "def f(a) = a + 1\n"
      "def main(n = 3) { let x = f(n)\n let g = v => v\n g(x) }\n",
      Typing::Boxed);
  const VersionId id = program.inference->Request(program.FunctionOf("main"), {});
  const Version& main = program.inference->Get(id);
  EXPECT_EQ(main.function, program.FunctionOf("main"));
  EXPECT_EQ(main.params, std::vector<TypeId>{kAny});
  EXPECT_EQ(main.result, kAny);
  EXPECT_EQ(main.yielded, kAny);
  for (const TypeId type : main.exprs) {
    EXPECT_EQ(type, kAny);
  }
  EXPECT_TRUE(main.unsettled.empty());
  EXPECT_EQ(std::count(main.callees.begin(), main.callees.end(),
                       program.inference->Request(program.FunctionOf("f"), {})),
            1);
  EXPECT_EQ(std::count(main.callees.begin(), main.callees.end(), kNoVersion),
            static_cast<std::ptrdiff_t>(main.callees.size()) - 1);
}

double SecondsFor(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  InferredProgram program(text);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Generous bounds: they catch a quadratic step, not a slow machine.
TEST(Versions, TakeLinearTime) {
  constexpr int kStatements = 100'000;
  std::string chain = "let x0 = 1\n";
  std::string calls = "def f(x) = x + 1\nlet x0 = 1\n";
  for (int i = 1; i < kStatements; ++i) {
    const std::string name = std::to_string(i);
    const std::string before = std::to_string(i - 1);
    chain += "let x" + name + " = x" + before + " + 1\n";
    calls += "let x" + name + " = f(x" + before + ")\n";
  }
  EXPECT_LT(SecondsFor(chain), 10.0);
  EXPECT_LT(SecondsFor(calls), 10.0);

  constexpr int kFunctions = 20'000;
  std::string deep = "def main(n) = f0(n)\n";
  for (int i = 0; i < kFunctions; ++i) {
    deep += "def f" + std::to_string(i) + "(x) = f" + std::to_string(i + 1) + "(x)\n";
  }
  EXPECT_LT(SecondsFor(deep + "def f" + std::to_string(kFunctions) + "(x) = x\n"), 10.0);

  std::string spine = "let x = 1";
  for (int i = 0; i < 1'000'000; ++i) {
    spine += " + 1";
  }
  EXPECT_LT(SecondsFor(spine), 10.0);
}

}  // namespace
}  // namespace infer
