// Every fused shape of interp/shape_index.h, each in every position that has a table, against the
// other steps of the ladder and against the test's own arithmetic: values, and for operations that
// fail the kind and the place.

#include <cmath>
#include <functional>
#include <limits>

#include <gtest/gtest.h>

#include "runtime/run.h"
#include "tests/interp/arithmetic_term.h"
#include "tests/interp/ladder_run.h"

namespace interp {
namespace {

using runtime::Outcome;
using runtime::Value;
using TermPtr = std::shared_ptr<Term>;

constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Between them every operand of a shape with up to four is at an end of its range, or zero.
const std::vector<Numbers> kNumbers = {
    {{7, 3, -4, 2}, {2.5, -1.5, 0.25, 8.0}},
    {{kMax, 1, 1, 1}, {kInf, -kInf, kInf, 1.0}},
    {{1, kMax, 1, 1}, {kNan, 1.0, 1.0, kNan}},
    {{1, 1, kMax, 1}, {1.0, kNan, 0.0, -0.0}},
    {{1, 1, 1, kMax}, {1e308, 1e308, 1e308, 2}},
    {{kMin, -1, kMin, -1}, {-0.0, 0.0, -0.0, 0.0}},
    {{-1, kMin, -1, kMin}, {0.0, -0.0, 0.0, 1}},
    {{0, 5, 0, 5}, {0.0, 5.0, 0.0, 5.0}},
    {{5, 0, 5, 0}, {5.0, 0.0, 5.0, 0.0}},
    {{1 << 20, 3, 1 << 30, -9}, {1, 2, 3, 4}},
    {{kMax - 3, kMax / 2, 2, 0}, {1e-308, 1e-308, -1e-308, 3}},
};

// One function of a generated program and what the test expects of it.
struct Case {
  std::string name;
  std::function<void(const Numbers&, const Outcome&)> check;
};

class Cases {
 public:
  Cases() : text_("def same(n) = n\ndef second(n, m) = m\n") {}

  // Adds a function whose body `write` appends; `check` judges each outcome.
  void Add(const std::function<void(std::string*)>& write,
           std::function<void(const Numbers&, const Outcome&)> check) {
    const std::string name = "f" + std::to_string(cases_.size());
    text_ += "def " + name + "(i, j, k, l, x, y, z, w) ";
    write(&text_);
    text_ += "\n";
    cases_.push_back({name, std::move(check)});
    if (cases_.size() == 400) {
      Run();
    }
  }

  // Calls every function with all numbers on all steps.
  void Run() {
    const auto program = Load(text_);
    ASSERT_NE(program, nullptr);
    runtime::OnLargeStack([&] {
      std::vector<std::unique_ptr<Prepared>> steps;
      for (const Ladder ladder : kLadders) {
        steps.push_back(std::make_unique<Prepared>(*program, ladder));
      }
      for (const Case& tested : cases_) {
        for (const Numbers& numbers : kNumbers) {
          RunOne(*program, tested, numbers, steps);
        }
      }
    });
    *this = Cases();
  }

 private:
  static void RunOne(const frontend::Program& program, const Case& tested, const Numbers& numbers,
                     const std::vector<std::unique_ptr<Prepared>>& steps) {
    std::vector<Value> args;
    for (const int64_t number : numbers.ints) {
      args.push_back(Value::Int(number));
    }
    for (const double number : numbers.floats) {
      args.push_back(Value::Float(number));
    }
    Outcome outcomes[3];
    for (size_t step = 0; step < 3; ++step) {
      outcomes[step] = steps[step]->Call(tested.name, args);
    }
    tested.check(numbers, outcomes[2]);
    if (!SamePlain(outcomes[0], outcomes[2]) || !SamePlain(outcomes[1], outcomes[2]) ||
        testing::Test::HasFailure()) {
      std::string text = "boxed, typed and fused:";
      for (size_t step = 0; step < 3; ++step) {
        text += "\n" + steps[step]->Take(std::move(outcomes[step]));
      }
      const frontend::Span name = program.FindFunction(tested.name)->span;
      FAIL() << text << "\n" << program.source->text({name.begin, name.end + 200});
    }
  }

