#pragma once
// C11 with what gcc and clang add to it: one function for each version of a function of the
// program. The file is complete; it needs libc and libm.

#include "emit/emit.h"

namespace emit {

Translation TranslateToC(const frontend::Program& program, const Options& options);

}  // namespace emit
