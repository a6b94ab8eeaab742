// Modules in LLVM's own notation, and what a fault makes of them. tests/fuzz/self_proof_test.cpp
// runs whole programs with them.

#include "jit/planted_fault.h"

#include <string>

#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/raw_ostream.h>

#include <gtest/gtest.h>

#include "jit/lint.h"
#include "jit/llvm_start.h"

namespace jit {
namespace {

constexpr const char* kCode = R"(
  declare { i64, i1 } @llvm.sadd.with.overflow.i64(i64, i64)
  declare void @lab_FailInt(ptr, i32, i32, i64, i64)
  declare void @lab_Failed(ptr, i32)
  declare void @lab_DestroyObject(ptr)
  define void @f(ptr %m, ptr %flag) {
    br label %turn
  turn:
    %sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 1, i64 2)
    call void @lab_DestroyObject(ptr %m)
    call void @lab_FailInt(ptr %m, i32 7, i32 0, i64 1, i64 2)
    call void @lab_Failed(ptr %m, i32 8)
    %asked = load atomic i32, ptr %flag monotonic, align 4
    %stops = icmp ne i32 %asked, 0
    br i1 %stops, label %end, label %turn
  end:
    ret void
  })";

constexpr Symbol kSymbols[] = {
    {"lab_FailInt", nullptr}, {"lab_Failed", nullptr}, {"lab_DestroyObject", nullptr}};

struct Damaged {
  std::string text;
  std::string offence;  // against the rules of jit/lint.h
};

Damaged CodeWith(PlantedFault fault) {
  StartLlvm();
  llvm::LLVMContext context;
  llvm::SMDiagnostic error;
  const auto module = llvm::parseAssemblyString(kCode, error, context);
  EXPECT_NE(module, nullptr) << error.getMessage().str();
  FaultPlanter planter(fault);
  planter.Plant(*module);
  EXPECT_FALSE(llvm::verifyModule(*module, &llvm::errs()));
  Damaged damaged;
  llvm::raw_string_ostream stream(damaged.text);
  module->print(stream, nullptr);
  damaged.offence = Lint(*module, LintStage::Lowered, Math::Strict, kSymbols);
  return damaged;
}

bool Holds(const Damaged& damaged, const char* text) {
  return damaged.text.find(text) != std::string::npos;
}

TEST(PlantedFault, IsNotThereUnlessAskedFor) {
  const Damaged whole = CodeWith(PlantedFault::None);
  EXPECT_EQ(whole.offence, "");
  EXPECT_TRUE(Holds(whole, "call { i64, i1 } @llvm.sadd.with.overflow"));
  EXPECT_TRUE(Holds(whole, "@lab_FailInt(ptr %m, i32 7,"));
}

TEST(PlantedFault, MakesSumsDifferences) {
  const Damaged damaged = CodeWith(PlantedFault::WrongAdd);
  EXPECT_TRUE(Holds(damaged, "call { i64, i1 } @llvm.ssub.with.overflow"));
  EXPECT_FALSE(Holds(damaged, "call { i64, i1 } @llvm.sadd.with.overflow"));
}

TEST(PlantedFault, ExchangesPlaces) {
  const Damaged damaged = CodeWith(PlantedFault::WrongPlace);
  EXPECT_TRUE(Holds(damaged, "@lab_FailInt(ptr %m, i32 8,"));
  EXPECT_TRUE(Holds(damaged, "@lab_Failed(ptr %m, i32 7)"));
}

TEST(PlantedFault, DropsPollsWhichTheLintTells) {
  EXPECT_TRUE(CodeWith(PlantedFault::MissedPoll)
                  .offence.starts_with("a loop that never looks at the interrupt flag"));
}

TEST(PlantedFault, DropsReleases) {
  EXPECT_FALSE(Holds(CodeWith(PlantedFault::Leak), "call void @lab_DestroyObject"));
}

// What the lint tells would not get as far as a run.
TEST(PlantedFault, LeavesWhatShallRunInOrder) {
  EXPECT_TRUE(Holds(CodeWith(PlantedFault::Crash), "call void @llvm.trap"));
  for (const PlantedFault fault : {PlantedFault::Crash, PlantedFault::Hang, PlantedFault::Race,
                                   PlantedFault::Leak, PlantedFault::WrongAdd}) {
    EXPECT_EQ(CodeWith(fault).offence, "");
  }
}

}  // namespace
}  // namespace jit
