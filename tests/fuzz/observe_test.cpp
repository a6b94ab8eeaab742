// What a run leaves, and how two runs are told apart.

#include "fuzz/observe.h"

#include <gtest/gtest.h>

#include "runtime/builtins.h"
#include "runtime/run.h"

namespace fuzz {
namespace {

Observation RunOn(const std::string& text, const char* backend) {
  frontend::DiagnosticSink sink;
  const auto program = frontend::LoadProgram("a.gc", text, runtime::BuiltinSignatures(), sink);
  EXPECT_NE(program, nullptr);
  Observation observation;
  runtime::OnLargeStack(
      [&] { observation = Observe(*program, *cli::FindConfiguration(backend, ""), {}); });
  return observation;
}

TEST(Observe, KeepsOutputValueAndError) {
  const Observation good = RunOn("def main() { print(\"a\")\n [\"b\"] }", "interp");
  EXPECT_EQ(good.output, "a\n['b']\n");
  EXPECT_EQ(good.value, "['b']");
  EXPECT_EQ(good.left_objects, 0U);

  const Observation bad = RunOn("def f(x) = 1 // x\ndef main() = f(0)", "jit");
  EXPECT_EQ(bad.ErrorText(), "division by zero: cannot divide 1 by zero\n  f:1:12\n  main:2:14");
}

TEST(Compare, TellsWhatDiffers) {
  Observation base;
  base.output = "1\n";
  Observation other = base;
  EXPECT_EQ(Compare(base, other).what, "");
  other.left_bytes = 8;
  EXPECT_EQ(Compare(base, other).what, "leak");
  other = base;
  other.left_objects = 1;
  EXPECT_EQ(Compare(base, other).what, "leak");
  other.trace = {{"f", 1, 2}};
  EXPECT_EQ(Compare(base, other).what, "traceback");
  other.error_help = "x";
  EXPECT_EQ(Compare(base, other).what, "error");
  other.value = "2";
  EXPECT_EQ(Compare(base, other).what, "value");
  other.output = "2\n";
  EXPECT_EQ(Compare(base, other).what, "output");
  EXPECT_EQ(Compare(base, other).detail, "- 1\n\n+ 2\n");
}

}  // namespace
}  // namespace fuzz
