local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")

local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

local function recursive(n) return fib(n) end

run { recursive = recursive }
