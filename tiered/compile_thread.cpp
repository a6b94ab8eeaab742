// Test: tests/tiered/compile_thread_test.cpp.

#include "tiered/compile_thread.h"

#include <csignal>
#include <ctime>
#include <system_error>
#include <utility>

#include "frontend/check.h"
#include "runtime/run.h"

namespace tiered {
namespace {

// Shorter jobs say nothing about the share.
constexpr double kShortSeconds = 0.5e-3;

double Seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

CompileThread::~CompileThread() {
  if (!thread_.joinable()) {
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    is_leaving_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool CompileThread::Start(std::function<void()> job) {
  if (!thread_.joinable() && !MakeThread()) {
    return false;
  }
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
    is_busy_.store(true, std::memory_order_relaxed);
  }
  changed_.notify_all();
  return true;
}

// Signals belong to the thread of the run.
bool CompileThread::MakeThread() {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    thread_ = std::thread([this] { runtime::OnLargeStack([this] { Run(); }); });
  } catch (const std::system_error&) {
    // Without a thread, nothing is compiled.
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread_.joinable();
}

void CompileThread::Wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return IsIdle(); });
}

void CompileThread::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !jobs_.empty() || is_leaving_; });
    if (jobs_.empty()) {
      return;
    }
    const std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    const double start = Seconds(CLOCK_MONOTONIC);
    const double worked = Seconds(CLOCK_THREAD_CPUTIME_ID);
    job();
    const double took = Seconds(CLOCK_MONOTONIC) - start;
    if (took > kShortSeconds) {
      const double share = (Seconds(CLOCK_THREAD_CPUTIME_ID) - worked) / took;
      share_.store((share_.load(std::memory_order_relaxed) + share) / 2, std::memory_order_relaxed);
    }
    lock.lock();
    if (jobs_.empty()) {
      is_busy_.store(false, std::memory_order_release);
      changed_.notify_all();
    }
  }
}

}  // namespace tiered
