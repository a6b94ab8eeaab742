#pragma once
// A process forked from ours that works through programs and tells what it has done so far through
// shared memory, so that nothing is lost when it dies.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <sys/types.h>

namespace fuzz {

// When a process is taken to hang. Its own time counts, since a loaded machine makes it wait; one
// that waits for ever, as in a deadlock, uses none. What other processes do for it (CPython) is not
// its own time.
struct HangLimit {
  double processor_seconds = 30;
  double wall_seconds = 60;
};

// Written by the process, read by whoever forked it.
struct SharedState {
  static constexpr size_t kTextBytes = 1 << 16;
  uint64_t begun = 0;  // programs, the one it is at included
  char lane[32] = {};
  double lane_begin_seconds = 0;  // of processor time, when the lane began
  uint64_t text_bytes = 0;
  char text[kTextBytes] = {};  // lines that the process has written with Tell()

  void SetLane(std::string_view name);
  // False: there is no room left.
  bool Tell(std::string_view line);
};

class ProcessSlot {
 public:
  ProcessSlot();
  ~ProcessSlot();
  ProcessSlot(const ProcessSlot&) = delete;
  ProcessSlot& operator=(const ProcessSlot&) = delete;

  bool is_running() const { return pid_ > 0; }
  // Forks; `work` runs on a large stack in the new process, which then ends.
  void Start(const std::function<void(SharedState&)>& work);

  struct End {
    bool is_success = false;
    std::string how;          // "signal 11", "status 70", "hang"
    std::string diagnostics;  // the end of what it wrote to standard error
  };
  // Whether the process has ended; kills one that has begun nothing new for as long as the limit.
  std::optional<End> Poll(const HangLimit& limit);
  // Waits for it in the same way.
  End Wait(const HangLimit& limit);
  void Kill();

  const SharedState& state() const { return *state_; }

 private:
  // Since the last progress that was seen.
  bool IsBeyond(const HangLimit& limit);
  End EndOf(int status) const;

  SharedState* state_;
  int errors_;  // a file in memory: the process's standard error
  pid_t pid_ = 0;
  uint64_t begun_ = 0;
  bool is_killed_ = false;
  std::chrono::steady_clock::time_point last_progress_;
  double seconds_at_progress_ = 0;  // of processor time
};

}  // namespace fuzz
