#pragma once
// The preludes of Lua and JavaScript: emit/prelude/, embedded by the build.

#include <string_view>

namespace emit {

extern const std::string_view kJsPrelude;
extern const std::string_view kLuaPrelude;     // Lua 5.4
extern const std::string_view kLuaJitPrelude;  // LuaJIT

}  // namespace emit
