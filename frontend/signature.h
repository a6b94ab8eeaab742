#pragma once
// What the resolver must know of a built-in: its name, how many arguments it
// takes, and whether it consumes a sequence at once. The runtime, which owns
// the built-ins, passes a table of these in; the index is the built-in's id.

#include <cstdint>
#include <span>
#include <string_view>

namespace frontend {

using BuiltinId = uint16_t;

inline constexpr int kAnyCount = 255;

struct Signature {
  std::string_view name;
  bool is_constant;          // pi, e, inf, nan: a value, not a function
  uint8_t min_args;
  uint8_t max_args;          // kAnyCount: no limit
  int8_t consumed_argument;  // index of the argument consumed before the call returns; -1: none
};

using Signatures = std::span<const Signature>;

}  // namespace frontend
