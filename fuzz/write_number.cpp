// Ints, whose range is followed, and floats. Test: tests/fuzz/generator_test.cpp.

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

using Wide = __int128;

constexpr int64_t kLargest = std::numeric_limits<int64_t>::max();
constexpr int64_t kSmallest = std::numeric_limits<int64_t>::min();
// Operands of + and - beyond this, and of * beyond kFactor, are brought back first.
constexpr int64_t kTerm = int64_t{1} << 60;
constexpr int64_t kFactor = int64_t{1} << 30;

int64_t Clamp(Wide value) {
  return static_cast<int64_t>(std::clamp<Wide>(value, kSmallest, kLargest));
}

constexpr int64_t kEdgeInts[] = {
    0,
    1,
    -1,
    2,
    63,
    64,
    255,
    256,
    65535,
    65536,
    2147483647,
    -2147483648,
    4294967296,
    4503599627370496,
    9007199254740991,
    9007199254740992,
    9007199254740993,
    kLargest,
    kLargest - 1,
    kSmallest + 1,
    kSmallest,
    3037000499,
    3037000500,
    -9007199254740993,
    1000000007,
};

constexpr const char* kEdgeFloats[] = {
    "0.0",
    "-0.0",
    "1.0",
    "-1.0",
    "0.1",
    "0.5",
    "1e308",
    "-1e308",
    "5e-324",
    "2.5",
    "-2.5",
    "1e16",
    "1e-7",
    "inf",
    "(-inf)",
    "nan",
    "2.2250738585072014e-308",
    "9007199254740992.0",
    "9223372036854775808.0",
    "1e22",
    "0.3",
    "123456789.125",
};

constexpr const char* kMathOfAny[] = {"atan", "fabs", "abs", "keep", "float"};
constexpr const char* kLibm[] = {"sin", "cos",  "tan",   "exp",  "sqrt",
                                 "log", "log2", "log10", "asin", "acos"};

}  // namespace

Term Writer::Fit(Term term, int64_t low, int64_t high) {
  if (term.bound.low >= low && term.bound.high <= high) {
    return term;
  }
  if (temper_ == Temper::Edge && Chance(25)) {
    term.bound.low = low;  // hoped
    term.bound.high = high;
    return term;
  }
  Spend(1);
  return {MakeExpr(Type::Int, high == kLargest ? "($ // 2)" : fmt::format("($ % {})", high + 1),
                   {std::move(term.node)}),
          {.low = 0, .high = high}};
}

Term Writer::IntLiteral() {
  int64_t value = Below(10);
  if (temper_ == Temper::Edge && Chance(25)) {
    value = OneOf(kEdgeInts);
  } else if (Chance(20)) {
    value = static_cast<int64_t>(Below(2000)) - 1000;
  }
  const std::string text = value < 0 ? fmt::format("({})", value) : fmt::format("{}", value);
  return {MakeExpr(Type::Int, text), {.low = value, .high = value}};
}

Term Writer::FloatLiteral() {
  if (Chance(temper_ == Temper::Edge ? 30 : 3)) {
    return {MakeExpr(Type::Float, OneOf(kEdgeFloats))};
  }
  constexpr const char* kFractions[] = {".0", ".5", ".25", ".1"};
  return {MakeExpr(Type::Float, std::to_string(Below(10)) + OneOf(kFractions))};
}

Term Writer::IntExpr(int depth) {
  if (Chance(45)) {
    return IntOperation(depth);
  }
  return IntOfOther(depth);
}

