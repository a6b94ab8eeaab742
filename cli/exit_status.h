#pragma once
// How `lab` ends. Run-time errors add their own (runtime::ExitStatus).

namespace cli {

enum ExitStatus : int {
  kOk = 0,
  kProgramError = 1,
  kUsage = 2,
  kNotCompiled = 3,
  kLimit = 4,
  kInputOutput = 5,
  kDisagreement = 6,
  kMissing = 69,
  kBug = 70,
  kInterrupted = 130,
  kReaderGone = 141,
};

}  // namespace cli
