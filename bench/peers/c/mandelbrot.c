#include "checked.h"
#include "driver.h"

enum { kLimit = 100 };

static Int EscapeTime(double x, double y, Int limit) {
  double re = 0.0, im = 0.0;
  for (Int turn = 0; turn < limit; turn++) {
    double re2 = re * re;
    double im2 = im * im;
    if (re2 + im2 > 4.0) return turn;
    im = 2.0 * re * im + y;
    re = re2 - im2 + x;
  }
  return limit;
}

static double Function(long n) {
  Int total = 0;
  for (Int row = 0; row < n; row++) {
    double y = Divide(2.0 * (double)row, (double)n) - 1.0;
    for (Int column = 0; column < n; column++) {
      double x = Divide(3.0 * (double)column, (double)n) - 2.0;
      total = Add(total, EscapeTime(x, y, kLimit));
    }
  }
  return (double)total;
}

static double Inline(long n) {
  Int total = 0;
  for (Int row = 0; row < n; row++) {
    double y = Divide(2.0 * (double)row, (double)n) - 1.0;
    for (Int column = 0; column < n; column++) {
      double x = Divide(3.0 * (double)column, (double)n) - 2.0;
      double re = 0.0, im = 0.0;
      Int turn = 0;
      while (turn < kLimit && re * re + im * im <= 4.0) {
        double old_re = re;
        re = re * re - im * im + x;
        im = 2.0 * old_re * im + y;
        turn = Add(turn, 1);
      }
      total = Add(total, turn);
    }
  }
  return (double)total;
}

int main(int argc, char** argv) {
  const struct Bench benches[] = {{"function", Function}, {"inline", Inline}};
  return RunBench(benches, 2, argc, argv);
}
