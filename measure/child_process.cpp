// Processes through posix_spawn, which does not copy the address space of a large lab. Every
// descriptor made here is close-on-exec and at least 3, so that no stream of a child is overwritten
// by the next one's redirection, even when the lab itself was started with closed streams.
// Tests: tests/measure/child_process_test.cpp.

#include "measure/child_process.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "frontend/check.h"

extern char** environ;

namespace measure {

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kLongestLine = size_t{64} << 20;
constexpr int kFirstFree = 3;  // above the standard streams

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { Close(); }

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }
  void Close() {
    if (is_open()) {
      close(std::exchange(number_, -1));
    }
  }

 private:
  int number_ = -1;
};

// The same file under a number of our own. Not open: errno says why.
Descriptor Duplicate(int number) { return Descriptor(fcntl(number, F_DUPFD_CLOEXEC, kFirstFree)); }

struct Ends {
  Descriptor read;
  Descriptor write;
};

bool MakePipe(Ends* ends) {
  int numbers[2];
  if (pipe2(numbers, O_CLOEXEC) != 0) {
    return false;
  }
  const Descriptor low_read(numbers[0]);
  const Descriptor low_write(numbers[1]);
  ends->read = Duplicate(numbers[0]);
  ends->write = Duplicate(numbers[1]);
  return ends->read.is_open() && ends->write.is_open();
}

// The child's side of a stream, and ours when it is a pipe. False: errno says why.
bool Connect(const Stream& stream, int target, Descriptor* theirs, Descriptor* ours) {
  switch (stream.kind) {
    case Stream::Kind::Inherit:
      return true;
    case Stream::Kind::Null: {
      const Descriptor null(open("/dev/null", O_RDWR | O_CLOEXEC));
      *theirs = Duplicate(null.number());
      return theirs->is_open();
    }
    case Stream::Kind::Descriptor:
      *theirs = Duplicate(stream.descriptor);
      return theirs->is_open();
    case Stream::Kind::Pipe: {
      LAB_CHECK(ours != nullptr);
      Ends ends;
      if (!MakePipe(&ends)) {
        return false;
      }
      const bool child_reads = target == STDIN_FILENO;
      *theirs = std::move(child_reads ? ends.read : ends.write);
      *ours = std::move(child_reads ? ends.write : ends.read);
      return true;
    }
  }
  return false;
}

std::string_view NameOf(std::string_view setting) { return setting.substr(0, setting.find('=')); }

// Ours, with `additions` in the place of what has the same name.
std::vector<char*> MergedEnvironment(const std::vector<std::string>& additions) {
  std::vector<char*> merged;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const bool is_replaced = std::any_of(
        additions.begin(), additions.end(),
        [&](const std::string& addition) { return NameOf(addition) == NameOf(*entry); });
    if (!is_replaced) {
      merged.push_back(*entry);
    }
  }
  for (const std::string& addition : additions) {
    merged.push_back(const_cast<char*>(addition.c_str()));
  }
  merged.push_back(nullptr);
  return merged;
}

// posix_spawn's two objects, which must be destroyed.
struct SpawnSettings {
  SpawnSettings() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

// Whoever started us may have had SIGCHLD ignored, which is inherited: the system would then reap,
// and nobody would learn how a child has ended.
void KeepEndedChildren() {
  struct sigaction current;
  sigaction(SIGCHLD, nullptr, &current);
  if (current.sa_handler == SIG_IGN) {
    std::signal(SIGCHLD, SIG_DFL);
  }
}

void SetAttributes(ProcessGroup group, posix_spawnattr_t* attributes) {
  short flags = POSIX_SPAWN_SETSIGDEF;
  sigset_t defaults;
  sigemptyset(&defaults);
  for (const int ignored_by_the_lab : {SIGPIPE, SIGXFSZ}) {
    sigaddset(&defaults, ignored_by_the_lab);
  }
  posix_spawnattr_setsigdefault(attributes, &defaults);
  if (group == ProcessGroup::Own) {
    flags |= POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setpgroup(attributes, 0);
  }
  posix_spawnattr_setflags(attributes, flags);
}

// While alive, a write of this thread to a closed pipe is an EPIPE and nothing else.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_only_);
    sigaddset(&pipe_only_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_only_, &before_);
  }
  ~NoPipeSignal() {
    const timespec at_once = {};
    while (!was_pending_ && sigtimedwait(&pipe_only_, nullptr, &at_once) < 0 && errno == EINTR) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;

 private:
  sigset_t pipe_only_;
  sigset_t before_;
  bool was_pending_;
};

bool WriteAll(int descriptor, std::string_view text) {
  const NoPipeSignal no_signal;
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<size_t>(count));
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

class RealProcess : public ChildProcess {
 public:
  RealProcess(pid_t pid, ProcessGroup group, Clock::time_point start, Descriptor input,
              Descriptor output)
      : pid_(pid),
        group_(group),
        start_(start),
        input_(std::move(input)),
        output_(std::move(output)) {}
  ~RealProcess() override { RealProcess::Kill(); }
  RealProcess(const RealProcess&) = delete;
  RealProcess& operator=(const RealProcess&) = delete;

  int pid() const override { return pid_; }

  bool WriteLine(std::string_view line) override {
    return input_.is_open() && WriteAll(input_.number(), std::string(line) + '\n');
  }

  void CloseInput() override { input_.Close(); }

  ReadResult ReadLine(double timeout_seconds, std::string* line) override;
  ProcessEnd Wait() override;
  ProcessEnd Kill() override;

 private:
  // Moves the first line of `read_` to `line`, if it is whole.
  bool TakeLine(std::string* line);
  // Waits until there is something to read.
  ReadResult AwaitOutput(Clock::time_point deadline);

