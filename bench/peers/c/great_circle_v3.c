// An extern call is not checked: both variants are the same program.
#include "checked.h"
#include "driver.h"

// The language's extern functions with f32: a double goes in and comes out, 24 bits in between.
static double ExternCosf(double x) { return (double)cosf((float)x); }
static double ExternSinf(double x) { return (double)sinf((float)x); }
static double ExternAcosf(double x) { return (double)acosf((float)x); }

static double CalculateX(void) { return kPi / 180.0; }
static double CalculateCoordinate(double lat, double x) { return (90.0 - lat) * x; }
static double CalculateTheta(double lon2, double lon1, double x) { return (lon2 - lon1) * x; }
static double CalculateAcos(double a, double b, double theta) {
  return ExternAcosf(ExternCosf(a) * ExternCosf(b) +
                     ExternSinf(a) * ExternSinf(b) * ExternCosf(theta));
}

static double GreatCircle(double lon1, double lat1, double lon2, double lat2) {
  double radius = 3956;
  double x = CalculateX();
  double a = CalculateCoordinate(lat1, x);
  double b = CalculateCoordinate(lat2, x);
  double theta = CalculateTheta(lon2, lon1, x);
  return radius * CalculateAcos(a, b, theta);
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
