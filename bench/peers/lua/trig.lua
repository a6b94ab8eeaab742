local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")
local abs, cos, sin, sqrt = math.abs, math.cos, math.sin, math.sqrt

local function wobble(i) return sqrt(i * abs(sin(i - cos(i)))) end

local function inline(n)
  local total = 0.0
  for i = 0, n - 1 do total = total + sqrt(i * abs(sin(i - cos(i)))) end
  return total
end

local function call(n)
  local total = 0.0
  for i = 0, n - 1 do total = total + wobble(i) end
  return total
end

run { inline = inline, ["function"] = call }
