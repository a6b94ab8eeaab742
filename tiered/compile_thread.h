#pragma once
// One thread that does one job at a time beside the run. It is started by the
// first job. What a job did is visible to the thread of the run once IsIdle() or
// Wait() has said so.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace tiered {

class CompileThread {
 public:
  CompileThread() = default;
  // Waits for the job that is being done.
  ~CompileThread();
  CompileThread(const CompileThread&) = delete;
  CompileThread& operator=(const CompileThread&) = delete;

  // Only when idle. The job runs on a large stack and throws nothing. False: the system grants no
  // thread, and the job is not done.
  bool Start(std::function<void()> job);
  bool IsIdle() const { return !is_busy_.load(std::memory_order_acquire); }
  void Wait();

 private:
  bool MakeThread();
  void Run();

  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void()> job_;  // guarded by mutex_
  bool is_leaving_ = false;    // guarded by mutex_
  std::atomic<bool> is_busy_{false};
};

}  // namespace tiered
