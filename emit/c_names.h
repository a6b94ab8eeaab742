#pragma once
// Names that mean something in C, or in the prelude of emitted C.

#include <string_view>

namespace emit {

// No name of the program may be this.
bool IsCWord(std::string_view name);
// No function or global of the program may be this: libc has it. Locals may.
bool IsLibcName(std::string_view name);

}  // namespace emit
