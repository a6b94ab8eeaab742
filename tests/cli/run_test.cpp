// `lab run`: what it reads, what it prints, and how it ends.

#include <regex>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/cli/command_line.h"

namespace cli {
namespace {

class RunTest : public FilesTest {};

TEST_F(RunTest, RunsAFile) {
  const std::string path = Write("a.gc", "print(6 * 7)\n");
  const Result result = Lab({"run", path});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.out, "42\n");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(Lab({path}).out, "42\n");
}

TEST_F(RunTest, RunsAFileWithAShebang) {
  EXPECT_EQ(Lab({Write("a.gc", "#!/usr/bin/env lab\nprint(1)\n")}).out, "1\n");
}

TEST_F(RunTest, RunsAnEmptyFile) {
  const Result result = Lab({Write("a.gc", "")});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.out + result.err, "");
}

TEST_F(RunTest, RunsStandardInput) {
  EXPECT_EQ(LabWithInput({"-"}, "print(1 + 1)\n").out, "2\n");
  EXPECT_EQ(LabWithInput({"run", "-", "3"}, "def main(n) = n * n\n").out, "9\n");
}

TEST_F(RunTest, NamesStandardInputInErrors) {
  const Result result = LabWithInput({"-"}, "1 // 0\n");
  EXPECT_EQ(result.status, kProgramError);
  EXPECT_TRUE(Contains(result.err, "<stdin>:1:1")) << result.err;
}

TEST_F(RunTest, PrintsTheValueOfAnExpression) {
  EXPECT_EQ(Lab({"-e", "1"}).out, "1\n");
  EXPECT_EQ(Lab({"run", "-e", "1 + 1"}).out, "2\n");
  EXPECT_EQ(Lab({"-e", "[1, 2]"}).out, "[1, 2]\n");
  EXPECT_EQ(Lab({"-e", "\"text\""}).out, "text\n");
  EXPECT_EQ(Lab({"-e", "let x = 20; print(x); x * 2 + 2"}).out, "20\n42\n");
  EXPECT_EQ(Lab({"-e", "def f(n) = n + 1\nf(1)"}).out, "2\n");
}

TEST_F(RunTest, PassesArgumentsToMain) {
  const std::string path =
      Write("a.gc", "def main(n, name = \"x\", ok = false) { print(n, name, ok) }\n");
  EXPECT_EQ(Lab({"run", path, "5000"}).out, "5000 x false\n");
  EXPECT_EQ(Lab({"run", path, "n=0.5", "name=you"}).out, "0.5 you false\n");
  EXPECT_EQ(Lab({path, "1", "--x", "true"}).out, "1 --x true\n");
}

TEST_F(RunTest, TellsWhichArgumentOfMainIsWrong) {
  const std::string path = Write("a.gc", "def main(count: int) = count\n");
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{}, {"1", "2"}, {"cuont=3"}, {"many"}, {"1", "count=1"}}) {
    std::vector<std::string> words = {"run", path};
    words.insert(words.end(), args.begin(), args.end());
    const Result result = Lab(words);
    EXPECT_EQ(result.status, kProgramError);
    EXPECT_TRUE(Contains(result.err, "error: ")) << result.err;
    EXPECT_TRUE(Contains(result.err, "count") || Contains(result.err, "main")) << result.err;
  }
}

TEST_F(RunTest, RunsOnEveryConfiguration) {
  const std::string path = Write("a.gc", "def main(n) = sum(i * i for i in range(n))\n");
  for (const Configuration& row : Configurations()) {
    const std::string backend = "--backend=" + std::string(row.backend);
    const std::string mode = std::string(row.mode_flag) + "=" + std::string(row.mode);
    EXPECT_EQ(Lab({backend, mode, path, "10"}).out, "285\n") << row.name;
  }
}

TEST_F(RunTest, ShowsDiagnosticsOfAProgramThatDoesNotCompile) {
  const std::string path = Write("a.gc", "print(1)\nprint(missing)\n");
  const Result result = Lab({path});
  EXPECT_EQ(result.status, kNotCompiled);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(result.err.starts_with("error[E0201]")) << result.err;
  EXPECT_TRUE(Contains(result.err, path + ":2:7")) << result.err;
}

TEST_F(RunTest, RefusesBinaryGarbage) {
  const Result result = Lab({Write("a.gc", std::string("\x7f"
                                                       "ELF\0\1\2\xff\xfe\x80",
                                                       10))});
  EXPECT_EQ(result.status, kNotCompiled);
  EXPECT_TRUE(result.err.starts_with("error[E00")) << result.err;
}

