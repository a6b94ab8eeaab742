// Test: tests/tiered/compile_thread_test.cpp.

#include "tiered/compile_thread.h"

#include <csignal>
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

void CompileThread::Start(std::function<void()> job) {
  LAB_CHECK(IsIdle());
  {
    const std::lock_guard lock(mutex_);
    job_ = std::move(job);
    is_busy_.store(true, std::memory_order_relaxed);
  }
  if (!thread_.joinable()) {
    // Signals belong to the thread of the run.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { runtime::OnLargeStack([this] { Run(); }); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  changed_.notify_all();
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
