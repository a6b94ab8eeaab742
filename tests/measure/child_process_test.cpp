// Processes that really run: /bin/sh and what it finds.

#include "measure/child_process.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace measure {
namespace {

constexpr double kLong = 60;  // nothing here should ever wait so long
constexpr Stream kPipe{Stream::Kind::Pipe};
constexpr Stream kNull{Stream::Kind::Null};

Launch Shell(const std::string& script) {
  return {.arguments = {"/bin/sh", "-c", script}, .in = kPipe, .out = kPipe};
}

std::unique_ptr<ChildProcess> Start(const Launch& launch) {
  int error = 0;
  std::unique_ptr<ChildProcess> child = StartProcess(launch, &error);
  EXPECT_NE(child, nullptr) << error;
  return child;
}

std::vector<std::string> LinesOf(ChildProcess& child) {
  std::vector<std::string> lines;
  std::string line;
  while (child.ReadLine(kLong, &line) == ReadResult::Line) {
    lines.push_back(line);
  }
  return lines;
}

ptrdiff_t OpenDescriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
}

bool HasChildren() { return waitpid(-1, nullptr, WNOHANG) != -1 || errno != ECHILD; }

TEST(ChildProcessTest, TellsHowAProgramEnded) {
  const ProcessEnd success = Start(Shell("true"))->Wait();
  EXPECT_TRUE(success.IsSuccess());
  EXPECT_GT(success.seconds, 0);
  EXPECT_GT(success.usage.ru_maxrss, 0);

  const ProcessEnd failure = Start(Shell("exit 7"))->Wait();
  EXPECT_FALSE(failure.IsSuccess());
  EXPECT_EQ(failure.exit_status, 7);
  EXPECT_EQ(failure.ShellStatus(), 7);

  const ProcessEnd killed = Start(Shell("kill -TERM $$"))->Wait();
  EXPECT_FALSE(killed.IsSuccess());
  EXPECT_EQ(killed.signal, SIGTERM);
  EXPECT_EQ(killed.ShellStatus(), 128 + SIGTERM);
}

TEST(ChildProcessTest, SaysWhyNothingWasStarted) {
  int error = 0;
  EXPECT_EQ(StartProcess({.arguments = {"/nowhere/at-all"}}, &error), nullptr);
  EXPECT_EQ(error, ENOENT);
  EXPECT_EQ(StartProcess({.arguments = {"/etc"}}, &error), nullptr);
  EXPECT_EQ(error, EACCES);
  const Stream closed{Stream::Kind::Descriptor, 987};
  EXPECT_EQ(StartProcess({.arguments = {"true"}, .out = closed}, &error), nullptr);
  EXPECT_EQ(error, EBADF);
}

TEST(ChildProcessTest, AnswersLineByLine) {
  const auto child = Start(Shell("while read word; do echo \"got $word\"; done; echo -n end"));
  std::string line;
  for (const char* word : {"one", "two", ""}) {
    ASSERT_TRUE(child->WriteLine(word));
    ASSERT_EQ(child->ReadLine(kLong, &line), ReadResult::Line);
    EXPECT_EQ(line, std::string("got ") + word);
  }
  child->CloseInput();
  EXPECT_FALSE(child->WriteLine("late"));
  EXPECT_EQ(child->ReadLine(kLong, &line), ReadResult::Closed);
  EXPECT_EQ(line, "end");
  EXPECT_EQ(child->ReadLine(kLong, &line), ReadResult::Closed);
  EXPECT_EQ(line, "");
  EXPECT_TRUE(child->Wait().IsSuccess());
}

