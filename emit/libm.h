#pragma once
// The functions of the C math library.

#include <string_view>

namespace emit {

// Whether C's math library has it, as runtime/libm.def knows it.
bool IsLibm(std::string_view name);

}  // namespace emit