TEST_F(RunTest, EndsWithTheStatusOfTheError) {
  const auto status_of = [](const std::string& text) { return Lab({"-e", text}).status; };
  EXPECT_EQ(status_of("1 // 0"), 1);
  EXPECT_EQ(status_of("assert(false)"), 1);
  EXPECT_EQ(status_of("error(\"no\")"), 1);
  EXPECT_EQ(status_of("def f(n) = f(n + 1) + 1\nf(0)"), 4);
  EXPECT_EQ(Lab({"--max-memory=1M", "-e", "var s = \"x\"\nwhile true { s += s }"}).status, 4);
  EXPECT_EQ(Lab({"--time-limit=0.05", "-e", "while true { }"}).status, 124);
}

TEST_F(RunTest, ShowsOutputBeforeTheError) {
  const Result result = Lab({Write("a.gc", "print(1)\nprint(2 // 0)\n")});
  EXPECT_EQ(result.status, kProgramError);
  EXPECT_EQ(result.out, "1\n");
  EXPECT_TRUE(Contains(result.err, "error: division by zero: cannot divide 2 by zero"))
      << result.err;
  EXPECT_TRUE(Contains(result.err, "a.gc:2:7")) << result.err;
}

TEST_F(RunTest, StopsAtTheTimeLimitEverywhere) {
  for (const char* text : {
           "while true { }",
           "for i in range(1_000_000_000_000) { i }",
           "sum(i % 3 for i in range(1_000_000_000_000))",
           "sum(range(9_000_000_000))",
           "def f(n) = if n < 2 { n } else { f(n - 1) + f(n - 2) }\nf(80)",
       }) {
    const Result result = Lab({"--time-limit=50ms", "-e", text});
    EXPECT_EQ(result.status, 124) << text;
    EXPECT_TRUE(Contains(result.err, "error: time limit")) << result.err;
    EXPECT_TRUE(Contains(result.err, "<expr>:")) << result.err;
  }
}

TEST_F(RunTest, StopsAtTheMemoryLimitEverywhere) {
  for (const char* text : {
           "let xs = [0]\nwhile true { append(xs, 1) }",
           "list(range(100_000_000))",
           "[[i] for i in range(100_000_000)]",
           "let b = buffer()\nwhile true { write(b, \"text\") }",
           "join(\",\", map(str, range(100_000_000)))",
           "[0] * 1_000_000_000",
           "memo def f(n) = n\nfor i in range(100_000_000) { f(i) }",
       }) {
    const Result result = Lab({"--max-memory=1M", "--time-limit=20", "-e", text});
    EXPECT_EQ(result.status, kLimit) << text << result.err;
    EXPECT_TRUE(Contains(result.err, "error: memory limit")) << result.err;
  }
}

TEST_F(RunTest, RefusesLibrariesThatWereNotAllowed) {
  const std::string path =
      Write("a.gc", "extern \"z\" def zlibVersion() -> int\nprint(zlibVersion())\n");
  const Result result = Lab({path});
  EXPECT_EQ(result.status, kProgramError);
  EXPECT_TRUE(Contains(result.err, "--allow-extern=z")) << result.err;
}

TEST_F(RunTest, WritesStatsToStandardError) {
  const std::string path =
      Write("a.gc", "memo def f(n) = n * 2\ndef main() { for i in range(100) { f(i % 10) } }\n");
  const Result result = Lab({"run", "--stats", path});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.out, "");
  for (const char* phase : {"read", "lex", "parse", "resolve", "infer", "build", "run", "total"}) {
    EXPECT_TRUE(std::regex_search(
        result.err, std::regex("(^|\n)" + std::string(phase) + " +[0-9]+\\.[0-9]+ ms\n")))
        << phase << "\n"
        << result.err;
  }
  for (const char* counter : {"nodes", "calls", "allocations", "bytes", "peak bytes"}) {
    EXPECT_TRUE(
        std::regex_search(result.err, std::regex("\n" + std::string(counter) + " +[0-9,]+\n")))
        << counter << "\n"
        << result.err;
  }
  EXPECT_TRUE(std::regex_search(result.err, std::regex("\nmemo f +90 hits 10 misses\n")))
      << result.err;
  EXPECT_TRUE(Contains(result.err, "Counting was on"));
}

