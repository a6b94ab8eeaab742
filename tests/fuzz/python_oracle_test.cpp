// CPython agrees with the lab, and would say so if it did not.

#include "fuzz/python_oracle.h"

#include <gtest/gtest.h>

#include "runtime/builtins.h"

namespace fuzz {
namespace {

std::unique_ptr<frontend::Program> Load(const std::string& text) {
  frontend::DiagnosticSink sink;
  auto program = frontend::LoadProgram("a.gc", text, runtime::BuiltinSignatures(), sink);
  EXPECT_NE(program, nullptr);
  return program;
}

TEST(PythonOracle, JudgesOneProgramAfterTheOther) {
  PythonOracle python;
  Observation base;
  base.output = "3\n";
  const auto good = Load("print(1 + 2)");
  EXPECT_EQ(python.Judge(*good, base).what, "");
  base.output = "4\n";
  EXPECT_EQ(python.Judge(*good, base).what, "output");

  const auto bad = Load("print(3)\nprint(1 // 0)");
  base.output = "3\n";
  EXPECT_EQ(python.Judge(*bad, base).what, "error");
  base.error_kind = "division by zero";
  base.trace = {{"<top>", 2, 9}};
  EXPECT_EQ(python.Judge(*bad, base).what, "");
  base.trace[0].line = 1;
  EXPECT_EQ(python.Judge(*bad, base).what, "error");
  EXPECT_TRUE(python.is_there());
}

TEST(PythonOracle, SaysWhenItIsMissing) {
  PythonOracle python("/no/such/python");
  EXPECT_EQ(python.Judge(*Load("print(1)"), {}).what, "");
  EXPECT_FALSE(python.is_there());
}

}  // namespace
}  // namespace fuzz
