// The file stays open, because a worker that has entered its sandbox can open none; the kernel
// writes its text anew for whoever reads from its beginning.
// Tests: tests/measure/serve_test.cpp, tests/peers/peer_workers_test.cpp.

#include "measure/peak_memory.h"

#include <array>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

namespace measure {

PeakMemory::PeakMemory(const std::string& status_file)
    : descriptor_(open(status_file.c_str(), O_RDONLY | O_CLOEXEC)) {}

PeakMemory::~PeakMemory() {
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
}

uint64_t PeakMemory::Bytes() const {
  std::array<char, 16 * 1024> bytes;
  const ssize_t count = pread(descriptor_, bytes.data(), bytes.size(), 0);
  std::istringstream status(std::string(bytes.data(), count > 0 ? static_cast<size_t>(count) : 0));
  for (std::string word; status >> word;) {
    uint64_t kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) {
      return kibibytes * 1024;
    }
  }
  return 0;
}

}  // namespace measure
