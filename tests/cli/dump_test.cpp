// `lab dump`: each phase shows something, and only the phases that are asked for can fail.

#include "tests/cli/command_line.h"

namespace cli {
namespace {

class DumpTest : public FilesTest {};

std::string Dump(const std::string& phase, const std::string& path) {
  const Result result = Lab({"dump", "--phase=" + phase, path});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.err, "");
  return result.out;
}

TEST_F(DumpTest, ShowsEveryPhase) {
  const std::string path = Write("a.gc", "def twice(x) = x * 2\nlet y = twice(4)\n");
  EXPECT_TRUE(Contains(Dump("tokens", path), "twice"));
  EXPECT_TRUE(Contains(Dump("ast", path), "twice"));
  EXPECT_TRUE(Contains(Dump("resolved", path), "twice"));
  const std::string types = Dump("types", path);
  EXPECT_TRUE(Contains(types, "twice(x: int) -> int")) << types;
}

TEST_F(DumpTest, TakesExpressionsAndStandardInput) {
  const Result expression = Lab({"dump", "--phase=ast", "-e", "1 + 2"});
  EXPECT_EQ(expression.status, kOk);
  EXPECT_EQ(LabWithInput({"dump", "--phase=ast", "-"}, "1 + 2").out, expression.out);
}

TEST_F(DumpTest, ShowsATreeWhoseNamesAreUnknown) {
  const std::string path = Write("a.gc", "missing + 1\n");
  EXPECT_TRUE(Contains(Dump("ast", path), "missing"));
  const Result resolved = Lab({"dump", "--phase=resolved", path});
  EXPECT_EQ(resolved.status, kNotCompiled);
  EXPECT_EQ(resolved.out, "");
  EXPECT_TRUE(resolved.err.starts_with("error[E0201]")) << resolved.err;
}

TEST_F(DumpTest, ShowsTokensOfATextThatDoesNotParse) {
  const std::string path = Write("a.gc", "1 + * 2\n");
  EXPECT_NE(Dump("tokens", path), "");
  EXPECT_EQ(Lab({"dump", "--phase=ast", path}).status, kNotCompiled);
  EXPECT_EQ(Lab({"dump", "--phase=tokens", Write("b.gc", "1 + $\n")}).status, kNotCompiled);
}

TEST_F(DumpTest, RunsNothing) {
  const Result result = Lab({"dump", "--phase=types", Write("a.gc", "print(1 // 0)\n")});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.err, "");
}

}  // namespace
}  // namespace cli
