-- part: typed
-- The types of lists, sequences and buffers among values whose types are not settled.
local types = setmetatable({}, {__mode = "k"})

local function typed(object, type)
  if types[object] == nil or types[object] == "list" then
    types[object] = type
  end
  return object
end

-- part: callable
-- What is known of functions among such values: `params` brings arguments into the form that the
-- function takes, `result` brings what it returns back.
local callables = setmetatable({}, {__mode = "k"})

local function callable(f, shown, least, params, result)
  callables[f] = {shown = shown, least = least, params = params, result = result}
  return f
end

-- part: type_of needs: none, typed, callable, is_float
local function type_of(x)
  local kind = type(x)
  if x == none then
    return "none"
  elseif is_float(x) then
    return "float"
  elseif kind == "number" then
    return "int"
  elseif kind == "boolean" then
    return "bool"
  elseif kind == "string" then
    return "str"
  elseif kind == "function" then
    return callables[x] and "function" or types[x] or "seq"
  end
  return types[x] or "list"
end

-- part: article
local function article(type)
  return type == "none" and type or (type == "int" and "an " or "a ") .. type
end

-- part: call needs: callable, type_of, article, fail
local function call(f, ...)
  local known = callables[f]
  if known == nil then
    fail("type: cannot call " .. article(type_of(f)))
  end
  local count = select("#", ...)
  if known.params and (count < known.least or count > #known.params) then
    fail("type: " .. known.shown .. " takes " .. #known.params .. " arguments, not " .. count)
  end
  local args = {...}
  for i = 1, count do
    local change = known.params and known.params[i]
    if change then
      args[i] = change(args[i])
    end
  end
  local result = f((table.unpack or unpack)(args, 1, count))
  if known.result then
    return known.result(result)
  end
  return result
end

-- part: text needs: type_of, float_text, list_text, callable, unboxed, int_text
-- Any value as `print` shows it.
local function text(x)
  local type = type_of(x)
  if type == "float" then
    return float_text(unboxed(x))
  elseif type == "int" then
    return int_text(x)
  elseif type == "function" then
    return callables[x].shown
  elseif type:find("^list") then
    return list_text(x, type)
  elseif type:find("^seq") then
    return "<seq>"
  elseif type == "buffer" then
    return "<buffer>"
  end
  return type == "none" and type or tostring(x)
end

-- part: boxed needs: Float, typed
-- An element of a list or sequence of this type as a value of any type.
local function boxed(x, type)
  return type == "float" and Float(x) or type:find("^list") and typed(x, type) or x
end

-- part: check_bool needs: type_of, article, fail
local function check_bool(x)
  if type(x) ~= "boolean" then
    fail("type: a condition must be a bool, not " .. article(type_of(x)))
  end
  return x
end

-- part: settle needs: typed, element_type
-- Whether the list is, or becomes, one of the wanted type.
local function settle(list, type, wanted)
  if type == wanted then
    return true
  end
  local inner, wanted_inner = element_type(type), element_type(wanted)
  if inner ~= "" then
    if not inner:find("^list") or not wanted_inner:find("^list") then
      return false
    end
    for _, item in ipairs(list) do
      if not settle(item, types[item] or inner, wanted_inner) then
        return false
      end
    end
  end
  types[list] = wanted
  return true
end

-- part: check needs: type_of, article, Float, settle, fail
-- The value as one of the declared type.
local function check(x, wanted, name)
  local type = type_of(x)
  if wanted == "any" or type == wanted or (wanted == "seq" and type:find("^seq"))
    or (wanted:find("^seq") and type == "seq") then
    return x
  elseif wanted == "float" and type == "int" then
    return Float(x)
  elseif type:find("^list") and wanted:find("^list") and settle(x, type, wanted) then
    return x
  end
  fail("type: `" .. name .. "` must be " .. article(wanted) .. ", not " .. article(type))
end

-- part: comparable needs: element_type, article, fail
local function comparable(s, t, whole_s, whole_t)
  local function is_number(type)
    return type == "int" or type == "float"
  end
  local function is_opaque(type)
    return type == "function" or type == "buffer" or type:find("^seq")
  end
  if is_opaque(s) or is_opaque(t) or (s == "bool" and is_number(t))
    or (t == "bool" and is_number(s)) then
    fail("type: cannot compare " .. article(whole_s) .. " and " .. article(whole_t))
  elseif s:find("^list") and t:find("^list") then
    comparable(element_type(s), element_type(t), whole_s, whole_t)
  end
end

-- part: any_equal needs: type_of, unboxed, comparable, equal_lists
local function any_equal(a, op, b)
  local s, t = type_of(a), type_of(b)
  local is_equal = s == t
  if s ~= "none" and t ~= "none" then
    comparable(s, t, s, t)
    if s:find("^list") and t:find("^list") then
      is_equal = equal_lists(a, b)
    else
      is_equal = unboxed(a) == unboxed(b)
    end
  end
  return is_equal == (op == "==")
end

-- part: any_ordered needs: type_of, unboxed, element_type, ordered, article, fail
local function orders(s, t)
  if s:find("^list") and t:find("^list") then
    return s == "list" and element_type(t) ~= "bool" or t == "list" and element_type(s) ~= "bool"
      or orders(element_type(s), element_type(t))
  elseif s == "int" or s == "float" then
    return t == "int" or t == "float"
  end
  return s == "str" and t == "str"
end

local function any_ordered(a, op, b)
  local s, t = type_of(a), type_of(b)
  if not orders(s, t) then
    fail("type: cannot compare " .. article(s) .. " and " .. article(t))
  end
  return ordered(unboxed(a), op, unboxed(b))
end

-- part: any_join_lists needs: settle, article, fail
local function any_join_lists(a, s, b, t)
  if not settle(a, s, t) and not settle(b, t, s) then
    fail("type: cannot add " .. article(s) .. " and " .. article(t))
  end
  return typed(joined_lists(a, b), types[a] or types[b] or "list")
end

-- part: any_binary needs: type_of, Float, unboxed, arithmetic, divide, float_floor_div, float_mod, float_power, repeat_text, repeat_list, joined_lists, any_join_lists, article, fail
local float_operations = {
  ["+"] = function(x, y) return x + y end,
  ["-"] = function(x, y) return x - y end,
  ["*"] = function(x, y) return x * y end,
  ["/"] = divide,
  ["//"] = float_floor_div,
  ["%"] = float_mod,
  ["**"] = float_power,
}

local function any_binary(a, op, b)
  local s, t = type_of(a), type_of(b)
  if s == "int" and t == "int" then
    if op == "/" then
      return Float(arithmetic[op](a, b))
    end
    return arithmetic[op](a, b)
  elseif (s == "int" or s == "float") and (t == "int" or t == "float") then
    return Float(float_operations[op](unboxed(a) + 0.0, unboxed(b) + 0.0))
  elseif op == "+" and s == "str" and t == "str" then
    return a .. b
  elseif op == "+" and s:find("^list") and t:find("^list") then
    return any_join_lists(a, s, b, t)
  elseif op == "*" and (s == "int" or t == "int") then
    local object, type, count = a, s, b
    if s == "int" then
      object, type, count = b, t, a
    end
    if type == "str" then
      return repeat_text(object, count)
    elseif type:find("^list") then
      return typed(repeat_list(object, count), type)
    end
  end
  local x, y = article(s), article(t)
  local words = {
    ["+"] = "add " .. x .. " and " .. y, ["-"] = "subtract " .. y .. " from " .. x,
    ["*"] = "multiply " .. x .. " by " .. y, ["%"] = "take " .. x .. " modulo " .. y,
    ["**"] = "raise " .. x .. " to the power of " .. y,
  }
  fail("type: cannot " .. (words[op] or "divide " .. x .. " by " .. y))
end

-- part: any_negate needs: type_of, Float, unboxed, arithmetic, article, fail
local function any_negate(x)
  local type = type_of(x)
  if type == "int" then
    return arithmetic["-"](0, x)
  elseif type == "float" then
    return Float(-unboxed(x))
  end
  fail("type: cannot negate " .. article(type))
end

-- part: any_index needs: type_of, article, fail
local function any_index(object, index)
  local type = type_of(object)
  if type ~= "str" and not type:find("^list") then
    fail("type: " .. article(type) .. " has no elements to index")
  elseif type_of(index) ~= "int" then
    fail("type: an index must be an int, not " .. article(type_of(index)))
  end
  return type
end

-- part: any_element needs: any_index, element, character, boxed, element_type
local function any_element(object, index)
  local type = any_index(object, index)
  if type == "str" then
    return character(object, index)
  end
  return boxed(element(object, index), element_type(type))
end

-- part: any_admit needs: type_of, unboxed, settle, element_type, article, fail
-- The value as an element of the list, whose type it may settle.
local function is_inside(list, item)
  if list == item then
    return true
  elseif type(list) == "table" and type(list[1]) == "table" then
    for _, inner in ipairs(list) do
      if is_inside(inner, item) then
        return true
      end
    end
  end
  return false
end

local function any_admit(list, value, verb, to)
  local type, of_list = type_of(value), type_of(list)
  if not (type == "int" or type == "float" or type == "bool" or type == "str"
    or type:find("^list")) then
    fail("type: a list cannot hold " .. article(type))
  elseif is_inside(value, list) then
    fail("type: a list cannot hold itself")
  end
  local inner = element_type(of_list)
  if inner == "" then
    types[list] = "list[" .. type .. "]"
  elseif inner ~= type then
    local both_lists = inner:find("^list") and type:find("^list")
    if not both_lists
      or not (settle(value, type, inner) or settle(list, of_list, "list[" .. type .. "]")) then
      fail("type: cannot " .. verb .. " " .. article(type) .. " " .. to .. " " .. article(of_list))
    end
  end
  return unboxed(value)
end

-- part: any_set_element needs: any_index, any_admit, element, set_element, fail
local function any_set_element(list, index, value)
  if any_index(list, index) == "str" then
    fail("type: a str cannot be changed")
  end
  element(list, index)
  set_element(list, index, any_admit(list, value, "put", "into"))
end

-- part: any_list_of needs: any_admit
local function any_list_of(...)
  local list = {}
  for i, item in ipairs({...}) do
    list[i] = any_admit(list, item, "put", "into")
  end
  return list
end

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

-- part: key needs: type_of, unboxed, article, fail
local function key(x)
  local type = type_of(x)
  if type == "float" then
    x = unboxed(x)
    return "float " .. (x == 0 and 1 / x < 0 and "-0" or string.format("%.17g", x))
  elseif type == "str" then
    return "str " .. x
  elseif type ~= "int" and type ~= "bool" then
    fail("type: a memo function cannot take " .. article(type))
  end
  return x
end

-- part: with_defaults
local function with_defaults(f, defaults, count)
  return function(...)
    local args = {...}
    for i, value in pairs(defaults) do
      if args[i] == nil then
        args[i] = value
      end
    end
    return f((table.unpack or unpack)(args, 1, count))
  end
end

-- part: float_argument needs: read_float
local function float_argument(word, name)
  return read_float(word)
    or error("type: the argument `" .. name .. "` must be a float, not \"" .. word .. "\"", 0)
end

-- part: bool_argument
local function bool_argument(word, name)
  if word ~= "true" and word ~= "false" then
    error("type: the argument `" .. name .. "` must be a bool, not \"" .. word .. "\"", 0)
  end
  return word == "true"
end

-- part: any_argument needs: Float, whole_argument, read_float
-- A word of the command line as a value: what it looks like.
local function any_argument(word, name)
  if word == "true" or word == "false" then
    return word == "true"
  elseif word:find("^%s*[+-]?%d[%d_]*%s*$") then
    return whole_argument(word, name)
  end
  local real = read_float(word)
  return real and Float(real) or word
end

-- part: arguments_of
-- The words of the command line, by place or as name=value, as arguments of a function. Of each
-- there is the name, what reads it, and whether it is needed.
local function arguments_of(readers, words)
  local args, place = {}, 0
  for _, word in ipairs(words) do
    local name, value = word:match("^([%a_][%w_]*)=(.*)$")
    local at
    if name == nil then
      place = place + 1
      at, value = place, word
    end
    for i, reader in ipairs(readers) do
      at = at or (reader[1] == name and i)
    end
    if not readers[at] or args[at] ~= nil then
      error("value: there is no place for the argument " .. word, 0)
    end
    args[at] = readers[at][2](value, readers[at][1])
  end
  for i, reader in ipairs(readers) do
    if reader[3] and args[i] == nil then
      error("value: the argument `" .. reader[1] .. "` is missing", 0)
    end
  end
  return args
end

-- part: print_value needs: text, none
local function print_value(value)
  if value ~= none and value ~= nil then
    print(text(value))
  end
end

-- part: measure needs: kept print, arguments_of, now
-- Calls one bench as often as standard input asks, and times it.
local function measure(benches)
  local bench = benches[arg[1]]
  local words = {}
  for i = 2, #arg do
    words[i - 1] = arg[i]
  end
  local count = #bench.readers
  local args = arguments_of(bench.readers, words)
  local a, b, c, d = args[1], args[2], args[3], args[4]
  local run, first = bench.run, nil
  local function escaped(word)
    return (word:gsub("\\", "\\\\"):gsub("\t", "\\t"):gsub("\n", "\\n"))
  end
  local function reply(...)
    io.write(table.concat({...}, "\t"), "\n")
    io.flush()
  end
  local function sample(calls)
    output = {}
    local value
    local start = now()
    if count <= 4 then
      for _ = 1, calls do
        value = run(a, b, c, d)
      end
    else
      for _ = 1, calls do
        value = run((table.unpack or unpack)(args, 1, count))
      end
    end
    local seconds = (now() - start) / calls
    local shown = bench.show(value)
    first = first
      or {tag = bench.tag(value):gsub("%[.*", ""), shown = shown, output = table.concat(output)}
    return seconds, shown
  end
  reply("ready")
  for line in io.lines() do
    local word, iterations, calls = line:match("^(%a+) ?(%d*) ?(%d*)$")
    if word == "end" then
      return
    elseif word == "answer" then
      reply("answer", first.tag, escaped(first.shown), escaped(first.output))
    else
      local samples, other = {}, nil
      for i = 1, tonumber(iterations) do
        local seconds, shown = sample(tonumber(calls))
        samples[i] = string.format("%.12g", seconds)
        if shown ~= first.shown then
          other = shown
        end
      end
      if other then
        reply("differs", escaped(other))
      else
        reply("samples " .. table.concat(samples, " "))
      end
    end
  end
end
