// `lab time` with processes that do not exist: what is started, what is shown, how it ends.

#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "tests/cli/command_line.h"

namespace cli {
namespace {

class FakeProcess final : public measure::ChildProcess {
 public:
  explicit FakeProcess(measure::ProcessEnd end) : end_(end) {}
  int pid() const override { return 1; }
  bool WriteLine(std::string_view) override { return false; }
  void CloseInput() override {}
  measure::ReadResult ReadLine(double, std::string*) override {
    return measure::ReadResult::Closed;
  }
  measure::ProcessEnd Wait() override { return end_; }
  measure::ProcessEnd Kill() override { return end_; }

 private:
  measure::ProcessEnd end_;
};

// Scripted runs, and what was asked of them.
class FakeProcesses {
 public:
  struct Run {
    std::string out;
    measure::ProcessEnd end;
  };

  explicit FakeProcesses(std::vector<Run> runs) : runs_(std::move(runs)) {}

  measure::ProcessStarter Starter() {
    return [this](const measure::Launch& launch,
                  int* error) -> std::unique_ptr<measure::ChildProcess> {
      commands.emplace_back(launch.arguments.begin() + 1, launch.arguments.end());
      kinds.push_back(launch.out.kind);
      if (commands.size() > runs_.size()) {
        *error = EAGAIN;
        return nullptr;
      }
      const Run& run = runs_[commands.size() - 1];
      if (launch.out.kind == measure::Stream::Kind::Descriptor) {
        EXPECT_EQ(write(launch.out.descriptor, run.out.data(), run.out.size()),
                  static_cast<ssize_t>(run.out.size()));
      }
      return std::make_unique<FakeProcess>(run.end);
    };
  }

  std::vector<std::vector<std::string>> commands;
  std::vector<measure::Stream::Kind> kinds;

