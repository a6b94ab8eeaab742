// `all` over a generator is, once it is consumed, the same loop with the question the other way
// round; C has no other form for it.
#include "checked.h"
#include "driver.h"

static bool IsPrimeLoop(Int k) {
  Int end = Add(Floor(Sqrt((double)k)), 1);
  for (Int d = 2; d < end; d++) {
    if (Mod(k, d) == 0) return false;
  }
  return true;
}

static bool IsPrimeAll(Int k) {
  bool all = true;
  Int end = Add(Floor(Sqrt((double)k)), 1);
  for (Int d = 2; all && d < end; d++) all = Mod(k, d) != 0;
  return all;
}

static double WithLoop(long n) {
  Int count = 0;
  for (Int k = 2; k < n; k++) {
    if (IsPrimeLoop(k)) count = Add(count, 1);
  }
  return (double)count;
}

static double WithAll(long n) {
  Int count = 0;
  for (Int k = 2; k < n; k++) {
    if (IsPrimeAll(k)) count = Add(count, 1);
  }
  return (double)count;
}

int main(int argc, char** argv) {
  const struct Bench benches[] = {{"with_loop", WithLoop}, {"with_all", WithAll}};
  return RunBench(benches, 2, argc, argv);
}
