#pragma once
// A file without a name, in memory: what a child writes there is read when it has ended, so that
// neither a pipe must be emptied meanwhile nor the disk be touched.

#include <cstddef>
#include <string>

namespace measure {

class MemoryFile {
 public:
  MemoryFile();
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  // For Stream::Kind::Descriptor.
  int descriptor() const { return descriptor_; }
  // What stands in it, at most its first `most_bytes`.
  std::string Text(size_t most_bytes) const;

 private:
  int descriptor_;
};

}  // namespace measure
