local run = dofile(arg[0]:match("^(.-)[^/]*$") .. "driver.lua")

local function escape_time(x, y, limit)
  local re, im = 0.0, 0.0
  for turn = 0, limit - 1 do
    local re2 = re * re
    local im2 = im * im
    if re2 + im2 > 4.0 then return turn end
    im = 2.0 * re * im + y
    re = re2 - im2 + x
  end
  return limit
end

local function call(n)
  local total = 0
  for row = 0, n - 1 do
    local y = 2.0 * row / n - 1.0
    for column = 0, n - 1 do
      local x = 3.0 * column / n - 2.0
      total = total + escape_time(x, y, 100)
    end
  end
  return total
end

local function inline(n)
  local limit = 100
  local total = 0
  for row = 0, n - 1 do
    local y = 2.0 * row / n - 1.0
    for column = 0, n - 1 do
      local x = 3.0 * column / n - 2.0
      local re, im, turn = 0.0, 0.0, 0
      while turn < limit and re * re + im * im <= 4.0 do
        local old_re = re
        re = re * re - im * im + x
        im = 2.0 * old_re * im + y
        turn = turn + 1
      end
      total = total + turn
    end
  end
  return total
end

run { ["function"] = call, inline = inline }
