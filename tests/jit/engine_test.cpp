// The engine without the language: modules come from text in LLVM's own notation.

#include "jit/engine.h"

#include <chrono>
#include <cmath>
#include <fstream>
#include <string>

#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/SourceMgr.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace {

double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Adds the functions in `text` as one module.
void CompileText(jit::Engine& engine, const std::string& text) {
  engine.context().setDiscardValueNames(false);  // the notation lives on names
  std::unique_ptr<llvm::Module> module = engine.NewModule("test");
  llvm::SMDiagnostic error;
  const llvm::MemoryBufferRef buffer(text, "test");
  ASSERT_FALSE(llvm::parseAssemblyInto(buffer, module.get(), nullptr, error))
      << error.getMessage().str() << " in line " << error.getLineNo();
  engine.Compile(std::move(module));
}

template <typename Signature>
Signature* Function(jit::Engine& engine, const char* name) {
  return reinterpret_cast<Signature*>(engine.Address(name));
}

constexpr const char* kSumOfSquares = R"(
  define i64 @"gc$sum"(i64 %n) nounwind {
  entry:
    %i = alloca i64
    %s = alloca i64
    store i64 0, ptr %i
    store i64 0, ptr %s
    br label %head
  head:
    %k = load i64, ptr %i
    %more = icmp slt i64 %k, %n
    br i1 %more, label %body, label %done
  body:
    %square = mul nsw i64 %k, %k
    %old = load i64, ptr %s
    %new = add nsw i64 %old, %square
    store i64 %new, ptr %s
    %next = add nsw i64 %k, 1
    store i64 %next, ptr %i
    br label %head
  done:
    %result = load i64, ptr %s
    ret i64 %result
  })";

class EngineTest : public testing::TestWithParam<int> {
 protected:
  jit::EngineOptions Options() { return {.optimise = GetParam()}; }
};

TEST_P(EngineTest, CompilesAndRuns) {
  jit::Engine engine(Options(), {}, Now, nullptr);
  CompileText(engine, kSumOfSquares);
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$sum")(10), 285);
  EXPECT_EQ(engine.report().modules, 1U);
  EXPECT_EQ(engine.report().functions, 1U);
  EXPECT_GT(engine.report().code_bytes, 0U);
}

INSTANTIATE_TEST_SUITE_P(Levels, EngineTest, testing::Values(0, 1, 2, 3));

}  // namespace
