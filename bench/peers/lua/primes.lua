local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")
local floor, sqrt = math.floor, math.sqrt

local function is_prime_loop(k)
  for d = 2, floor(sqrt(k)) do
    if k % d == 0 then return false end
  end
  return true
end

-- An iterator of closures for the generator, and `all` over it.
local function remainders(k)
  local d, last = 1, floor(sqrt(k))
  return function()
    if d < last then
      d = d + 1
      return k % d ~= 0
    end
  end
end

local function all(next_value)
  for value in next_value do
    if not value then return false end
  end
  return true
end

local function is_prime_all(k)
  -- `for` ends at nil, not at false, so false reaches the loop's body.
  return all(remainders(k))
end

local function with_loop(n)
  local count = 0
  for k = 2, n - 1 do
    if is_prime_loop(k) then count = count + 1 end
  end
  return count
end

local function with_all(n)
  local count = 0
  for k = 2, n - 1 do
    if is_prime_all(k) then count = count + 1 end
  end
  return count
end

run { with_loop = with_loop, with_all = with_all }
