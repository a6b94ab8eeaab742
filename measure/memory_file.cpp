// Tests: tests/cli/time_process_test.cpp, tests/peers/capture_test.cpp.

#include "measure/memory_file.h"

#include <algorithm>

#include <sys/mman.h>
#include <unistd.h>

namespace measure {

MemoryFile::MemoryFile() : descriptor_(memfd_create("lab-output", MFD_CLOEXEC)) {}

MemoryFile::~MemoryFile() { close(descriptor_); }

std::string MemoryFile::Text(size_t most_bytes) const {
  const off_t end = std::max<off_t>(lseek(descriptor_, 0, SEEK_END), 0);
  std::string text(std::min(static_cast<size_t>(end), most_bytes), '\0');
  size_t size = 0;
  for (ssize_t count;
       size < text.size() && (count = pread(descriptor_, text.data() + size, text.size() - size,
                                            static_cast<off_t>(size))) > 0;) {
    size += static_cast<size_t>(count);
  }
  text.resize(size);
  return text;
}

}  // namespace measure
