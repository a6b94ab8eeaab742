local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")

local function sieve(n)
  local is_prime = {}
  for i = 1, n do is_prime[i] = true end
  local count = 0
  for p = 2, n do
    if is_prime[p] then
      count = count + 1
      for multiple = p * p, n, p do is_prime[multiple] = false end
    end
  end
  return count
end

run { sieve = sieve }
