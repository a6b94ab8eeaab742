#pragma once
// What `lab help time` and `lab help timeit` print.

#include <string_view>

namespace cli {

inline constexpr std::string_view kTimeHelp =
    R"(Examples
  lab time programs/fib.gc 24              what a run has used, in the fields of GNU time -v
  lab time --backend=jit programs/fib.gc 24
  lab time --backend=interp,jit programs/fib.gc 24        side by side
  lab time -p programs/fib.gc              real, user and sys, as POSIX has them
  lab time -f '%e s, %M kB' programs/fib.gc
  lab time -o used.txt -a programs/fib.gc  added to a file

The run is a fresh process of `lab run` and takes its flags (`lab help run`); they stand before
FILE. What it prints stays on standard output; the fields go to standard error. The exit status is
the program's.

  --backend=LIST         engines, as in interp,jit or interp-boxed,jit-O0,jit:fast; with several,
                         the answers are compared before the times are shown
  -f FORMAT              %e seconds, %E h:mm:ss, %U user, %S system, %P CPU, %M kbytes at most,
                         %F %R page faults, %w %c context switches, %I %O file system, %x exit
                         status, %C command; \n and \t as usual
  -p                     the format of POSIX
  -v                     all fields; so it is without -f
  --json                 all fields, with all their digits
  -q                     nothing about a program that ended badly
  -o FILE                to this file instead of standard error
  -a                     behind what the file holds
)";

inline constexpr std::string_view kTimeitHelp =
    R"(Examples
  lab timeit 'sum(range(100))'             how long a statement takes, on the interpreter
  lab timeit --backend=jit 'sqrt(2.0 + turn)'
  lab timeit -s 'let xs = list(range(1000))' 'sum(x * x for x in xs)'
  lab timeit -f programs/fib.gc 'fib(20)'  with the definitions of a program
  lab timeit --backend=interp,jit 'sum(range(100))'       how much faster?
  lab timeit -s 'let s = "ab"' 's + s' --compare 's * 2'

A statement runs in a loop, 1, 2, 5, 10, 20 ... times until that takes 0.2 seconds, and the loop is
repeated; the best repeat counts. What is set up runs once, outside of the time. `turn` is the
number of the loop, from 0: a compiler does work that is the same each time only once.

  -n N                   loops (default: as many as take 0.2 seconds)
  -r N                   repeats (default 5; 15 when something is compared)
  -s SETUP               runs once at first; may be repeated
  -f FILE                a program to set up; its main does not run
  -u UNIT                nsec, usec, msec or sec
  --backend=LIST         engines, as in interp,jit or interp-boxed,jit-O0,jit:fast (default interp)
  --compare=STATEMENT    another statement; may be repeated
  -v                     all tries and repeats
  --json                 on standard output, in seconds
  --max-memory=SIZE      end a statement when it holds more: 64k, 512M, 2G (default 1G)
  --max-source=SIZE      refuse larger programs (default 16M)
  --allow-extern=NAME    let `extern "NAME"` load this library; may be repeated
  --no-sandbox           let statements ask the system for anything, as for `lab run`
  --color=WHEN           auto, always or never
)";

}  // namespace cli
