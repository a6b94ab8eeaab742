#pragma once
// Files that a command makes.

#include <string>
#include <string_view>
#include <vector>

#include "cli/complaint.h"
#include "cli/env.h"

namespace cli {

// No file that a command makes may be one that it reads, or be made twice: what it holds would be
// lost. Links to a file are that file; "" and "-" are none, and devices and pipes hold nothing.
// False: `status` is set and the reason has been shown.
bool AreApart(const std::vector<std::string>& read, const std::vector<std::string>& made,
              frontend::Color color, Env& env, int* status);

// Writes the file as a whole: it is made under another name and then renamed, so that nobody ever
// sees half of it; a pipe or a device is written to, and "-" is standard output. False: `status` is
// set and the reason has been shown.
bool WriteFile(const std::string& path, std::string_view text, frontend::Color color, Env& env,
               int* status);

// A file that is opened now and written later, when no file may be opened any more. What it held is
// gone at once, or stays in front.
class OpenedFile {
 public:
  enum class Begin { Anew, AtEnd };
  OpenedFile(std::string path, Begin begin);
  ~OpenedFile();
  OpenedFile(const OpenedFile&) = delete;
  OpenedFile& operator=(const OpenedFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  // False: complaint() says why; so when it could not be opened.
  bool Write(std::string_view text);
  Complaint complaint() const;

 private:
  std::string path_;
  int descriptor_;
  int error_ = 0;
};

}  // namespace cli
