// Reads with bare system calls: a sample of the machine's counters is taken before and after every
// measured process and should cost little. Tests: tests/measure/machine_files_test.cpp.

#include "measure/machine_files.h"

#include <algorithm>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "measure/machine_text.h"

namespace measure {

std::optional<std::string> MachineFiles::Read(const std::string& path) const {
  constexpr size_t kMaxBytes = size_t{1} << 20;
  const int file = open((root_ + path).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    return std::nullopt;
  }
  std::string text;
  char buffer[8192];
  ssize_t count = 0;
  while (text.size() < kMaxBytes && (count = read(file, buffer, sizeof buffer)) > 0) {
    text.append(buffer, static_cast<size_t>(count));
  }
  close(file);
  if (count < 0) {
    return std::nullopt;
  }
  text.erase(text.find_last_not_of(" \t\n") + 1);
  return text;
}

std::optional<int64_t> MachineFiles::ReadInteger(const std::string& path) const {
  const std::optional<std::string> text = Read(path);
  return text ? ToNumber<int64_t>(*text) : std::nullopt;
}

bool MachineFiles::Exists(const std::string& path) const {
  return access((root_ + path).c_str(), F_OK) == 0;
}

std::vector<std::string> MachineFiles::List(const std::string& path) const {
  std::vector<std::string> names;
  DIR* folder = opendir((root_ + path).c_str());
  if (folder == nullptr) {
    return names;
  }
  while (const dirent* entry = readdir(folder)) {
    if (entry->d_name[0] != '.') {
      names.emplace_back(entry->d_name);
    }
  }
  closedir(folder);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace measure