  pid_t pid_;
  ProcessGroup group_;
  Clock::time_point start_;
  Descriptor input_;
  Descriptor output_;
  std::string read_;     // and not yet taken
  size_t searched_ = 0;  // so much of `read_` holds no line break
  std::optional<ProcessEnd> end_;
};

bool RealProcess::TakeLine(std::string* line) {
  const size_t end = read_.find('\n', searched_);
  if (end == std::string::npos) {
    searched_ = read_.size();
    return false;
  }
  line->assign(read_, 0, end);
  read_.erase(0, end + 1);
  searched_ = 0;
  return true;
}

ReadResult RealProcess::AwaitOutput(Clock::time_point deadline) {
  while (true) {
    const std::chrono::duration<double, std::milli> left = deadline - Clock::now();
    constexpr double kLongestPoll = 1e6;
    const int milliseconds =
        static_cast<int>(std::clamp(std::ceil(left.count()), 0.0, kLongestPoll));
    pollfd waiting{output_.number(), POLLIN, 0};
    const int ready = poll(&waiting, 1, milliseconds);
    if (ready > 0) {
      return ReadResult::Line;
    }
    if (ready == 0 && left.count() <= kLongestPoll) {
      return ReadResult::TimedOut;
    }
    if (ready < 0 && errno != EINTR) {
      return ReadResult::Failed;
    }
  }
}

ReadResult RealProcess::ReadLine(double timeout_seconds, std::string* line) {
  line->clear();
  // A century, so that the sum stays within the clock's range.
  const std::chrono::duration<double> timeout(std::min(timeout_seconds, 3e9));
  const Clock::time_point deadline =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(timeout);
  while (!TakeLine(line)) {
    if (!output_.is_open()) {
      *line = std::exchange(read_, {});
      searched_ = 0;
      return ReadResult::Closed;
    }
    if (read_.size() > kLongestLine) {
      return ReadResult::Failed;
    }
    if (const ReadResult awaited = AwaitOutput(deadline); awaited != ReadResult::Line) {
      return awaited;
    }
    char bytes[16 * 1024];
    const ssize_t count = read(output_.number(), bytes, sizeof bytes);
    if (count > 0) {
      read_.append(bytes, static_cast<size_t>(count));
    } else if (count == 0) {
      output_.Close();
    } else if (errno != EINTR) {
      return ReadResult::Failed;
    }
  }
  return ReadResult::Line;
}

ProcessEnd RealProcess::Wait() {
  if (end_.has_value()) {
    return *end_;
  }
  input_.Close();
  output_.Close();
  ProcessEnd end;
  int status = 0;
  pid_t reaped;
  do {
    reaped = wait4(pid_, &status, 0, &end.usage);
  } while (reaped < 0 && errno == EINTR);
  end.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  LAB_CHECK(reaped == pid_);
  if (WIFSIGNALED(status)) {
    end.signal = WTERMSIG(status);
  } else {
    end.exit_status = WEXITSTATUS(status);
  }
  end_ = end;
  return end;
}

ProcessEnd RealProcess::Kill() {
  if (!end_.has_value()) {
    kill(group_ == ProcessGroup::Own ? -pid_ : pid_, SIGKILL);
  }
  return Wait();
}

}  // namespace

int ProcessEnd::ShellStatus() const { return signal != 0 ? 128 + signal : exit_status; }

std::unique_ptr<ChildProcess> StartProcess(const Launch& launch, int* error) {
  LAB_CHECK(!launch.arguments.empty());
  Descriptor input;
  Descriptor output;
  Descriptor theirs[3];
  if (!Connect(launch.in, STDIN_FILENO, &theirs[0], &input) ||
      !Connect(launch.out, STDOUT_FILENO, &theirs[1], &output) ||
      !Connect(launch.err, STDERR_FILENO, &theirs[2], nullptr)) {
    *error = errno;
    return nullptr;
  }
  SpawnSettings settings;
  SetAttributes(launch.group, &settings.attributes);
  for (int target = 0; target < 3; ++target) {
    if (theirs[target].is_open()) {
      posix_spawn_file_actions_adddup2(&settings.actions, theirs[target].number(), target);
    }
  }
  std::vector<char*> arguments;
  for (const std::string& argument : launch.arguments) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  const std::vector<char*> environment = MergedEnvironment(launch.environment);

  KeepEndedChildren();
  pid_t pid = 0;
  const Clock::time_point start = Clock::now();
  *error = posix_spawnp(&pid, arguments[0], &settings.actions, &settings.attributes,
                        arguments.data(), environment.data());
  if (*error != 0) {
    return nullptr;
  }
  return std::make_unique<RealProcess>(pid, launch.group, start, std::move(input),
                                       std::move(output));
}

struct LeaveInterruptsToChildren::State {
  struct sigaction interrupt;
  struct sigaction quit;
};

LeaveInterruptsToChildren::LeaveInterruptsToChildren() : state_(new State) {
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigemptyset(&ignore.sa_mask);
  sigaction(SIGINT, &ignore, &state_->interrupt);
  sigaction(SIGQUIT, &ignore, &state_->quit);
}

LeaveInterruptsToChildren::~LeaveInterruptsToChildren() {
  sigaction(SIGINT, &state_->interrupt, nullptr);
  sigaction(SIGQUIT, &state_->quit, nullptr);
}

std::string OwnExecutable() {
  std::string path(256, '\0');
  while (true) {
    const ssize_t count = readlink("/proc/self/exe", path.data(), path.size());
    if (count < 0) {
      return {};
    }
    if (static_cast<size_t>(count) < path.size()) {
      path.resize(static_cast<size_t>(count));
      return path;
    }
    path.resize(path.size() * 2);
  }
}

}  // namespace measure
