// Compiled code under a sanitizer: what it does wrong is reported, as it would be of C++. In other
// builds nothing is added to it.

#include "jit/sanitize.h"

#include <memory>
#include <string>
#include <thread>

#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/SourceMgr.h>

#include <gtest/gtest.h>

#include "jit/engine.h"

namespace {

// Adds 1 to the word at `index`.
constexpr const char* kIncrement = R"(
  define void @"gc$increment"(ptr %words, i64 %index) nounwind {
    %place = getelementptr i64, ptr %words, i64 %index
    %old = load i64, ptr %place
    %new = add i64 %old, 1
    store i64 %new, ptr %place
    ret void
  })";

using Increment = void(int64_t* words, int64_t index);

class SanitizeTest : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    // A child that was forked in the middle of a test may not start threads under ThreadSanitizer.
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    engine_ = std::make_unique<jit::Engine>(jit::EngineOptions{.optimise = GetParam()},
                                            std::span<const jit::Symbol>(), [] { return 0.0; },
                                            nullptr);
    std::unique_ptr<llvm::Module> module = engine_->NewModule("test");
    engine_->context().setDiscardValueNames(false);
    llvm::SMDiagnostic error;
    ASSERT_FALSE(llvm::parseAssemblyInto(llvm::MemoryBufferRef(kIncrement, "test"), module.get(),
                                         nullptr, error))
        << error.getMessage().str();
    engine_->Compile(std::move(module));
    increment_ = reinterpret_cast<Increment*>(engine_->Address("gc$increment"));
  }

  std::unique_ptr<jit::Engine> engine_;
  Increment* increment_ = nullptr;
};

TEST_P(SanitizeTest, SaysNothingOfWhatIsRight) {
  const auto words = std::make_unique<int64_t[]>(2);
  increment_(words.get(), 0);
  increment_(words.get(), 1);
  std::thread([&] { increment_(words.get(), 1); }).join();
  EXPECT_EQ(words[0], 1);
  EXPECT_EQ(words[1], 2);
}

#if defined(__SANITIZE_ADDRESS__)

TEST_P(SanitizeTest, ReportsAnAddressOutOfBounds) {
  const auto words = std::make_unique<int64_t[]>(2);
  EXPECT_DEATH(increment_(words.get(), 2), "heap-buffer-overflow");
}

TEST_P(SanitizeTest, ReportsWhatIsFreed) {
  auto words = std::make_unique<int64_t[]>(2);
  int64_t* const old = words.get();
  words.reset();
  EXPECT_DEATH(increment_(old, 0), "heap-use-after-free");
}

#elif defined(__SANITIZE_THREAD__)

TEST_P(SanitizeTest, ReportsARace) {
  const auto race = [this] {
    const auto words = std::make_unique<int64_t[]>(1);
    std::thread other([&] { increment_(words.get(), 0); });
    increment_(words.get(), 0);
    other.join();
    std::exit(0);  // ThreadSanitizer makes 66 of it
  };
  EXPECT_EXIT(race(), testing::ExitedWithCode(66), "data race");
}

#else

TEST_P(SanitizeTest, AddsNothingInOrdinaryBuilds) { EXPECT_TRUE(jit::SanitizerSymbols().empty()); }

#endif

INSTANTIATE_TEST_SUITE_P(Levels, SanitizeTest, testing::Values(0, 2));

}  // namespace
