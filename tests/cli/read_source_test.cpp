// Reading programs: files, pipes, and all that is neither.

#include "cli/read_source.h"

#include <chrono>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/exit_status.h"
#include "tests/cli/command_line.h"

namespace cli {
namespace {

constexpr uint64_t kLimit = 1 << 20;

class ReadSourceTest : public FilesTest {
 protected:
  static std::string Text(const std::string& path, int in = -1, uint64_t limit = kLimit) {
    auto result = ReadSource(path, in, limit);
    if (const auto* complaint = std::get_if<Complaint>(&result)) {
      ADD_FAILURE() << complaint->message;
      return {};
    }
    return std::get<std::string>(result);
  }
  // The message, after checking that the status is the one for reading.
  static std::string Refusal(const std::string& path, int in = -1, uint64_t limit = kLimit) {
    const auto result = ReadSource(path, in, limit);
    const auto* complaint = std::get_if<Complaint>(&result);
    if (complaint == nullptr) {
      return "read";
    }
    EXPECT_EQ(complaint->status, kInputOutput);
    return complaint->help.empty() ? complaint->message
                                   : complaint->message + "; " + complaint->help[0];
  }
};

TEST_F(ReadSourceTest, ReadsFiles) {
  EXPECT_EQ(Text(Write("a.gc", "1\n")), "1\n");
  EXPECT_EQ(Text(Write("empty.gc", "")), "");
  const std::string binary("\0\xff\n", 3);
  EXPECT_EQ(Text(Write("binary.gc", binary)), binary);
  const std::string large(700'000, 'x');
  EXPECT_EQ(Text(Write("large.gc", large)), large);
}

TEST_F(ReadSourceTest, ReadsNoMoreThanTheLimit) {
  const std::string path = Write("a.gc", "12345");
  EXPECT_EQ(Text(path, -1, 5), "12345");
  EXPECT_EQ(
      Refusal(path, -1, 4),
      "cannot read `" + path + "`: it is larger than 4 bytes; `--max-source` raises the limit");
}

TEST_F(ReadSourceTest, ReadsPipes) {
  const std::string path = folder() + "/pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const std::string text(300'000, 'y');  // more than a pipe holds
  std::thread writer([&] {
    const int descriptor = open(path.c_str(), O_WRONLY);
    EXPECT_EQ(write(descriptor, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    close(descriptor);
  });
  EXPECT_EQ(Text(path), text);
  writer.join();
}

TEST_F(ReadSourceTest, ReadsStandardInput) {
  const std::string path = Write("a.gc", "1 + 1");
  const int descriptor = open(path.c_str(), O_RDONLY);
  EXPECT_EQ(Text("-", descriptor), "1 + 1");
  close(descriptor);
  EXPECT_EQ(Refusal("-", -1), "cannot read standard input: Bad file descriptor");
}

TEST_F(ReadSourceTest, RefusesWhatNeverEndsAtOnce) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Refusal("/dev/zero"),
            "cannot read `/dev/zero`: it is neither a file nor a pipe; `-` reads the program from "
            "standard input");
  EXPECT_EQ(Refusal("/dev/full").substr(0, 11), "cannot read");
  EXPECT_EQ(Refusal("/"), "cannot read `/`: it is a folder");
  const int zero = open("/dev/zero", O_RDONLY);
  EXPECT_EQ(Refusal("-", zero),
            "cannot read standard input: it is larger than 1 MiB; "
            "`--max-source` raises the limit");
  close(zero);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  EXPECT_LT(passed.count(), 1.0);  // milliseconds on an idle machine
}

TEST_F(ReadSourceTest, RefusesALargeFileWithoutReadingIt) {
  const std::string path = Write("sparse.gc", "");
  ASSERT_EQ(truncate(path.c_str(), off_t{1} << 40), 0);
  EXPECT_EQ(Refusal(path),
            "cannot read `" + path + "`: it is larger than 1 MiB; `--max-source` raises the limit");
}

TEST_F(ReadSourceTest, SuggestsNearbyFiles) {
  const std::string fib = Write("fib.gc", "");
  Write("matmul.gc", "");
  const std::string missing = "`: there is no such file; did you mean `" + fib + "`?";
  EXPECT_EQ(Refusal(folder() + "/fbi.gc"), "cannot read `" + folder() + "/fbi.gc" + missing);
  EXPECT_EQ(Refusal(folder() + "/fib"), "cannot read `" + folder() + "/fib" + missing);
  EXPECT_EQ(Refusal(folder() + "/quarks.gc"),
            "cannot read `" + folder() + "/quarks.gc`: there is no such file");
  EXPECT_EQ(Refusal(folder() + "/none/fib.gc"),
            "cannot read `" + folder() + "/none/fib.gc`: there is no such file");
}

TEST_F(ReadSourceTest, TellsWhyAFileCannotBeRead) {
  const std::string path = Write("a.gc", "1");
  EXPECT_EQ(Refusal(path + "/b.gc"), "cannot read `" + path + "/b.gc`: Not a directory");
  if (geteuid() != 0) {  // root may read everything
    chmod(path.c_str(), 0);
    EXPECT_EQ(Refusal(path), "cannot read `" + path + "`: Permission denied");
  }
}

}  // namespace
}  // namespace cli
