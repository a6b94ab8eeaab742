#pragma once
// What a command may touch of the process it runs in. Tests pass their own.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "cli/sandbox.h"
#include "frontend/diagnostic.h"
#include "measure/child_process.h"
#include "measure/worker.h"
#include "runtime/output.h"

namespace cli {

struct Env {
  runtime::Output& out;  // standard output: data only
  runtime::Output& err;  // all else
  int in = 0;            // the descriptor of standard input
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  // The value of an environment variable; null when it is not set.
  std::function<const char*(const char*)> variable;
  // Seconds from some fixed instant, the same for all processes.
  std::function<double()> clock;
  // Stands before the paths of files that describe the machine (/proc/...); empty: this machine.
  std::string root = {};
  // Seconds since 1970.
  std::function<double()> wall_clock = {};
  // A number that no other invocation of `lab` has.
  std::function<uint64_t()> unique = {};
  // Processes that measure; null: real ones.
  measure::Workers* workers = nullptr;
  // Starts programs; null: really.
  measure::ProcessStarter start_process = {};
  // Called before a program runs, for good (cli/sandbox.h); null: programs run unconfined.
  std::function<Sandbox(const SandboxRights&)> enter_sandbox = {};
  // Set by a command that leaves something running in the background: the process has to end
  // without running destructors of static objects.
  bool leaves_at_once = false;
};

enum class ColorChoice { Auto, Always, Never };

enum class Stream { Out, Err };

// Auto: colour when the stream is a terminal, unless NO_COLOR is set or the terminal is a dumb one.
frontend::Color ResolveColor(ColorChoice choice, const Env& env, Stream stream = Stream::Err);

// Everything of `text` to standard error, at once.
void WriteError(Env& env, std::string_view text);

}  // namespace cli
