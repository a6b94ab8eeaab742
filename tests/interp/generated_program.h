#pragma once
// Whole programs made at random from a seed: functions of several argument types, loops, lists,
// strings, closures, sequences, generators, memo functions, early exits inside expressions, and
// now and then an error. Every one compiles and ends.

#include <cstdint>
#include <string>

namespace interp {

std::string GeneratedProgram(uint32_t seed);

}  // namespace interp
