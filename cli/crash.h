#pragma once
// What happens when the lab itself is at fault: a message, and status 70.

#include <cstddef>
#include <memory>

namespace cli {

// Process-wide: uncaught exceptions, failing memory accesses and the like end the process with a
// message and kBug. Called once, by main.
void InstallCrashHandlers();

// While alive, the calling thread handles signals on a stack of its own, so that even running out
// of stack can be reported.
class SignalStack {
 public:
  SignalStack();
  ~SignalStack();
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cli
