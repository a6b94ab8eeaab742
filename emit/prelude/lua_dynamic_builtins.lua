-- part: any_append needs: type_of, any_admit, article, fail
local function any_append(list, value)
  if not type_of(list):find("^list") then
    fail("type: `append` takes a list, not " .. article(type_of(list)))
  end
  list[#list + 1] = any_admit(list, value, "append", "to")
end

-- part: any_pop needs: type_of, pop, boxed, element_type, article, fail
local function any_pop(list)
  local type = type_of(list)
  if not type:find("^list") then
    fail("type: `pop` takes a list, not " .. article(type))
  end
  return boxed(pop(list), element_type(type))
end

-- part: any_items needs: type_of, boxed, element_type, consume, each_of, characters, article, fail
-- The elements of a list, str or sequence as values of any type.
local function any_items(source)
  local type = type_of(source)
  if type == "str" then
    return characters(source)
  elseif not type:find("^list") and not type:find("^seq") then
    fail("type: cannot go through " .. article(type))
  end
  local next_item = each_of(consume(source))
  return function()
    local item = next_item()
    if item == nil then
      return nil
    end
    return boxed(item, element_type(type_of(source)))
  end
end

-- part: any_number needs: type_of, unboxed, article, fail
local function any_number(x, name)
  local type = type_of(x)
  if type ~= "int" and type ~= "float" then
    fail("type: `" .. name .. "` takes a number, not " .. article(type))
  end
  return unboxed(x)
end

-- part: any_math needs: any_number, Float
local function any_math(f, name, x, y)
  x = any_number(x, name)
  return Float(f(x, y ~= nil and any_number(y, name) or nil))
end

-- part: any_whole needs: any_number, is_float
local function any_whole(f, name, x)
  if is_float(x) then
    return f(any_number(x, name))
  end
  return any_number(x, name)
end

-- part: any_abs needs: any_number, is_float, Float
local function any_abs(x)
  local number = any_number(x, "abs")
  if is_float(x) then
    return Float(math.abs(number))
  end
  return number < 0 and arithmetic["-"](0, number) or number
end

-- part: any_int needs: any_whole, trunc, parse_int
local function any_int(x)
  if type(x) == "string" then
    return parse_int(x)
  elseif type(x) == "boolean" then
    return x and 1 or 0
  end
  return any_whole(trunc, "int", x)
end

-- part: any_float needs: any_number, Float, parse_float
local function any_float(x)
  if type(x) == "string" then
    return Float(parse_float(x))
  elseif type(x) == "boolean" then
    return Float(x and 1 or 0)
  end
  return Float(any_number(x, "float"))
end

-- part: any_str needs: text
local any_str = text

-- part: any_bool needs: type_of, unboxed, fail
local function any_bool(x)
  local type = type_of(x)
  if type == "function" or type == "buffer" or type:find("^seq") then
    fail("type: `bool` takes no " .. type)
  elseif type == "str" or type:find("^list") then
    return #x > 0
  end
  return type ~= "none" and x ~= false and unboxed(x) ~= 0
end

-- part: any_len needs: type_of, length, article, fail
local function any_len(x)
  local type = type_of(x)
  if type == "str" then
    return length(x)
  elseif not type:find("^list") then
    fail("type: `len` takes a str or a list, not " .. article(type))
  end
  return #x
end

-- part: any_range needs: type_of, range, checked_step, typed, article, fail
local function any_range(...)
  local args = {...}
  for _, arg in ipairs(args) do
    if type_of(arg) ~= "int" then
      fail("type: `range` takes an int, not " .. article(type_of(arg)))
    end
  end
  if #args == 1 then
    table.insert(args, 1, 0)
  end
  return typed(range(args[1], args[2], checked_step(args[3] or 1)), "seq[int]")
end

-- part: any_stage needs: callable, type_of, article, fail
local function any_stage(name, f, source)
  if callables[f] == nil then
    fail("type: `" .. name .. "` takes a function first, not " .. article(type_of(f)))
  end
  local type = type_of(source)
  if type ~= "str" and not type:find("^list") and not type:find("^seq") then
    fail("type: `" .. name .. "` takes a sequence, a list or a str second")
  end
end

-- part: any_map needs: any_items, any_stage, call, typed
local function any_map(f, source)
  any_stage("map", f, source)
  local next_item
  return typed(function()
    next_item = next_item or any_items(source)
    local item = next_item()
    if item == nil then
      return nil
    end
    return call(f, item)
  end, "seq")
end

-- part: any_filter needs: any_items, any_stage, call, check_bool, typed
local function any_filter(f, source)
  any_stage("filter", f, source)
  local next_item
  return typed(function()
    next_item = next_item or any_items(source)
    for item in next_item do
      if check_bool(call(f, item)) then
        return item
      end
    end
    return nil
  end, "seq")
end

-- part: any_sum needs: any_items, any_binary, any_number, fail
local function any_sum(source, start)
  local total = start
  for item in any_items(source) do
    if total == nil then
      any_number(item, "sum")
      total = item
    else
      total = any_binary(total, "+", item)
    end
  end
  return total or fail("empty: `sum` of nothing has no value")
end

-- part: any_extreme needs: any_items, any_ordered, Float, each_of, type_of, article, fail
-- The first one stays unless another is really better; ints mixed with floats give a float.
local function any_extreme(name, op, args)
  local best
  local has = {}
  for item in (#args == 1 and any_items(args[1]) or each_of(args)) do
    local type = type_of(item)
    if type ~= "int" and type ~= "float" and type ~= "str" then
      fail("type: `" .. name .. "` takes numbers or strs, not " .. article(type))
    end
    has[type] = true
    if best == nil or any_ordered(item, op, best) then
      best = item
    end
  end
  if best == nil then
    fail("empty: `" .. name .. "` of nothing has no value")
  end
  return has.int and has.float and type_of(best) == "int" and Float(best) or best
end

-- part: any_min needs: any_extreme
local function any_min(...)
  return any_extreme("min", "<", {...})
end

-- part: any_max needs: any_extreme
local function any_max(...)
  return any_extreme("max", ">", {...})
end

-- part: any_any needs: any_items, check_bool
local function any_any(source)
  for item in any_items(source) do
    if check_bool(item) then
      return true
    end
  end
  return false
end

-- part: any_all needs: any_items, check_bool
local function any_all(source)
  for item in any_items(source) do
    if not check_bool(item) then
      return false
    end
  end
  return true
end

-- part: any_list needs: any_items, any_admit, type_of, typed
local function any_list(source)
  local list = {}
  for item in any_items(source) do
    list[#list + 1] = any_admit(list, item, "append", "to")
  end
  local type = type_of(source)
  return type:find("^list%[") and typed(list, type) or list
end

-- part: any_join needs: any_items, type_of, article, fail
local function any_join(separator, source)
  local function check_str(x)
    if type(x) ~= "string" then
      fail("type: `join` takes strs, not " .. article(type_of(x)))
    end
    return x
  end
  check_str(separator)
  local parts = {}
  for item in any_items(source) do
    parts[#parts + 1] = check_str(item)
  end
  return table.concat(parts, separator)
end

-- part: any_write needs: type_of, fail
local function any_write(buffer, text)
  if type_of(buffer) ~= "buffer" or type(text) ~= "string" then
    fail("type: `write` takes a buffer and a str")
  end
  buffer[#buffer + 1] = text
end

-- part: any_text needs: type_of, article, fail
local function any_text(buffer)
  if type_of(buffer) ~= "buffer" then
    fail("type: `text` takes a buffer, not " .. article(type_of(buffer)))
  end
  return table.concat(buffer)
end

-- part: any_print needs: text
local function any_print(...)
  local words = {}
  for i, word in ipairs({...}) do
    words[i] = text(word)
  end
  print(table.concat(words, " "))
end

-- part: any_assert needs: check_bool, type_of, article, fail
local function any_assert(holds, text)
  if text ~= nil and type(text) ~= "string" then
    fail("type: `assert` takes a str, not " .. article(type_of(text)))
  elseif not check_bool(holds) then
    fail("assert: " .. (text or "the assertion does not hold"))
  end
end

-- part: any_error needs: type_of, article, fail
local function any_error(text)
  fail(type(text) == "string" and "error: " .. text
    or "type: `error` takes a str, not " .. article(type_of(text)))
end
