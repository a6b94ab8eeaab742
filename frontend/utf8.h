#pragma once
// Reading and writing single code points.

#include <cstdint>
#include <string>
#include <string_view>

namespace frontend {

struct CodePoint {
  char32_t value = 0;
  uint32_t length = 0;  // in bytes; 0: not valid UTF-8 here
};

// The code point at `offset`, which must lie inside `text`. Overlong forms,
// surrogates and values above U+10FFFF are not valid.
CodePoint DecodeUtf8(std::string_view text, size_t offset);

void AppendUtf8(std::string& out, char32_t code_point);

// The characters with the Unicode property Bidi_Control: they change the order
// in which text is shown, so that a program can look like another one.
bool IsBidiControl(char32_t code_point);

}  // namespace frontend
