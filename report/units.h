#pragma once
// Numbers as people read them in tables and on axes.

#include <string>

namespace report {

// Three significant digits and a unit: "1.23 s", "45.6 ms", "789 µs", "12.0 ns".
std::string DurationText(double seconds);
// Three significant digits from 1 upwards, three after the point below: "1.02", "0.345", "12.3".
std::string RatioText(double ratio);

}  // namespace report
