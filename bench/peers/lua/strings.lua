-- with_buffer: Lua's buffer is a table, filled with numbers and joined once.
-- with_join: the parts are made strings first, as the other languages' `join` asks for.
local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")
local concat, tostring = table.concat, tostring

local function plus_equals(n)
  local s = ""
  for i = 0, n - 1 do s = s .. i end
  return #s
end

local function with_buffer(n)
  local out = {}
  for i = 0, n - 1 do out[i + 1] = i end
  return #concat(out)
end

local function with_join(n)
  local parts = {}
  for i = 0, n - 1 do parts[i + 1] = tostring(i) end
  return #concat(parts)
end

run { plus_equals = plus_equals, with_buffer = with_buffer, with_join = with_join }
