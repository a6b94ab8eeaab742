#include "lists.h"

static double Sieve(long n) {
  const Int end = Add(n, 1);
  std::vector<char> is_prime(static_cast<size_t>(end), true);
  Int count = 0;
  for (Int p = 2; p < end; p++) {
    if (!At(is_prime, p)) continue;
    count = Add(count, 1);
    for (Int multiple = Mul(p, p); multiple < end; multiple += p) At(is_prime, multiple) = false;
  }
  return static_cast<double>(count);
}

int main(int argc, char** argv) {
  const Bench benches[] = {{"sieve", Sieve}};
  return RunBench(benches, 1, argc, argv);
}
