// Tests: tests/peers/build_test.cpp.

#include "peers/scratch_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace peers {

ScratchFolder::ScratchFolder(const std::string& parent) {
  std::string path = parent + "/lab-peer-XXXXXX";
  if (mkdtemp(path.data()) != nullptr) {
    path_ = std::move(path);
  }
}

ScratchFolder::~ScratchFolder() {
  if (!path_.empty()) {
    std::error_code ignored;  // what cannot be removed is left to whoever cleans the folder
    std::filesystem::remove_all(path_, ignored);
  }
}

bool ScratchFolder::Write(const std::string& name, std::string_view text) const {
  std::ofstream file(path_ + "/" + name, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  return !file.fail();
}

}  // namespace peers
