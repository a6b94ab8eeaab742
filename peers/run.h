#pragma once
// One run of a translated program on a peer.

#include <string>
#include <vector>

#include "emit/emit.h"
#include "peers/build.h"
#include "peers/error_text.h"

namespace peers {

enum class RunEnd {
  Ok,          // status 0
  Error,       // an error of the program, told in its words: `error`
  OutOfRange,  // an int has left what the peer computes exactly
  Crash,     // it ended otherwise: a signal, or an error that nobody understands; `note` says which
  Stopped,   // at the time limit, because it printed too much, or for want of a folder: `note`
  Refused,   // it cannot be written in this language: `note`
  NotBuilt,  // `note` says why
};

struct RunLimits {
  double build_seconds = 120;
  double run_seconds = 60;
  size_t output_bytes = size_t{16} << 20;
};

struct PeerRun {
  RunEnd end = RunEnd::Ok;
  std::string output;  // standard output
  PeerError error;     // of Error and OutOfRange
  std::string note;
  double build_seconds = 0;  // 0: nothing is built
  double run_seconds = 0;    // start of the process included
};

// Builds in a temporary folder, which is removed, and runs. `toolchain` is ready.
PeerRun RunOnce(const Toolchain& toolchain, const emit::Translation& translation,
                const std::vector<std::string>& arguments, const RunLimits& limits,
                const Machine& machine);

}  // namespace peers
