// `lab report`: where the page goes, and every way in which it cannot.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/cli/command_line.h"

namespace cli {
namespace {

class ReportTest : public FilesTest {
 protected:
  ReportTest() : sample_(ReadFile("tests/report/results.jsonl")) {}

  size_t FileCount() const {
    const std::filesystem::directory_iterator files(folder());
    return static_cast<size_t>(std::distance(begin(files), end(files)));
  }
  static bool IsPage(const std::string& text) {
    return text.starts_with("<!DOCTYPE html>") && text.ends_with("</html>\n");
  }

  const std::string sample_;
};

TEST_F(ReportTest, WritesBesideTheResults) {
  const std::string results = Write("a.b.jsonl", sample_);
  const Result result = Lab({"report", results});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "wrote " + folder() + "/a.b.html\n");
  EXPECT_TRUE(IsPage(ReadFile(folder() + "/a.b.html")));
  EXPECT_EQ(FileCount(), 2U);  // no temporary file stays
  Write("plain", sample_);
  EXPECT_EQ(Lab({"report", folder() + "/plain"}).err, "wrote " + folder() + "/plain.html\n");
}

TEST_F(ReportTest, WritesWhereItIsTold) {
  const std::string results = Write("r.jsonl", sample_);
  const std::string page = Write("page.html", "old");
  EXPECT_EQ(Lab({"report", results, "-o", page}).status, kOk);
  EXPECT_TRUE(IsPage(ReadFile(page)));
  const Result result = Lab({"report", "-o", "-", results});
  EXPECT_EQ(result.out, ReadFile(page));
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(FileCount(), 2U);
}

TEST_F(ReportTest, ReadsStandardInput) {
  const std::string results = Write("r.jsonl", sample_);
  const int in = open(results.c_str(), O_RDONLY);
  EXPECT_TRUE(IsPage(Lab({"report", "-", "-o", "-"}, {.in = in}).out));
  close(in);
  const Result nameless = Lab({"report", "-"});
  EXPECT_EQ(nameless.status, kUsage);
  EXPECT_TRUE(Contains(nameless.err, "-o FILE"));
}

TEST_F(ReportTest, LetsOthersReadThePage) {
  const mode_t mask = umask(022);
  EXPECT_EQ(Lab({"report", Write("r.jsonl", sample_)}).status, kOk);
  umask(mask);
  struct stat about;
  ASSERT_EQ(stat((folder() + "/r.html").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0644U);
}

TEST_F(ReportTest, RefusesWhatIsNoResults) {
  const Result missing = Lab({"report", folder() + "/none.jsonl"});
  EXPECT_EQ(missing.status, kInputOutput);
  EXPECT_TRUE(Contains(missing.err, "there is no such file"));
  const Result other = Lab({"report", Write("a.jsonl", "{\"a\": 1}\n")});
  EXPECT_EQ(other.status, kInputOutput);
  EXPECT_TRUE(Contains(other.err, "cannot use"));
  const Result run = Lab({"report", Write("r.jsonl", sample_), "--run=other"});
  EXPECT_EQ(run.status, kInputOutput);
  EXPECT_TRUE(Contains(run.err, "`other`"));
  const std::string plan = sample_.substr(0, sample_.find('\n') + 1);
  const Result empty = Lab({"report", Write("p.jsonl", plan)});
  EXPECT_EQ(empty.status, kInputOutput);
  EXPECT_TRUE(Contains(empty.err, "no round"));
  EXPECT_EQ(FileCount(), 3U);  // no page was made
}

TEST_F(ReportTest, LeavesNoHalfOfAPage) {
  const std::string results = Write("r.jsonl", sample_);
  const Result nowhere = Lab({"report", results, "-o", folder() + "/no/page.html"});
  EXPECT_EQ(nowhere.status, kInputOutput);
  EXPECT_TRUE(Contains(nowhere.err, "cannot write `" + folder() + "/no/page.html`"));
  EXPECT_EQ(Lab({"report", results, "-o", folder()}).status, kInputOutput);
  EXPECT_EQ(Lab({"report", results, "-o", "/dev/full"}).status, kInputOutput);
  EXPECT_EQ(FileCount(), 1U);
}

TEST_F(ReportTest, ChecksItsCommandLine) {
  EXPECT_EQ(Lab({"report"}).status, kUsage);
  EXPECT_EQ(Lab({"report", "a", "b"}).status, kUsage);
  EXPECT_EQ(Lab({"report", "a", "-o", ""}).status, kUsage);
  EXPECT_EQ(Lab({"report", "a", "--output=b"}).status, kUsage);
}

}  // namespace
}  // namespace cli
