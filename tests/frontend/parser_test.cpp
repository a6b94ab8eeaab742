// The shape of trees: precedence, newline rules as the parser sees them, places
// and ids. Mistakes are tested by the diagnostic goldens.

#include "frontend/parser.h"

#include <gtest/gtest.h>

#include "frontend/walk.h"
#include "tests/frontend/test_program.h"

namespace frontend {
namespace {

TEST(Parser, BindsOperatorsAsPythonDoes) {
  EXPECT_EQ(TreeOf("1 + 2 * 3"), "(+ 1 (* 2 3))\n");
  EXPECT_EQ(TreeOf("1 * 2 + 3"), "(+ (* 1 2) 3)\n");
  EXPECT_EQ(TreeOf("1 - 2 - 3"), "(- (- 1 2) 3)\n");
  EXPECT_EQ(TreeOf("8 // 2 % 3 / 4"), "(/ (% (// 8 2) 3) 4)\n");
  EXPECT_EQ(TreeOf("1 + 2 < 3 * 4"), "(< (+ 1 2) (* 3 4))\n");
  EXPECT_EQ(TreeOf("(1 + 2) * 3"), "(* (+ 1 2) 3)\n");
}

TEST(Parser, PowerBindsTighterThanMinusOnItsLeft) {
  EXPECT_EQ(TreeOf("-2 ** 2"), "(- (** 2 2))\n");
  EXPECT_EQ(TreeOf("2 ** -1"), "(** 2 (- 1))\n");
  EXPECT_EQ(TreeOf("2 ** 3 ** 2"), "(** 2 (** 3 2))\n");
  EXPECT_EQ(TreeOf("(-2) ** 2"), "(** (- 2) 2)\n");
  EXPECT_EQ(TreeOf("-x.f() ** 2"), "(- (** (method f x) 2))\n");
}

TEST(Parser, LogicalOperatorsTakeAllTheirOperands) {
  EXPECT_EQ(TreeOf("a and b and c"), "(and a b c)\n");
  EXPECT_EQ(TreeOf("a or b and c or d"), "(or a (and b c) d)\n");
  EXPECT_EQ(TreeOf("(a and b) and c"), "(and (and a b) c)\n");
  EXPECT_EQ(TreeOf("not a == b and not not c"), "(and (not (== a b)) (not (not c)))\n");
}

TEST(Parser, LowestIntIsOneLiteral) {
  EXPECT_EQ(TreeOf("-9223372036854775808"), "-9223372036854775808\n");
  EXPECT_EQ(TreeOf("1 - -9223372036854775808"), "(- 1 -9223372036854775808)\n");
  EXPECT_EQ(TreeOf("-5"), "(- 5)\n");
}

TEST(Parser, ChainsCallsIndexesAndMethods) {
  EXPECT_EQ(TreeOf("f(1)(2)[3].g(4, n = 5)"), "(method g (index (call (call f 1) 2) 3) 4 n=5)\n");
  EXPECT_EQ(TreeOf("xs\n  .map(f)\n  .len()"), "(method len (method map xs f))\n");
  EXPECT_EQ(TreeOf("f(1, 2,)"), "(call f 1 2)\n");
}

TEST(Parser, ReadsLambdas) {
  EXPECT_EQ(TreeOf("x => x + 1"), "(lambda (x) (+ x 1))\n");
  EXPECT_EQ(TreeOf("(x, y: int) => x"), "(lambda (x y:int) x)\n");
  EXPECT_EQ(TreeOf("() => { 1 }"), "(lambda () (block\n  1))\n");
  EXPECT_EQ(TreeOf("x => y => x = 1"), "(lambda (x) (lambda (y) (assign x 1)))\n");
  EXPECT_EQ(TreeOf("xs.map(x =>\n  x)"), "(method map xs (lambda (x) x))\n");
}

TEST(Parser, ReadsListsComprehensionsAndGenerators) {
  EXPECT_EQ(TreeOf("[]"), "(list)\n");
  EXPECT_EQ(TreeOf("[1, 2,]"), "(list 1 2)\n");
  EXPECT_EQ(TreeOf("[x * y for x in xs if x > 1 for y in ys]"),
            "(listcomp (* x y) (for x xs) (if (> x 1)) (for y ys))\n");
  EXPECT_EQ(TreeOf("(x for x in xs)"), "(generator x (for x xs))\n");
  EXPECT_EQ(TreeOf("sum(x for x in xs)"), "(call sum (generator x (for x xs)))\n");
  EXPECT_EQ(TreeOf("sum((x for x in xs), 0)"), "(call sum (generator x (for x xs)) 0)\n");
}

TEST(Parser, ReadsControlFlow) {
  EXPECT_EQ(TreeOf("if a { 1 } elif b { 2 } else { 3 }"),
            "(if a (block\n  1) b (block\n  2) else (block\n  3))\n");
  EXPECT_EQ(TreeOf("if a {}\nelse {}"), "(if a (block) else (block))\n");
  EXPECT_EQ(TreeOf("while a { break; continue }"), "(while a (block\n  (break)\n  (continue)))\n");
  EXPECT_EQ(TreeOf("for i in range(3) { x += i }"),
            "(for i (call range 3) (block\n  (assign+ x i)))\n");
  EXPECT_EQ(TreeOf("let y = if a { 1 } else { 2 }"),
            "(let y (if a (block\n  1) else (block\n  2)))\n");
  EXPECT_EQ(TreeOf("def f() { return }"), "(def f () (block\n  (return)))\n");
}

TEST(Parser, ReadsDefinitionsAndTypes) {
  EXPECT_EQ(TreeOf("def f(a: int, b: list[list[str]] = []) -> fn(int, seq[float]) -> none = a"),
            "(def f (a:int b:list[list[str]]=(list)) -> fn[int, seq[float], none] a)\n");
  EXPECT_EQ(TreeOf("memo def f(n) = n"), "(memo def f (n) n)\n");
  EXPECT_EQ(TreeOf("bench b(n = 10) { n }"), "(bench b (n=10) (block\n  n))\n");
  EXPECT_EQ(TreeOf("extern \"m\" def cosf(x: f32) -> f32"), "(extern \"m\" cosf (x:f32) -> f32)\n");
}

TEST(Parser, KnowsWhatTypesAreCalledElsewhere) {
  const auto fix = [](const std::string& type) {
    const Parsed parsed("def f(x: " + type + ") = x");
    return parsed.diagnostics.empty() ? "" : parsed.diagnostics[0].fix;
  };
  EXPECT_EQ(fix("double"), "write `float`");
  EXPECT_EQ(fix("string"), "write `str`");
  EXPECT_EQ(fix("String"), "write `str`");
  EXPECT_EQ(fix("boolean"), "write `bool`");
  EXPECT_EQ(fix("long"), "write `int`");
  EXPECT_EQ(fix("matrix"), "");
}

TEST(Parser, NoticesWhatATypeOfAFunctionLacks) {
  for (const char* type : {"fn", "fn(", "fn(int", "fn(int float) -> int", "fn(what) -> int",
                           "fn(int)", "fn(int) ->", "fn(int) -> what"}) {
    const Parsed parsed("def f(x: " + std::string(type) + ") = x\n");
    EXPECT_FALSE(parsed.diagnostics.empty()) << type;
  }
}

TEST(Parser, NewlinesAndSemicolonsSeparateItems) {
  EXPECT_EQ(TreeOf("a; b\nc"), "a\nb\nc\n");
  EXPECT_EQ(TreeOf("f(x => {\n  a\n  -b\n}, c)"),
            "(call f (lambda (x) (block\n  a\n  (- b))) c)\n");
  EXPECT_EQ(TreeOf("a\n(b)\n[c]\n-d"), "a\nb\n(list c)\n(- d)\n");
  EXPECT_EQ(TreeOf("(a\n- b)"), "(- a b)\n");
  EXPECT_EQ(TreeOf("let x =\n  3"), "(let x 3)\n");
}

TEST(Parser, SpansCoverTheTextOfTheExpression) {
  Parsed parsed("let y = (a + b) * f(c).g([d])");
  const Expr& product = *Cast<LetExpr>(*parsed.tree.items[0].expr).value;
  auto text = [&](const Expr& expr) { return parsed.source.text(expr.span); };
  EXPECT_EQ(text(product), "(a + b) * f(c).g([d])");
  EXPECT_EQ(text(*Cast<BinaryExpr>(product).left), "a + b");
  EXPECT_EQ(text(*Cast<BinaryExpr>(product).right), "f(c).g([d])");
  EXPECT_EQ(parsed.source.text(Cast<BinaryExpr>(product).op_span), "*");
}

TEST(Parser, NumbersExpressionsInPreOrderWithoutGaps) {
  Parsed parsed(
      "def f(a = 1 + 2) = [x + a for x in (y for y in range(a)) if x > 1]\n"
      "let z = f(1) + 2 * 3 - (4 if_ok)\n");
  parsed.tree.items.resize(1);
  std::vector<ExprId> ids;
  auto walk = [&](auto& self, const Expr& expr) -> void {
    ids.push_back(expr.id);
    ForEachChild(expr, [&](const Expr& child) { self(self, child); });
  };
  const FunctionDecl& f = *parsed.tree.items[0].function;
  walk(walk, *f.params[0].default_value);
  walk(walk, *f.body);
  for (size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ(ids[i], i);
  }
}

TEST(Parser, BindingsAreDense) {
  Parsed parsed("def f(a, b) { let c = x => x; for d in [e for e in a] { } }");
  EXPECT_EQ(parsed.tree.binding_count, 7u);
}

}  // namespace
}  // namespace frontend
