#pragma once
// Arithmetic over numbers of one type as a tree of the test's own: it prints itself as source
// text and says, without the project's help, what it is worth or which operator fails.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace interp {

// The values of the parameters i j k l and x y z w, which every tested function has.
struct Numbers {
  std::array<int64_t, 4> ints;
  std::array<double, 4> floats;
};

enum class Leaf : uint8_t {
  Local,
  Constant,
  Call,     // a call of the identity: a value that some other node makes
  Convert,  // an int variable where a float is wanted
};

struct Term {
  // A leaf; `place` chooses which variable or constant, so that operands differ.
  static std::shared_ptr<Term> Make(Leaf leaf, bool is_float, int place);
  static std::shared_ptr<Term> Make(std::string op, std::shared_ptr<Term> left,
                                    std::shared_ptr<Term> right);

  // Appends the source text and notes where each operator's operation stands.
  void Print(std::string* text);

  bool is_float = false;
  Leaf leaf = Leaf::Local;
  int place = 0;
  std::string op;  // empty: a leaf
  std::shared_ptr<Term> left;
  std::shared_ptr<Term> right;
  uint32_t begin = 0;  // of the text, without brackets around it
  uint32_t end = 0;
};

// What evaluation gives: a value, or the operation that fails first.
template <typename T>
struct Worth {
  T value{};
  const Term* failed = nullptr;
};

Worth<int64_t> IntWorth(const Term& term, const Numbers& numbers);
Worth<double> FloatWorth(const Term& term, const Numbers& numbers);
bool Holds(const std::string& op, double a, double b);
bool Holds(const std::string& op, int64_t a, int64_t b);

}  // namespace interp
