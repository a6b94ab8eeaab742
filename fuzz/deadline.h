#pragma once
// Ends a run when its time is over. Test: tests/fuzz/observe_test.cpp.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "runtime/context.h"

namespace fuzz {

// While alive: asks the run of `context` to end with "time limit" after `most`.
class Deadline {
 public:
  Deadline(runtime::Context& context, std::chrono::milliseconds most)
      : thread_([this, &context, most] { Wait(context, most); }) {}
  ~Deadline() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

 private:
  void Wait(runtime::Context& context, std::chrono::milliseconds most) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, most, [this] { return is_over_; })) {
      context.RequestInterrupt(runtime::Interrupt::Time);
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace fuzz
