#pragma once
// What `lab help emit`, `lab help peers` and `lab help check` print below the usage.

#include <string_view>

namespace cli {

inline constexpr std::string_view kEmitHelp =
    R"(Examples
  lab emit --to=python programs/great_circle.gc
  lab emit --to=c programs/great_circle.gc -o great_circle.c
  lab emit --to=js -e 'print(7 // 2)'
  lab emit --to=c --overflow=native programs/fib.gc      for runs that end well: fewer checks

Languages: python, cython, c, lua (5.4), luajit and js. A program that uses what a language cannot
do is refused, with the place and status 69. docs/peers.md tells what is kept and what is added.

  --to=LANGUAGE          the language
  -e EXPR                take the program's text from the command line
  -o FILE                write this file, as a whole, instead of standard output
  --overflow=WHAT        checked: an int that leaves 64 bits ends the program (default)
                         native: what the language does; for runs known to end well, so that C,
                         Lua and JavaScript leave out other checks as well
  --ending=WHAT          main: the top level, then main with the command line's arguments (default)
                         measure: the protocol that `lab compare --peers` speaks
  --max-source=SIZE      refuse larger programs (default 16M)
  --color=WHEN           auto, always or never
)";

inline constexpr std::string_view kPeersHelp =
    R"(Examples
  lab peers                                which are installed, and how to get the others
  lab peers --json

Peers are other language systems that run the same program: `lab check` compares what they answer,
`lab compare --peers=all` how long they take.

  --json                 one JSON object
  --color=WHEN           auto, always or never
)";

inline constexpr std::string_view kCheckHelp =
    R"(Examples
  lab check programs/great_circle.gc       on every engine, in all modes, and on every peer
  lab check programs/fib.gc 24             24 is main's first argument
  lab check --peers=cpython,gcc --backend=jit programs/fib.gc

Compares what is printed and, where the program ends with an error, its kind and line. The first
row is what the others are compared with. Ends with 6 when anything differs. Flags stand before
FILE.

  --backend=LIST         engines (default: all, in every mode)
  --peers=LIST           peers, all or none (default all): cpython, pypy, cython, lua, luajit, node,
                         gcc, clang; one that is not installed costs a line
  --json                 one JSON object
  --time-limit=SECONDS   of each run (default 60)
  --max-memory=SIZE      of each engine of the lab (default 1G)
  --max-source=SIZE      refuse larger programs (default 16M)
  --allow-extern=NAME    a library that extern may load
  --color=WHEN           auto, always or never
)";

}  // namespace cli
