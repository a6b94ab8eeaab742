#pragma once
// Texts as literals of the targets.

#include <string>
#include <string_view>

namespace emit {

// In double quotes, as Python, JavaScript and Lua read it: control characters as \n, \t, \r or
// \x1f, all else as it is.
std::string Quoted(std::string_view text);

}  // namespace emit
