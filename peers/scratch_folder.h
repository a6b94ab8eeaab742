#pragma once
// A folder that is removed again, with all that is in it.

#include <string>
#include <string_view>

namespace peers {

class ScratchFolder {
 public:
  // Makes a folder in `parent`; path() is empty when that fails, and `errno` says why.
  explicit ScratchFolder(const std::string& parent);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }
  // Writes a file into the folder. False: errno says why.
  bool Write(const std::string& name, std::string_view text) const;

 private:
  std::string path_;
};

}  // namespace peers
