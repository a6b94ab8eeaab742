// What is done to functions so that they compile sooner: merged failures, passes left out.

#include <memory>
#include <string>

#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/SourceMgr.h>

#include <gtest/gtest.h>

#include "jit/llvm_start.h"
#include "jit/merge_failures.h"
#include "jit/pass_gate.h"

namespace {

std::unique_ptr<llvm::Module> Parse(llvm::LLVMContext& context, const std::string& text) {
  llvm::SMDiagnostic error;
  std::unique_ptr<llvm::Module> module = llvm::parseAssemblyString(text, error, context);
  EXPECT_NE(module, nullptr) << error.getMessage().str() << " in line " << error.getLineNo();
  return module;
}

// Two checks that fail at places 1 and 2, with the values they failed on.
std::string TwoChecks(const std::string& attributes) {
  return "declare void @fail(i32, i64) " + attributes + R"(
    define i1 @f(i64 %a, i64 %b) {
    entry:
      %bad = icmp slt i64 %a, 0
      br i1 %bad, label %one, label %next
    one:
      call void @fail(i32 1, i64 %a)
      br label %failed
    next:
      %worse = icmp slt i64 %b, 0
      br i1 %worse, label %two, label %good
    two:
      %sum = add i64 %a, %b
      call void @fail(i32 2, i64 %sum)
      br label %failed
    good:
      ret i1 false
    failed:
      ret i1 true
    })";
}

class MergeFailuresTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { jit::StartLlvm(); }
};

class PassGateTest : public MergeFailuresTest {};

int CallsIn(llvm::Function& function) {
  int count = 0;
  for (const llvm::Instruction& instruction : llvm::instructions(function)) {
    count += llvm::isa<llvm::CallInst>(instruction) ? 1 : 0;
  }
  return count;
}

TEST_F(MergeFailuresTest, ColdCallsBecomeOne) {
  llvm::LLVMContext context;
  const auto module = Parse(context, TwoChecks("cold"));
  llvm::Function& function = *module->getFunction("f");
  jit::MergeFailures(function);
  EXPECT_EQ(CallsIn(function), 1);
  EXPECT_FALSE(llvm::verifyFunction(function, &llvm::errs()));
}

TEST_F(MergeFailuresTest, OthersStay) {
  llvm::LLVMContext context;
  const auto module = Parse(context, TwoChecks(""));
  llvm::Function& function = *module->getFunction("f");
  jit::MergeFailures(function);
  EXPECT_EQ(CallsIn(function), 2);
}

// A loop that calls sin() in every turn, or only in some.
std::string Loop(const std::string& branch) {
  return R"(
    declare double @sin(double)
    define void @f(i1 %sometimes, i64 %n) {
    entry:
      br label %turn
    turn:
      %i = phi i64 [0, %entry], [%next, %latch]
      )" +
         branch +
         R"(
    call:
      %x = call double @sin(double 1.0)
      br label %latch
    latch:
      %next = add i64 %i, 1
      %more = icmp slt i64 %next, %n
      br i1 %more, label %turn, label %done
    done:
      ret void
    })";
}

TEST_F(PassGateTest, LeavesLoopsAloneThatCallSometimes) {
  llvm::LLVMContext context;
  jit::PassGate gate;
  gate.Study(*Parse(context, Loop("br i1 %sometimes, label %call, label %latch")));
  EXPECT_FALSE(gate.isEnabled());
}

TEST_F(PassGateTest, LeavesOutPassesForLoopsThatAlwaysCall) {
  llvm::LLVMContext context;
  jit::PassGate gate;
  gate.Study(*Parse(context, Loop("br label %call")));
  ASSERT_TRUE(gate.isEnabled());
  EXPECT_FALSE(gate.shouldRunPass("Machine Instruction Scheduler", "function (f)"));
  EXPECT_TRUE(gate.shouldRunPass("Machine Instruction Scheduler", "function (g)"));
  EXPECT_TRUE(gate.shouldRunPass("X86 DAG->DAG Instruction Selection", "function (f)"));
}

}  // namespace
