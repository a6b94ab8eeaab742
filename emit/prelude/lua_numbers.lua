-- part: none
local none = {}

-- part: none_after needs: none
local function none_after()
  return none
end

-- part: float_text
-- A float as text that reads back: 3.0, 1e-05.
local function float_text(x)
  if x ~= x then
    return "nan"
  elseif x == math.huge or x == -math.huge then
    return x > 0 and "inf" or "-inf"
  end
  local text
  for digits = math.abs(x) < 2.3e-308 and 0 or 14, 16 do
    text = string.format("%." .. digits .. "e", x)
    if tonumber(text) == x then
      break
    end
  end
  -- Fewer digits may do as well; then the others are zeros.
  local sign, first, rest, exponent = text:match("^(%-?)(%d)%.?(%d-)0*e([+-]%d+)$")
  local places = tonumber(exponent)
  local digits = first .. rest
  if places < -4 or places >= 16 then
    return sign .. first .. (rest ~= "" and "." .. rest or "") ..
      string.format("e%s%02d", places < 0 and "-" or "+", math.abs(places))
  elseif places < 0 then
    return sign .. "0." .. ("0"):rep(-places - 1) .. digits
  end
  digits = digits .. ("0"):rep(places + 2 - #digits)
  return sign .. digits:sub(1, places + 1) .. "." .. digits:sub(places + 2)
end

-- part: float_floor_div
local function float_floor_div(a, b)
  if b == 0 then
    error("division by zero: cannot divide " .. a .. " by zero", 2)
  end
  local rest = math.fmod(a, b)
  local quotient = (a - rest) / b
  if rest ~= 0 and (rest < 0) ~= (b < 0) then
    quotient = quotient - 1.0
  end
  if quotient == 0 then
    local zero = a / b
    return (zero < 0 or (zero == 0 and 1 / zero < 0)) and -0.0 or 0.0
  end
  local below = quotient - quotient % 1.0
  return quotient - below > 0.5 and below + 1.0 or below
end

-- part: float_mod
local function float_mod(a, b)
  if b == 0 then
    error("division by zero: cannot take " .. a .. " modulo zero", 2)
  end
  local rest = math.fmod(a, b)
  if rest == 0 then
    return b < 0 and -0.0 or 0.0
  end
  return (rest < 0) ~= (b < 0) and rest + b or rest
end

-- part: float_power needs: c_power
local function float_power(x, y)
  local power = c_power(x, y)
  if power ~= power and x == x and y == y then
    error("domain: a negative number can only be raised to a whole power", 2)
  elseif math.abs(power) == math.huge and math.abs(x) < math.huge and math.abs(y) < math.huge then
    error(x == 0 and "division by zero: cannot raise zero to a negative power"
      or "overflow: the power does not fit in a float", 2)
  end
  return power
end

-- part: pow needs: c_power
local function pow(x, y)
  local power = c_power(x, y)
  if power ~= power and x == x and y == y then
    error("domain: pow is not defined: it has no real value", 2)
  elseif math.abs(power) == math.huge and math.abs(x) < math.huge and math.abs(y) < math.huge then
    error(x == 0 and "domain: pow is not defined: it has no real value"
      or "overflow: pow does not fit in a float", 2)
  end
  return power
end

-- part: native sqrt
local sqrt = math.sqrt

-- part: native sin
local sin = math.sin

-- part: native cos
local cos = math.cos

-- part: native tan
local tan = math.tan

-- part: native asin
local asin = math.asin

-- part: native acos
local acos = math.acos

-- part: native exp
local exp = math.exp

-- part: sqrt
local function sqrt(x)
  if x < 0 then
    error("domain: sqrt(" .. x .. ") is not defined", 2)
  end
  return math.sqrt(x)
end

-- part: sin
local function sin(x)
  local y = math.sin(x)
  if y ~= y and x == x then
    error("domain: sin(" .. x .. ") is not defined", 2)
  end
  return y
end

-- part: cos
local function cos(x)
  local y = math.cos(x)
  if y ~= y and x == x then
    error("domain: cos(" .. x .. ") is not defined", 2)
  end
  return y
end

-- part: tan
local function tan(x)
  local y = math.tan(x)
  if y ~= y and x == x then
    error("domain: tan(" .. x .. ") is not defined", 2)
  end
  return y
end

-- part: asin
local function asin(x)
  local y = math.asin(x)
  if y ~= y and x == x then
    error("domain: asin(" .. x .. ") is not defined", 2)
  end
  return y
end

-- part: acos
local function acos(x)
  local y = math.acos(x)
  if y ~= y and x == x then
    error("domain: acos(" .. x .. ") is not defined", 2)
  end
  return y
end

-- part: exp
local function exp(x)
  local y = math.exp(x)
  if y == math.huge and x ~= math.huge then
    error("overflow: exp(" .. x .. ") does not fit in a float", 2)
  end
  return y
end

-- part: log
local function log(x)
  if x <= 0 then
    error("domain: log(" .. x .. ") is not defined", 2)
  end
  return math.log(x)
end

-- part: log2 needs: c_log2
local function log2(x)
  if x <= 0 then
    error("domain: log2(" .. x .. ") is not defined", 2)
  end
  return c_log2(x)
end

-- part: log10 needs: c_log10
local function log10(x)
  if x <= 0 then
    error("domain: log10(" .. x .. ") is not defined", 2)
  end
  return c_log10(x)
end

-- part: hypot
-- The squares are summed exactly enough that the root needs one correction, as CPython does it.
local function hypot(x, y)
  x, y = math.abs(x) + 0.0, math.abs(y) + 0.0
  if x == math.huge or y == math.huge then
    return math.huge
  end
  if x ~= x or y ~= y then
    return 0.0 / 0.0
  end
  local longest = math.max(x, y)
  if longest == 0 then
    return 0.0
  end
  local sum, lost, middle, low_squares = 1.0, 0.0, 0.0, 0.0
  local function add(term)
    local before = sum
    sum = sum + term
    return before - sum + term
  end
  local exponent = 0
  local scaled = longest
  while scaled >= 1.0 do
    scaled = scaled / 2
    exponent = exponent + 1
  end
  while scaled < 0.5 do
    scaled = scaled * 2
    exponent = exponent - 1
  end
  if exponent < -1023 then
    for _, side in ipairs({x, y}) do
      lost = lost + add((side / longest) * (side / longest))
    end
    return longest * math.sqrt(sum - 1.0 + lost)
  end
  local scale = 1.0
  for _ = 1, exponent do
    scale = scale / 2
  end
  for _ = 1, -exponent do
    scale = scale * 2
  end
  local function split(value)
    local large = value * 134217729.0
    local high = large - (large - value)
    return high, value - high
  end
  for _, side in ipairs({x, y}) do
    local high, low = split(side * scale)
    lost = lost + add(high * high)
    middle = middle + add(2.0 * high * low)
    low_squares = low_squares + low * low
  end
  local root = math.sqrt(sum - 1.0 + (lost + middle + low_squares))
  local high, low = split(root)
  lost = lost + add(-high * high)
  middle = middle + add(-2.0 * high * low)
  low_squares = low_squares + add(-low * low)
  return (root + (sum - 1.0 + (lost + middle + low_squares)) / (2.0 * root)) / scale
end

-- part: floor needs: int_of
local function floor(x)
  return int_of(math.floor(x), "floor")
end

-- part: ceil needs: int_of
local function ceil(x)
  return int_of(math.ceil(x), "ceil")
end

-- part: trunc needs: int_of
local function trunc(x)
  return int_of(x < 0 and math.ceil(x) or math.floor(x), "int")
end

-- part: round needs: int_of
-- Half to even.
local function round(x)
  local below = math.floor(x)
  local rest = x - below
  if rest > 0.5 or (rest == 0.5 and below % 2 == 1) then
    below = below + 1
  end
  return int_of(below, "round")
end

-- part: read_float
-- nil when the text is no float.
local function read_float(text)
  local sign, plain = text:match("^[ \t\n\r\v\f]*([+-]?)([%w_.+-]-)[ \t\n\r\v\f]*$")
  if plain == nil then
    return nil
  end
  local lower = plain:lower()
  local value
  if lower == "inf" or lower == "infinity" then
    value = math.huge
  elseif lower == "nan" then
    value = 0.0 / 0.0
  else
    local mantissa, exponent = lower:match("^([%d_.]+)(.*)$")
    local is_number = mantissa and (exponent == "" or exponent:find("^e[+-]?[%d_]+$"))
      and mantissa:find("%d") and not mantissa:find("%..*%.")
      and not (" " .. lower .. " "):find("[^%d]_") and not (" " .. lower .. " "):find("_[^%d]")
    value = is_number and tonumber((lower:gsub("_", "")))
  end
  return value and (sign == "-" and -(value + 0.0) or value + 0.0)
end

-- part: parse_float needs: read_float
local function parse_float(text)
  return read_float(text) or error("value: \"" .. text .. "\" is not a float", 2)
end
