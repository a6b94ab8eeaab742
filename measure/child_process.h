#pragma once
// Starting programs, talking to them by lines, and what they have used when they end. Everything
// that starts a process does it here, through a ProcessStarter, so that tests can pass their own.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

namespace measure {

// Where one of a child's standard streams leads.
struct Stream {
  enum class Kind { Inherit, Null, Pipe, Descriptor };
  Kind kind = Kind::Inherit;
  int descriptor = -1;  // of Kind::Descriptor: borrowed, any number, until the child has started
};

// Shared: Ctrl-C at the terminal reaches the child too. Own: only us, and Kill() ends everything
// that the child has started and that has stayed in its group.
enum class ProcessGroup { Shared, Own };

struct Launch {
  // [0] is the program, looked up in PATH when it has no slash.
  std::vector<std::string> arguments;
  // "NAME=value", in addition to our own environment or instead of what it says.
  std::vector<std::string> environment = {};
  Stream in = {};
  Stream out = {};
  Stream err = {};  // no pipe: nobody would read it
  ProcessGroup group = ProcessGroup::Shared;
};

struct ProcessEnd {
  int exit_status = 0;  // when `signal` is 0
  int signal = 0;       // what ended it; 0: it exited by itself
  double seconds = 0;   // from before its start to when its end was noticed
  // Of the child and of its own children that it has waited for. The kernel counts the memory of
  // the process that started it as the child's until it has become the program: `ru_maxrss` is at
  // least our own peak at its start.
  struct rusage usage = {};

  bool IsSuccess() const { return signal == 0 && exit_status == 0; }
  // As a shell tells it: 128 + the signal's number for one that was ended by a signal.
  int ShellStatus() const;
};

enum class ReadResult { Line, TimedOut, Closed, Failed };

// A program that was started. Destroying it kills and reaps it unless that has happened.
class ChildProcess {
 public:
  virtual ~ChildProcess() = default;

  virtual int pid() const = 0;
  // Writes `line` and a line break to its standard input, which is a pipe. Waits while the pipe is
  // full. False: the child has closed its end, or has ended; no signal is raised.
  virtual bool WriteLine(std::string_view line) = 0;
  // Its standard input ends here.
  virtual void CloseInput() = 0;
  // The next line of its standard output, which is a pipe, without the line break. Closed: nothing
  // more will come; `line` is then what followed the last line break. Failed: reading did, or the
  // line is longer than 64 MiB.
  virtual ReadResult ReadLine(double timeout_seconds, std::string* line) = 0;
  // Closes the pipes, waits for the end and reaps. A second call returns the same.
  virtual ProcessEnd Wait() = 0;
  // Wait() after a SIGKILL.
  virtual ProcessEnd Kill() = 0;
};

// Null: it could not be started, and `error` is the errno.
using ProcessStarter =
    std::function<std::unique_ptr<ChildProcess>(const Launch& launch, int* error)>;

// The real one. No descriptor of ours other than the three streams and those that were inherited
// without close-on-exec reaches the child; SIGPIPE has its default there.
std::unique_ptr<ChildProcess> StartProcess(const Launch& launch, int* error);

// While alive, Ctrl-C and Ctrl-\ at the terminal are for the children that run in our group, as
// with system(3). They must have been started before.
class LeaveInterruptsToChildren {
 public:
  LeaveInterruptsToChildren();
  ~LeaveInterruptsToChildren();
  LeaveInterruptsToChildren(const LeaveInterruptsToChildren&) = delete;
  LeaveInterruptsToChildren& operator=(const LeaveInterruptsToChildren&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The path of the program that is running; empty when the system does not tell.
std::string OwnExecutable();

}  // namespace measure
