#pragma once
// What compiled code may call: the whole of it.

#include <vector>

#include "jit/engine.h"

namespace jit {

// Helpers (support.h) as "lab_" and their name, and the functions of libm that the language's
// built-ins and operators need by their C names.
std::vector<Symbol> SupportSymbols();

}  // namespace jit