  std::string text_;
  std::vector<Case> cases_;
};

// What is expected of a function that returns the term's value.
std::function<void(const Numbers&, const Outcome&)> ReturnsTerm(TermPtr term) {
  const auto check = [](const auto& worth, const Outcome& outcome, bool same) {
    if (worth.failed == nullptr) {
      EXPECT_TRUE(!outcome.error.has_value() && same) << worth.value;
    } else if (!outcome.error.has_value()) {
      ADD_FAILURE() << "no failure of " << worth.failed->op;
    } else {
      EXPECT_EQ(outcome.error->trace[0].at.begin, worth.failed->begin);
      EXPECT_EQ(outcome.error->trace[0].at.end, worth.failed->end);
    }
  };
  return [term, check](const Numbers& numbers, const Outcome& outcome) {
    if (term->is_float) {
      const auto worth = FloatWorth(*term, numbers);
      const double real = outcome.value.real;
      check(worth, outcome,
            (std::isnan(worth.value) && std::isnan(real)) ||
                Value::Float(worth.value).bits == outcome.value.bits);
    } else {
      const auto worth = IntWorth(*term, numbers);
      check(worth, outcome, worth.value == outcome.value.integer);
    }
  };
}

// The value, the variable and the argument of a call.
void AddInValuePositions(const TermPtr& term, Cases* cases) {
  // Each has its own copy: printing notes where it stands.
  const auto add = [&](const char* before, const char* after) {
    const std::shared_ptr<Term> own = Term::Make(term->op, std::make_shared<Term>(*term->left),
                                                 std::make_shared<Term>(*term->right));
    for (TermPtr* operand : {&own->left, &own->right}) {
      if (!(*operand)->op.empty()) {
        (*operand)->left = std::make_shared<Term>(*(*operand)->left);
        (*operand)->right = std::make_shared<Term>(*(*operand)->right);
      }
    }
    cases->Add(
        [&](std::string* text) {
          *text += before;
          own->Print(text);
          *text += after;
        },
        ReturnsTerm(own));
  };
  add("= ", "");
  add("{\n  var v = ", "\n  v\n}");
  add("= same(", ")");
  add("= second(i, ", ")");
}

// A comparison, as a value and as every condition.
void AddInConditionPositions(const std::string& op, const TermPtr& left, const TermPtr& right,
                             Cases* cases) {
  const auto holds = [op, left, right](const Numbers& numbers, bool* failed) {
    if (left->is_float) {
      const auto a = FloatWorth(*left, numbers);
      *failed = a.failed != nullptr;
      return Holds(op, a.value, FloatWorth(*right, numbers).value);
    }
    const auto a = IntWorth(*left, numbers);
    *failed = a.failed != nullptr;
    return Holds(op, a.value, IntWorth(*right, numbers).value);
  };
  const auto add = [&](const char* before, const char* after) {
    cases->Add(
        [&](std::string* text) {
          *text += before;
          *text += left->op.empty() ? "" : "(";
          left->Print(text);
          *text += (left->op.empty() ? " " : ") ") + op + " ";
          right->Print(text);
          *text += after;
        },
        [holds](const Numbers& numbers, const Outcome& outcome) {
          bool failed = false;
          const bool expected = holds(numbers, &failed);
          EXPECT_EQ(outcome.error.has_value(), failed);
          if (!failed) {
            // Conditions are told by 1 and 2.
            const bool got = outcome.value.tag == runtime::Tag::Bool ? outcome.value.boolean
                                                                     : outcome.value.integer == 1;
            EXPECT_EQ(got, expected);
          }
        });
  };
  add("= ", "");
  add("{\n  var v = 2\n  if ", " { v = 1 }\n  v\n}");
  add("{\n  var v = 2\n  while ", " { v = 1\n    if v == 1 { break } }\n  v\n}");
  add("= if ", " { 1 } else { 2 }");
  add("{\n  if ", " { return 1 }\n  2\n}");
  add("{\n  let v = ", "\n  v\n}");
}

constexpr Leaf kFloatLeafKinds[] = {Leaf::Local, Leaf::Constant, Leaf::Call, Leaf::Convert};

// The leaves of a type at a place.
std::vector<TermPtr> Leaves(bool is_float, int place) {
  std::vector<TermPtr> leaves;
  for (const Leaf leaf : kFloatLeafKinds) {
    if (is_float || leaf != Leaf::Convert) {
      leaves.push_back(Term::Make(leaf, is_float, place));
    }
  }
  return leaves;
}

// An operator over two leaves, all of them.
std::vector<TermPtr> Pairs(bool is_float, int place) {
  const std::vector<std::string> ops = is_float
                                           ? std::vector<std::string>{"+", "-", "*", "/"}
                                           : std::vector<std::string>{"+", "-", "*", "//", "%"};
  std::vector<TermPtr> pairs;
  for (const std::string& op : ops) {
    for (const TermPtr& left : Leaves(is_float, place)) {
      for (const TermPtr& right : Leaves(is_float, place + 1)) {
        // Two ints divide as ints do: another operation.
        if (!(is_float && left->leaf == Leaf::Convert && right->leaf == Leaf::Convert)) {
          pairs.push_back(Term::Make(op, left, right));
        }
      }
    }
  }
  return pairs;
}

bool BothInts(const TermPtr& a, const TermPtr& b) {
  return a->leaf == Leaf::Convert && b->leaf == Leaf::Convert && a->op.empty() && b->op.empty();
}

void TestArithmetic(const std::vector<std::string>& ops, const std::vector<TermPtr>& lefts,
                    const std::vector<TermPtr>& rights) {
  Cases cases;
  for (const std::string& op : ops) {
    for (const TermPtr& left : lefts) {
      for (const TermPtr& right : rights) {
        if (!BothInts(left, right)) {
          AddInValuePositions(Term::Make(op, left, right), &cases);
        }
        if (testing::Test::HasFailure()) {
          return;
        }
      }
    }
  }
  cases.Run();
}

void TestComparisons(const std::vector<TermPtr>& lefts, const std::vector<TermPtr>& rights) {
  Cases cases;
  for (const char* op : {"==", "!=", "<", "<=", ">", ">="}) {
    for (const TermPtr& left : lefts) {
      for (const TermPtr& right : rights) {
        if (!BothInts(left, right)) {
          AddInConditionPositions(op, left, right, &cases);
        }
        if (testing::Test::HasFailure()) {
          return;
        }
      }
    }
  }
  cases.Run();
}

const std::vector<std::string> kIntOps = {"+", "-", "*", "//", "%"};
const std::vector<std::string> kFloatOps = {"+", "-", "*", "/"};

TEST(IntShapes, LeafAndLeaf) { TestArithmetic(kIntOps, Leaves(false, 0), Leaves(false, 1)); }
TEST(IntShapes, LeafAndPair) { TestArithmetic(kIntOps, Leaves(false, 0), Pairs(false, 1)); }
TEST(IntShapes, PairAndLeaf) { TestArithmetic(kIntOps, Pairs(false, 0), Leaves(false, 2)); }
TEST(IntShapes, ComparisonsOfLeaves) { TestComparisons(Leaves(false, 0), Leaves(false, 1)); }
TEST(IntShapes, ComparisonsOfPairs) { TestComparisons(Pairs(false, 0), Leaves(false, 2)); }

TEST(FloatShapes, LeafAndLeaf) { TestArithmetic(kFloatOps, Leaves(true, 0), Leaves(true, 1)); }
TEST(FloatShapes, LeafAndPair) { TestArithmetic(kFloatOps, Leaves(true, 0), Pairs(true, 1)); }
TEST(FloatShapes, PairAndLeaf) { TestArithmetic(kFloatOps, Pairs(true, 0), Leaves(true, 2)); }
TEST(FloatShapes, ComparisonsOfLeaves) { TestComparisons(Leaves(true, 0), Leaves(true, 1)); }
TEST(FloatShapes, ComparisonsOfPairs) { TestComparisons(Pairs(true, 0), Leaves(true, 2)); }

// Both sides sums or products of variables and calls: the shapes with four operands.
TEST(FloatShapes, PairAndPair) {
  const auto inner = [](int place) {
    std::vector<TermPtr> pairs;
    for (const TermPtr& pair : Pairs(true, place)) {
      const auto fits = [](Leaf leaf) { return leaf == Leaf::Local || leaf == Leaf::Call; };
      if (pair->op != "/" && fits(pair->left->leaf) && fits(pair->right->leaf)) {
        pairs.push_back(pair);
      }
    }
    return pairs;
  };
  TestArithmetic({"+", "-", "*", "/"}, inner(0), inner(2));
}

}  // namespace
}  // namespace interp
