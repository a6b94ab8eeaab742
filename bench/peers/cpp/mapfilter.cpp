// map and filter are C++20's lazy views; a comprehension fills a vector; a generator that is summed
// at once is a loop.
#include <ranges>

#include "lists.h"

static Int MultiplyByTwo(Int x) { return Mul(x, 2); }
static bool IsOdd(Int x) { return Mod(x, 2) == 1; }

static double MapFilterWithFunctions(long n) {
  return static_cast<double>(Sum(std::views::iota(Int{0}, Int{n}) | std::views::filter(IsOdd) |
                                 std::views::transform(MultiplyByTwo)));
}

static double MapFilterWithLambdas(long n) {
  return static_cast<double>(Sum(std::views::iota(Int{0}, Int{n}) |
                                 std::views::filter([](Int x) { return Mod(x, 2) == 1; }) |
                                 std::views::transform([](Int x) { return Mul(x, 2); })));
}

static double Comprehension(long n) {
  std::vector<Int> xs;
  for (Int x = 0; x < n; x++) {
    if (Mod(x, 2) == 1) xs.push_back(Mul(x, 2));
  }
  return static_cast<double>(Sum(xs));
}

static double ComprehensionWithFunctions(long n) {
  std::vector<Int> xs;
  for (Int x = 0; x < n; x++) {
    if (IsOdd(x)) xs.push_back(MultiplyByTwo(x));
  }
  return static_cast<double>(Sum(xs));
}

static double ComprehensionWithLambdas(long n) {
  std::vector<Int> xs;
  for (Int x = 0; x < n; x++) {
    if ([](Int v) { return Mod(v, 2) == 1; }(x)) {
      xs.push_back([](Int v) { return Mul(v, 2); }(x));
    }
  }
  return static_cast<double>(Sum(xs));
}

static double Generator(long n) {
  Int total = 0;
  bool some = false;
  for (Int x = 0; x < n; x++) {
    if (Mod(x, 2) == 1) {
      total = Add(total, Mul(x, 2));
      some = true;
    }
  }
  Check(some, "sum of nothing");
  return static_cast<double>(total);
}

int main(int argc, char** argv) {
  const Bench benches[] = {{"map_filter_with_functions", MapFilterWithFunctions},
                           {"map_filter_with_lambdas", MapFilterWithLambdas},
                           {"comprehension", Comprehension},
                           {"comprehension_with_functions", ComprehensionWithFunctions},
                           {"comprehension_with_lambdas", ComprehensionWithLambdas},
                           {"generator", Generator}};
  return RunBench(benches, sizeof benches / sizeof *benches, argc, argv);
}