Term Writer::IntOperation(int depth) {
  const size_t choice = Weighted({6, 5, 4, 3, 3, 1, 1, 1, 2});
  if (choice == 8) {  // min, max of two
    Term a = Expr(Type::Int, depth - 1);
    Term b = Expr(Type::Int, depth - 1);
    const bool is_min = Chance(50);
    const Bound bound{.low = std::min(a.bound.low, b.bound.low),
                      .high = std::max(a.bound.high, b.bound.high)};
    Node node = MakeExpr(Type::Int, is_min ? "min($, $)" : "max($, $)", {a.node, b.node});
    node.cell = is_min ? "min int int" : "max int int";
    return {std::move(node), bound};
  }
  if (choice >= 5 && choice <= 7) {
    if (choice == 5) {  // a small power
      Term base = Fit(Expr(Type::Int, depth - 1), -50, 50);
      Node node = MakeExpr(Type::Int, "($ ** $)",
                           {base.node, MakeExpr(Type::Int, std::to_string(Below(8)))});
      node.cell = "** int int";
      return {std::move(node), {.low = -781250000000, .high = 781250000000}};
    }
    Term a = Fit(Expr(Type::Int, depth - 1), -kTerm, kTerm);
    const bool is_abs = choice == 6;
    Node node = MakeExpr(Type::Int, is_abs ? "abs($)" : "(-$)", {a.node});
    node.cell = is_abs ? "abs int" : "- int";
    const int64_t most = std::max(-a.bound.low, a.bound.high);
    return {std::move(node),
            {.low = is_abs ? 0 : -a.bound.high, .high = is_abs ? most : -a.bound.low}};
  }
  constexpr const char* kSigns[] = {"+", "-", "*", "//", "%"};
  const char* sign = kSigns[choice];
  Term a = Expr(Type::Int, depth - 1);
  Term b = Expr(Type::Int, depth - 1);
  Bound bound;
  if (choice == 0 || choice == 1) {
    a = Fit(std::move(a), -kTerm, kTerm);
    b = Fit(std::move(b), -kTerm, kTerm);
    bound.low =
        Clamp(choice == 0 ? Wide{a.bound.low} + b.bound.low : Wide{a.bound.low} - b.bound.high);
    bound.high =
        Clamp(choice == 0 ? Wide{a.bound.high} + b.bound.high : Wide{a.bound.high} - b.bound.low);
  } else if (choice == 2) {
    a = Fit(std::move(a), -kFactor, kFactor);
    b = Fit(std::move(b), -kFactor, kFactor);
    const Wide products[] = {Wide{a.bound.low} * b.bound.low, Wide{a.bound.low} * b.bound.high,
                             Wide{a.bound.high} * b.bound.low, Wide{a.bound.high} * b.bound.high};
    bound.low = Clamp(*std::min_element(std::begin(products), std::end(products)));
    bound.high = Clamp(*std::max_element(std::begin(products), std::end(products)));
  } else {
    if (b.bound.low <= 0 && b.bound.high >= 0 && !(temper_ == Temper::Edge && Chance(20))) {
      b = Fit(std::move(b), -1000, 1000);
      b = {MakeExpr(Type::Int, "($ % 9 + 1)", {std::move(b.node)}), {.low = 1, .high = 9}};
    }
    a = Fit(std::move(a), -kTerm, kTerm);
    const int64_t most = std::max(-a.bound.low, a.bound.high);
    const int64_t divisor = Clamp(std::max(-Wide{b.bound.low}, Wide{b.bound.high}));
    bound = choice == 3 ? Bound{.low = -most - 1, .high = most + 1}
                        : Bound{.low = b.bound.low < 0 ? -divisor : 0,
                                .high = b.bound.high > 0 ? divisor : 0};
  }
  Node node = MakeExpr(Type::Int, fmt::format("($ {} $)", sign), {a.node, b.node});
  node.cell = fmt::format("{} int int", sign);
  return {std::move(node), bound};
}

Term Writer::IntOfOther(int depth) {
  switch (Weighted({3, 3, 3, 3, 2, 2, 1, 2, 1})) {
    case 0: {
      Term of = Chance(50) ? Expr(Type::Str, depth - 1) : Expr(Type::Ints, depth - 1);
      Node node = MakeExpr(Type::Int, Chance(80) ? "len($)" : "$.len()", {of.node});
      node.cell = of.node.type == Type::Str ? "len str" : "len list";
      return {std::move(node), {.low = 0, .high = of.bound.length}};
    }
    case 1: {
      Term of = Expr(Type::IntSeq, depth - 1);
      if (std::max(-Wide{of.bound.low}, Wide{of.bound.high}) > kFactor) {
        of = {MakeExpr(Type::IntSeq, "(x % 1009 for x in $)", {of.node}),
              {.low = 0, .high = 1008, .length = of.bound.length}};
      }
      const Wide count = of.bound.length;
      Node node = MakeExpr(Type::Int, "sum($, 0)", {of.node});
      node.cell = "sum seq";
      return {std::move(node),
              {.low = Clamp(std::min<Wide>(0, count * of.bound.low)),
               .high = Clamp(std::max<Wide>(0, count * of.bound.high))}};
    }
    case 2: {
      Term list = Chance(15) ? Term{Node{}, {}} : Expr(Type::Ints, depth - 1);
      if (list.node.text.empty()) {
        Term table = Expr(Type::Table, depth - 1);
        Node node = MakeExpr(Type::Int, "$[0][0]", {table.node});
        node.cell = "index list";
        return {std::move(node), {.low = table.bound.low, .high = table.bound.high}};
      }
      Node index = IndexOf(list, depth);
      Node node = MakeExpr(Type::Int, "$[$]", {list.node, std::move(index)});
      node.cell = "index list";
      return {std::move(node), {.low = list.bound.low, .high = list.bound.high}};
    }
    case 3:
      if (std::optional<Term> call = Call(Type::Int, depth)) {
        return std::move(*call);
      }
      return IntOperation(depth);
    case 4: {
      Term argument = Fit(Expr(Type::Int, depth - 1), -1000000, 1000000);
      const std::string name = NewName();
      const Inside inside(*this, Inside::Kind::Lambda, 1);
      Add({name, Type::Int, Variable::Kind::Let, argument.bound});
      Term body = Expr(Type::Int, depth - 1);
      return {MakeExpr(Type::Int, "(" + name + " => $)($)", {body.node, argument.node}),
              body.bound};
    }
    case 5: {
      constexpr const char* kRounders[] = {"int", "floor", "ceil", "round"};
      const char* rounder = OneOf(kRounders);
      Node node = MakeExpr(Type::Int, std::string(rounder) + "(atan($) * 8.5)",
                           {Expr(Type::Float, depth - 1).node});
      node.cell = std::string(rounder) + " float";
      return {std::move(node), {.low = -14, .high = 14}};
    }
    case 6: {
      Node node = MakeExpr(Type::Int, "int($)", {Expr(Type::Bool, depth - 1).node});
      node.cell = "int bool";
      return {std::move(node), {.low = 0, .high = 1}};
    }
    case 7:
      if (const Variable* function = Find(Type::IntFn)) {
        const std::string name = function->name;
        Term argument = Fit(Expr(Type::Int, depth - 1), -1000, 1000);
        return {MakeExpr(Type::Int, name + "($)", {argument.node}),
                {.low = -kMostOfFunction, .high = kMostOfFunction}};
      }
      return IntOperation(depth);
    default: {
      Term number = Fit(Expr(Type::Int, depth - 1), -1000000, 1000000);
      Node node = MakeExpr(Type::Int, "int(str($))", {number.node});
      node.cell = "int str";
      return {std::move(node), number.bound};
    }
  }
}

