// The last resort. Nothing is unwound and nothing buffered is flushed, since nothing can be trusted
// any more; only calls that are allowed in a signal handler are made.
// Tests: tests/cli/crash_test.cpp.

#include "cli/crash.h"

#include <array>
#include <csignal>
#include <cstring>
#include <exception>
#include <new>

#include <unistd.h>

#include "cli/exit_status.h"

namespace cli {

namespace {

void Say(const char* text) {
  const ssize_t written = write(STDERR_FILENO, text, std::strlen(text));
  static_cast<void>(written);  // there is nobody left to tell
}

[[noreturn]] void Die(const char* what) {
  Say("lab: internal error: ");
  Say(what);
  Say("\nlab: this is a bug in the lab, not in your program; please report it\n");
  _exit(kBug);
}

[[maybe_unused]] void OnSignal(int signal) {
  switch (signal) {
    case SIGSEGV:
      Die("invalid memory access (SIGSEGV)");
    case SIGBUS:
      Die("invalid memory access (SIGBUS)");
    case SIGFPE:
      Die("invalid arithmetic (SIGFPE)");
    default:
      Die("invalid instruction (SIGILL)");
  }
}

// No bug: the machine, or a limit around this process, has nothing left to give. Said at once, as
// LLVM's containers are not fit to be destroyed after an allocation that has failed.
[[noreturn]] void OnNoMemory() {
  Say("error: memory limit: the machine has no more memory\n");
  _exit(kLimit);
}

[[noreturn]] void OnTerminate() {
  if (const std::exception_ptr exception = std::current_exception()) {
    try {
      std::rethrow_exception(exception);
    } catch (const std::bad_alloc&) {
      OnNoMemory();
    } catch (const std::exception& error) {
      Die(error.what());
    } catch (...) {
      Die("an exception of an unknown type");
    }
  }
  Die("the C++ library gave up");
}

}  // namespace

void InstallCrashHandlers() {
  std::set_terminate(OnTerminate);
  std::set_new_handler(OnNoMemory);
#if !defined(__SANITIZE_ADDRESS__)  // The sanitizer has handlers that tell more.
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_ONSTACK | SA_RESETHAND;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    sigaction(signal, &action, nullptr);
  }
#endif
}

struct SignalStack::State {
  std::array<char, 32 * 1024> bytes;
  stack_t before = {};
};

// The bytes stay uninitialised: clearing them would cost more than the rest of a short run's
// set-up.
SignalStack::SignalStack() : state_(new State) {
  stack_t stack = {};
  stack.ss_sp = state_->bytes.data();
  stack.ss_size = state_->bytes.size();
  sigaltstack(&stack, &state_->before);
}

SignalStack::~SignalStack() { sigaltstack(&state_->before, nullptr); }

}  // namespace cli
