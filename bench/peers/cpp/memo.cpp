// The memo tables are std::unordered_map, as std::vector is the list: the standard library's
// answer.
#include <unordered_map>

#include "lists.h"

static Int Fib(Int n, int depth) {
  CheckDepth(depth);
  return n < 2 ? n : Add(Fib(Sub(n, 1), depth + 1), Fib(Sub(n, 2), depth + 1));
}

static std::unordered_map<Int, Int> fib_table;

static Int MemoFib(Int n, int depth) {
  CheckDepth(depth);
  const auto known = fib_table.find(n);
  if (known != fib_table.end()) return known->second;
  const Int value = n < 2 ? n : Add(MemoFib(Sub(n, 1), depth + 1), MemoFib(Sub(n, 2), depth + 1));
  fib_table.emplace(n, value);
  return value;
}

static double DistanceTo(double lon, double lat) {
  const double x = kPi / 180.0;
  const double a = (90.0 - 47.6) * x;
  const double b = (90.0 - lat) * x;
  const double theta = (lon + 122.3) * x;
  return 3956 * Acos(Cos(a) * Cos(b) + Sin(a) * Sin(b) * Cos(theta));
}

struct Place {
  Int lon;
  Int lat;
  bool operator==(const Place&) const = default;
};

struct PlaceHash {
  size_t operator()(const Place& place) const {
    return static_cast<size_t>(place.lon) * 0x9e3779b97f4a7c15 + static_cast<size_t>(place.lat);
  }
};

static std::unordered_map<Place, double, PlaceHash> distance_table;

static double MemoDistance(Int lon, Int lat) {
  const auto known = distance_table.find({lon, lat});
  if (known != distance_table.end()) return known->second;
  const double value = DistanceTo(static_cast<double>(lon), static_cast<double>(lat));
  distance_table.emplace(Place{lon, lat}, value);
  return value;
}

static double FibPlain(long n) {
  Int total = 0;
  for (Int i = 0; i < n; i++) total = Add(total, Fib(Mod(i, 16), 0));
  return static_cast<double>(total);
}

static double FibMemo(long n) {
  Int total = 0;
  for (Int i = 0; i < n; i++) total = Add(total, MemoFib(Mod(i, 16), 0));
  return static_cast<double>(total);
}

static double DistancePlain(long n) {
  double total = 0.0;
  for (Int i = 0; i < n; i++) {
    total += DistanceTo(static_cast<double>(Mod(i, 60)), static_cast<double>(Mod(i, 37)));
  }
  return total;
}

static double DistanceMemo(long n) {
  double total = 0.0;
  for (Int i = 0; i < n; i++) total += MemoDistance(Mod(i, 60), Mod(i, 37));
  return total;
}

int main(int argc, char** argv) {
  const Bench benches[] = {{"fib_plain", FibPlain},
                           {"fib_memo", FibMemo},
                           {"distance_plain", DistancePlain},
                           {"distance_memo", DistanceMemo}};
  return RunBench(benches, 4, argc, argv);
}
