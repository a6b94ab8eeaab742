#pragma once
// For work that a run does where it cannot look at Context::interrupt.

#include "runtime/context.h"

namespace runtime {

// While alive, the thread of the run does what nothing can stop, such as having LLVM translate a
// module: Ctrl-C then ends the process at once, and not after the time that a program has
// to answer in. What was printed is written out before. Only for the thread of the run;
// without effect where nothing listens for Ctrl-C (InterruptOnCtrlC).
class Unstoppable {
 public:
  explicit Unstoppable(Context& context);
  ~Unstoppable();
  Unstoppable(const Unstoppable&) = delete;
  Unstoppable& operator=(const Unstoppable&) = delete;
};

}  // namespace runtime
