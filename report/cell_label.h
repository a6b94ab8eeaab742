#pragma once
// Rows of the lab in formats that know only one name for each.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "measure/results.h"

namespace report {

// "great_circle.gc raw(n=1000) @jit"; the bench or the engine alone when an import knows no more.
// Control characters are escaped.
std::string CellLabel(const measure::Cell& cell);
// "great_circle.gc raw(n=1000) @jit #3": its third process.
std::string ProcessLabel(const measure::Cell& cell, uint32_t round);

struct LabelledCell {
  measure::Cell cell;
  std::optional<uint32_t> round;  // of a process
};

// The inverse of both, for cells with bench and engine; none for every other text.
std::optional<LabelledCell> ReadLabel(std::string_view label);

}  // namespace report
