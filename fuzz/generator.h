#pragma once
// Programs at random: well typed as a person would write them, certain to end, and biased towards
// the places where engines differ inside: calls in loops, variables that change type at some turn,
// sequences and generators, memo functions, closures, strings and lists that are shared or grow,
// errors in the middle of hot code.
//
// The idea of bytes as the genes of a program is wasm-smith's; that a generator should follow the
// ranges of values, so that most programs end well, is from YARPGen (Livinskii, Babokin, Regehr:
// "Random testing for C and C++ compilers with YARPGen", OOPSLA 2020).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/tree.h"

namespace fuzz {

enum class Temper : uint8_t {
  Clean,    // ints stay in range, indices in bounds; few programs fail
  Edge,     // values at the limits: many fail
  Planted,  // clean but for one error at a known place, after some turns
};

struct Generated {
  Node program;
  Temper temper = Temper::Clean;
  // Of the planted error: the kind in the words of runtime/error_kinds.def, or the code of the
  // diagnostic ("E0201"), since some are found before the program runs. Empty: none was planted.
  std::string planted;

  // False: the planted error is a diagnostic.
  bool is_meant_to_compile() const { return !planted.starts_with('E'); }
};

// A program for any bytes; more bytes, up to kUsefulBytes, make more program.
Generated Generate(std::span<const uint8_t> bytes);

inline constexpr size_t kUsefulBytes = 1600;

// The program of a seed: of random bytes that depend on it alone.
Generated ProgramOf(uint64_t seed);

}  // namespace fuzz
