// Every function is visible to the compiler, which inlines them all: the three variants become one
// program, and fixed_misleading a loop of additions: its distance is computed while compiling.
#include "checked.h"
#include "driver.h"

static double GreatCircleRaw(double lon1, double lat1, double lon2, double lat2) {
  double radius = 3956;
  double x = kPi / 180.0;
  double a = (90.0 - lat1) * x;
  double b = (90.0 - lat2) * x;
  double theta = (lon2 - lon1) * x;
  double c = Acos(Cos(a) * Cos(b) + Sin(a) * Sin(b) * Cos(theta));
  return radius * c;
}

static double CalculateAcos(double a, double b, double theta) {
  return Acos(Cos(a) * Cos(b) + Sin(a) * Sin(b) * Cos(theta));
}

static double GreatCircleAcos(double lon1, double lat1, double lon2, double lat2) {
  double radius = 3956;
  double x = kPi / 180.0;
  double a = (90.0 - lat1) * x;
  double b = (90.0 - lat2) * x;
  double theta = (lon2 - lon1) * x;
  return radius * CalculateAcos(a, b, theta);
}

static double CalculateX(void) { return kPi / 180.0; }
static double CalculateCoordinate(double lat, double x) { return (90.0 - lat) * x; }
static double CalculateTheta(double lon2, double lon1, double x) { return (lon2 - lon1) * x; }

static double GreatCircleFactored(double lon1, double lat1, double lon2, double lat2) {
  double radius = 3956;
  double x = CalculateX();
  double a = CalculateCoordinate(lat1, x);
  double b = CalculateCoordinate(lat2, x);
  double theta = CalculateTheta(lon2, lon1, x);
  return radius * CalculateAcos(a, b, theta);
}

static double Raw(long n) {
  double total = 0.0;
  for (Int i = 0; i < n; i++) {
    double d = (double)i * 1e-7;
    total += GreatCircleRaw(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d);
  }
  return total;
}

static double WithAcos(long n) {
  double total = 0.0;
  for (Int i = 0; i < n; i++) {
    double d = (double)i * 1e-7;
    total += GreatCircleAcos(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d);
  }
  return total;
}

static double Factored(long n) {
  double total = 0.0;
  for (Int i = 0; i < n; i++) {
    double d = (double)i * 1e-7;
    total += GreatCircleFactored(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d);
  }
  return total;
}

static double FixedMisleading(long n) {
  double total = 0.0;
  for (Int i = 0; i < n; i++) total += GreatCircleRaw(-72.345, 34.323, -61.823, 54.826);
  return total;
}

int main(int argc, char** argv) {
  const struct Bench benches[] = {{"raw", Raw},
                                  {"with_acos", WithAcos},
                                  {"factored", Factored},
                                  {"fixed_misleading", FixedMisleading}};
  return RunBench(benches, sizeof benches / sizeof *benches, argc, argv);
}
