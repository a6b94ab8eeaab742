// Line 1 of each is where `squares` fails; that is told by `lines`.

#include "tests/peers/measured_programs.h"

#include <string_view>

namespace peers {
namespace {

constexpr char kPython[] = R"text(def fail(): raise IndexError("index: 13 is outside")
import sys, io, time
out = io.StringIO()
drifted = 0
def squares(n):
    if n == 13: fail()
    print("n =", n, file=out)
    total = 0
    for i in range(n): total += i * i
    return total
def drift(n):
    global drifted
    drifted += 1
    return drifted
def nothing(n): pass
def escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
def show(value): return "none" if value is None else str(value)
def main():
    bench = globals()[sys.argv[1]]
    n = int(sys.argv[2].partition("=")[2])
    first = None
    print("ready", flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "end": break
        if words[0] == "answer":
            tag = "none" if first[0] == "none" else "int"
            print("answer", tag, escape(first[0]), escape(first[1]), sep="\t", flush=True)
            continue
        samples = []
        for sample in range(int(words[1])):
            calls = int(words[2])
            begin = time.perf_counter()
            for call in range(calls): value = bench(n)
            samples.append((time.perf_counter() - begin) / calls)
            text = show(value)
            if first is None: first = (text, out.getvalue())
            out.seek(0); out.truncate()
            if text != first[0]:
                print("differs", escape(text), sep="\t", flush=True)
                break
        else:
            print("samples", *("%.9g" % s for s in samples), flush=True)
main()
)text";

constexpr char kLua[] = R"text(local function fail() error("index: 13 is outside") end
local out, drifted = {}, 0
local benches = {}
function benches.squares(n)
  if n == 13 then fail() end
  out[#out + 1] = "n = " .. n .. "\n"
  local total = 0
  for i = 0, n - 1 do total = total + i * i end
  return total
end
function benches.drift(n) drifted = drifted + 1; return drifted end
function benches.nothing(n) end
local function escape(text)
  return (text:gsub("\\", "\\\\"):gsub("\t", "\\t"):gsub("\n", "\\n"))
end
local function show(value) return value == nil and "none" or string.format("%d", value) end
local function say(...) io.write(table.concat({...}, "\t"), "\n"); io.flush() end
local bench = benches[arg[1]]
local n = math.floor(tonumber(arg[2]:match("=(.*)")))
local first
say("ready")
for line in io.lines() do
  local words = {}
  for word in line:gmatch("%S+") do words[#words + 1] = word end
  if words[1] == "end" then break end
  if words[1] == "answer" then
    say("answer", first[1] == "none" and "none" or "int", escape(first[1]), escape(first[2]))
  else
    local samples, differs, value = {"samples"}, nil, nil
    for sample = 1, tonumber(words[2]) do
      local calls = tonumber(words[3])
      local begin = os.clock()
      for call = 1, calls do value = bench(n) end
      samples[#samples + 1] = string.format("%.9g", (os.clock() - begin) / calls)
      local text = show(value)
      first = first or {text, table.concat(out)}
      out = {}
      if text ~= first[1] then differs = text; break end
    end
    if differs then say("differs", escape(differs)) else say(table.concat(samples, " ")) end
  end
end
)text";

constexpr char kJs[] = R"text(function fail() { throw new Error("index: 13 is outside"); }
const fs = require("fs");
let out = "", drifted = 0;
const benches = {
  squares(n) {
    if (n === 13) fail();
    out += `n = ${n}\n`;
    let total = 0;
    for (let i = 0; i < n; i++) total += i * i;
    return total;
  },
  drift(n) { return ++drifted; },
  nothing(n) { return null; },
};
const escape = text =>
  text.replace(/\\/g, "\\\\").replace(/\t/g, "\\t").replace(/\n/g, "\\n");
const show = value => value === null ? "none" : String(value);
const say = text => fs.writeSync(1, text + "\n");
let pending = "";
function readLine() {
  for (let end; (end = pending.indexOf("\n")) < 0;) {
    const bytes = Buffer.alloc(4096);
    const count = fs.readSync(0, bytes);
    if (count === 0) return null;
    pending += bytes.toString("utf8", 0, count);
  }
  const end = pending.indexOf("\n"), line = pending.slice(0, end);
  pending = pending.slice(end + 1);
  return line;
}
const bench = benches[process.argv[2]], n = Number(process.argv[3].split("=")[1]);
let first = null;
say("ready");
for (let line; (line = readLine()) !== null && line !== "end";) {
  const [word, iterations, calls] = line.split(" ");
  if (word === "answer") {
    const tag = first[0] === "none" ? "none" : "int";
    say(["answer", tag, escape(first[0]), escape(first[1])].join("\t"));
    continue;
  }
  const samples = ["samples"];
  let differs = null;
  for (let sample = 0; sample < Number(iterations) && differs === null; sample++) {
    let value;
    const begin = process.hrtime.bigint();
    for (let call = 0; call < Number(calls); call++) value = bench(n);
    samples.push((Number(process.hrtime.bigint() - begin) / 1e9 / Number(calls)).toPrecision(9));
    const text = show(value);
    first ??= [text, out];
    out = "";
    if (text !== first[0]) differs = text;
  }
  say(differs === null ? samples.join(" ") : "differs\t" + escape(differs));
}
)text";

constexpr char kC[] = R"text(#define FAIL "program.c:1: index: 13 is outside\n"
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
static char out[256];
static long drifted;
static long squares(long n) {
  if (n == 13) { fputs(FAIL, stderr); exit(1); }
  snprintf(out, sizeof out, "n = %ld\\n", n);
  long total = 0;
  for (long i = 0; i < n; ++i) total += i * i;
  return total;
}
static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}
int main(int argc, char** argv) {
  (void)argc;
  const char* bench = argv[1];
  const volatile long n = atol(strchr(argv[2], '=') + 1);
  int has_first = 0;
  long first = 0;
  char first_out[256];
  puts("ready");
  fflush(stdout);
  for (char line[256]; fgets(line, sizeof line, stdin) && strcmp(line, "end\n") != 0;) {
    if (strcmp(line, "answer\n") == 0) {
      if (strcmp(bench, "nothing") == 0) printf("answer\tnone\tnone\t\n");
      else printf("answer\tint\t%ld\t%s\n", first, first_out);
    } else {
      int iterations = 0;
      long calls = 0, value = 0, differs = 0;
      sscanf(line, "run %d %ld", &iterations, &calls);
      double* samples = malloc((size_t)iterations * sizeof *samples);
      for (int sample = 0; sample < iterations && !differs; ++sample) {
        const double begin = now();
        for (long call = 0; call < calls; ++call) {
          value = strcmp(bench, "squares") == 0 ? squares(n)
                  : strcmp(bench, "drift") == 0 ? ++drifted : 0;
        }
        samples[sample] = (now() - begin) / (double)calls;
        if (!has_first) { first = value; strcpy(first_out, out); has_first = 1; }
        differs = value != first;
      }
      if (differs) printf("differs\t%ld", value);
      else printf("samples");
      for (int sample = 0; sample < iterations && !differs; ++sample)
        printf(" %.9g", samples[sample]);
      puts("");
      free(samples);
    }
    fflush(stdout);
  }
  return 0;
}
)text";

std::string_view TextFor(emit::Target target) {
  switch (target) {
    case emit::Target::Python:
    case emit::Target::Cython:
      return kPython;
    case emit::Target::Lua:
    case emit::Target::LuaJit:
      return kLua;
    case emit::Target::Js:
      return kJs;
    case emit::Target::C:
      return kC;
  }
  return {};
}

}  // namespace

emit::Translation MeasuredText(emit::Target target) {
  emit::Translation translation;
  translation.text = TextFor(target);
  translation.lines = {{7, 7}};
  return translation;
}

}  // namespace peers
