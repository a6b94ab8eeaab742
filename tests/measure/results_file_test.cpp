// A results file on disk: appended to by several at once, torn, full, or no file at all.

#include "measure/results_file.h"

#include <csignal>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace measure {
namespace {

class ResultsFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "results_file_XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = folder_ + "/r.jsonl";
  }
  void TearDown() override {
    unlink(path_.c_str());
    rmdir(folder_.c_str());
  }

  std::string Text() const {
    std::ostringstream text;
    text << std::ifstream(path_, std::ios::binary).rdbuf();
    return text.str();
  }
  void Write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }

  std::string folder_;
  std::string path_;
};

std::string OpenError(const std::string& path) {
  ResultsFile file;
  std::string error;
  EXPECT_FALSE(file.Open(path, &error));
  return error;
}

TEST_F(ResultsFileTest, IsMadeAndAppendedTo) {
  std::string error;
  for (const char* record : {"{1}\n", "{2}\n"}) {
    ResultsFile file;
    ASSERT_TRUE(file.Open(path_, &error)) << error;
    ASSERT_TRUE(file.Append(record, &error)) << error;
  }
  EXPECT_EQ(Text(), "{1}\n{2}\n");
}

TEST_F(ResultsFileTest, ATornTailIsClosedBeforeTheNextRecord) {
  Write("{1}\n{\"torn");
  ResultsFile file;
  std::string error;
  ASSERT_TRUE(file.Open(path_, &error)) << error;
  EXPECT_EQ(Text(), "{1}\n{\"torn");  // nothing is written before there is a record
  ASSERT_TRUE(file.Append("two\n", &error)) << error;
  ASSERT_TRUE(file.Append("three\n", &error)) << error;
  EXPECT_EQ(Text(), "{1}\n{\"torn\ntwo\nthree\n");
}

// Records of several pages, so that a write which is not one step would show.
TEST_F(ResultsFileTest, NothingIsLostBetweenProcessesAndThreads) {
  constexpr int kProcesses = 2;
  constexpr int kThreads = 2;
  constexpr int kRecords = 100;
  const auto record_of = [](int writer, int number) {
    const auto letter = static_cast<char>('a' + writer);
    return std::string{'{', letter} + std::to_string(number) + ":" +
           std::string(static_cast<size_t>(1 + number * 97 % 20'000), letter) + "\n";
  };
  const auto append_all = [&](int writer) {
    ResultsFile file;
    std::string error;
    bool ok = file.Open(path_, &error);
    for (int number = 0; number < kRecords; ++number) {
      ok = ok && file.Append(record_of(writer, number), &error);
    }
    return ok;
  };
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      bool is_ok[kThreads] = {};
      std::vector<std::thread> threads;
      for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back(
            [&, thread] { is_ok[thread] = append_all(process * kThreads + thread); });
      }
      for (std::thread& thread : threads) {
        thread.join();
      }
      _exit(is_ok[0] && is_ok[1] ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  std::istringstream lines(Text());
  std::map<char, int> seen;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) {
      continue;  // a writer that saw another at work closed its line
    }
    ASSERT_GT(line.size(), 1U);
    const int writer = line[1] - 'a';
    ASSERT_EQ(line + "\n", record_of(writer, seen[line[1]]));
    ++seen[line[1]];
  }
  EXPECT_EQ(seen.size(), size_t{kProcesses * kThreads});
  for (const auto& [writer, count] : seen) {
    EXPECT_EQ(count, kRecords);
  }
}

// A process of its own has the limit, so that no other test meets it.
TEST_F(ResultsFileTest, AFullDiskIsReportedAndCostsOneRecord) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{.rlim_cur = 20, .rlim_max = RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
    ResultsFile file;
    std::string error;
    if (!file.Open(path_, &error) || !file.Append("0123456789\n", &error)) {
      _exit(1);
    }
    if (file.Append("0123456789\n", &error) || !error.ends_with("`: no space left")) {
      _exit(2);
    }
    if (file.Append("0123456789\n", &error) || !error.ends_with("`: File too large")) {
      _exit(3);
    }
    const rlimit none{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &none);
    _exit(file.Append("last\n", &error) ? 0 : 4);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(Text(), "0123456789\n012345678\nlast\n");
}

TEST_F(ResultsFileTest, RefusesWhatIsNoFile) {
  EXPECT_EQ(OpenError("/dev/full"), "`/dev/full` is not a file");
  EXPECT_EQ(OpenError(folder_), "cannot write `" + folder_ + "`: Is a directory");
  EXPECT_EQ(OpenError(folder_ + "/none/r"),
            "cannot write `" + folder_ + "/none/r`: No such file or directory");
}

TEST_F(ResultsFileTest, LeavesWhatHoldsSomethingElse) {
  const std::string program = "def main() = 1\n";
  Write(program);
  EXPECT_EQ(OpenError(path_), "`" + path_ + "` holds something else than results");
  EXPECT_EQ(Text(), program);
}

}  // namespace
}  // namespace measure
