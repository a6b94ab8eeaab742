// What the C++ twins need beyond the C ones: list indexing with the language's check.
#pragma once

#include <utility>
#include <vector>

#include "../c/checked.h"
#include "../c/driver.h"

// With checks: a negative index counts from the end, and an index outside ends the program.
// Without: C++'s own operator. A list of bools is a std::vector<char>, a byte each, since
// std::vector<bool> packs bits and is the slower one here.
template <class T>
inline T& At(std::vector<T>& xs, Int index) {
  if (CHECKED) {
    const Int size = static_cast<Int>(xs.size());
    if (index < 0) index += size;
    Check(static_cast<uint64_t>(index) < static_cast<uint64_t>(size), "index out of range");
  }
  return xs[static_cast<size_t>(index)];
}

template <class T>
inline const T& At(const std::vector<T>& xs, Int index) {
  return At(const_cast<std::vector<T>&>(xs), index);
}

inline double Plus(double a, double b) { return a + b; }
inline Int Plus(Int a, Int b) { return Add(a, b); }

// `sum(seq)`: of nothing it is an error.
template <class Range>
auto Sum(Range&& xs) {
  auto next = xs.begin();
  const auto end = xs.end();
  Check(next != end, "sum of nothing");
  auto total = *next;
  for (++next; next != end; ++next) total = Plus(total, *next);
  return total;
}
