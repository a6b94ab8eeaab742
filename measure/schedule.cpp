// A row goes 0, 1, n-1, 2, n-2 ...; the others add 1, 2 ... to it. For odd n the mirrored rows
// complete the balance. Tests: tests/measure/schedule_test.cpp.

#include "measure/schedule.h"

#include <algorithm>
#include <numeric>

#include "measure/random.h"

namespace measure {
namespace {

template <typename T>
void Shuffle(std::vector<T>& values, Random& random) {
  for (size_t left = values.size(); left > 1; --left) {
    std::swap(values[left - 1], values[random.Below(left)]);
  }
}

}  // namespace

std::vector<std::vector<uint32_t>> WilliamsDesign(uint32_t count) {
  std::vector<uint32_t> first;
  for (uint32_t i = 0; i < count; ++i) {
    first.push_back(i % 2 == 1 ? (i + 1) / 2 : (count - i / 2) % count);
  }
  std::vector<std::vector<uint32_t>> rows;
  for (uint32_t shift = 0; shift < count; ++shift) {
    std::vector<uint32_t> row;
    for (const uint32_t place : first) {
      row.push_back((place + shift) % count);
    }
    rows.push_back(row);
    if (count % 2 == 1 && count > 1) {
      std::reverse(row.begin(), row.end());
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::vector<std::vector<uint32_t>> ShuffledWilliamsDesign(uint32_t count, uint64_t seed) {
  Random random(seed);
  std::vector<uint32_t> names(count);
  std::iota(names.begin(), names.end(), 0);
  Shuffle(names, random);
  std::vector<std::vector<uint32_t>> rows = WilliamsDesign(count);
  for (std::vector<uint32_t>& row : rows) {
    for (uint32_t& competitor : row) {
      competitor = names[competitor];
    }
  }
  Shuffle(rows, random);
  return rows;
}

}  // namespace measure
