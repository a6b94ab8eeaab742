// Tests: tests/measure/serve_test.cpp, tests/peers/peer_workers_test.cpp.

#include "measure/peak_memory.h"

#include <fstream>

namespace measure {

uint64_t PeakBytes(const std::string& status_file) {
  std::ifstream status(status_file);
  for (std::string word; status >> word;) {
    uint64_t kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) {
      return kibibytes * 1024;
    }
  }
  return 0;
}

}  // namespace measure
