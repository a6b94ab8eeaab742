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

constexpr const char* kFactored =
    "def twice(x) = x * 2\n"
    "def fib(n) = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }\n"
    "def unused(x) = x\n"
    "def main(n = 9) { var s = 0\n  for i in range(n) { s += twice(i) }\n  print(s, fib(n)) }\n";

TEST_F(DumpTest, ShowsThePhasesOfTheCompiler) {
  const std::string path = Write("a.gc", kFactored);
  const std::string ir = Dump("ir", path);
  EXPECT_TRUE(Contains(ir, "define internal")) << ir;
  EXPECT_TRUE(Contains(ir, "gc$twice$"));
  EXPECT_TRUE(Contains(Dump("ir-opt", path), "gc$fib$"));
  const std::string assembly = Dump("asm", path);
  EXPECT_TRUE(Contains(assembly, "ret\n")) << assembly;
  EXPECT_FALSE(Contains(assembly, ".p2align"));
  EXPECT_FALSE(Contains(assembly, ".cfi"));
}

TEST_F(DumpTest, ShowsOneFunction) {
  const std::string path = Write("a.gc", kFactored);
  for (const std::string phase : {"ir", "ir-opt", "asm"}) {
    const Result result = Lab({"dump", "--phase=" + phase, "--function=fib", path});
    EXPECT_EQ(result.status, kOk);
    EXPECT_EQ(result.err, "");
    EXPECT_TRUE(Contains(result.out, "gc$fib$")) << result.out;
    EXPECT_FALSE(Contains(result.out, "gc$main$")) << result.out;
    EXPECT_FALSE(Contains(result.out, "entry$")) << result.out;
  }
  const Result types = Lab({"dump", "--phase=types", "--function=fib", path});
  EXPECT_TRUE(Contains(types.out, "fib(n: int) -> int")) << types.out;
  EXPECT_TRUE(Contains(types.out, "   2  def fib")) << types.out;
  EXPECT_FALSE(Contains(types.out, "twice")) << types.out;
}

TEST_F(DumpTest, ShowsTheFunctionThatIsEntered) {
  const Result result =
      Lab({"dump", "--phase=ir-opt", "--function=main", Write("a.gc", kFactored)});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.err, "");
  EXPECT_TRUE(Contains(result.out, "gc$main$")) << result.out;
}

TEST_F(DumpTest, SaysWhenAFunctionWasInlined) {
  const std::string path = Write("a.gc", kFactored);
  const Result result = Lab({"dump", "--phase=asm", "--function=twice", path});
  EXPECT_EQ(result.status, kOk);
  EXPECT_TRUE(Contains(result.err, "`twice` was inlined wherever it is used")) << result.err;
  EXPECT_TRUE(Contains(result.err, "`fib`")) << result.err;
  EXPECT_TRUE(Contains(result.out, "gc$twice$")) << result.out;
  const Result unused = Lab({"dump", "--phase=asm", "--function=unused", path});
  EXPECT_EQ(unused.status, kOk);
  EXPECT_EQ(unused.out, "");
  EXPECT_TRUE(Contains(unused.err, "nothing that is compiled before the run calls `unused`"))
      << unused.err;
}

TEST_F(DumpTest, SuggestsFunctions) {
  const Result result = Lab({"dump", "--phase=ir", "--function=twise", Write("a.gc", kFactored)});
  EXPECT_EQ(result.status, kUsage);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Contains(result.err, "unknown function `twise`")) << result.err;
  EXPECT_TRUE(Contains(result.err, "did you mean `twice`?")) << result.err;
}

TEST_F(DumpTest, RunsNothing) {
  const Result result = Lab({"dump", "--phase=types", Write("a.gc", "print(1 // 0)\n")});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.err, "");
}

}  // namespace
}  // namespace cli
