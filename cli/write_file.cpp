// Tests: tests/cli/report_test.cpp, tests/cli/time_test.cpp, tests/cli/sandbox_test.cpp,
// tests/cli/kept_files_test.cpp.

#include "cli/write_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/complaint.h"
#include "cli/exit_status.h"

namespace cli {
namespace {

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR) {
      return false;
    }
    text.remove_prefix(count < 0 ? 0 : static_cast<size_t>(count));
  }
  return true;
}

// Replaces the file at `path` as a whole. Returns errno, 0 when all went well.
int ReplaceFile(const std::string& path, std::string_view text) {
  std::string temporary = path + ".XXXXXX";
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) {
    return errno;
  }
  // mkostemp lets only the owner read; it gets the permissions that any new file has.
  const mode_t mask = umask(0);
  umask(mask);
  const bool is_written = WriteAll(descriptor, text) && fchmod(descriptor, 0666 & ~mask) == 0;
  int error = is_written ? 0 : errno;
  if (close(descriptor) != 0 && error == 0) {
    error = errno;
  }
  if (error == 0 && rename(temporary.c_str(), path.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) {
    unlink(temporary.c_str());
  }
  return error;
}

// A pipe or a device is written to, and not replaced.
int WriteWhole(const std::string& path, std::string_view text) {
  struct stat about;
  if (stat(path.c_str(), &about) != 0 || S_ISREG(about.st_mode)) {
    return ReplaceFile(path, text);
  }
  const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return errno;
  }
  const int error = WriteAll(descriptor, text) ? 0 : errno;
  return close(descriptor) != 0 && error == 0 ? errno : error;
}

Complaint CannotWrite(const std::string& path, int error) {
  return {kInputOutput, fmt::format("cannot write `{}`: {}", path, std::strerror(error))};
}

// The same for every name of a file, be it there yet or not; empty: nothing that could be lost.
std::string IdentityOf(const std::string& path) {
  if (path.empty() || path == "-") {
    return {};
  }
  struct stat about;
  if (stat(path.c_str(), &about) == 0) {
    return S_ISREG(about.st_mode) ? fmt::format("{} {}", about.st_dev, about.st_ino) : "";
  }
  std::error_code error;
  return std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error).string();
}

}  // namespace

bool AreApart(const std::vector<std::string>& read, const std::vector<std::string>& made,
              frontend::Color color, Env& env, int* status) {
  std::map<std::string, std::string_view> taken;
  for (const std::string& path : read) {
    taken.emplace(IdentityOf(path), "reads");
  }
  for (const std::string& path : made) {
    const std::string identity = IdentityOf(path);
    const auto [other, is_new] = taken.emplace(identity, "writes");
    if (!is_new && !identity.empty()) {
      *status = Report(
          {kUsage,
           fmt::format("cannot write `{}`: the command {} that file, too", path, other->second),
           {"name another file: what it holds would be lost"}},
          color, env);
      return false;
    }
  }
  return true;
}

bool WriteFile(const std::string& path, std::string_view text, frontend::Color color, Env& env,
               int* status) {
  if (path == "-") {
    env.out.Write(text);
    return true;
  }
  if (const int error = WriteWhole(path, text); error != 0) {
    *status = Report(CannotWrite(path, error), color, env);
    return false;
  }
  return true;
}

OpenedFile::OpenedFile(std::string path, Begin begin)
    : path_(std::move(path)),
      descriptor_(open(
          path_.c_str(),
          O_WRONLY | O_CREAT | O_CLOEXEC | (begin == Begin::AtEnd ? O_APPEND : O_TRUNC), 0666)),
      error_(descriptor_ < 0 ? errno : 0) {}

OpenedFile::~OpenedFile() {
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
}

bool OpenedFile::Write(std::string_view text) {
  if (WriteAll(descriptor_, text)) {
    return true;
  }
  error_ = errno;
  return false;
}

Complaint OpenedFile::complaint() const { return CannotWrite(path_, error_); }

}  // namespace cli
