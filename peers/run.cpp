// Tests: tests/peers/run_test.cpp.

#include "peers/run.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "peers/capture.h"

namespace peers {
namespace {

// How a process that has neither succeeded nor told an error of the program has ended.
std::string CrashNote(const Captured& captured, const PeerError& error) {
  std::string note = captured.process.signal != 0
                         ? fmt::format("ended by {}", strsignal(captured.process.signal))
                         : fmt::format("status {}", captured.process.exit_status);
  if (!error.message.empty()) {
    note += ": " + error.message;
  }
  return note;
}

void JudgeEnd(emit::Target target, const emit::Translation& translation, const Captured& captured,
              const RunLimits& limits, PeerRun* run) {
  switch (captured.end) {
    case Captured::End::NotStarted:
      run->end = RunEnd::NotBuilt;
      run->note = fmt::format("cannot be started: {}", std::strerror(captured.start_error));
      return;
    case Captured::End::TimedOut:
      run->end = RunEnd::Stopped;
      run->note = fmt::format("still running after {:g} s", limits.run_seconds);
      return;
    case Captured::End::TooMuchOutput:
      run->end = RunEnd::Stopped;
      run->note = fmt::format("prints more than {} MiB", limits.output_bytes >> 20);
      return;
    case Captured::End::Exited:
      break;
  }
  if (captured.process.IsSuccess()) {
    return;
  }
  run->error = ReadError(target, captured.err, translation.lines);
  if (run->error.kind.empty()) {
    run->end = RunEnd::Crash;
    run->note = CrashNote(captured, run->error);
  } else {
    run->end = run->error.kind == kRangeKind ? RunEnd::OutOfRange : RunEnd::Error;
  }
}

}  // namespace

PeerRun RunOnce(const Toolchain& toolchain, const emit::Translation& translation,
                const std::vector<std::string>& arguments, const RunLimits& limits,
                const Machine& machine) {
  PeerRun run;
  if (translation.refusal) {
    run.end = RunEnd::Refused;
    run.note = translation.refusal->text;
    return run;
  }
  const ScratchFolder folder(machine.temporary);
  if (folder.path().empty()) {  // says nothing about the program
    run.end = RunEnd::Stopped;
    run.note =
        fmt::format("cannot make a folder in {}: {}", machine.temporary, std::strerror(errno));
    return run;
  }
  Runnable program = Build(toolchain, translation.text, folder, machine, limits.build_seconds);
  run.build_seconds = program.build_seconds;
  if (!program.problem.empty()) {
    run.end = RunEnd::NotBuilt;
    run.note = std::move(program.problem);
    return run;
  }
  program.command.insert(program.command.end(), arguments.begin(), arguments.end());
  Captured captured = Capture(machine, program.command,
                              {.seconds = limits.run_seconds, .output_bytes = limits.output_bytes});
  run.run_seconds = captured.process.seconds;
  JudgeEnd(toolchain.peer->target, translation, captured, limits, &run);
  run.output = std::move(captured.out);
  return run;
}

}  // namespace peers
