#pragma once
// From the text of a literal token to its value, and back.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "frontend/arena.h"

namespace frontend {

// "1_000"; null when it does not fit in 64 bits.
std::optional<int64_t> DecodeInt(std::string_view text);

// The text is 9223372036854775808, which only a minus sign makes an int.
bool IsIntMinMagnitude(std::string_view text);

// Correctly rounded; infinity when the text is beyond the largest float.
double DecodeFloat(std::string_view text);

// The text with its quotes. Without escapes the result is a part of `text`,
// else it lives in `arena`. Escapes that the lexer has refused are left out.
std::string_view DecodeString(std::string_view text, Arena& arena);

// One escape: `text[offset]` is a backslash inside a string.
struct Escape {
  char32_t value = 0;
  uint32_t length = 0;  // of the whole escape in the source
  bool valid = false;
};
Escape DecodeEscape(std::string_view text, size_t offset);

// Text that decodes to the value again: "0.1", "1e+16"; for strings with quotes
// and escapes. A byte that is no UTF-8, which no text of a program holds, is shown as \xff.
std::string EncodeFloat(double value);
std::string EncodeString(std::string_view value);

}  // namespace frontend
