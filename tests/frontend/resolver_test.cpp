// What names mean, what functions capture, what expressions may do, and how
// arguments meet parameters.

#include "frontend/resolver.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "frontend/walk.h"
#include "tests/frontend/test_program.h"

namespace frontend {
namespace {

// The tree part of the resolved dump, one item a line.
std::string Resolved(std::string text) {
  std::unique_ptr<Program> program = Load(std::move(text));
  if (program == nullptr) {
    return "";
  }
  std::string dump = DumpResolved(*program);
  return dump.substr(dump.find("\n(") + 1);
}

const Function& FunctionAt(const Program& program, FunctionId id) {
  return program.resolution.functions[id];
}

// The effects of the body of `f`.
std::string EffectsOf(std::string text) {
  std::unique_ptr<Program> program = Load(std::move(text));
  if (program == nullptr) {
    return "";
  }
  uint8_t effects = program->resolution.effects[program->FindFunction("f")->decl->body->id];
  std::string words;
  words += (effects & kMayReturn) != 0 ? "return " : "";
  words += (effects & kMayBreak) != 0 ? "break " : "";
  words += (effects & kMayYield) != 0 ? "yield " : "";
  words += (effects & kAssigns) != 0 ? "assigns " : "";
  words += (effects & kCalls) != 0 ? "calls " : "";
  return words;
}

TEST(Resolver, NamesBecomeIndices) {
  EXPECT_EQ(Resolved("def f(a, b) { let c = a + pi; g(c, b) }\ndef g(x, y) = x"),
            "(def f@function1 (a@local0 b@local1) (block\n"
            "  (let c@local2 (+ a@local0 pi@builtin))\n"
            "  (call g@function2 c@local2 b@local1)))\n"
            "(def g@function2 (x@local0 y@local1) x@local0)\n");
}

TEST(Resolver, InnerScopesShadowAndEnd) {
  EXPECT_EQ(Resolved("def f(a) { { let a = a + 1; a }; for a in [a] { a }; a }"),
            "(def f@function1 (a@local0) (block\n"
            "  (block\n"
            "    (let a@local1 (+ a@local0 1))\n"
            "    a@local1)\n"
            "  (for a@local2 (list a@local0) (block\n"
            "    a@local2))\n"
            "  a@local0))\n");
}

TEST(Resolver, LocalsMayShadowBuiltinsFunctionsAndGlobals) {
  EXPECT_EQ(
      Resolved("let k = 1\ndef g() = k\ndef f(len, g, k) = len + g + k"),
      "(let k@global0 1)\n"
      "(def g@function1 () k@global0)\n"
      "(def f@function2 (len@local0 g@local1 k@local2) (+ (+ len@local0 g@local1) k@local2))\n");
}

TEST(Resolver, TopLevelLetsAreGlobalsOnlyWhenAFunctionReadsThem) {
  EXPECT_EQ(Resolved("let a = 1\nlet b = a\nvar c = b\ndef f() = b\nc += b"),
            "(let a@local0 1)\n"
            "(let b@global0 a@local0)\n"
            "(var c@local1 b@global0)\n"
            "(def f@function1 () b@global0)\n"
            "(assign+ c@local1 b@global0)\n");
}

TEST(Resolver, TopLevelLambdasReadGlobalsAndCaptureBlockLocals) {
  EXPECT_EQ(Resolved("let a = 1\nlet f = () => a\nif true { let b = 2; let g = () => b }"),
            "(let a@global0 1)\n"
            "(let f@local0 (lambda@function1 () a@global0))\n"
            "(if true (block\n"
            "  (let b@local1 2)\n"
            "  (let g@local2 (lambda@function2 [b@local0<-local1] () b@local0))))\n");
}

TEST(Resolver, CapturesPassThroughEveryFunctionBetween) {
  EXPECT_EQ(Resolved("def f(a) { let t = 1; x => { let u = 2; y => a + t + u + x + y } }"),
            "(def f@function1 (a@local0) (block\n"
            "  (let t@local1 1)\n"
            "  (lambda@function2 [a@local1<-local0 t@local2<-local1] (x@local0) (block\n"
            "    (let u@local3 2)\n"
            "    (lambda@function3 [a@local1<-local1 t@local2<-local2 u@local3<-local3 "
            "x@local4<-local0] (y@local0) (+ (+ (+ (+ a@local1 t@local2) u@local3) x@local4) "
            "y@local0))))))\n");
}

TEST(Resolver, FunctionsKnowTheirParts) {
  std::unique_ptr<Program> program = Load("def f(a) { let b = a; x => x + b }\nf(1)");
  const Function& f = *program->FindFunction("f");
  const Function& lambda = FunctionAt(*program, 2);
  EXPECT_EQ(f.kind, FunctionKind::Def);
  EXPECT_EQ(program->IdOf(f), 1u);
  EXPECT_EQ(lambda.kind, FunctionKind::Lambda);
  EXPECT_EQ(lambda.parent, 1u);
  EXPECT_EQ(lambda.param_count, 1u);
  ASSERT_EQ(lambda.locals.size(), 2u);
  EXPECT_EQ(lambda.locals[1].name, "b");
  ASSERT_EQ(lambda.captures.size(), 1u);
  EXPECT_EQ(lambda.captures[0].outer, (Ref{RefKind::Local, 1}));
  EXPECT_EQ(lambda.captures[0].inner, 1u);
  EXPECT_EQ(program->FindFunction("g"), nullptr);
  // Each function's expressions are one run of ids, the inner within the outer.
  EXPECT_EQ(f.first_expr, f.decl->body->id);
  EXPECT_EQ(lambda.first_expr, lambda.lambda->body->id);
  EXPECT_EQ(lambda.end_expr, f.end_expr);
  EXPECT_EQ(FunctionAt(*program, 0).end_expr, program->expr_count);
}

TEST(Resolver, ExpressionRangesHoldExactlyTheBody) {
  std::unique_ptr<Program> program = Load(
      "let k = 3\n"
      "def f(a, b = k + 1) { let g = (x) => { xs(x)[a] = x }; sum(q for q in xs(a)) + 1 - 2 }\n"
      "def xs(n) = [(i for i in range(j)).list() for j in range(n)]\n"
      "memo def h(n) = n + 1 + 2 * n\n");
  for (const Function& function : program->resolution.functions) {
    const Expr* body = function.decl != nullptr     ? function.decl->body
                       : function.lambda != nullptr ? function.lambda->body
                                                    : nullptr;
    if (body == nullptr) {
      continue;
    }
    ExprId lowest = body->id;
    ExprId highest = body->id;
    auto walk = [&](auto& self, const Expr& expr) -> void {
      lowest = std::min(lowest, expr.id);
      highest = std::max(highest, expr.id);
      ForEachChild(expr, [&](const Expr& child) { self(self, child); });
    };
    walk(walk, *body);
    EXPECT_EQ(function.first_expr, lowest) << function.name;
    EXPECT_EQ(function.end_expr, highest + 1) << function.name;
  }
}

TEST(Resolver, ListComprehensionsRunInPlace) {
  EXPECT_EQ(Resolved("def f(xs) { var n = 0; [{ n += x; y } for x in xs for y in x]; n }"),
            "(def f@function1 (xs@local0) (block\n"
            "  (var n@local1 0)\n"
            "  (listcomp@in_place (block\n"
            "    (assign+ n@local1 x@local2)\n"
            "    y@local3) (for x@local2 xs@local0) (for y@local3 x@local2))\n"
            "  n@local1))\n");
}

TEST(Resolver, ConsumedGeneratorsRunInPlace) {
  std::string dump = Resolved(
      "def f(xs) {\n"
      "    sum(x for x in xs)\n"
      "    sum((x for x in xs), 0)\n"
      "    \",\".join(x for x in xs)\n"
      "    for y in (x for x in xs) { }\n"
      "    [y for y in (x for x in xs)]\n"
      "    max(x for x in xs)\n"
      "}");
  EXPECT_EQ(dump.find("generator@function"), std::string::npos) << dump;
}

TEST(Resolver, OtherGeneratorsAreStored) {
  std::string dump = Resolved(
      "def f(xs, sum) {\n"
      "    let a = (x for x in xs)\n"
      "    print(x for x in xs)\n"
      "    sum(x for x in xs)\n"
      "    max((x for x in xs), 1)\n"
      "    f((x for x in (y for y in xs)), 1)\n"
      "}");
  EXPECT_EQ(dump.find("generator@in_place"), std::string::npos) << dump;
}

TEST(Resolver, StoredGeneratorTakesItsFirstSourceAsParameter) {
  std::unique_ptr<Program> program =
      Load("def f(xs, n) { var k = n; (x + k for x in xs.map(y => y) for z in x if z > n) }");
  const Function& generator = FunctionAt(*program, 3);
  EXPECT_EQ(generator.kind, FunctionKind::Generator);
  EXPECT_TRUE(generator.yields);
  EXPECT_EQ(generator.param_count, 1u);
  ASSERT_EQ(generator.captures.size(), 2u);
  EXPECT_EQ(generator.locals[generator.captures[0].inner].name, "n");
  EXPECT_EQ(generator.locals[generator.captures[1].inner].name, "k");
  EXPECT_FALSE(generator.locals[generator.captures[1].inner].is_var);
  ASSERT_EQ(generator.locals.size(), 5u);
  EXPECT_EQ(generator.locals[3].name, "x");
  EXPECT_EQ(generator.locals[4].name, "z");
  // The first source belongs to the function around it, lambda and all.
  const Function& lambda = FunctionAt(*program, 2);
  EXPECT_EQ(lambda.kind, FunctionKind::Lambda);
  EXPECT_EQ(lambda.parent, 1u);
  EXPECT_LE(lambda.end_expr, generator.first_expr);
}

TEST(Resolver, GlobalsMayBeUnsetOnlyAfterACallOfTheProgram) {
  std::unique_ptr<Program> program = Load(
      "let a = sqrt(2.0)\n"
      "print(a)\n"
      "let b = [x for x in range(3)]\n"
      "let c = f()\n"
      "let d = 4\n"
      "def f() = 1\n"
      "def g() = a + b + c + d\n");
  std::vector<std::pair<std::string_view, bool>> found;
  for (const Global& global : program->resolution.globals) {
    found.emplace_back(global.name, global.may_be_unset);
  }
  EXPECT_EQ(found, (std::vector<std::pair<std::string_view, bool>>{
                       {"a", false}, {"b", false}, {"c", true}, {"d", true}}));
}

TEST(Resolver, DefaultsReadGlobals) {
  EXPECT_EQ(Resolved("let k = 1\ndef f(a = k + pi) = a"),
            "(let k@global0 1)\n"
            "(def f@function1 (a@local0=(+ k@global0 pi@builtin)) a@local0)\n");
}

TEST(Effects, CountWhatLeavesTheExpression) {
  EXPECT_EQ(EffectsOf("def f(a) = a + sin(1.0)"), "");
  EXPECT_EQ(EffectsOf("def f(a) { if a { return 1 }; 2 }"), "return ");
  EXPECT_EQ(EffectsOf("def f(a) { yield a }"), "yield ");
  EXPECT_EQ(EffectsOf("def f(a) { let b = a }"), "assigns ");
  EXPECT_EQ(EffectsOf("def f(a) { a[0] = 1 }"), "");
  EXPECT_EQ(EffectsOf("def f(a) = f(a)"), "calls ");
  EXPECT_EQ(EffectsOf("def f(a) = a(1)"), "calls ");
}

TEST(Effects, LoopsAbsorbTheirJumps) {
  EXPECT_EQ(EffectsOf("def f(a) { while a { break } }"), "");
  EXPECT_EQ(EffectsOf("def f(a) { while a { while a { return 1 }; continue } }"), "return ");
  std::unique_ptr<Program> program = Load("def f(a) { while a { if a { break } } }");
  const auto& body = Cast<BlockExpr>(*program->FindFunction("f")->decl->body);
  const auto& loop = Cast<WhileExpr>(*body.items[0]);
  EXPECT_EQ(program->resolution.effects[loop.body->id], kMayBreak);
  EXPECT_EQ(program->resolution.effects[loop.id], 0);
}

TEST(Effects, FunctionsAbsorbEverything) {
  EXPECT_EQ(EffectsOf("def f(a) = x => { return f(x) }"), "");
  EXPECT_EQ(EffectsOf("def f(a) = (f(x) for x in a)"), "");
}

TEST(Effects, RunningThroughUnknownSequencesCalls) {
  EXPECT_EQ(EffectsOf("def f(a) = for i in range(a) { i }"), "assigns ");
  EXPECT_EQ(EffectsOf("def f(a) = for i in a { i }"), "assigns calls ");
  EXPECT_EQ(EffectsOf("def f(a) = sum(a)"), "calls ");
  EXPECT_EQ(EffectsOf("def f(a) = sum(x * x for x in range(a))"), "assigns ");
  EXPECT_EQ(EffectsOf("def f(a) = sum(x * x for x in a)"), "assigns calls ");
  EXPECT_EQ(EffectsOf("def f(a) = map(sin, a)"), "calls ");
  EXPECT_EQ(EffectsOf("def f(a) = [x for x in [1, 2]]"), "assigns ");
}

TEST(ArgumentMaps, StandOnlyWhereArgumentsDoNotMatchOneToOne) {
  std::unique_ptr<Program> program = Load(
      "def f(a, b = 2, c = 3) = a\n"
      "f(1, 2, 3)\n"
      "f(1)\n"
      "f(c = 5, a = f(b = 1, a = 2))\n"
      "1.f(c = 2)\n");
  auto map_of = [&](const Expr* expr) { return program->resolution.FindArgumentMap(expr->id); };
  EXPECT_EQ(map_of(program->items[1].expr), nullptr);
  const ArgumentMap* second = map_of(program->items[2].expr);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->param_of_arg, std::vector<uint32_t>{0});
  EXPECT_EQ(second->defaulted_params, (std::vector<uint32_t>{1, 2}));
  const ArgumentMap* third = map_of(program->items[3].expr);
  ASSERT_NE(third, nullptr);
  EXPECT_EQ(third->param_of_arg, (std::vector<uint32_t>{2, 0}));
  EXPECT_EQ(third->defaulted_params, std::vector<uint32_t>{1});
  const ArgumentMap* inner = map_of(Cast<CallExpr>(*program->items[3].expr).args[1].value);
  ASSERT_NE(inner, nullptr);
  EXPECT_EQ(inner->param_of_arg, (std::vector<uint32_t>{1, 0}));
  const ArgumentMap* method = map_of(program->items[4].expr);
  ASSERT_NE(method, nullptr);
  EXPECT_EQ(method->param_of_arg, (std::vector<uint32_t>{0, 2}));
}

TEST(Resolver, AFunctionHasAtMost4096Locals) {
  auto with_locals = [](int count) {
    std::string text = "def f() {\n";
    for (int i = 0; i < count; ++i) {
      text += "    let x" + std::to_string(i) + " = 1\n";
    }
    return text + "}\n";
  };
  EXPECT_EQ(CodesOf(with_locals(4096)), "");
  EXPECT_EQ(CodesOf(with_locals(4097)), "E0213");
}

TEST(Resolver, SyntaxErrorsDoNotMakeNamesUnknown) {
  EXPECT_EQ(CodesOf("let a = 1 +* 2\nprint(a)"), "E0101");
  // Where the tree is whole, names are looked at, too.
  EXPECT_EQ(CodesOf("let a = True\nprint(b)"), "E0108 E0201");
}

}  // namespace
}  // namespace frontend
