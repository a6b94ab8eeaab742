// --math=fast: what the engine vectorises, and how far it strays from the C library.

#include "jit/vector_math.h"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>

#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/SourceMgr.h>

#include <gtest/gtest.h>

namespace {

double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// sum(sin(i * step) + acos(i * step) for i in range(n)), and the same stored one by one.
constexpr const char* kLoops = R"(
  declare double @llvm.sin.f64(double)
  declare double @acos(double)
  define double @"gc$sum"(i64 %n, double %step) nounwind {
  entry:
    br label %loop
  loop:
    %i = phi i64 [0, %entry], [%next, %loop]
    %total = phi double [0.0, %entry], [%sum, %loop]
    %f = sitofp i64 %i to double
    %x = fmul double %f, %step
    %s = call double @llvm.sin.f64(double %x)
    %a = call double @acos(double %x)
    %t = fadd double %s, %a
    %sum = fadd double %total, %t
    %next = add nuw nsw i64 %i, 1
    %more = icmp slt i64 %next, %n
    br i1 %more, label %loop, label %done
  done:
    ret double %sum
  }
  define void @"gc$store"(i64 %n, double %step, ptr noalias %out) nounwind {
  entry:
    br label %loop
  loop:
    %i = phi i64 [0, %entry], [%next, %loop]
    %f = sitofp i64 %i to double
    %x = fmul double %f, %step
    %s = call double @llvm.sin.f64(double %x)
    %p = getelementptr double, ptr %out, i64 %i
    store double %s, ptr %p
    %next = add nuw nsw i64 %i, 1
    %more = icmp slt i64 %next, %n
    br i1 %more, label %loop, label %done
  done:
    ret void
  })";

void Compile(jit::Engine& engine, jit::Math math) {
  engine.context().setDiscardValueNames(false);
  std::unique_ptr<llvm::Module> module = engine.NewModule("test");
  llvm::SMDiagnostic error;
  ASSERT_FALSE(
      llvm::parseAssemblyInto(llvm::MemoryBufferRef(kLoops, "test"), module.get(), nullptr, error))
      << error.getMessage().str();
  std::vector<llvm::CallInst*> calls;
  for (llvm::Function& function : *module) {
    for (llvm::Instruction& instruction : llvm::instructions(function)) {
      if (auto* call = llvm::dyn_cast<llvm::CallInst>(&instruction)) {
        calls.push_back(call);
      }
    }
  }
  if (math == jit::Math::Fast) {
    for (llvm::CallInst* call : calls) {
      jit::MarkVectorisable(call);
    }
  }
  engine.Compile(std::move(module));
}

int64_t UlpDistance(double a, double b) {
  int64_t x = 0;
  int64_t y = 0;
  std::memcpy(&x, &a, sizeof x);
  std::memcpy(&y, &b, sizeof y);
  return std::abs(x - y);
}

double Acos(double x) { return std::acos(x); }

using Sum = double(int64_t, double);
using Store = void(int64_t, double, double*);

TEST(VectorMathTest, FastCodeIsVectorisedAndSaysSo) {
  ASSERT_FALSE(jit::VectorMathSymbols().empty());
  jit::Engine engine({.math = jit::Math::Fast}, {}, Now, nullptr);
  Compile(engine, jit::Math::Fast);
  EXPECT_EQ(engine.report().vectorised, (std::vector<std::string>{"gc$sum", "gc$store"}));
}

TEST(VectorMathTest, EachCallIsWithinFourUlp) {
  jit::Engine engine({.math = jit::Math::Fast}, {}, Now, nullptr);
  Compile(engine, jit::Math::Fast);
  std::vector<double> fast(10007);
  const double step = 1e-4 * 3.0;
  reinterpret_cast<Store*>(engine.Address("gc$store"))(10007, step, fast.data());
  for (size_t i = 0; i < fast.size(); i++) {
    EXPECT_LE(UlpDistance(fast[i], std::sin(static_cast<double>(i) * step)), 4) << i;
  }
}

// Both add in the order of the source: the sums differ by the functions' errors alone.
TEST(VectorMathTest, SumsKeepTheirOrder) {
  jit::Engine fast({.math = jit::Math::Fast}, {}, Now, nullptr);
  Compile(fast, jit::Math::Fast);
  const jit::Symbol symbols[] = {{"acos", reinterpret_cast<const void*>(Acos)}};
  jit::Engine strict({}, symbols, Now, nullptr);
  Compile(strict, jit::Math::Strict);
  EXPECT_TRUE(strict.report().vectorised.empty());
  const double a = reinterpret_cast<Sum*>(fast.Address("gc$sum"))(10001, 1e-4);
  const double b = reinterpret_cast<Sum*>(strict.Address("gc$sum"))(10001, 1e-4);
  EXPECT_NEAR(a, b, 1e-11);
  double expected = 0;
  for (int i = 0; i < 10001; i++) {
    const double x = i * 1e-4;
    expected += std::sin(x) + std::acos(x);
  }
  EXPECT_EQ(b, expected);
}

}  // namespace
