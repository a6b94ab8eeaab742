#pragma once
// Numbers as text and back, as Python writes and reads them, whatever the locale.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/value.h"

namespace runtime {

// No int or float needs more characters.
inline constexpr size_t kNumberChars = 32;

// Writes the text to `out` (room for kNumberChars) and returns its length.
size_t WriteInt(int64_t value, char* out);
// The shortest digits that read back as `value`; "1e+16", "3.0", "inf"; nan has no sign.
size_t WriteFloat(double value, char* out);

// Of an Int or Float value.
std::string NumberText(Value number);

enum class ParseResult : uint8_t { Ok, Malformed, OutOfRange };

// What int("...") and float("...") accept: spaces around, a sign, `_` between digits;
// for floats also inf, infinity and nan in any case. Floats are never out of range.
ParseResult ParseInt(std::string_view text, int64_t* result);
ParseResult ParseFloat(std::string_view text, double* result);

}  // namespace runtime
