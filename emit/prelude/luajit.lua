-- What programs in LuaJIT need where the meaning differs. What all Lua shares follows in
-- lua_numbers.lua and so on. The value none is a table of its own: a nil ends lists and loops.

-- part: divide
local function divide(a, b)
  if b == 0 then
    error("division by zero: cannot divide " .. a .. " by zero", 2)
  end
  return a / b
end

-- part: exact
-- Whole numbers are exact below 2^53 only.
local function exact(n)
  if n > 9007199254740991 or n < -9007199254740991 then
    error("range: outside this peer's exact range", 2)
  end
  return n
end

-- part: out_of_range
local function out_of_range()
  error("range: outside this peer's exact range", 2)
end

-- part: int_add needs: exact
local function int_add(a, b)
  return (exact(a + b))
end

-- part: floor_div
local function floor_div(a, b)
  if b == 0 then
    error("division by zero: cannot divide " .. a .. " by zero", 2)
  end
  return math.floor(a / b) + 0
end

-- part: floor_mod
local function floor_mod(a, b)
  if b == 0 then
    error("division by zero: cannot take " .. a .. " modulo zero", 2)
  end
  return a % b + 0
end

-- part: int_power needs: exact
local function int_power(base, exponent)
  if exponent < 0 then
    error("domain: " .. base .. " ** " .. exponent ..
      " is not an int, since the exponent is negative", 2)
  end
  local power = 1
  while true do
    if exponent % 2 == 1 then
      power = exact(power * base)
    end
    exponent = math.floor(exponent / 2)
    if exponent == 0 then
      return power + 0
    end
    base = exact(base * base)
  end
end

-- part: int_of needs: exact
-- A whole number as an int.
local function int_of(whole, name)
  if whole ~= whole then
    error("domain: " .. name .. "(nan) is not defined: no int stands for it", 2)
  elseif whole >= 2 ^ 63 or whole < -2 ^ 63 then
    error("overflow: " .. name .. "(" .. whole .. ") does not fit in a 64-bit int", 2)
  end
  return exact(whole) + 0
end

-- part: int_text
local function int_text(n)
  return string.format("%d", n)
end

-- part: parse_int needs: exact
local function parse_int(text)
  local sign, digits = text:match("^[ \t\n\r\v\f]*([+-]?)([%d_]+)[ \t\n\r\v\f]*$")
  if digits == nil or digits:find("^_") or digits:find("_$") or digits:find("__") then
    error("value: \"" .. text .. "\" is not an int", 2)
  end
  digits = digits:gsub("_", ""):gsub("^0+", "")
  local limit = sign == "-" and "9223372036854775808" or "9223372036854775807"
  if #digits > 19 or (#digits == 19 and digits > limit) then
    error("value: \"" .. text .. "\" does not fit in a 64-bit int", 2)
  end
  local value = exact(tonumber(digits == "" and "0" or digits))
  return sign == "-" and 0 - value or value
end

-- part: ffi
local ffi = require("ffi")

-- part: int32
local function int32(n)
  if n > 2147483647 or n < -2147483648 then
    error("overflow: " .. n .. " does not fit in 32 bits", 2)
  end
  return n
end

-- part: c_power needs: ffi
-- LuaJIT's own power multiplies where the exponent is whole: other last digits.
ffi.cdef[[ double pow(double x, double y); ]]
local c_power = ffi.C.pow

-- part: c_log2 needs: ffi
ffi.cdef[[ double log2(double x); ]]
local c_log2 = ffi.C.log2

-- part: c_log10
local c_log10 = math.log10

-- part: now needs: ffi
ffi.cdef[[
  typedef struct { long seconds, nanoseconds; } gc_time;
  int clock_gettime(int clock, gc_time* time);
]]
local time = ffi.new("gc_time")

local function now()
  ffi.C.clock_gettime(1, time)  -- CLOCK_MONOTONIC
  return tonumber(time.seconds) + tonumber(time.nanoseconds) * 1e-9
end

-- part: clock needs: now
local function clock()
  return now()
end

-- part: arithmetic needs: exact, divide, floor_div, floor_mod, int_power
local arithmetic = {
  ["+"] = function(a, b) return (exact(a + b)) end,
  ["-"] = function(a, b) return (exact(a - b)) end,
  ["*"] = function(a, b) return (exact(a * b + 0)) end,
  ["/"] = divide, ["//"] = floor_div, ["%"] = floor_mod, ["**"] = int_power,
}

-- part: Float
-- A float among values whose types are not settled, where a number is an int.
local floats = {}

local function Float(x)
  return setmetatable({value = x}, floats)
end

-- part: is_float needs: Float
local function is_float(x)
  return getmetatable(x) == floats
end

-- part: unboxed needs: is_float
local function unboxed(x)
  return is_float(x) and x.value or x
end

-- part: whole_argument
-- A word of the command line as an int.
local function whole_argument(word, name)
  local digits = word:match("^%s*([+-]?%d[%d_]*)%s*$")
  local value = digits and tonumber((digits:gsub("_", ""):gsub("^%+", "")))
  if value == nil then
    error("type: the argument `" .. name .. "` must be an int, not \"" .. word .. "\"", 0)
  elseif value > 2 ^ 52 or value < -2 ^ 52 then
    error("range: outside this peer's exact range", 0)
  end
  return value
end
