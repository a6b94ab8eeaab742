#include "checked.h"
#include "driver.h"

static double Wobble(Int i) { return Sqrt((double)i * fabs(Sin((double)i - Cos((double)i)))); }

static double Inline(long n) {
  double total = 0.0;
  for (Int i = 0; i < n; i++) {
    total += Sqrt((double)i * fabs(Sin((double)i - Cos((double)i))));
  }
  return total;
}

static double Function(long n) {
  double total = 0.0;
  for (Int i = 0; i < n; i++) total += Wobble(i);
  return total;
}

int main(int argc, char** argv) {
  const struct Bench benches[] = {{"inline", Inline}, {"function", Function}};
  return RunBench(benches, 2, argc, argv);
}
