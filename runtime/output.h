#pragma once
// Where print writes: buffered, injected, and honest about failure.

#include <string>
#include <string_view>

namespace runtime {

class Output {
 public:
  virtual ~Output() = default;
  // False when the text could not be written (disk full, reader gone); `error` then says errno.
  virtual bool Write(std::string_view text) = 0;
  virtual bool Flush() = 0;
  int error = 0;
};

// For tests and for capturing.
class StringOutput : public Output {
 public:
  bool Write(std::string_view text) override {
    text_ += text;
    return true;
  }
  bool Flush() override { return true; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Buffers 64 KiB before writing to a file descriptor; line-buffered on a terminal.
// The process should ignore SIGPIPE, so that a reader that has gone is EPIPE.
class FileOutput : public Output {
 public:
  explicit FileOutput(int descriptor);
  ~FileOutput() override;
  bool Write(std::string_view text) override;
  bool Flush() override;

 private:
  int descriptor_;
  bool flush_lines_;
  std::string buffer_;
};

}  // namespace runtime
