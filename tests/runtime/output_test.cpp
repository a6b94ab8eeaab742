// Writing to files that behave, that are full, and that nobody reads.

#include "runtime/output.h"

#include <cerrno>
#include <csignal>
#include <string>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using runtime::FileOutput;
using runtime::Value;

struct Pipe {
  Pipe() { EXPECT_EQ(::pipe(ends), 0); }
  ~Pipe() {
    CloseReader();
    CloseWriter();
  }
  void CloseReader() { Close(&ends[0]); }
  void CloseWriter() { Close(&ends[1]); }
  static void Close(int* end) {
    if (*end >= 0) {
      ::close(*end);
      *end = -1;
    }
  }
  std::string ReadAll() const {
    std::string text;
    char bytes[4096];
    for (ssize_t size; (size = ::read(ends[0], bytes, sizeof bytes)) > 0;) {
      text.append(bytes, static_cast<size_t>(size));
    }
    return text;
  }
  int ends[2] = {-1, -1};
};

TEST(FileOutput, BuffersUntilFlushed) {
  Pipe pipe;
  {
    FileOutput out(pipe.ends[1]);
    EXPECT_TRUE(out.Write("one\n"));
    ::fcntl(pipe.ends[0], F_SETFL, O_NONBLOCK);
    char byte;
    EXPECT_EQ(::read(pipe.ends[0], &byte, 1), -1);
    EXPECT_TRUE(out.Write("two\n"));
  }
  pipe.CloseWriter();
  EXPECT_EQ(pipe.ReadAll(), "one\ntwo\n");
}

TEST(FileOutput, LargeTextsAndSlowReaders) {
  Pipe pipe;
  ::fcntl(pipe.ends[1], F_SETFL, O_NONBLOCK);
  std::string expected;
  std::string found;
  std::thread reader([&] { found = pipe.ReadAll(); });
  {
    FileOutput out(pipe.ends[1]);
    for (int i = 0; i < 30; ++i) {
      const std::string text(static_cast<size_t>(i) * 7919, static_cast<char>('a' + i % 26));
      expected += text;
      EXPECT_TRUE(out.Write(text));
    }
    EXPECT_TRUE(out.Flush());
  }
  pipe.CloseWriter();
  reader.join();
  EXPECT_TRUE(found == expected);
}

std::string PrintAndFlush(FileOutput& out) {
  RunFixture plain;
  runtime::Context context(*plain.program, plain.types, out, {});
  const Value args[] = {Value::Int(1)};
  Value result;
  const auto print = static_cast<frontend::BuiltinId>(runtime::BuiltinKind::Print);
  for (int i = 0; i < 100'000; ++i) {
    if (!runtime::CallBuiltin(context, print, args, &result)) {
      return std::string(runtime::Name(context.failure->kind)) + ": " + context.failure->message;
    }
  }
  return "all written";
}

TEST(FileOutput, AFullDiskIsAnError) {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  {
    FileOutput out(full);
    EXPECT_EQ(PrintAndFlush(out), "output: cannot write the output: No space left on device");
    EXPECT_EQ(out.error, ENOSPC);
    EXPECT_FALSE(out.Write("more"));
    EXPECT_FALSE(out.Flush());
  }
  ::close(full);
}

TEST(FileOutput, AReaderThatIsGoneIsAnErrorOfItsOwn) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  pipe.CloseReader();
  FileOutput out(pipe.ends[1]);
  EXPECT_EQ(PrintAndFlush(out), "reader gone: whoever read the output is gone");
  std::signal(SIGPIPE, before);
}

}  // namespace
}  // namespace tests
