local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")

local function matrix(n, shift)
  local m = {}
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j + 1] = (i * 7 + j * 3) % 11 + shift end
    m[i + 1] = row
  end
  return m
end

local function multiply_loops(a, b, n)
  local c = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do row[j] = 0.0 end
    c[i] = row
  end
  for i = 1, n do
    for j = 1, n do
      local total = 0.0
      for k = 1, n do total = total + a[i][k] * b[k][j] end
      c[i][j] = total
    end
  end
  return c
end

-- Lua's form of the comprehension: the row is at hand, and the result is built as it is computed.
local function multiply_comprehension(a, b, n)
  local c = {}
  for i, row in ipairs(a) do
    local out = {}
    for j = 1, n do
      local total = 0.0
      for k = 1, n do total = total + row[k] * b[k][j] end
      out[j] = total
    end
    c[i] = out
  end
  return c
end

local function sum_rows(m)
  local total = 0.0
  for i = 1, #m do
    local row, row_total = m[i], 0.0
    for j = 1, #row do row_total = row_total + row[j] end
    total = total + row_total
  end
  return total
end

local function with_loops(n)
  return sum_rows(multiply_loops(matrix(n, 0.5), matrix(n, 0.25), n))
end

local function with_comprehension(n)
  return sum_rows(multiply_comprehension(matrix(n, 0.5), matrix(n, 0.25), n))
end

run { with_loops = with_loops, with_comprehension = with_comprehension }
