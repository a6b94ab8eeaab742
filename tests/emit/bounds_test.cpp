// Between which bounds ints stay.

#include "emit/bounds.h"

#include "emit/lower.h"
#include "tests/emit/translated.h"

namespace emit {
namespace {

constexpr double kMost = 9007199254740991.0;  // 2^53 - 1

bool IsNeverReserved(std::string_view) { return false; }

constexpr Traits kTraits = {
    .has_routine_per_version = true,
    .has_comprehensions = false,
    .has_choose = true,
    .has_long_lambdas = true,
    .has_labels = true,
    .has_defaults = true,
    .expands_consumers = false,
    .orders_operands = true,
    .names_objects = false,
    .is_reserved = IsNeverReserved,
};

// Of the local variable of this name, in whatever routine has it first.
Bounds BoundsOf(std::string_view text, std::string_view name) {
  const auto program = Load(text);
  runtime::TypeTable types;
  const std::unique_ptr<Module> module = Lower(*program, types, kTraits);
  const IntBounds bounds(*module, kMost);
  for (RoutineId id = 0; id < module->routines.size(); ++id) {
    const std::vector<Variable>& locals = module->routines[id]->locals;
    for (LocalId local = 0; local < locals.size(); ++local) {
      if (locals[local].name == name) {
        Term term{.kind = TermKind::Local, .type = runtime::kInt, .span = {}};
        term.index = local;
        return bounds.Of(id, term);
      }
    }
  }
  ADD_FAILURE() << name;
  return {};
}

void ExpectBounds(std::string_view text, double low, double high) {
  const Bounds bounds = BoundsOf(text, "n");
  EXPECT_EQ(bounds.low, low) << text;
  EXPECT_EQ(bounds.high, high) << text;
}

TEST(BoundsTest, FollowArithmetic) {
  ExpectBounds("let n = 3 * 4 - 5\n", 7, 7);
  ExpectBounds("let k = keep(\"abc\")\nlet n = len(k) % 10\n", 0, 9);
  ExpectBounds("for i in range(10) { let n = i * 2 + 1 }\n", 1, 19);
  ExpectBounds("for i in range(9, -1, -1) { let n = i // 2 }\n", 0, 4);
}

TEST(BoundsTest, JoinAllAssignments) { ExpectBounds("var n = 1\nn = 7\nn = -3\n", -3, 7); }

TEST(BoundsTest, KeepWhatMovesInSmallStepsInside) {
  const Bounds bounds = BoundsOf("var n = 0\nwhile n < 10 { n += 1 }\n", "n");
  EXPECT_EQ(bounds.low, 0);
  EXPECT_LT(bounds.high, kMost - 1024);
}

TEST(BoundsTest, GiveUpWhatGrowsByMultiplication) {
  ExpectBounds("var n = 1\nwhile n < 10 { n = n * 3 }\n", 1, kMost);
}

TEST(BoundsTest, GiveUpSmallStepsFromAnUnknownStart) {
  ExpectBounds("let xs = [1]\nvar n = xs[0]\nwhile n < 10 { n += 1 }\n", -kMost, kMost);
}

TEST(BoundsTest, FollowArgumentsIntoFunctions) {
  ExpectBounds("def f(n) = n\nprint(f(2), f(5))\n", 2, 5);
  // Steps of a recursion are small as well.
  const Bounds bounds =
      BoundsOf("def f(n) = if n < 1 { 0 } else { f(n - 1) }\nprint(f(20))\n", "n");
  EXPECT_EQ(bounds.high, 20);
  EXPECT_GT(bounds.low, -kMost + 1024);
}

TEST(BoundsTest, KnowNothingOfArgumentsOfValues) {
  ExpectBounds("def f(n: int) = n\nlet g = f\nprint(f(1), g(2))\n", -kMost, kMost);
}

TEST(BoundsTest, LimitArgumentsFromOutside) {
  ExpectBounds("bench b(n = 5) = n\n", -4503599627370496.0, 4503599627370496.0);
}

TEST(BoundsTest, TellWhichSumsFit) {
  const auto program = Load("let k = 1\n");
  runtime::TypeTable types;
  const std::unique_ptr<Module> module = Lower(*program, types, kTraits);
  EXPECT_TRUE(IntBounds(*module, kMost).Fits({.low = -5, .high = kMost}));
  EXPECT_FALSE(IntBounds(*module, kMost).Fits({.low = -5, .high = kMost + 1}));
  // 2^63 and what doubles cannot tell from it.
  EXPECT_FALSE(
      IntBounds(*module, 9223372036854775808.0).Fits({.low = 0, .high = 9223372036854775808.0}));
}

}  // namespace
}  // namespace emit
