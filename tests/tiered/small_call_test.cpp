// Which calls are too small for machine code.

#include "tiered/small_call.h"

#include <chrono>

#include <gtest/gtest.h>

#include "infer/run_state.h"
#include "runtime/builtins.h"
#include "runtime/context.h"
#include "runtime/output.h"

namespace tiered {
namespace {

// Of `f`, called with an int.
bool IsSmall(const std::string& text) {
  frontend::DiagnosticSink sink;
  const auto program = frontend::LoadProgram("test.gc", text, runtime::BuiltinSignatures(), sink);
  if (program == nullptr) {
    ADD_FAILURE() << text;
    return false;
  }
  runtime::TypeTable types;
  runtime::StringOutput output;
  runtime::Context context(*program, types, output, {});
  infer::RunState state(*program, context, infer::Typing::Inferred);
  const frontend::FunctionId f = program->IdOf(*program->FindFunction("f"));
  const runtime::TypeId argument = runtime::kInt;
  return IsSmallCall(*program, state.inference, state.inference.Request(f, {&argument, 1}));
}

TEST(SmallCall, IsAFewExpressions) {
  EXPECT_TRUE(IsSmall("def f(x) = x % 2 == 1"));
  EXPECT_TRUE(IsSmall("def f(x) = if x > 0 { sqrt(x) } else { 0.0 }"));
  EXPECT_FALSE(IsSmall("def f(x) = x*x + x*x*2 + x*x*3 + x*x*4 + x*x*5 + x*x*6 + x*x*7"));
}

TEST(SmallCall, CountsWhatIsCalled) {
  EXPECT_TRUE(IsSmall("def g(x) = x + 1\ndef f(x) = g(x) * g(x)"));
  EXPECT_FALSE(IsSmall("def g(x) = x*x*x*x + x*x*x\ndef f(x) = g(x) + g(x + 1) + g(x + 2)"));
}

TEST(SmallCall, HasNoLoops) {
  EXPECT_FALSE(IsSmall("def f(x) { for i in range(x) { x }\nx }"));
  EXPECT_FALSE(IsSmall("def f(x) { while true { return x }\nx }"));
  EXPECT_FALSE(IsSmall("def f(x) = sum(range(x), 0)"));
  EXPECT_FALSE(IsSmall("def f(x) = [i for i in range(x)]"));
  EXPECT_FALSE(IsSmall("def f(x) = if x < 2 { x } else { f(x - 1) }"));
}

TEST(SmallCall, CallsNothingUnknown) {
  EXPECT_FALSE(IsSmall("let t = [abs, abs]\ndef f(x) = t[0](x)"));
}

}  // namespace
}  // namespace tiered
