// Prints and evaluates the test's own arithmetic trees.

#include "tests/interp/arithmetic_term.h"

#include <cmath>

namespace interp {

namespace {

constexpr int64_t kIntConstants[] = {3, 2, 5, 1};
constexpr double kFloatConstants[] = {0.5, -2.0, 3.25, 1e300};
constexpr const char* kFloatConstantTexts[] = {"0.5", "-2.0", "3.25", "1e300"};

template <typename T>
bool HoldsFor(const std::string& op, T a, T b) {
  return op == "=="   ? a == b
         : op == "!=" ? a != b
         : op == "<"  ? a < b
         : op == "<=" ? a <= b
         : op == ">"  ? a > b
                      : a >= b;
}

// Nothing: the operation fails. Wide arithmetic, so that no overflow is missed.
std::optional<int64_t> Apply(const std::string& op, int64_t a, int64_t b) {
  __extension__ using Wide = __int128;
  Wide result = 0;
  if (op == "+") {
    result = Wide{a} + b;
  } else if (op == "-") {
    result = Wide{a} - b;
  } else if (op == "*") {
    result = Wide{a} * b;
  } else {
    if (b == 0) {
      return std::nullopt;
    }
    Wide quotient = Wide{a} / b;
    const Wide remainder = Wide{a} % b;
    const bool adjust = remainder != 0 && ((remainder < 0) != (b < 0));
    if (adjust) {
      --quotient;
    }
    result = op == "//" ? quotient : remainder + (adjust ? Wide{b} : 0);
  }
  if (result > INT64_MAX || result < INT64_MIN) {
    return std::nullopt;
  }
  return static_cast<int64_t>(result);
}

std::optional<double> Apply(const std::string& op, double a, double b) {
  if (op == "+") {
    return a + b;
  }
  if (op == "-") {
    return a - b;
  }
  if (op == "*") {
    return a * b;
  }
  if (b == 0.0) {
    return std::nullopt;
  }
  return a / b;
}

template <typename T, typename LeafValue>
Worth<T> WorthOf(const Term& term, const LeafValue& leaf_value) {
  if (term.op.empty()) {
    return {leaf_value(term), nullptr};
  }
  const Worth<T> a = WorthOf<T>(*term.left, leaf_value);
  if (a.failed != nullptr) {
    return a;
  }
  const Worth<T> b = WorthOf<T>(*term.right, leaf_value);
  if (b.failed != nullptr) {
    return b;
  }
  const std::optional<T> result = Apply(term.op, a.value, b.value);
  return result.has_value() ? Worth<T>{*result, nullptr} : Worth<T>{T{}, &term};
}

}  // namespace

std::shared_ptr<Term> Term::Make(Leaf leaf, bool is_float, int place) {
  auto term = std::make_shared<Term>();
  term->leaf = leaf;
  term->is_float = is_float;
  term->place = place;
  return term;
}

std::shared_ptr<Term> Term::Make(std::string op, std::shared_ptr<Term> left,
                                 std::shared_ptr<Term> right) {
  auto term = std::make_shared<Term>();
  term->op = std::move(op);
  term->is_float = left->is_float;
  term->left = std::move(left);
  term->right = std::move(right);
  return term;
}

void Term::Print(std::string* text) {
  begin = static_cast<uint32_t>(text->size());
  if (op.empty()) {
    const char local = (is_float && leaf != Leaf::Convert ? "xyzw" : "ijkl")[place];
    switch (leaf) {
      case Leaf::Local:
      case Leaf::Convert:
        *text += local;
        break;
      case Leaf::Constant:
        *text += is_float ? kFloatConstantTexts[place] : std::to_string(kIntConstants[place]);
        break;
      case Leaf::Call:
        *text += std::string("same(") + local + ")";
        break;
    }
  } else {
    const auto print = [&](Term& operand) {
      *text += operand.op.empty() ? "" : "(";
      operand.Print(text);
      *text += operand.op.empty() ? "" : ")";
    };
    print(*left);
    *text += " " + op + " ";
    print(*right);
  }
  end = static_cast<uint32_t>(text->size());
}

Worth<int64_t> IntWorth(const Term& term, const Numbers& numbers) {
  return WorthOf<int64_t>(term, [&](const Term& leaf) {
    const auto place = static_cast<size_t>(leaf.place);
    return leaf.leaf == Leaf::Constant ? kIntConstants[place] : numbers.ints[place];
  });
}

Worth<double> FloatWorth(const Term& term, const Numbers& numbers) {
  return WorthOf<double>(term, [&](const Term& leaf) {
    const auto place = static_cast<size_t>(leaf.place);
    switch (leaf.leaf) {
      case Leaf::Constant:
        return kFloatConstants[place];
      case Leaf::Convert:
        return static_cast<double>(numbers.ints[place]);
      case Leaf::Local:
      case Leaf::Call:
        break;
    }
    return numbers.floats[place];
  });
}

bool Holds(const std::string& op, double a, double b) { return HoldsFor(op, a, b); }
bool Holds(const std::string& op, int64_t a, int64_t b) { return HoldsFor(op, a, b); }

}  // namespace interp
