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
-- function takes, and is false where any number may come; `result` brings what it returns back.
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
  if count < known.least or known.params and count > #known.params then
    fail("type: " .. known.shown .. " cannot be given " .. count .. " arguments")
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

-- part: any_join_lists needs: type_of, Float, unboxed, settle, joined_lists, article, fail
local function any_join_lists(a, s, b, t)
  if not settle(a, s, t) and not settle(b, t, s) then
    fail("type: cannot add " .. article(s) .. " and " .. article(t))
  end
  return typed(joined_lists(a, b), types[a] or types[b] or "list")
end

-- part: float_operations needs: divide, float_floor_div, float_mod, float_power
local float_operations = {
  ["+"] = function(x, y) return x + y end,
  ["-"] = function(x, y) return x - y end,
  ["*"] = function(x, y) return x * y end,
  ["/"] = divide,
  ["//"] = float_floor_div,
  ["%"] = float_mod,
  ["**"] = float_power,
}

-- part: any_binary needs: arithmetic, float_operations, any_join_lists, repeat_text, repeat_list
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
