#pragma once
// Pieces of C text.

#include <string>
#include <string_view>
#include <vector>

namespace emit {

// With commas between them.
std::string Joined(const std::vector<std::string>& words);

// The text as C writes it between quotes. In the format of printf, a `%` is doubled.
enum class CText : uint8_t { Plain, Format };
std::string EscapedForC(std::string_view text, CText kind);

// In quotes.
std::string QuotedForC(std::string_view text);

}  // namespace emit
