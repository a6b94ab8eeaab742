#pragma once
// What `lab help why` prints.

#include <string_view>

namespace cli {

inline constexpr std::string_view kWhyHelp =
    R"(Examples
  lab why programs/great_circle.gc         what became of each function and loop
  lab why programs/great_circle.gc:20      of what stands on line 20
  lab why programs/fib.gc 30               30 is main's first argument
  lab why --backend=jit programs/fib.gc
  lab why --json programs/fib.gc

Runs the program, hides what it prints, and says what was interpreted and what compiled, when, how
long that took and why: what is boxed because its type is not settled, what was inlined, what was
refused, and which edit would change it. docs/why.md explains the words.

Takes the flags of `lab run` (`lab help run`), which stand before FILE, but for --stats, --events,
--perf and --gdb. The exit status is the program's; 2 when there is nothing on the line.

  --backend=NAME         tiered (the default) or jit
  --tier=MODE            of tiered: auto, calls, loops or random
  --time-limit=SECONDS   end the program after this time, and explain it so far
  --json                 all of it for programs
  --max-memory=SIZE, --max-source=SIZE, --allow-extern=NAME,
  --no-sandbox, --color=WHEN
                         as for `lab run`
)";

}  // namespace cli
