#pragma once
// Running a program from outside: the large stack, the watchdog, Ctrl-C, and
// the order of a run (top level, then main with the program's arguments).

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/backend.h"

namespace runtime {

// Runs `body` on a stack large enough for the depth limit at the deepest
// nesting the parser accepts (reserved, committed only as touched). What `body`
// throws is thrown again from here.
void OnLargeStack(const std::function<void()>& body);
// Where frames of unusual size must stop growing: what lies below, three eighths of the large
// stack that the calling thread runs on, is for those of usual size. Null outside OnLargeStack.
const void* LargeFramesEnd();

// While alive: sets context.interrupt after limits.seconds. A thread, only
// when there is a limit. When the program does not answer within 250 ms
// (a foreign call), ends the process with status 124.
class Watchdog {
 public:
  explicit Watchdog(Context& context);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// While alive: Ctrl-C sets context.interrupt; when the program does not answer within 200 ms, or at
// a second one, the process ends with 130. Uses SIGALRM and its timer.
class InterruptOnCtrlC {
 public:
  explicit InterruptOnCtrlC(Context& context);
  ~InterruptOnCtrlC();
  InterruptOnCtrlC(const InterruptOnCtrlC&) = delete;
  InterruptOnCtrlC& operator=(const InterruptOnCtrlC&) = delete;
};

// Top level, then `main` if there is one with `args` ("5000", "n=5000": int,
// float, bool by their spelling, else str); prints main's value unless none.
// Without a main, `print_last` prints the value of the last top-level
// expression (for `lab -e`). Flushes the output. Usage mistakes in args are
// ErrorKind::Value or Type errors that name the parameter; nothing has run then.
// The trace of an error that has no place in the program is empty.
Outcome RunProgram(Executable& executable, Context& context, const std::vector<std::string>& args,
                   bool print_last);

}  // namespace runtime
