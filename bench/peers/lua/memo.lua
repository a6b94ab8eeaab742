local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")
local acos, cos, pi, sin = math.acos, math.cos, math.pi, math.sin

local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

local fib_table = {}
local function memo_fib(n)
  local known = fib_table[n]
  if known then return known end
  local value = n
  if n >= 2 then value = memo_fib(n - 1) + memo_fib(n - 2) end
  fib_table[n] = value
  return value
end

local function distance(lon, lat)
  local x = pi / 180.0
  local a = (90.0 - 47.6) * x
  local b = (90.0 - lat) * x
  local theta = (lon + 122.3) * x
  return 3956 * acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))
end

local distance_table = {}
local function memo_distance(lon, lat)
  local by_lat = distance_table[lon]
  if not by_lat then
    by_lat = {}
    distance_table[lon] = by_lat
  end
  local known = by_lat[lat]
  if known then return known end
  local value = distance(lon, lat)
  by_lat[lat] = value
  return value
end

local function fib_plain(n)
  local total = 0
  for i = 0, n - 1 do total = total + fib(i % 16) end
  return total
end

local function fib_memo(n)
  local total = 0
  for i = 0, n - 1 do total = total + memo_fib(i % 16) end
  return total
end

local function distance_plain(n)
  local total = 0.0
  for i = 0, n - 1 do total = total + distance(i % 60, i % 37) end
  return total
end

local function distance_memo(n)
  local total = 0.0
  for i = 0, n - 1 do total = total + memo_distance(i % 60, i % 37) end
  return total
end

run {
  fib_plain = fib_plain,
  fib_memo = fib_memo,
  distance_plain = distance_plain,
  distance_memo = distance_memo,
}
