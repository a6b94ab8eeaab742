#include "checked.h"
#include "driver.h"

static Int NextStep(Int k) { return Mod(k, 2) == 0 ? FloorDiv(k, 2) : Add(Mul(3, k), 1); }

static double Inline(long n) {
  Int steps = 0;
  for (Int start = 1; start < n; start++) {
    Int k = start;
    while (k != 1) {
      if (Mod(k, 2) == 0) {
        k = FloorDiv(k, 2);
      } else {
        k = Add(Mul(3, k), 1);
      }
      steps = Add(steps, 1);
    }
  }
  return (double)steps;
}

static double Function(long n) {
  Int steps = 0;
  for (Int start = 1; start < n; start++) {
    Int k = start;
    while (k != 1) {
      k = NextStep(k);
      steps = Add(steps, 1);
    }
  }
  return (double)steps;
}

int main(int argc, char** argv) {
  const struct Bench benches[] = {{"inline", Inline}, {"function", Function}};
  return RunBench(benches, 2, argc, argv);
}
