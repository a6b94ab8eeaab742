#pragma once
// Runs a command to its end and keeps what it wrote.

#include <cstddef>
#include <string>
#include <vector>

#include "measure/child_process.h"
#include "peers/machine.h"

namespace peers {

struct CaptureLimits {
  double seconds = 60;
  size_t output_bytes = size_t{16} << 20;  // of each stream
};

struct Captured {
  enum class End { Exited, NotStarted, TimedOut, TooMuchOutput };
  End end = End::Exited;
  int start_error = 0;          // errno, of NotStarted
  measure::ProcessEnd process;  // of all others; killed unless Exited
  std::string out;
  std::string err;

  bool IsSuccess() const { return end == End::Exited && process.IsSuccess(); }
};

// The command has no standard input and belongs to our group: Ctrl-C reaches it too. At a limit it
// is killed.
Captured Capture(const Machine& machine, const std::vector<std::string>& command,
                 const CaptureLimits& limits);

}  // namespace peers
