// The compiler unrolls this recursion several levels deep, so it makes fewer calls than fib(n) asks
// for.
#include "checked.h"
#include "driver.h"

static Int Fib(Int n, int depth) {
  CheckDepth(depth);
  return n < 2 ? n : Add(Fib(Sub(n, 1), depth + 1), Fib(Sub(n, 2), depth + 1));
}

static double Recursive(long n) { return (double)Fib(n, 0); }

int main(int argc, char** argv) {
  const struct Bench benches[] = {{"recursive", Recursive}};
  return RunBench(benches, 1, argc, argv);
}
