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
  Deep,     // calls as deep as they may be, or a little deeper
  Growing,  // something is held that doubles until the memory is used up
  Endless,  // a loop that only a limit of time ends
};

struct Generated {
  Node program;
  Temper temper = Temper::Clean;
  // Of the planted error: the kind in the words of runtime/error_kinds.def, or the code of the
  // diagnostic ("E0201"), since some are found before the program runs. Empty: none was planted.
  std::string planted;
  std::string planted_says = {};  // a part of its message

  bool is_meant_to_compile() const { return !planted.starts_with('E'); }
  bool reaches_a_limit() const { return temper >= Temper::Deep; }
  bool is_meant_to_end() const { return is_meant_to_compile() && temper != Temper::Endless; }
};

// What is planted in a program that does not end.
inline constexpr std::string_view kEndless = "time limit";

// A program for any bytes; more bytes, up to kUsefulBytes, make more program.
Generated Generate(std::span<const uint8_t> bytes);

inline constexpr size_t kUsefulBytes = 1600;

// The program of a seed: of random bytes that depend on it alone.
Generated ProgramOf(uint64_t seed);

}  // namespace fuzz
