#pragma once
// Python and Cython.

#include "emit/emit.h"

namespace emit {

// Both read the same program; Cython gets C types where the program declares them.
enum class PythonDialect : uint8_t { Python, Cython };

Translation TranslateToPython(const frontend::Program& program, PythonDialect dialect,
                              const Options& options);

}  // namespace emit
