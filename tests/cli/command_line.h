#pragma once
// Runs `lab` inside the test: a command line in, what it wrote and how it ended out.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "cli/commands.h"
#include "runtime/output.h"

namespace cli {

struct Result {
  int status;
  std::string out;
  std::string err;
};

// Beside the command line, what the surroundings are like.
struct Surroundings {
  int in = -1;  // no standard input
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::map<std::string, std::string> variables = {};
  runtime::Output* out = nullptr;      // instead of capturing
  std::string root = {};               // of the files that describe the machine
  std::function<double()> clock = {};  // empty: the real one
  measure::Workers* workers = nullptr;
  measure::ProcessStarter start_process = {};
};

Result Lab(const std::vector<std::string>& args, const Surroundings& surroundings = {});
// The same with a text to read from standard input.
Result LabWithInput(const std::vector<std::string>& args, const std::string& input);

// Every test gets a folder of its own.
class FilesTest : public ::testing::Test {
 protected:
  FilesTest();
  ~FilesTest() override;
  // Returns the path.
  std::string Write(const std::string& name, const std::string& text) const;
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

// What the file at `path` holds; empty when there is none.
std::string ReadFile(const std::string& path);

bool Contains(const std::string& text, const std::string& part);

}  // namespace cli
