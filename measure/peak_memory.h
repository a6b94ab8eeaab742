#pragma once

#include <cstdint>
#include <string>

namespace measure {

// The largest resident set of a process so far. What getrusage tells would also count the memory of
// the process that started it, from before it became its program.
class PeakMemory {
 public:
  // Opens the status file of the process ("/proc/self/status").
  explicit PeakMemory(const std::string& status_file);
  ~PeakMemory();
  PeakMemory(const PeakMemory&) = delete;
  PeakMemory& operator=(const PeakMemory&) = delete;

  // What Bytes() reads; negative: it could not be opened.
  int descriptor() const { return descriptor_; }
  // Now. 0: the system does not tell.
  uint64_t Bytes() const;

 private:
  int descriptor_;
};

}  // namespace measure
