local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")
local acos, cos, pi, sin = math.acos, math.cos, math.pi, math.sin

local function great_circle(lon1, lat1, lon2, lat2)
  local radius = 3956
  local x = pi / 180.0
  local a = (90.0 - lat1) * x
  local b = (90.0 - lat2) * x
  local theta = (lon2 - lon1) * x
  local c = acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))
  return radius * c
end

local function distance(n)
  local total = 0.0
  for i = 0, n - 1 do
    local d = i * 1e-7
    total = total + great_circle(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d)
  end
  return total
end

run { distance = distance }
