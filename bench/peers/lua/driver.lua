-- Runs one bench of a peer program: `PROGRAM BENCH N ITERATIONS`, under Lua 5.4 and LuaJIT.
-- Prints a line per iteration, `checksum<TAB>seconds`. os.clock is processor time; standard Lua has
-- no finer wall clock. "%.17g" writes a double so that it reads back exactly.
return function(benches)
  local bench, n, iterations = benches[arg[1]], tonumber(arg[2]), tonumber(arg[3])
  for _ = 1, iterations do
    local start = os.clock()
    local value = bench(n)
    local seconds = os.clock() - start
    print(string.format("%.17g\t%.9f", value, seconds))
  end
end
