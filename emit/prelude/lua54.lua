-- What programs in Lua 5.4 need where the meaning differs. What all Lua shares follows in
-- lua_numbers.lua and so on. The value none is a table of its own: a nil ends lists and loops.

-- part: divide
local function divide(a, b)
  if b == 0 then
    error("division by zero: cannot divide " .. a .. " by zero", 2)
  end
  return a / b
end

-- part: int_add
-- Ints of 64 bits that leave their range end the program.
local function int_add(a, b)
  local sum = a + b
  if (a ~ sum) & (b ~ sum) < 0 then
    error("overflow: " .. a .. " + " .. b .. " does not fit in a 64-bit int", 2)
  end
  return sum
end

-- part: int_sub
local function int_sub(a, b)
  local difference = a - b
  if (a ~ b) & (a ~ difference) < 0 then
    error("overflow: " .. a .. " - " .. b .. " does not fit in a 64-bit int", 2)
  end
  return difference
end

-- part: int_mul
local function int_mul(a, b)
  local product = a * b
  if math.abs((a + 0.0) * b) > 9.2e18 and
    (b == -1 and a == math.mininteger or b ~= -1 and product // b ~= a) then
    error("overflow: " .. a .. " * " .. b .. " does not fit in a 64-bit int", 2)
  end
  return product
end

-- part: int_abs
local function int_abs(n)
  if n == math.mininteger then
    error("overflow: abs(" .. n .. ") does not fit in a 64-bit int", 2)
  end
  return math.abs(n)
end

-- part: int_floor_div
local function int_floor_div(a, b)
  if b == 0 then
    error("division by zero: cannot divide " .. a .. " by zero", 2)
  elseif a == math.mininteger and b == -1 then
    error("overflow: " .. a .. " // -1 does not fit in a 64-bit int", 2)
  end
  return a // b
end

-- part: int_mod
local function int_mod(a, b)
  if b == 0 then
    error("division by zero: cannot take " .. a .. " modulo zero", 2)
  end
  return a % b
end

-- part: int_divide
-- Rounded once, also beyond 2^53, where Lua would round both ints first.
local function int_divide(a, b)
  local exact = 1 << 53
  if b == 0 then
    error("division by zero: cannot divide " .. a .. " by zero", 2)
  elseif a <= exact and a >= -exact and b <= exact and b >= -exact then
    return a / b
  elseif a == math.mininteger then
    return int_divide(a // 2, b) * 2.0
  elseif b == math.mininteger then
    return int_divide(a, b // 2) / 2.0
  end
  local n, d = math.abs(a), math.abs(b)
  local quotient, rest, scale = n // d, n % d, 1.0
  while quotient < 1 << 54 and n ~= 0 do
    local is_one = rest >= d - rest
    rest = is_one and rest - (d - rest) or rest + rest
    quotient = quotient * 2 + (is_one and 1 or 0)
    scale = scale / 2
  end
  quotient = rest ~= 0 and quotient | 1 or quotient
  return ((a < 0) ~= (b < 0) and -quotient or quotient) * scale
end

-- part: int_power needs: int_mul
local function int_power(base, exponent)
  if exponent < 0 then
    error("domain: " .. base .. " ** " .. exponent ..
      " is not an int, since the exponent is negative", 2)
  end
  local power = 1
  while true do
    if exponent % 2 == 1 then
      power = int_mul(power, base)
    end
    exponent = exponent // 2
    if exponent == 0 then
      return power
    end
    base = int_mul(base, base)
  end
end

-- part: int_of
-- A whole number as an int.
local function int_of(whole, name)
  local int = math.tointeger(whole)
  if int then
    return int
  elseif whole ~= whole then
    error("domain: " .. name .. "(nan) is not defined: no int stands for it", 2)
  end
  error("overflow: " .. name .. "(" .. whole .. ") does not fit in a 64-bit int", 2)
end

-- part: parse_int
local function parse_int(text)
  local sign, digits = text:match("^[ \t\n\r\v\f]*([+-]?)([%d_]+)[ \t\n\r\v\f]*$")
  if digits == nil or digits:find("^_") or digits:find("_$") or digits:find("__") then
    error("value: \"" .. text .. "\" is not an int", 2)
  end
  local value = tonumber((sign == "-" and "-" or "") .. digits:gsub("_", ""))
  if math.type(value) ~= "integer" then
    error("value: \"" .. text .. "\" does not fit in a 64-bit int", 2)
  end
  return value
end

-- part: c_power
local function c_power(x, y)
  return x ^ y
end

-- part: c_log2
local function c_log2(x)
  return math.log(x, 2)
end

-- part: c_log10
local function c_log10(x)
  return math.log(x, 10)
end

-- part: int_text
local int_text = tostring

-- part: arithmetic needs: int_add, int_sub, int_mul, int_divide, int_floor_div, int_mod, int_power
local arithmetic = {
  ["+"] = int_add, ["-"] = int_sub, ["*"] = int_mul, ["/"] = int_divide, ["//"] = int_floor_div,
  ["%"] = int_mod, ["**"] = int_power,
}

-- part: Float
local function Float(x)
  return x + 0.0
end

-- part: unboxed
local function unboxed(x)
  return x
end

-- part: is_float
local function is_float(x)
  return math.type(x) == "float"
end

-- part: whole_argument
-- A word of the command line as an int.
local function whole_argument(word, name)
  local digits = word:match("^%s*([+-]?%d[%d_]*)%s*$")
  local value = digits and tonumber((digits:gsub("_", ""):gsub("^%+", "")))
  if math.type(value) ~= "integer" then
    error("type: the argument `" .. name .. "` must be an int, not \"" .. word .. "\"", 0)
  elseif value > 1 << 62 or value < -(1 << 62) then
    error("range: outside this peer's exact range", 0)
  end
  return value
end

-- part: now
local now = os.clock
