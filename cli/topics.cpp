// Topics of `lab help` that are no commands. The statuses are those of exit_status.h and
// runtime/error_kinds.def; the code on the screen about the language is run by
// tests/cli/help_test.cpp.

#include "cli/topics.h"

namespace cli {

namespace {

constexpr std::string_view kExitCodes =
    R"(How `lab` ends

    0  all went well
    1  the program ended with an error: overflow, a wrong type, a failed assert ...
    2  the command line is not right
    3  the program does not compile
    4  a limit was reached: calls nested too deep, or --max-memory
    5  reading the program or writing its output failed
    6  engines do not give the same answer
   69  something that is needed is missing
   70  a bug in the lab; please report it
  124  --time-limit was reached
  130  stopped by Ctrl-C
  141  whoever read the output has closed it (`lab run prog.gc | head -1`)

Standard output holds what the program prints and nothing else; every message goes to standard
error.
)";

constexpr std::string_view kLanguage =
    R"(The gc language on one screen

  # A comment.                            Everything is an expression; a block's
  let x = 3                               value is its last one.
  var total = 0.0                         `let` stays, `var` can be assigned:
  total += x * 2                          =  +=  -=  *=  /=  //=  %=

  def area(w, h = 1) = w * h              area(2), area(2, h = 3), 2.area(3)
  def grade(points: int) -> str {         types may be declared: int float bool str
      if points > 90 { "A" }              none list[T] seq[T] fn(T) -> T
      elif points > 70 { "B" }
      else { return "C" }
  }
  for i in range(10) { print(i) }         range(stop), range(start, stop, step)
  while total < 100.0 { total *= 2.0 }    break  continue  return
  let double = x => x * 2                 lambdas: x => ...  (a, b) => ...  () => ...

  let xs = [1, 2, 3]                      xs[0]  xs[-1]  xs[0] = 7  append(xs, 4)  pop(xs)
  [x * x for x in xs if x > 1]            a list
  sum(x * x for x in xs)                  lazy: nothing is stored, and gone once consumed
  def evens(n) {                          a function that yields gives a lazy sequence
      for i in range(n) { if i % 2 == 0 { yield i } }
  }

  1 + 2 - 3 * 4 / 5 // 6 % 7 ** 8         /  gives a float;  // and %  floor, as in Python
  ==  !=  <  <=  >  >=  and  or  not      int is 64 bits; leaving them is an error
  memo def fib(n) = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }
  extern "m" def cosf(x: f32) -> f32      a C function
  bench work(n = 1_000) = sum(range(n))   a function to be measured
  def main(n = 10) = print(work(n))       runs last: lab run prog.gc 20, or n=20

  pi e inf nan   abs fabs min max floor ceil round sqrt sin cos tan asin acos atan atan2 exp
  log log2 log10 pow hypot   int float str bool len   range map filter sum any all list join
  append pop   buffer write text   print assert error keep clock
)";

constexpr Topic kTopics[] = {
    {"language", "the language on one screen", kLanguage},
    {"exit-codes", "how `lab` ends, and what the numbers mean", kExitCodes},
};

}  // namespace

std::span<const Topic> Topics() { return kTopics; }

}  // namespace cli