 private:
  std::vector<Run> runs_;
};

measure::ProcessEnd EndAfter(double seconds, int exit_status = 0) {
  measure::ProcessEnd end{.exit_status = exit_status, .seconds = seconds};
  end.usage.ru_utime = {0, 750'000};
  end.usage.ru_maxrss = 2048;
  return end;
}

Result Time(FakeProcesses& processes, std::vector<std::string> args) {
  args.insert(args.begin(), "time");
  return Lab(args, {.start_process = processes.Starter()});
}

using Words = std::vector<std::string>;

TEST(TimeTest, RunsTheSameCommandInAProcess) {
  FakeProcesses processes({{"", EndAfter(1.5)}});
  const Result result =
      Time(processes, {"--opt=3", "--backend", "jit", "--time-limit=2s", "--math=fast", "--gdb",
                       "--allow-extern=a", "--allow-extern=b", "--color=never", "-f", "%e %U %M %C",
                       "x.gc", "5", "--not-ours"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(
      processes.commands[0],
      (Words{"run", "--backend=jit", "--opt=3", "--math=fast", "--time-limit=2s", "--gdb",
             "--allow-extern=a", "--allow-extern=b", "--color=never", "x.gc", "5", "--not-ours"}));
  EXPECT_EQ(processes.kinds[0], measure::Stream::Kind::Inherit);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "1.50 0.75 2048 lab run --backend=jit --opt=3 --math=fast --time-limit=2s --gdb "
            "--allow-extern=a --allow-extern=b --color=never x.gc 5 --not-ours\n");
}

TEST(TimeTest, PassesOnExpressionsAndWhatLooksLikeAFlag) {
  FakeProcesses processes({{"", EndAfter(1)}, {"", EndAfter(1)}});
  Time(processes, {"-e", "1 + 1"});
  EXPECT_EQ(processes.commands[0], (Words{"run", "-e", "1 + 1"}));
  Time(processes, {"--", "-x.gc", "1"});
  EXPECT_EQ(processes.commands[1], (Words{"run", "--", "-x.gc", "1"}));
}

TEST(TimeTest, PassesTheStatusOn) {
  FakeProcesses processes({{"", EndAfter(1, 3)}, {"", EndAfter(1, 3)}, {"", EndAfter(1, 3)}});
  Result result = Time(processes, {"-f", "%x", "x.gc"});
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.err, "Command exited with non-zero status 3\n3\n");
  EXPECT_EQ(Time(processes, {"-q", "-f", "%x", "x.gc"}).err, "3\n");
  EXPECT_EQ(Time(processes, {"-p", "x.gc"}).err, "real 1.00\nuser 0.75\nsys 0.00\n");

  FakeProcesses killed({{"", {.signal = SIGKILL}}});
  result = Time(killed, {"-f", "%x", "x.gc"});
  EXPECT_EQ(result.status, 137);
  EXPECT_EQ(result.err, "Command terminated by signal 9\n0\n");
}

TEST(TimeTest, PutsBackendsSideBySide) {
  FakeProcesses processes({{"42\n", EndAfter(1)}, {"42\n", EndAfter(0.25)}});
  const Result result = Time(processes, {"--backend=interp-boxed,jit:fast", "--stats", "x.gc"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(processes.commands[0],
            (Words{"run", "--backend=interp", "--interp=boxed", "--stats", "x.gc"}));
  EXPECT_EQ(processes.commands[1],
            (Words{"run", "--backend=jit", "--math=fast", "--stats", "x.gc"}));
  EXPECT_EQ(result.out, "42\n");
  EXPECT_TRUE(Contains(result.err, "interp-boxed  jit:fast  jit:fast/interp-boxed\n"))
      << result.err;
  EXPECT_TRUE(Contains(result.err, "Elapsed (wall clock) time")) << result.err;
  EXPECT_TRUE(Contains(result.err, "`lab compare`")) << result.err;
}

TEST(TimeTest, ShowsNoTimesWhenTheAnswersDiffer) {
  FakeProcesses lines({{"1\n2\n", EndAfter(1)}, {"1\n3\n", EndAfter(1)}});
  Result result = Time(lines, {"--backend=interp,jit", "x.gc"});
  EXPECT_EQ(result.status, 6);
  EXPECT_EQ(result.err,
            "error: interp and jit do not give the same answer\n"
            " = help: line 2 of interp: 2\n"
            " = help: line 2 of jit: 3\n");

  FakeProcesses shorter({{"1\n2\n", EndAfter(1)}, {"1\n", EndAfter(1)}});
  result = Time(shorter, {"--backend=interp,jit", "x.gc"});
  EXPECT_EQ(result.err,
            "error: interp and jit do not give the same answer\n"
            " = help: line 2 of interp: 2\n"
            " = help: jit has no line 2\n");

  FakeProcesses unended({{"1\n", EndAfter(1)}, {"1", EndAfter(1)}});
  EXPECT_EQ(Time(unended, {"--backend=interp,jit", "x.gc"}).status, 6);

  FakeProcesses statuses({{"", EndAfter(1)}, {"", EndAfter(1, 4)}});
  result = Time(statuses, {"--backend=interp,jit", "x.gc"});
  EXPECT_EQ(result.status, 6);
  EXPECT_TRUE(Contains(result.err, "interp ended with status 0, jit with 4")) << result.err;
}

TEST(TimeTest, StopsAtCtrlC) {
  FakeProcesses processes({{"", EndAfter(1, 130)}, {"", EndAfter(1)}});
  EXPECT_EQ(Time(processes, {"--backend=interp,jit", "x.gc"}).status, 130);
  EXPECT_EQ(processes.commands.size(), 1u);
}

TEST(TimeTest, SaysWhenNothingCanBeStarted) {
  FakeProcesses processes({});
  const Result result = Time(processes, {"x.gc"});
  EXPECT_EQ(result.status, 69);
  EXPECT_TRUE(Contains(result.err, "error: cannot start a process of `lab`: ")) << result.err;
}

class TimeOutputTest : public FilesTest {};

TEST_F(TimeOutputTest, WritesAndAppendsToAFile) {
  const std::string path = folder() + "/used.txt";
  FakeProcesses processes(std::vector<FakeProcesses::Run>(5, {"", EndAfter(1)}));
  EXPECT_EQ(Time(processes, {"-o", path, "-f", "one", "x.gc"}).err, "");
  EXPECT_EQ(ReadFile(path), "one\n");
  Time(processes, {"-o", path, "-a", "-f", "two", "x.gc"});
  EXPECT_EQ(ReadFile(path), "one\ntwo\n");
  Time(processes, {"-o", path, "-f", "three", "x.gc"});
  EXPECT_EQ(ReadFile(path), "three\n");

  const Result result = Time(processes, {"-o", folder() + "/no/such", "x.gc"});
  EXPECT_EQ(result.status, 5);
  EXPECT_TRUE(Contains(result.err, "error: cannot write `")) << result.err;
  EXPECT_EQ(processes.commands.size(), 3u);  // nothing was run for it
  EXPECT_EQ(Time(processes, {"-o", "/dev/full", "x.gc"}).status, 5);
}

TEST(TimeOptionsTest, RefusesWhatMakesNoSense) {
  const auto error = [](std::vector<std::string> args) {
    FakeProcesses processes({});
    const Result result = Time(processes, std::move(args));
    EXPECT_EQ(result.status, 2);
    EXPECT_TRUE(processes.commands.empty());
    return result.err.substr(0, result.err.find('\n'));
  };
  EXPECT_EQ(error({}), "error: there is no program to run");
  EXPECT_EQ(error({"-p", "--json", "x.gc"}),
            "error: `-f`, `-p`, `-v` and `--json` exclude each other");
  EXPECT_EQ(error({"-a", "x.gc"}), "error: `-a` is for -o FILE");
  EXPECT_EQ(error({"--backend=interp,jot", "x.gc"}), "error: unknown value for `--backend`: `jot`");
  EXPECT_EQ(error({"--backend=interp,jit", "--opt=0", "x.gc"}),
            "error: `--opt` is for a single backend");
  EXPECT_EQ(error({"--backend=interp,jit", "-"}),
            "error: standard input can be read only once, and there are several backends");
  EXPECT_EQ(error({"--backend=interp", "--opt=0", "x.gc"}),
            "error: `--opt` is for --backend=jit, and the engine here is `interp`");
  EXPECT_EQ(error({"--backend=jit", "--opt=7", "x.gc"}), "error: unknown value for `--opt`: `7`");
  EXPECT_EQ(error({"--time-limit=x", "x.gc"}),
            "error: `--time-limit` takes seconds, such as 2, 0.5 or 500ms, not `x`");
}

}  // namespace
}  // namespace cli
