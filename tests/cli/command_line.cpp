// The test's side of Env.

#include "tests/cli/command_line.h"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace cli {

namespace {

double RealClock() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

}  // namespace

Result Lab(const std::vector<std::string>& args, const Surroundings& surroundings) {
  runtime::StringOutput out;
  runtime::StringOutput err;
  Env env{
      .out = surroundings.out != nullptr ? *surroundings.out : out,
      .err = err,
      .in = surroundings.in,
      .out_is_terminal = surroundings.out_is_terminal,
      .err_is_terminal = surroundings.err_is_terminal,
      .variable = [&](const char* name) -> const char* {
        const auto found = surroundings.variables.find(name);
        return found == surroundings.variables.end() ? nullptr : found->second.c_str();
      },
      .clock = surroundings.clock ? surroundings.clock : RealClock,
      .root = surroundings.root,
      .wall_clock = [] { return 1'767'225'600.0; },  // 2026-01-01
      .unique =
          [] {
            static std::atomic<uint64_t> count{0};
            return ++count;
          },
      .workers = surroundings.workers,
      .start_process = surroundings.start_process,
  };
  const int status = Main(args, env);
  return {status, out.text(), err.text()};
}

Result LabWithInput(const std::vector<std::string>& args, const std::string& input) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  // Fits into the pipe, so nobody need read at the same time.
  EXPECT_EQ(write(ends[1], input.data(), input.size()), static_cast<ssize_t>(input.size()));
  close(ends[1]);
  Result result = Lab(args, {.in = ends[0]});
  close(ends[0]);
  return result;
}

FilesTest::FilesTest() {
  std::string name = ::testing::TempDir() + "lab-test-XXXXXX";
  EXPECT_NE(mkdtemp(name.data()), nullptr);
  folder_ = name;
}

FilesTest::~FilesTest() { std::filesystem::remove_all(folder_); }

std::string FilesTest::Write(const std::string& name, const std::string& text) const {
  std::string path = folder_ + "/" + name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace cli
