// fork() without exec: LLVM has been made ready once, in the parent, which has one thread.
// Test: tests/fuzz/campaign_test.cpp.

#include "fuzz/process_slot.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <thread>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "frontend/check.h"
#include "runtime/run.h"

namespace fuzz {

using Clock = std::chrono::steady_clock;

namespace {

double SecondsOf(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);  // leaves 0 for a process that has ended
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// The processor time of all threads of a process so far.
double SecondsOfProcess(pid_t pid) {
  clockid_t clock{};
  return clock_getcpuclockid(pid, &clock) == 0 ? SecondsOf(clock) : 0;
}

}  // namespace

void SharedState::SetLane(std::string_view name) {
  const size_t size = std::min(name.size(), sizeof lane - 1);
  std::memcpy(lane, name.data(), size);
  lane[size] = '\0';
  lane_begin_seconds = SecondsOf(CLOCK_PROCESS_CPUTIME_ID);
}

bool SharedState::Tell(std::string_view line) {
  if (text_bytes + line.size() + 1 > kTextBytes) {
    return false;
  }
  std::memcpy(text + text_bytes, line.data(), line.size());
  text[text_bytes + line.size()] = '\n';
  text_bytes += line.size() + 1;
  return true;
}

ProcessSlot::ProcessSlot() : errors_(memfd_create("errors", MFD_CLOEXEC)) {
  void* memory =
      mmap(nullptr, sizeof(SharedState), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  LAB_CHECK(memory != MAP_FAILED);
  LAB_CHECK(errors_ >= 0);
  state_ = new (memory) SharedState;
}

ProcessSlot::~ProcessSlot() {
  Kill();
  munmap(state_, sizeof(SharedState));
  close(errors_);
}

void ProcessSlot::Start(const std::function<void(SharedState&)>& work) {
  LAB_CHECK(!is_running());
  state_->begun = 0;
  state_->text_bytes = 0;
  state_->SetLane("");
  state_->lane_begin_seconds = 0;
  LAB_CHECK(ftruncate(errors_, 0) == 0);
  begun_ = 0;
  is_killed_ = false;
  last_progress_ = Clock::now();
  seconds_at_progress_ = 0;
  std::fflush(nullptr);  // what is still to be written is written once
  pid_ = fork();
  LAB_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGINT, SIG_IGN);  // Ctrl-C is for the parent, and not for CPython either
    dup2(errors_, STDERR_FILENO);
    lseek(STDERR_FILENO, 0, SEEK_SET);
    runtime::OnLargeStack([&] { work(*state_); });
    // Destructors of static objects are the parent's.
    _exit(0);
  }
}

ProcessSlot::End ProcessSlot::EndOf(int status) const {
  End end;
  end.is_success = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  end.how = is_killed_            ? "hang"
            : WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                                  : fmt::format("status {}", WEXITSTATUS(status));
  constexpr off_t kMost = 2000;
  const off_t size = lseek(errors_, 0, SEEK_END);
  const off_t first = std::max<off_t>(0, size - kMost);
  end.diagnostics.resize(static_cast<size_t>(size - first));
  const ssize_t read = pread(errors_, end.diagnostics.data(), end.diagnostics.size(), first);
  end.diagnostics.resize(static_cast<size_t>(std::max<ssize_t>(0, read)));
  return end;
}

bool ProcessSlot::IsBeyond(const HangLimit& limit) {
  const uint64_t begun = *static_cast<volatile const uint64_t*>(&state_->begun);
  const Clock::time_point now = Clock::now();
  const double seconds = SecondsOfProcess(pid_);
  if (begun != begun_) {
    begun_ = begun;
    last_progress_ = now;
    seconds_at_progress_ = seconds;
  }
  return seconds - seconds_at_progress_ > limit.processor_seconds ||
         std::chrono::duration<double>(now - last_progress_).count() > limit.wall_seconds;
}

std::optional<ProcessSlot::End> ProcessSlot::Poll(const HangLimit& limit) {
  if (!is_killed_ && IsBeyond(limit)) {
    is_killed_ = true;
    kill(pid_, SIGKILL);
  }
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) != pid_) {
    return std::nullopt;
  }
  pid_ = 0;
  return EndOf(status);
}

ProcessSlot::End ProcessSlot::Wait(const HangLimit& limit) {
  for (;;) {
    if (const std::optional<End> end = Poll(limit)) {
      return *end;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

void ProcessSlot::Kill() {
  if (is_running()) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
}

}  // namespace fuzz
