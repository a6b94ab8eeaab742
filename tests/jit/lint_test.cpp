// Modules in LLVM's own notation that break a rule each.

#include "jit/lint.h"

#include <string>

#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/SourceMgr.h>

#include <gtest/gtest.h>

#include "jit/llvm_start.h"

namespace jit {
namespace {

constexpr Symbol kSymbols[] = {{"lab_Next", nullptr}, {"sin", nullptr}};

std::string LintText(const char* text, Math math = Math::Strict) {
  StartLlvm();
  llvm::LLVMContext context;
  llvm::SMDiagnostic error;
  const auto module = llvm::parseAssemblyString(text, error, context);
  EXPECT_NE(module, nullptr) << error.getMessage().str();
  return Lint(*module, LintStage::Lowered, math, kSymbols);
}

TEST(Lint, RefusesFastMathInStrictMode) {
  const char* text =
      "define double @f(double %x) {\n %y = fadd contract double %x, %x\n"
      " ret double %y\n}";
  EXPECT_TRUE(LintText(text).starts_with("a fast-math flag"));
  EXPECT_EQ(LintText(text, Math::Fast), "");
}

TEST(Lint, RefusesCallsThatAreNotInTheTable) {
  EXPECT_TRUE(LintText("declare void @system()\n"
                       "define void @f() {\n call void @system()\n ret void\n}")
                  .starts_with("a call of a function that is not in the table"));
  EXPECT_TRUE(LintText("define void @f(ptr %g) {\n call void %g()\n ret void\n}")
                  .starts_with("a call of what is not known"));
  EXPECT_TRUE(LintText("declare double @sin(double)\ndefine double @f(double %x) {\n"
                       " %y = call double @sin(double %x)\n ret double %y\n}")
                  .starts_with("a call of the C library"));
  EXPECT_EQ(LintText("declare double @sin(double)\ndefine double @f(double %x) {\n"
                     " %y = call double @sin(double %x) nobuiltin\n ret double %y\n}"),
            "");
}

TEST(Lint, RefusesLoopsThatNeverLookAtTheFlag) {
  EXPECT_TRUE(LintText("define void @f() {\n br label %l\nl:\n br label %l\n}")
                  .starts_with("a loop that never looks at the interrupt flag"));
  EXPECT_EQ(LintText("define void @f(ptr %p) {\n br label %l\nl:\n"
                     " %x = load atomic i32, ptr %p monotonic, align 4\n br label %l\n}"),
            "");
  EXPECT_EQ(LintText("declare i32 @lab_Next()\ndefine void @f() {\n br label %l\nl:\n"
                     " %x = call i32 @lab_Next()\n br label %l\n}"),
            "");
  EXPECT_EQ(
      LintText("define void @f() {\n br label %l\nl:\n br label %l, !lab.short !0\n}\n!0 = !{}"),
      "");
}

// The body of a loop over a generator with two yields, which a generator that polls calls twice a
// turn.
TEST(Lint, KnowsWhereSharedCodeGoesBackTo) {
  const std::string shared =
      "define void @f(ptr %p, i32 %s) {\n br label %first\nfirst:\n br label %body, !lab.shared "
      "!1\n"
      "second:\n br label %body, !lab.shared !2\nend:\n %x = POLL i32, ptr %p monotonic, align 4\n"
      " br label %first\nbody:\n switch i32 %s, label %second [ i32 1, label %end ], !lab.shared "
      "!0\n"
      "}\n!0 = !{!3}\n!1 = !{!3, i32 0}\n!2 = !{!3, i32 1}\n!3 = distinct !{}";
  const auto with = [&](const std::string& load) {
    std::string text = shared;
    return text.replace(text.find("POLL i32, ptr %p monotonic, align 4"), 35, load);
  };
  EXPECT_EQ(LintText(with("load atomic i32, ptr %p monotonic, align 4").c_str()), "");
  EXPECT_TRUE(LintText(with("load i32, ptr %p").c_str())
                  .starts_with("a loop that never looks at the interrupt flag"));
}

}  // namespace
}  // namespace jit
