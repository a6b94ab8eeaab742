// Python's own csv, json and statistics read the exports (tests/report/read_exports.py). Without
// Python the shapes are still checked, by the tests of each export.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "report/export.h"
#include "tests/report/sample.h"

namespace report {
namespace {

// What the command prints, or its last words when it fails.
std::string OutputOf(const std::string& command) {
  std::string output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) {
    return "popen failed";
  }
  char buffer[4096];
  for (size_t size = 0; (size = fread(buffer, 1, sizeof(buffer), pipe)) > 0;) {
    output.append(buffer, size);
  }
  const int status = pclose(pipe);
  return status == 0 ? output : output + "it failed";
}

TEST(ForeignReaderTest, PythonReadsTheExports) {
  ASSERT_TRUE(OutputOf("python3 --version").starts_with("Python 3")) << "apt-get install python3";
  const std::filesystem::path directory =
      std::filesystem::path(testing::TempDir()) / ("lab_exports_" + std::to_string(getpid()));
  std::filesystem::create_directory(directory);
  for (const FormatRow& row : Formats()) {
    std::ofstream(directory / row.name) << Export(row.format, SampleResults(), SampleSummary());
  }
  EXPECT_EQ(OutputOf("python3 tests/report/read_exports.py '" + directory.string() + "'"),
            "csv 15\nwarmup-csv 14\nhyperfine 14\nhyperfine-iterations 84\npyperf 14\n");
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace report
