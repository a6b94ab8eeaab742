#pragma once
// What looking for peers and running them touches of the machine. Tests pass their own.

#include <functional>
#include <string>

#include "measure/child_process.h"

namespace peers {

struct Machine {
  std::string path;  // PATH
  std::function<bool(const std::string& path)> is_executable;
  std::function<bool(const std::string& path)> exists;
  // Where a symbolic link leads, absolute; empty when it is none.
  std::function<std::string(const std::string& path)> link_target;
  // The first line of a file; empty when it cannot be read.
  std::function<std::string(const std::string& path)> first_line;
  measure::ProcessStarter start;
  std::function<double()> clock;   // seconds from some fixed instant
  std::string temporary = "/tmp";  // a folder for folders that are removed again
};

// The real one, but for what is passed.
Machine RealMachine(std::string path, std::string temporary, measure::ProcessStarter start,
                    std::function<double()> clock);

}  // namespace peers
