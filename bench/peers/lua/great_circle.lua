local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")
local acos, cos, pi, sin = math.acos, math.cos, math.pi, math.sin

local function great_circle_raw(lon1, lat1, lon2, lat2)
  local radius = 3956
  local x = pi / 180.0
  local a = (90.0 - lat1) * x
  local b = (90.0 - lat2) * x
  local theta = (lon2 - lon1) * x
  local c = acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))
  return radius * c
end

local function calculate_acos(a, b, theta)
  return acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))
end

local function great_circle_acos(lon1, lat1, lon2, lat2)
  local radius = 3956
  local x = pi / 180.0
  local a = (90.0 - lat1) * x
  local b = (90.0 - lat2) * x
  local theta = (lon2 - lon1) * x
  return radius * calculate_acos(a, b, theta)
end

local function calculate_x() return pi / 180.0 end
local function calculate_coordinate(lat, x) return (90.0 - lat) * x end
local function calculate_theta(lon2, lon1, x) return (lon2 - lon1) * x end

local function great_circle_factored(lon1, lat1, lon2, lat2)
  local radius = 3956
  local x = calculate_x()
  local a = calculate_coordinate(lat1, x)
  local b = calculate_coordinate(lat2, x)
  local theta = calculate_theta(lon2, lon1, x)
  return radius * calculate_acos(a, b, theta)
end

local function raw(n)
  local total = 0.0
  for i = 0, n - 1 do
    local d = i * 1e-7
    total = total + great_circle_raw(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d)
  end
  return total
end

local function with_acos(n)
  local total = 0.0
  for i = 0, n - 1 do
    local d = i * 1e-7
    total = total + great_circle_acos(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d)
  end
  return total
end

local function factored(n)
  local total = 0.0
  for i = 0, n - 1 do
    local d = i * 1e-7
    total = total + great_circle_factored(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d)
  end
  return total
end

local function fixed_misleading(n)
  local total = 0.0
  for _ = 0, n - 1 do
    total = total + great_circle_raw(-72.345, 34.323, -61.823, 54.826)
  end
  return total
end

run { raw = raw, with_acos = with_acos, factored = factored, fixed_misleading = fixed_misleading }
