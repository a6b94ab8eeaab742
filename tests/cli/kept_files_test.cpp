// Commands refuse to write what they read, by whatever name, or one file twice.

#include <filesystem>

#include "tests/cli/command_line.h"

namespace cli {
namespace {

class KeptFilesTest : public FilesTest {
 protected:
  KeptFilesTest()
      : results_(Write("r.jsonl", ReadFile("tests/report/results.jsonl"))),
        program_(Write("p.gc", "bench b(n = 3) = sum(range(n))\ndef main() = b()\n")) {}

  // `file` is what would be lost.
  void ExpectRefused(const std::vector<std::string>& arguments, const std::string& file,
                     const std::string& verb = "reads") {
    const std::string results = ReadFile(results_);
    const std::string program = ReadFile(program_);
    const Result result = Lab(arguments);
    EXPECT_EQ(result.status, kUsage) << file;
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(Contains(result.err,
                         "cannot write `" + file + "`: the command " + verb + " that file, too"))
        << result.err;
    EXPECT_EQ(ReadFile(results_), results);
    EXPECT_EQ(ReadFile(program_), program);
  }

  const std::string results_;
  const std::string program_;
};

TEST_F(KeptFilesTest, Results) {
  ExpectRefused({"report", results_, "-o", results_}, results_);
  ExpectRefused({"compare", "--from", results_, "--export=csv:" + results_}, results_);
  ExpectRefused({"compare", "--resume", results_, "--export=csv:" + results_}, results_, "writes");
  ExpectRefused({"warmup", "--from", results_, "--svg=" + results_}, results_);
  ExpectRefused({"warmup", "--from", results_, "--html=" + results_}, results_);
}

TEST_F(KeptFilesTest, Programs) {
  ExpectRefused({"compare", program_, "-o", program_}, program_);
  ExpectRefused({"warmup", program_, "-o", program_}, program_);
  ExpectRefused({"emit", "--to=python", program_, "-o", program_}, program_);
  ExpectRefused({"run", "--backend=tiered", "--events=" + program_, program_}, program_);
  ExpectRefused({"time", "-o", program_, program_}, program_);
}

TEST_F(KeptFilesTest, ByAnyName) {
  const std::string link = folder() + "/link";
  std::filesystem::create_symlink(results_, link);
  ExpectRefused({"report", results_, "-o", link}, link);
  const std::string other = folder() + "/other";
  std::filesystem::create_hard_link(program_, other);
  ExpectRefused({"emit", "--to=c", program_, "-o", other}, other);
  const std::string detour = folder() + "/./p.gc";
  ExpectRefused({"run", "--backend=jit", "--events=" + detour, program_}, detour);
}

TEST_F(KeptFilesTest, NothingIsWrittenTwice) {
  const std::string made = folder() + "/made";
  ExpectRefused({"compare", program_, "-o", made, "--export=csv:" + made}, made, "writes");
  ExpectRefused({"warmup", "--from", results_, "--svg=" + made, "--html=" + folder() + "/./made"},
                folder() + "/./made", "writes");
  EXPECT_FALSE(std::filesystem::exists(made));
}

TEST_F(KeptFilesTest, ADeviceHoldsNothing) {
  EXPECT_EQ(Lab({"warmup", "--from", results_, "--svg=/dev/null", "--html=/dev/null"}).status, kOk);
}

}  // namespace
}  // namespace cli
