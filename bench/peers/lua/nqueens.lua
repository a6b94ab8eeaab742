local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")

local function place(row, n, columns, rising, falling)
  if row == n then return 1 end
  local count = 0
  for column = 0, n - 1 do
    local up = row + column + 1
    local down = row - column + n
    if columns[column + 1] and rising[up] and falling[down] then
      columns[column + 1] = false
      rising[up] = false
      falling[down] = false
      count = count + place(row + 1, n, columns, rising, falling)
      columns[column + 1] = true
      rising[up] = true
      falling[down] = true
    end
  end
  return count
end

local function free(n)
  local flags = {}
  for i = 1, n do flags[i] = true end
  return flags
end

local function solutions(n) return place(0, n, free(n), free(2 * n), free(2 * n)) end

run { solutions = solutions }
