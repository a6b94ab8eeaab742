// C has no undeclared types: v0 and v1 are the same program.
#include "checked.h"
#include "driver.h"

static double GreatCircle(double lon1, double lat1, double lon2, double lat2) {
  double radius = 3956;
  double x = kPi / 180.0;
  double a = (90.0 - lat1) * x;
  double b = (90.0 - lat2) * x;
  double theta = (lon2 - lon1) * x;
  double c = Acos(Cos(a) * Cos(b) + Sin(a) * Sin(b) * Cos(theta));
  return radius * c;
}

static double Distance(long n) {
  double total = 0.0;
  for (Int i = 0; i < n; i++) {
    double d = (double)i * 1e-7;
    total += GreatCircle(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d);
  }
  return total;
}

int main(int argc, char** argv) {
  const struct Bench benches[] = {{"distance", Distance}};
  return RunBench(benches, 1, argc, argv);
}
