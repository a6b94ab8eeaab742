#include "driver.h"

enum { kLimit = 100 };

static int EscapeTime(double x, double y, int limit) {
  double re = 0.0, im = 0.0;
  for (int turn = 0; turn < limit; turn++) {
    double re2 = re * re;
    double im2 = im * im;
    if (re2 + im2 > 4.0) return turn;
    im = 2.0 * re * im + y;
    re = re2 - im2 + x;
  }
  return limit;
}

static double Function(long n) {
  long total = 0;
  for (long row = 0; row < n; row++) {
    double y = 2.0 * (double)row / (double)n - 1.0;
    for (long column = 0; column < n; column++) {
      double x = 3.0 * (double)column / (double)n - 2.0;
      total += EscapeTime(x, y, kLimit);
    }
  }
  return (double)total;
}

static double Inline(long n) {
  long total = 0;
  for (long row = 0; row < n; row++) {
    double y = 2.0 * (double)row / (double)n - 1.0;
    for (long column = 0; column < n; column++) {
      double x = 3.0 * (double)column / (double)n - 2.0;
      double re = 0.0, im = 0.0;
      int turn = 0;
      while (turn < kLimit && re * re + im * im <= 4.0) {
        double old_re = re;
        re = re * re - im * im + x;
        im = 2.0 * old_re * im + y;
        turn++;
      }
      total += turn;
    }
  }
  return (double)total;
}

int main(int argc, char** argv) {
  const struct Bench benches[] = {{"function", Function}, {"inline", Inline}};
  return RunBench(benches, 2, argc, argv);
}
