#pragma once
// What stands in front of an emitted C program: of emit/prelude/c/, which is one C file, the
// definitions that the program refers to, and those that they refer to.

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "emit/emit.h"

namespace emit {

// The names that the prelude defines.
const std::unordered_set<std::string_view>& CPreludeNames();

// The definitions that `program`, a C text, needs; in the order of the prelude, with an empty line
// between each two. Native: its math functions are those of C, which check no domain.
std::string CPreludeFor(std::string_view program, Overflow overflow);

// How often the name occurs in the text.
size_t CountCName(std::string_view text, std::string_view name);

// The headers that declare what the text refers to: "math.h" ...
std::vector<std::string_view> CHeadersFor(std::string_view text);

}  // namespace emit
