// O_APPEND makes the position of each write the end of the file at that instant, whoever else
// writes. A record that was written only in part (a full disk) is closed by a newline before the
// next one; readers skip it. Tests: tests/measure/results_file_test.cpp.

#include "measure/results_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace measure {
namespace {

bool EndsWithinALine(int descriptor) {
  struct stat status {};
  char last = '\n';
  return fstat(descriptor, &status) == 0 && status.st_size > 0 &&
         pread(descriptor, &last, 1, status.st_size - 1) == 1 && last != '\n';
}

// Or is empty.
bool BeginsWithARecord(int descriptor) {
  char first = '{';
  return pread(descriptor, &first, 1, 0) < 0 || first == '{';
}

}  // namespace

ResultsFile::~ResultsFile() {
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
}

bool ResultsFile::Open(const std::string& path, std::string* error) {
  path_ = path;
  descriptor_ = open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  struct stat status {};
  if (descriptor_ >= 0 && fstat(descriptor_, &status) == 0 && !S_ISREG(status.st_mode)) {
    *error = fmt::format("`{}` is not a file", path);
    return false;
  }
  if (descriptor_ < 0) {
    *error = fmt::format("cannot write `{}`: {}", path, std::strerror(errno));
    return false;
  }
  if (!BeginsWithARecord(descriptor_)) {
    *error = fmt::format("`{}` holds something else than results", path);
    return false;
  }
  return true;
}

bool ResultsFile::Append(std::string_view record, std::string* error) {
  std::string closed;
  if (EndsWithinALine(descriptor_)) {
    closed = "\n" + std::string(record);
    record = closed;
  }
  ssize_t written;
  do {
    written = write(descriptor_, record.data(), record.size());
  } while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(record.size())) {
    return true;
  }
  *error = written < 0 ? fmt::format("cannot write `{}`: {}", path_, std::strerror(errno))
                       : fmt::format("cannot write `{}`: no space left", path_);
  return false;
}

}  // namespace measure
