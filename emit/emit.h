#pragma once
// The same program, written in the language of a peer: source text that a reader of that language
// would accept as its version of the program. Names, comments, structure and factoring are kept; a
// prelude, of those parts only that are needed, stands in front where the meaning differs.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/program.h"
#include "frontend/source.h"

namespace emit {

// A language that programs can be written in. Lua and LuaJit differ in what ints are.
enum class Target : uint8_t { Python, Cython, C, Lua, LuaJit, Js };

// "python", "luajit" ... as --to= takes it.
std::string_view Name(Target target);
std::optional<Target> FindTarget(std::string_view name);
std::vector<std::string_view> TargetNames();
// "py", "pyx", "c" ...: how its files end, without the dot.
std::string_view FileExtension(Target target);

enum class Ending : uint8_t {
  // The top level, then main with the arguments of the command line: what `lab run` does.
  Main,
  // The top level, then one bench as often as standard input asks (docs/peers.md, "The protocol").
  Measure,
};

// What becomes of an int that leaves 64 bits. Native: what the target does, for a run that is known
// to end well, such as one that an engine of the lab has done before. C then checks no domains, Lua
// and JavaScript no indices, divisors and domains either. A target whose numbers are doubles stops
// at 2^53 in both cases.
enum class Overflow : uint8_t { Checked, Native };

struct Options {
  Ending ending = Ending::Main;
  Overflow overflow = Overflow::Checked;
};

// Why a program, or this run of it, cannot be had in a target.
struct Refusal {
  frontend::Span span;
  std::string text;  // "a function of a C library other than \"m\" cannot be called from Lua"
};

struct Translation {
  std::string text;
  // For each line of `text`: the lines of the program it was made of, [first, last], counted from
  // 1; both 0 in the prelude and wherever nothing of the program stands.
  struct Lines {
    uint32_t first = 0;
    uint32_t last = 0;
  };
  std::vector<Lines> lines;
  // Set: the text is empty.
  std::optional<Refusal> refusal;
};

Translation Translate(const frontend::Program& program, Target target, const Options& options);

}  // namespace emit
