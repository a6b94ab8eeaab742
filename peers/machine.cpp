// Tests: tests/peers/find_test.cpp.

#include "peers/machine.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace peers {
namespace {

bool IsExecutable(const std::string& path) {
  struct stat about;
  return stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

std::string LinkTarget(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::read_symlink(path, error);
  if (error) {
    return {};
  }
  return (std::filesystem::path(path).parent_path() / target).lexically_normal().string();
}

std::string FirstLine(const std::string& path) {
  constexpr std::streamsize kMostBytes = 256;
  std::string line(kMostBytes, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(line.data(), kMostBytes);
  line.resize(static_cast<size_t>(file.gcount()));
  return line.substr(0, line.find('\n'));
}

}  // namespace

Machine RealMachine(std::string path, std::string temporary, measure::ProcessStarter start,
                    std::function<double()> clock) {
  return {.path = std::move(path),
          .is_executable = IsExecutable,
          .exists = [](const std::string& file) { return access(file.c_str(), F_OK) == 0; },
          .link_target = LinkTarget,
          .first_line = FirstLine,
          .start = std::move(start),
          .clock = std::move(clock),
          .temporary = temporary.empty() ? "/tmp" : std::move(temporary)};
}

}  // namespace peers
