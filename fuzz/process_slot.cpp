// fork() without exec: LLVM has been made ready once, in the parent, which has one thread.
// Test: tests/fuzz/campaign_test.cpp.

#include "fuzz/process_slot.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
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

void SharedState::SetLane(std::string_view name) {
  const size_t size = std::min(name.size(), sizeof lane - 1);
  std::memcpy(lane, name.data(), size);
  lane[size] = '\0';
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
  LAB_CHECK(ftruncate(errors_, 0) == 0);
  begun_ = 0;
  is_killed_ = false;
  last_progress_ = Clock::now();
  std::fflush(nullptr);  // what is still to be written is written once
  pid_ = fork();
  LAB_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
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

std::optional<ProcessSlot::End> ProcessSlot::Poll(double hang_seconds) {
  const uint64_t begun = *static_cast<volatile const uint64_t*>(&state_->begun);
  const Clock::time_point now = Clock::now();
  if (begun != begun_) {
    begun_ = begun;
    last_progress_ = now;
  }
  if (std::chrono::duration<double>(now - last_progress_).count() > hang_seconds && !is_killed_) {
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

ProcessSlot::End ProcessSlot::Wait(double hang_seconds) {
  for (;;) {
    if (const std::optional<End> end = Poll(hang_seconds)) {
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
