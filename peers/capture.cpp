// Standard output comes through a pipe, so that a program which prints without end can be stopped;
// standard error goes to memory. Tests: tests/peers/capture_test.cpp.

#include "peers/capture.h"

#include <algorithm>
#include <memory>

#include "measure/memory_file.h"

namespace peers {
namespace {

using measure::ReadResult;
using measure::Stream;

// Reads to the end, or to a limit.
Captured::End ReadAll(measure::ChildProcess& child, const Machine& machine,
                      const CaptureLimits& limits, std::string* out) {
  const double deadline = machine.clock() + limits.seconds;
  while (true) {
    std::string line;
    switch (child.ReadLine(std::max(0.0, deadline - machine.clock()), &line)) {
      case ReadResult::Line:
        *out += line + "\n";
        break;
      case ReadResult::Closed:
        *out += line;
        return out->size() > limits.output_bytes ? Captured::End::TooMuchOutput
                                                 : Captured::End::Exited;
      case ReadResult::TimedOut:
        return Captured::End::TimedOut;
      case ReadResult::Failed:
        return Captured::End::TooMuchOutput;
    }
    if (out->size() > limits.output_bytes) {
      return Captured::End::TooMuchOutput;
    }
  }
}

}  // namespace

Captured Capture(const Machine& machine, const std::vector<std::string>& command,
                 const CaptureLimits& limits) {
  const measure::MemoryFile errors;
  Captured captured;
  const std::unique_ptr<measure::ChildProcess> child =
      machine.start({.arguments = command,
                     .in = {Stream::Kind::Null},
                     .out = {Stream::Kind::Pipe},
                     .err = {Stream::Kind::Descriptor, errors.descriptor()}},
                    &captured.start_error);
  if (child == nullptr) {
    captured.end = Captured::End::NotStarted;
    return captured;
  }
  captured.end = ReadAll(*child, machine, limits, &captured.out);
  captured.process = captured.end == Captured::End::Exited ? child->Wait() : child->Kill();
  captured.err = errors.Text(limits.output_bytes);
  captured.out.resize(std::min(captured.out.size(), limits.output_bytes));
  return captured;
}

}  // namespace peers