Term Writer::FloatExpr(int depth) {
  const size_t choice = Weighted({5, 5, 5, 3, 1, 1, 1, 8});
  if (choice == 7) {
    return FloatOfOther(depth);
  }
  constexpr const char* kSigns[] = {"+", "-", "*", "/", "//", "%", "**"};
  const std::string sign = kSigns[choice];
  const Type left = Chance(choice == 3 ? 50 : 25) ? Type::Int : Type::Float;
  const Type right = left == Type::Float && Chance(25) ? Type::Int : Type::Float;
  Term a = Expr(left, depth - 1);
  Term b = Expr(right, depth - 1);
  const bool divides = choice >= 3 && choice <= 5;
  const char* pattern = "($ {} $)";
  if (divides && !(temper_ == Temper::Edge && Chance(20))) {
    pattern = "($ {} (fabs($) + 1.0))";
  } else if (choice == 6) {
    pattern = "(fabs($) {} atan($))";
  }
  Node node = MakeExpr(Type::Float, fmt::format(fmt::runtime(pattern), sign), {a.node, b.node});
  node.cell = sign + " " + std::string(Name(left)) + " " + std::string(Name(right));
  return {std::move(node)};
}

Term Writer::FloatOfOther(int depth) {
  switch (Weighted({3, 3, 2, 2, 2, 2, 1})) {
    case 0: {
      const std::string name = OneOf(kMathOfAny);
      Node node = MakeExpr(Type::Float, name + "($)", {Expr(Type::Float, depth - 1).node});
      node.cell = name + " float";
      return {std::move(node)};
    }
    case 1: {
      const std::string name = OneOf(kLibm);
      const bool is_inverse = name == "asin" || name == "acos";
      const bool is_positive = name == "sqrt" || name.starts_with("log");
      // Within the domain, mostly.
      const char* inner = is_inverse    ? "($ % 1.0)"
                          : is_positive ? "(fabs($) + 0.5)"
                                        : "($ % 100.0)";
      const bool is_bare = temper_ == Temper::Edge && Chance(30);
      Node node = MakeExpr(Type::Float, fmt::format("{}({})", name, is_bare ? "$" : inner),
                           {Expr(Type::Float, depth - 1).node});
      node.cell = name + " float";
      return {std::move(node)};
    }
    case 2: {
      constexpr const char* kOfTwo[] = {"atan2", "hypot", "min", "max"};
      const std::string name = OneOf(kOfTwo);
      Node node = MakeExpr(Type::Float, name + "($, $)",
                           {Expr(Type::Float, depth - 1).node, Expr(Type::Float, depth - 1).node});
      node.cell = name + " float float";
      return {std::move(node)};
    }
    case 3: {
      Node node = MakeExpr(Type::Float, "sum($, 0.0)", {Expr(Type::FloatSeq, depth - 1).node});
      node.cell = "sum float";
      return {std::move(node)};
    }
    case 4:
      if (std::optional<Term> call = Call(Type::Float, depth)) {
        return std::move(*call);
      }
      return FloatLiteral();
    case 5: {
      Term list = Expr(Type::Floats, depth - 1);
      Node index = IndexOf(list, depth);
      return {MakeExpr(Type::Float, "$[$]", {list.node, std::move(index)})};
    }
    default:
      if (const Variable* function = Find(Type::FloatFn)) {
        const std::string name = function->name;
        return {MakeExpr(Type::Float, name + "($)", {Expr(Type::Float, depth - 1).node})};
      }
      return {MakeExpr(Type::Float, "float($)", {Expr(Type::Int, depth - 1).node})};
  }
}

}  // namespace fuzz
