-- part: print
local function print(...)
  io.write(table.concat({...}, " "), "\n")
end

-- part: kept print
local output = {}

local function print(...)
  output[#output + 1] = table.concat({...}, " ") .. "\n"
end

-- part: assert_that
local function assert_that(holds, text)
  if not holds then
    error("assert: " .. (text or "the assertion does not hold"), 2)
  end
end

-- part: fail
local function fail(message)
  error(message, 3)
end

-- part: known
local function known(value, name)
  if value == nil then
    error("unset: `" .. name .. "` is read before its `let` has run", 2)
  end
  return value
end

-- part: element
-- Counted from 0, from the end when the index is negative.
local function element(list, index)
  local item
  if index >= 0 then
    item = list[index + 1]
  else
    item = list[#list + 1 + index]
  end
  if item == nil then
    error("index: index " .. index .. " is outside a list of length " .. #list, 2)
  end
  return item
end

-- part: set_element
local function set_element(list, index, item)
  local place = index + 1
  if index < 0 then
    place = place + #list
  end
  if list[place] == nil then
    error("index: index " .. index .. " is outside a list of length " .. #list, 2)
  end
  list[place] = item
end

-- part: update_element needs: element
local function update_element(list, index, change)
  local place = index < 0 and #list + 1 + index or index + 1
  if list[place] == nil then
    error("index: index " .. index .. " is outside a list of length " .. #list, 2)
  end
  list[place] = change(list[place])
end

-- part: joined_lists
local function joined_lists(a, b)
  local joined = {}
  for _, list in ipairs({a, b}) do
    for _, item in ipairs(list) do
      joined[#joined + 1] = item
    end
  end
  return joined
end

-- part: repeat_list
local function repeat_list(list, count)
  local repeated = {}
  local size = #list
  if size == 1 then
    local item = list[1]
    for i = 1, count do
      repeated[i] = item
    end
    return repeated
  end
  for i = 0, count - 1 do
    for j = 1, size do
      repeated[i * size + j] = list[j]
    end
  end
  return repeated
end

-- part: pop
local function pop(list)
  if #list == 0 then
    error("empty: cannot pop from an empty list", 2)
  end
  return table.remove(list)
end

-- part: equal_lists
local function equal_lists(a, b)
  if #a ~= #b then
    return false
  end
  for i, item in ipairs(a) do
    if type(item) == "table" then
      if not equal_lists(item, b[i]) then
        return false
      end
    elseif item ~= b[i] then
      return false
    end
  end
  return true
end

-- part: ordered
-- Whether `a op b` holds, for numbers, strings and lists of those.
local function first_difference(a, b)
  for i = 1, math.min(#a, #b) do
    if type(a[i]) == "table" then
      local x, y = first_difference(a[i], b[i])
      if x ~= nil then
        return x, y
      end
    elseif a[i] ~= b[i] then
      return a[i], b[i]
    end
  end
  if #a ~= #b then
    return #a, #b
  end
  return nil
end

local function ordered(a, op, b)
  if type(a) == "table" then
    a, b = first_difference(a, b)
    if a == nil then
      a, b = 0, 0
    end
  end
  if op == "<" then
    return a < b
  elseif op == "<=" then
    return a <= b
  elseif op == ">" then
    return a > b
  end
  return a >= b
end

-- part: characters
-- Of UTF-8, one after the other.
local function characters(text)
  return text:gmatch("[^\128-\191][\128-\191]*")
end

-- part: length
-- In code points.
local function length(text)
  local _, inner = text:gsub("[\128-\191]", "")
  return #text - inner
end

-- part: character needs: length
local function character(text, index)
  local size = length(text)
  local at = index < 0 and index + size or index
  if at < 0 or at >= size then
    error("index: index " .. index .. " is outside a str of length " .. size, 2)
  end
  if size == #text then
    return text:sub(at + 1, at + 1)
  end
  local begin = 1
  for _ = 1, at do
    begin = text:find("[^\128-\191]", begin + 1)
  end
  return text:match("^[^\128-\191][\128-\191]*", begin)
end

-- part: repeat_text
local function repeat_text(text, count)
  return text:rep(count)
end

-- part: quoted needs: characters
-- As Python shows a str in a list.
local hidden = {
  {0x0000, 0x001f}, {0x007f, 0x00a0}, {0x00ad, 0x00ad}, {0x0600, 0x0605}, {0x061c, 0x061c},
  {0x06dd, 0x06dd}, {0x070f, 0x070f}, {0x0890, 0x0891}, {0x08e2, 0x08e2}, {0x1680, 0x1680},
  {0x180e, 0x180e}, {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000},
  {0xd800, 0xf8ff}, {0xfeff, 0xfeff}, {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0x110bd, 0x110bd},
  {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
  {0xe0000, 0xe00ff}, {0xe01f0, 0x10ffff},
}

local function escaped(c)
  local code = c:byte()
  if code >= 0x80 then
    code = code % (code >= 0xf0 and 0x08 or code >= 0xe0 and 0x10 or 0x20)
    for i = 2, #c do
      code = code * 64 + c:byte(i) % 64
    end
  end
  for _, range in ipairs(hidden) do
    if code >= range[1] and code <= range[2] then
      return string.format(
        code <= 0xff and "\\x%02x" or code <= 0xffff and "\\u%04x" or "\\U%08x", code)
    end
  end
  return c
end

local function quoted(text)
  local quote = text:find("'", 1, true) and not text:find('"', 1, true) and '"' or "'"
  local escapes = {["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ["\\"] = "\\\\"}
  escapes[quote] = "\\" .. quote
  local parts = {}
  for c in characters(text) do
    parts[#parts + 1] = escapes[c] or escaped(c)
  end
  return quote .. table.concat(parts) .. quote
end

-- part: element_type
-- Of "list[str]" and "seq[str]": "str"; "" when it is not known.
local function element_type(list_type)
  return list_type:match("%[(.*)%]$") or ""
end

-- part: list_text needs: float_text, quoted, element_type
local function list_text(list, list_type)
  local inner = element_type(list_type)
  local show = inner == "float" and float_text or inner == "str" and quoted
    or inner:find("^list") and function(item) return list_text(item, inner) end or tostring
  local parts = {}
  for i, item in ipairs(list) do
    parts[i] = show(item)
  end
  return "[" .. table.concat(parts, ", ") .. "]"
end

-- part: range
local function range(first, last, step)
  step = step or 1
  local coming = first
  return function()
    local item = coming
    if item == nil or (step > 0 and item >= last) or (step < 0 and item <= last) then
      return nil
    end
    coming = item + step
    if (coming > item) ~= (step > 0) then
      coming = nil  -- it would have left the ints
    end
    return item
  end
end

-- part: checked_step
local function checked_step(step)
  if step == 0 then
    error("value: the step of a range must not be zero", 2)
  end
  return step
end

-- part: consume
-- A sequence may be gone through once.
local consumed = setmetatable({}, {__mode = "k"})

local function consume(source)
  if type(source) == "function" then
    if consumed[source] then
      error("consumed: this sequence has been consumed already", 2)
    end
    consumed[source] = true
  end
  return source
end

-- part: each_of needs: characters
-- Goes through a list, a str or a sequence.
local function each_of(source)
  if type(source) == "function" then
    return source
  elseif type(source) == "string" then
    return characters(source)
  end
  local i = 0
  return function()
    i = i + 1
    return source[i]
  end
end

-- part: map needs: consume, each_of
local function map(f, source)
  local next_item
  return function()
    next_item = next_item or each_of(consume(source))
    local item = next_item()
    if item == nil then
      return nil
    end
    return f(item)
  end
end

-- part: filter needs: consume, each_of
local function filter(f, source)
  local next_item
  return function()
    next_item = next_item or each_of(consume(source))
    for item in next_item do
      if f(item) then
        return item
      end
    end
    return nil
  end
end

-- part: in_turn needs: each_of
-- The same for a loop with a counter, which is faster for lists.
local function in_turn(source)
  if type(source) == "table" then
    return ipairs(source)
  end
  local next_item = each_of(source)
  return function()
    local item = next_item()
    return item, item
  end
end

-- part: sum needs: in_turn
local function sum(source, start)
  local total = start
  for _, item in in_turn(source) do
    total = total and total + item or item
  end
  return total or error("empty: `sum` of nothing has no value", 2)
end

-- part: int_sum needs: in_turn, int_add
local function int_sum(source, start)
  local total = start
  for _, item in in_turn(source) do
    total = total and int_add(total, item) or item
  end
  return total or error("empty: `sum` of nothing has no value", 2)
end

-- part: min needs: in_turn
-- The first one stays unless another is really smaller.
local function min(source)
  local least
  for _, item in in_turn(source) do
    if least == nil or item < least then
      least = item
    end
  end
  return least or error("empty: `min` of nothing has no value", 2)
end

-- part: max needs: in_turn
local function max(source)
  local most
  for _, item in in_turn(source) do
    if most == nil or item > most then
      most = item
    end
  end
  return most or error("empty: `max` of nothing has no value", 2)
end

-- part: any needs: in_turn
local function any(source)
  for _, item in in_turn(source) do
    if item then
      return true
    end
  end
  return false
end

-- part: all needs: in_turn
local function all(source)
  for _, item in in_turn(source) do
    if not item then
      return false
    end
  end
  return true
end

-- part: list needs: in_turn
local function list(source)
  local copy = {}
  for _, item in in_turn(source) do
    copy[#copy + 1] = item
  end
  return copy
end

-- part: join needs: list
local function join(separator, source)
  return table.concat(list(source), separator)
end

-- part: memo
-- Remembers results by the argument.
local function memo(f)
  local results = {}
  return function(x)
    local result = results[x]
    if result == nil then
      result = f(x)
      results[x] = result
    end
    return result
  end
end

-- part: memo_of_two
-- Remembers results by the arguments.
local function memo_of_two(f)
  local results = {}
  return function(x, y)
    local by_second = results[x]
    if by_second == nil then
      by_second = {}
      results[x] = by_second
    end
    local result = by_second[y]
    if result == nil then
      result = f(x, y)
      by_second[y] = result
    end
    return result
  end
end

-- part: memo_of_many
-- The same for any number of arguments. `key` tells apart what a table does not: 0.0 and -0.0.
local function memo_of_many(f, key)
  local results = {}
  return function(...)
    local place = results
    for _, arg in ipairs({...}) do
      local at = arg
      if key then
        at = key(arg)
      end
      place[at] = place[at] or {}
      place = place[at]
    end
    if place[results] == nil then
      place[results] = f(...)
    end
    return place[results]
  end
end

-- part: float_key
local function float_key(x)
  return x ~= x and "nan" or x == 0 and 1 / x < 0 and "-0" or x
end
