// Buffered output to a file descriptor. Every write is checked: a full disk
// and a reader that has gone are errors of the run, not lost data.

#include "runtime/output.h"

#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace runtime {

namespace {

constexpr size_t kBufferBytes = 64 * 1024;

// 0, or the errno of the failure.
int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd waiting{descriptor, POLLOUT, 0};
      ::poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

FileOutput::FileOutput(int descriptor)
    : descriptor_(descriptor), flush_lines_(::isatty(descriptor) == 1) {}

// What could not be written by now was lost to an error that has been reported.
FileOutput::~FileOutput() { Flush(); }

bool FileOutput::Write(std::string_view text) {
  if (error != 0) {
    return false;
  }
  if (buffer_.size() + text.size() > kBufferBytes) {
    if (!Flush()) {
      return false;
    }
    if (text.size() > kBufferBytes) {
      error = WriteAll(descriptor_, text);
      return error == 0;
    }
  }
  buffer_ += text;
  return !flush_lines_ || text.find('\n') == std::string_view::npos || Flush();
}

bool FileOutput::Flush() {
  if (error == 0) {
    error = WriteAll(descriptor_, buffer_);
  }
  buffer_.clear();
  return error == 0;
}

}  // namespace runtime