TEST_F(RunTest, WritesStatsOfTheJit) {
  const std::string path =
      Write("a.gc", "memo def f(n) = n * 2\ndef main() { for i in range(100) { f(i % 10) } }\n");
  const Result result = Lab({"--backend=jit", "--stats", path});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.out, "");
  for (const char* phase :
       {"read", "start LLVM", "infer", "lower", "optimise", "codegen", "link", "run", "total"}) {
    EXPECT_TRUE(std::regex_search(
        result.err, std::regex("(^|\n)" + std::string(phase) + " +[0-9]+\\.[0-9]+ ms\n")))
        << phase << "\n"
        << result.err;
  }
  EXPECT_TRUE(std::regex_search(result.err, std::regex("\nLLVM 19\\.[^\n]+\n"))) << result.err;
  EXPECT_TRUE(std::regex_search(result.err, std::regex("\ncalls +101\n"))) << result.err;
  EXPECT_FALSE(Contains(result.err, "nodes")) << result.err;
  EXPECT_TRUE(std::regex_search(result.err, std::regex("\nmemo f +90 hits 10 misses\n")))
      << result.err;
  EXPECT_TRUE(Contains(result.err, "Counting was on"));
  EXPECT_FALSE(Contains(result.err, "--math=fast"));
}

TEST_F(RunTest, SaysThatMathIsFast) {
  const Result result = Lab({"--backend=jit", "--math=fast", "--stats", "-e", "sin(1.0)"});
  EXPECT_EQ(result.status, kOk);
  EXPECT_TRUE(Contains(result.err, "\n--math=fast: ")) << result.err;
}

TEST_F(RunTest, AlignsTheTablesOfEveryEngine) {
  for (const Configuration& row : Configurations()) {
    const std::string backend = "--backend=" + std::string(row.backend);
    const std::string mode = std::string(row.mode_flag) + "=" + std::string(row.mode);
    const std::string err = Lab({backend, mode, "--stats", "-e", "1"}).err;
    size_t ends = 0;
    for (size_t at = 0; (at = err.find(" ms\n", at)) != std::string::npos; ++at) {
      const size_t column = at - (err.rfind('\n', at - 1) + 1);
      EXPECT_EQ(column, 26U) << err;
      ++ends;
    }
    EXPECT_GT(ends, 4U) << err;
  }
}

TEST_F(RunTest, CountsTheSameEveryTime) {
  const std::string path =
      Write("a.gc", "def f(n) = if n < 2 { n } else { f(n - 1) + f(n - 2) }\nprint(f(15))\n");
  const auto counts = [&] {
    const std::string err = Lab({"--stats", path}).err;
    return err.substr(err.find("nodes"));
  };
  EXPECT_EQ(counts(), counts());
}

TEST_F(RunTest, ShowsStatsOfAFailedRun) {
  const Result result = Lab({"--stats", "-e", "1 // 0"});
  EXPECT_EQ(result.status, kProgramError);
  EXPECT_LT(result.err.find("error: division by zero"), result.err.find("nodes"));
}

TEST_F(RunTest, ReportsMissingFiles) {
  Write("fib.gc", "");
  const Result result = Lab({"run", folder() + "/fbi.gc"});
  EXPECT_EQ(result.status, kInputOutput);
  EXPECT_EQ(result.err, "error: cannot read `" + folder() +
                            "/fbi.gc`: there is no such file\n = help: did you mean `" + folder() +
                            "/fib.gc`?\n");
  EXPECT_EQ(Lab({folder()}).status, kInputOutput);
  EXPECT_EQ(Lab({"/dev/zero"}).status, kInputOutput);
  EXPECT_EQ(Lab({"--max-source=4", Write("a.gc", "12345")}).status, kInputOutput);
}

TEST_F(RunTest, ReportsAFullDisk) {
  for (const char* text : {"print(1)", "for i in range(100_000) { print(i) }"}) {
    const int full = open("/dev/full", O_WRONLY);
    runtime::FileOutput out(full);
    const Result result = Lab({"-e", text}, {.out = &out});
    EXPECT_EQ(result.status, kInputOutput) << text;
    EXPECT_TRUE(Contains(result.err, "cannot write the output: No space left on device"))
        << result.err;
    close(full);
  }
}

TEST_F(RunTest, KeepsSilentWhenTheReaderIsGone) {
  for (const char* text : {"print(1)", "for i in range(100_000) { print(i) }"}) {
    int ends[2];
    // Writing to a socket whose other end is closed fails as a pipe does.
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    close(ends[0]);
    const auto before = signal(SIGPIPE, SIG_IGN);
    {
      runtime::FileOutput out(ends[1]);
      const Result result = Lab({"-e", text}, {.out = &out});
      EXPECT_EQ(result.status, kReaderGone) << text;
      EXPECT_EQ(result.err, "");
    }
    signal(SIGPIPE, before);
    close(ends[1]);
  }
}

}  // namespace
}  // namespace cli
