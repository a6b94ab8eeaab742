// Tests: tests/report/units_test.cpp.

#include "report/units.h"

#include <cmath>

#include <fmt/format.h>

namespace report {
namespace {

// Digits after the point that make three significant ones of a value below 1000.
int DecimalsFor(double value) {
  const double size = std::abs(value);
  // What would be rounded up to the next power of ten counts as that.
  return size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
}

}  // namespace

std::string DurationText(double seconds) {
  static constexpr struct {
    double scale;
    const char* name;
  } kUnits[] = {{1e9, "ns"}, {1e6, "µs"}, {1e3, "ms"}};
  for (const auto& unit : kUnits) {
    const double value = seconds * unit.scale;
    if (std::abs(value) < 999.5) {
      return fmt::format("{:.{}f} {}", value, DecimalsFor(value), unit.name);
    }
  }
  return fmt::format("{:.{}f} s", seconds, DecimalsFor(seconds));
}

std::string RatioText(double ratio) {
  if (std::abs(ratio) < 0.9995) {
    return fmt::format("{:.3f}", ratio);
  }
  return fmt::format("{:.{}f}", ratio, DecimalsFor(ratio));
}

}  // namespace report
