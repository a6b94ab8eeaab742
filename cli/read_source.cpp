// Reading a program. What is no file or pipe is refused before it is opened: a device may never
// end, or never answer. Tests: tests/cli/read_source_test.cpp.

#include "cli/read_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/exit_status.h"
#include "frontend/suggest.h"

namespace cli {

namespace {

Complaint CannotRead(const std::string& name, std::string_view why) {
  return {kInputOutput, fmt::format("cannot read {}: {}", name, why)};
}

Complaint TooLarge(const std::string& name, uint64_t max_bytes) {
  constexpr uint64_t kMiB = uint64_t{1} << 20;
  const std::string limit = max_bytes % kMiB == 0 ? fmt::format("{} MiB", max_bytes / kMiB)
                                                  : fmt::format("{} bytes", max_bytes);
  Complaint complaint = CannotRead(name, fmt::format("it is larger than {}", limit));
  complaint.help.push_back("`--max-source` raises the limit");
  return complaint;
}

// The file beside `path` whose name is nearest, or the one that only lacks ".gc". Empty: none.
std::string NearestFile(const std::string& path) {
  constexpr std::string_view kExtension = ".gc";
  struct stat about;
  std::string with_extension = path + std::string(kExtension);
  if (stat(with_extension.c_str(), &about) == 0 && S_ISREG(about.st_mode)) {
    return with_extension;
  }
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  DIR* directory = opendir(folder.empty() ? "." : folder.c_str());
  if (directory == nullptr) {
    return {};
  }
  constexpr size_t kMostEntries = 1000;  // a suggestion must not cost a second
  std::vector<std::string> names;
  while (const dirent* entry = readdir(directory)) {
    const std::string_view name = entry->d_name;
    if (name.ends_with(kExtension)) {
      names.emplace_back(name);
    }
    if (names.size() == kMostEntries) {
      break;
    }
  }
  closedir(directory);
  std::sort(names.begin(), names.end());  // the order of a folder is not the same everywhere
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view nearest = frontend::Suggest(path.substr(folder.size()), candidates);
  return nearest.empty() ? std::string() : folder + std::string(nearest);
}

Complaint NotFound(const std::string& path, const std::string& name) {
  Complaint complaint = CannotRead(name, "there is no such file");
  const std::string nearest = NearestFile(path);
  if (!nearest.empty()) {
    complaint.help.push_back(fmt::format("did you mean `{}`?", nearest));
  }
  return complaint;
}

std::variant<std::string, Complaint> ReadAll(int descriptor, const std::string& name,
                                             uint64_t expected_bytes, uint64_t max_bytes) {
  constexpr uint64_t kChunk = 64 * 1024;
  std::string text;
  uint64_t size = 0;
  while (true) {
    if (size == text.size()) {
      // One byte more than expected, so that the end shows at the first reading.
      const uint64_t wanted = size == 0 ? std::max(expected_bytes + 1, kChunk) : size * 2;
      text.resize(std::min(wanted, max_bytes + 1));
    }
    const ssize_t count = read(descriptor, text.data() + size, text.size() - size);
    if (count < 0) {
      if (errno == EINTR) {
        continue;
      }
      return CannotRead(name, std::strerror(errno));
    }
    size += static_cast<uint64_t>(count);
    if (size > max_bytes) {
      return TooLarge(name, max_bytes);
    }
    if (count == 0) {
      text.resize(size);
      return text;
    }
  }
}

}  // namespace

std::variant<std::string, Complaint> ReadSource(const std::string& path, int standard_input,
                                                uint64_t max_bytes) {
  if (path == "-") {
    return ReadAll(standard_input, "standard input", 0, max_bytes);
  }
  const std::string name = fmt::format("`{}`", path);
  struct stat about;
  if (stat(path.c_str(), &about) != 0) {
    return errno == ENOENT ? NotFound(path, name) : CannotRead(name, std::strerror(errno));
  }
  if (S_ISDIR(about.st_mode)) {
    return CannotRead(name, "it is a folder");
  }
  if (!S_ISREG(about.st_mode) && !S_ISFIFO(about.st_mode)) {
    Complaint complaint = CannotRead(name, "it is neither a file nor a pipe");
    complaint.help.push_back("`-` reads the program from standard input");
    return complaint;
  }
  const uint64_t expected = S_ISREG(about.st_mode) ? static_cast<uint64_t>(about.st_size) : 0;
  if (expected > max_bytes) {
    return TooLarge(name, max_bytes);
  }
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return CannotRead(name, std::strerror(errno));
  }
  std::variant<std::string, Complaint> result = ReadAll(descriptor, name, expected, max_bytes);
  close(descriptor);
  return result;
}

}  // namespace cli
