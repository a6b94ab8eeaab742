#pragma once
// A folder with files such as /proc and /sys have, to be read in place of the real ones. It is
// removed with the object.

#include <string>

#include "measure/machine_files.h"

namespace support {

class FakeMachine {
 public:
  FakeMachine();  // empty
  ~FakeMachine();
  FakeMachine(FakeMachine&& other) noexcept : root_(std::move(other.root_)) { other.root_.clear(); }

  // `path` as on the real machine; folders are made as needed.
  void Write(const std::string& path, const std::string& text) const;

  const std::string& root() const { return root_; }
  measure::MachineFiles files() const { return measure::MachineFiles(root_); }

 private:
  std::string root_;
};

// A laptop on battery: four cores with two threads each, one core hot, the governor `powersave`
// of intel_pstate, turbo, ASLR off, perf forbidden.
FakeMachine BareLaptop();
// A container in a virtual machine of the cloud: half a CPU, steal time, the clock `xen`.
FakeMachine CloudContainer();
// A server set up for measuring: fixed frequency, no turbo, no second threads, idle.
FakeMachine CleanServer();

}  // namespace support
