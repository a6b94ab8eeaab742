// Test: tests/tiered/compile_thread_test.cpp.

#include "tiered/compile_thread.h"

#include <csignal>
#include <system_error>
#include <utility>

#include "frontend/check.h"
#include "runtime/run.h"

namespace tiered {

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
  LAB_CHECK(IsIdle());
  if (!thread_.joinable() && !MakeThread()) {
    return false;
  }
  {
    const std::lock_guard lock(mutex_);
    job_ = std::move(job);
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
    changed_.wait(lock, [this] { return job_ != nullptr || is_leaving_; });
    if (job_ == nullptr) {
      return;
    }
    const std::function<void()> job = std::exchange(job_, nullptr);
    lock.unlock();
    job();
    lock.lock();
    is_busy_.store(false, std::memory_order_release);
    changed_.notify_all();
  }
}

}  // namespace tiered
