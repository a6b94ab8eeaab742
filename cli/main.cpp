// The program `lab`: connects the process to the command line's code, which knows only Env.

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>

#include <unistd.h>

#include "cli/commands.h"
#include "cli/crash.h"

namespace {

double Now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

double WallClock() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

uint64_t Unique() {
  std::random_device device;
  return uint64_t{device()} << 32 | device();
}

}  // namespace

int main(int argc, char** argv) {
  // A reader that has gone and a file that must not grow show as a failed write.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  cli::InstallCrashHandlers();
  runtime::FileOutput out(STDOUT_FILENO);
  runtime::FileOutput err(STDERR_FILENO);
  cli::Env env{
      .out = out,
      .err = err,
      .in = STDIN_FILENO,
      .out_is_terminal = isatty(STDOUT_FILENO) == 1,
      .err_is_terminal = isatty(STDERR_FILENO) == 1,
      .variable = [](const char* name) -> const char* { return std::getenv(name); },
      .clock = Now,
      .wall_clock = WallClock,
      .unique = Unique,
      .enter_sandbox = cli::EnterSandbox,
  };
  const int status = cli::Main({argv + (argc > 0 ? 1 : 0), argv + argc}, env);
  if (env.leaves_at_once) {
    std::_Exit(status);
  }
  return status;
}
