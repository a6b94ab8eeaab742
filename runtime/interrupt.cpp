// What stops a run from outside: the time limit and Ctrl-C. Both only ask; the program answers at
// its next poll. One that does not answer sits in a foreign function, waits for a reader of its
// output, or is being compiled: the process is ended then.
// Tests: tests/runtime/run_test.cpp, tests/cli/process_test.cpp; tools/interrupts measures.

#include "runtime/interrupt.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include <sys/time.h>
#include <unistd.h>

#include "frontend/check.h"
#include "runtime/run.h"

namespace runtime {

namespace {

// What a program has to answer in.
constexpr auto kAnswerTime = std::chrono::milliseconds(250);
constexpr auto kAnswerTimeToCtrlC = std::chrono::milliseconds(200);

// Safe in a signal handler, and beside a program that is still running.
[[noreturn]] void EndProcess(std::string_view message, ErrorKind kind) {
  const ssize_t written = ::write(STDERR_FILENO, message.data(), message.size());
  (void)written;  // the process ends either way
  ::_exit(ExitStatus(kind));
}

}  // namespace

struct Watchdog::State {
  explicit State(Context& the_context) : context(the_context) {}

  void Watch() {
    const auto limit = std::chrono::duration<double>(context.limits.seconds);
    std::unique_lock lock(mutex);
    if (changed.wait_for(lock, limit, [this] { return over; })) {
      return;
    }
    context.RequestInterrupt(Interrupt::Time);
    if (changed.wait_for(lock, kAnswerTime, [this] { return over; })) {
      return;
    }
    if (context.interrupted()) {
      EndProcess("error: time limit: the time is over, and the program does not answer\n",
                 ErrorKind::Time);
    }
  }

  Context& context;
  std::mutex mutex;
  std::condition_variable changed;
  bool over = false;
  std::thread thread;
};

Watchdog::Watchdog(Context& context) {
  if (context.limits.seconds <= 0) {
    return;
  }
  state_ = std::make_unique<State>(context);
  // Signals belong to the thread that runs the program: a blocked mask is inherited.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  state_->thread = std::thread([state = state_.get()] { state->Watch(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Watchdog::~Watchdog() {
  if (state_ == nullptr) {
    return;
  }
  {
    const std::lock_guard lock(state_->mutex);
    state_->over = true;
  }
  state_->changed.notify_one();
  state_->thread.join();
}

namespace {

// A signal handler can only reach what is global. One run at a time is interruptible.
std::atomic<Context*> interruptible{nullptr};
std::atomic<bool> asked_before{false};
std::atomic<bool> is_unstoppable{false};
struct sigaction interrupt_before;
struct sigaction alarm_before;

[[noreturn]] void EndInterrupted() {
  EndProcess("error: interrupted: stopped by Ctrl-C\n", ErrorKind::Interrupt);
}

// From the thread of the run: a write that nobody reads, or a foreign function.
void OnNoAnswer(int) { EndInterrupted(); }

// Zero stops it.
void SetAlarm(std::chrono::microseconds after) {
  itimerval timer = {};
  timer.it_value.tv_usec = after.count();
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

void OnInterrupt(int) {
  Context* context = interruptible.load();
  if (context == nullptr || asked_before.exchange(true)) {
    EndProcess("\n", ErrorKind::Interrupt);
  }
  context->RequestInterrupt(Interrupt::User);
  if (is_unstoppable.load()) {
    EndInterrupted();
  }
  SetAlarm(kAnswerTimeToCtrlC);
}

void Listen(int signal, void (*handler)(int), struct sigaction* before) {
  struct sigaction action = {};
  action.sa_handler = handler;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, before);
}

}  // namespace

InterruptOnCtrlC::InterruptOnCtrlC(Context& context) {
  Context* none = nullptr;
  LAB_CHECK(interruptible.compare_exchange_strong(none, &context));
  asked_before = false;
  Listen(SIGALRM, OnNoAnswer, &alarm_before);
  ::sigaction(SIGINT, nullptr, &interrupt_before);
  // Whoever starts us in the background has Ctrl-C ignored; keep it so.
  if (interrupt_before.sa_handler != SIG_IGN) {
    Listen(SIGINT, OnInterrupt, nullptr);
  }
}

InterruptOnCtrlC::~InterruptOnCtrlC() {
  ::sigaction(SIGINT, &interrupt_before, nullptr);
  SetAlarm(std::chrono::microseconds(0));
  ::sigaction(SIGALRM, &alarm_before, nullptr);
  interruptible = nullptr;
}

Unstoppable::Unstoppable(Context& context) {
  if (interruptible.load() != &context) {
    return;
  }
  context.out.Flush();  // a failure shows at the next write
  is_unstoppable = true;
  if (context.interrupt.load() == static_cast<uint32_t>(Interrupt::User)) {
    EndInterrupted();
  }
}

Unstoppable::~Unstoppable() { is_unstoppable = false; }

}  // namespace runtime
