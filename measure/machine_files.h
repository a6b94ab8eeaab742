#pragma once
// The files in which Linux describes the machine (/proc, /sys, /etc), read below a root folder that
// tests put in place of the real one. A file that is missing or may not be read is a normal answer:
// containers, virtual machines and older kernels each lack some of them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace measure {

class MachineFiles {
 public:
  // `root` stands before every path; empty: this machine.
  explicit MachineFiles(std::string root = {}) : root_(std::move(root)) {}

  // The text without white space at its end, at most the first MiB; null when it cannot be read.
  std::optional<std::string> Read(const std::string& path) const;
  // Null also when the file does not hold just that one number.
  std::optional<int64_t> ReadInteger(const std::string& path) const;
  bool Exists(const std::string& path) const;
  // The names in a folder, sorted; none when it cannot be read.
  std::vector<std::string> List(const std::string& path) const;

 private:
  std::string root_;
};

}  // namespace measure
