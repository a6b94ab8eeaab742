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