TEST(ChildProcessTest, ReadsLongLines) {
  const auto child = Start(Shell("head -c 300000 /dev/zero | tr '\\0' x; echo; echo short"));
  std::string line;
  ASSERT_EQ(child->ReadLine(kLong, &line), ReadResult::Line);
  EXPECT_EQ(line, std::string(300'000, 'x'));
  ASSERT_EQ(child->ReadLine(kLong, &line), ReadResult::Line);
  EXPECT_EQ(line, "short");
}

TEST(ChildProcessTest, StopsWaitingForALine) {
  const auto child = Start(Shell("echo -n begun; read word; echo \" and $word\""));
  std::string line;
  EXPECT_EQ(child->ReadLine(0.001, &line), ReadResult::TimedOut);
  EXPECT_EQ(child->ReadLine(0, &line), ReadResult::TimedOut);
  ASSERT_TRUE(child->WriteLine("ended"));
  ASSERT_EQ(child->ReadLine(kLong, &line), ReadResult::Line);
  EXPECT_EQ(line, "begun and ended");
}

TEST(ChildProcessTest, WritingToADeadChildIsAnError) {
  const auto child = Start(Shell("exec true"));
  std::string line;
  ASSERT_EQ(child->ReadLine(kLong, &line), ReadResult::Closed);
  // The streams of a process that ends are closed one after the other.
  while (child->WriteLine("hello")) {
  }
  sigset_t pending;
  sigpending(&pending);
  EXPECT_EQ(sigismember(&pending, SIGPIPE), 0);
  EXPECT_TRUE(child->Wait().IsSuccess());
}

TEST(ChildProcessTest, KillsAndReaps) {
  const auto child = Start(Shell("echo here; exec sleep 1000"));
  std::string line;
  ASSERT_EQ(child->ReadLine(kLong, &line), ReadResult::Line);
  EXPECT_EQ(child->Kill().signal, SIGKILL);
  EXPECT_EQ(child->Kill().signal, SIGKILL);
  EXPECT_EQ(child->Wait().signal, SIGKILL);
  EXPECT_FALSE(HasChildren());
}

TEST(ChildProcessTest, KillsWhatAGroupHasStarted) {
  Launch launch = Shell("sleep 1000 & echo here; wait");
  launch.group = ProcessGroup::Own;
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  launch.err = {Stream::Kind::Descriptor, ends[1]};
  const auto child = Start(launch);
  close(ends[1]);
  std::string line;
  ASSERT_EQ(child->ReadLine(kLong, &line), ReadResult::Line);
  child->Kill();
  char byte;
  EXPECT_EQ(read(ends[0], &byte, 1), 0);  // would wait if the grandchild were alive
  close(ends[0]);
}

TEST(ChildProcessTest, LeavesNothingBehind) {
  const ptrdiff_t before = OpenDescriptors();
  for (int i = 0; i < 5; ++i) {
    Start(Shell("exec sleep 1000"));
    Start({.arguments = {"true"}, .in = kNull, .out = kNull, .err = kNull});
    int error = 0;
    StartProcess({.arguments = {"/nowhere"}, .in = kPipe, .out = kPipe}, &error);
  }
  EXPECT_EQ(OpenDescriptors(), before);
  EXPECT_FALSE(HasChildren());
}

TEST(ChildProcessTest, GivesAChildItsStreamsAndNothingElse) {
  const auto other = Start(Shell("read word"));  // its pipes are ours alone
  const auto child = Start(Shell("exec ls /proc/self/fd"));
  std::vector<std::string> open = LinesOf(*child);
  // The folder that `ls` itself reads is the fourth; whatever runs the tests may leave some open.
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    const std::string number = entry.path().filename();
    const int flags = fcntl(std::stoi(number), F_GETFD);
    if (std::stoi(number) > 2 && flags >= 0 && (flags & FD_CLOEXEC) == 0) {
      std::erase(open, number);
    }
  }
  EXPECT_EQ(open.size(), 4u);
}

TEST(ChildProcessTest, ExchangesStreams) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  Launch launch = Shell("echo out; echo err >&2");
  launch.in = kNull;
  launch.err = {Stream::Kind::Descriptor, ends[1]};
  const auto child = Start(launch);
  close(ends[1]);
  EXPECT_EQ(LinesOf(*child), std::vector<std::string>{"out"});
  char bytes[16];
  EXPECT_EQ(read(ends[0], bytes, sizeof bytes), 4);
  EXPECT_EQ(std::string(bytes, 4), "err\n");
  close(ends[0]);
}

TEST(ChildProcessTest, AddsToTheEnvironment) {
  Launch launch = Shell("echo $LAB_TEST_NEW $HOME; env | grep -c '^HOME='");
  launch.environment = {"LAB_TEST_NEW=new", "HOME=/elsewhere"};
  EXPECT_EQ(LinesOf(*Start(launch)), (std::vector<std::string>{"new /elsewhere", "1"}));
}

TEST(ChildProcessTest, GivesAChildTheDefaultOfSigpipe) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  const auto child = Start(Shell("kill -PIPE $$; echo survived"));
  std::signal(SIGPIPE, before);
  EXPECT_EQ(LinesOf(*child), std::vector<std::string>{});
  EXPECT_EQ(child->Wait().signal, SIGPIPE);
}

TEST(ChildProcessTest, LearnsTheEndAlsoWhereSigchldIsIgnored) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  EXPECT_EQ(Start(Shell("exit 3"))->Wait().exit_status, 3);
  std::signal(SIGCHLD, before);
}

TEST(ChildProcessTest, LeavesCtrlCToChildren) {
  const auto child = Start(Shell("trap 'echo caught; exit 4' INT; echo ready; read word"));
  std::string line;
  ASSERT_EQ(child->ReadLine(kLong, &line), ReadResult::Line);
  {
    const LeaveInterruptsToChildren leave;
    raise(SIGINT);
    kill(child->pid(), SIGINT);
    // The shell runs the trap when `read` has ended.
    child->WriteLine("");
    EXPECT_EQ(child->ReadLine(kLong, &line), ReadResult::Line);
    EXPECT_EQ(line, "caught");
    EXPECT_EQ(child->Wait().exit_status, 4);
  }
  struct sigaction after;
  sigaction(SIGINT, nullptr, &after);
  EXPECT_EQ(after.sa_handler, SIG_DFL);
}

TEST(ChildProcessTest, KnowsItsOwnExecutable) {
  EXPECT_TRUE(OwnExecutable().ends_with("/measure_test")) << OwnExecutable();
}

}  // namespace
}  // namespace measure
