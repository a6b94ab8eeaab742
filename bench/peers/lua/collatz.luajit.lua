-- LuaJIT has only doubles and no `//`. Half of an even number is exact, and a product is cheaper
-- than a quotient.
local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")

local function next_step(k)
  if k % 2 == 0 then return k * 0.5 end
  return 3 * k + 1
end

local function inline(n)
  local steps = 0
  for start = 1, n - 1 do
    local k = start
    while k ~= 1 do
      if k % 2 == 0 then k = k * 0.5 else k = 3 * k + 1 end
      steps = steps + 1
    end
  end
  return steps
end

local function call(n)
  local steps = 0
  for start = 1, n - 1 do
    local k = start
    while k ~= 1 do
      k = next_step(k)
      steps = steps + 1
    end
  end
  return steps
end

run { inline = inline, ["function"] = call }
