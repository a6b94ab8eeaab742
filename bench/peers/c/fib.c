// The compiler unrolls this recursion several levels deep, so it makes far fewer calls than fib(n)
// asks for.
#include "driver.h"

static long Fib(long n) { return n < 2 ? n : Fib(n - 1) + Fib(n - 2); }

static double Recursive(long n) { return (double)Fib(n); }

int main(int argc, char** argv) {
  const struct Bench benches[] = {{"recursive", Recursive}};
  return RunBench(benches, 1, argc, argv);
}
