#pragma once
// Lua 5.4 and LuaJIT.

#include "emit/emit.h"

namespace emit {

// They differ in what ints are, and in the functions that they bring along.
enum class LuaDialect : uint8_t { Lua54, LuaJit };

Translation TranslateToLua(const frontend::Program& program, LuaDialect dialect,
                           const Options& options);

}  // namespace emit
