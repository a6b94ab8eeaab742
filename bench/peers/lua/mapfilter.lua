-- Lua has neither map nor filter nor generators. Lazy sequences are iterators made of closures
-- (cheaper than coroutines); a comprehension is a loop that fills a table.
local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")

local function range(n)
  local i = -1
  return function()
    i = i + 1
    if i < n then return i end
  end
end

local function map(f, next_value)
  return function()
    local x = next_value()
    if x ~= nil then return f(x) end
  end
end

local function filter(keep, next_value)
  return function()
    local x = next_value()
    while x ~= nil and not keep(x) do x = next_value() end
    return x
  end
end

local function sum(next_value)
  local total = 0
  for x in next_value do total = total + x end
  return total
end

local function sum_list(xs)
  local total = 0
  for i = 1, #xs do total = total + xs[i] end
  return total
end

local function multiply_by_two(x) return x * 2 end
local function is_odd(x) return x % 2 == 1 end

local function map_filter_with_functions(n)
  return sum(map(multiply_by_two, filter(is_odd, range(n))))
end

local function map_filter_with_lambdas(n)
  return sum(map(function(x) return x * 2 end, filter(function(x) return x % 2 == 1 end, range(n))))
end

local function comprehension(n)
  local xs, count = {}, 0
  for x = 0, n - 1 do
    if x % 2 == 1 then
      count = count + 1
      xs[count] = x * 2
    end
  end
  return sum_list(xs)
end

local function comprehension_with_functions(n)
  local xs, count = {}, 0
  for x = 0, n - 1 do
    if is_odd(x) then
      count = count + 1
      xs[count] = multiply_by_two(x)
    end
  end
  return sum_list(xs)
end

local function comprehension_with_lambdas(n)
  local xs, count = {}, 0
  for x = 0, n - 1 do
    if (function(v) return v % 2 == 1 end)(x) then
      count = count + 1
      xs[count] = (function(v) return v * 2 end)(x)
    end
  end
  return sum_list(xs)
end

local function doubled_odd_numbers(n)
  local i = -1
  return function()
    for x = i + 1, n - 1 do
      if x % 2 == 1 then
        i = x
        return x * 2
      end
    end
  end
end

local function generator(n) return sum(doubled_odd_numbers(n)) end

run {
  map_filter_with_functions = map_filter_with_functions,
  map_filter_with_lambdas = map_filter_with_lambdas,
  comprehension = comprehension,
  comprehension_with_functions = comprehension_with_functions,
  comprehension_with_lambdas = comprehension_with_lambdas,
  generator = generator,
}
