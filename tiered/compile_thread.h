#pragma once
// One thread that does jobs one after the other beside the run. It is started by
// the first job. What jobs did is visible to the thread of the run once IsIdle()
// or Wait() has said so.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tiered {

class CompileThread {
 public:
  CompileThread() = default;
  // Waits for the jobs.
  ~CompileThread();
  CompileThread(const CompileThread&) = delete;
  CompileThread& operator=(const CompileThread&) = delete;

  // Does the job when those before it are done. It runs on a large stack and throws nothing. False:
  // the system grants no thread, and the job is not done.
  bool Start(std::function<void()> job);
  bool IsIdle() const { return !is_busy_.load(std::memory_order_acquire); }
  // What share of the time its jobs took a processor was there for them, from 0 to 1, lately; 1 at
  // first. Where others want the processors as well, it is less.
  double processor_share() const { return share_.load(std::memory_order_relaxed); }
  void Wait();

 private:
  bool MakeThread();
  void Run();

  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;  // guarded by mutex_
  bool is_leaving_ = false;                 // guarded by mutex_
  std::atomic<bool> is_busy_{false};
  std::atomic<double> share_{1};
};

}  // namespace tiered
