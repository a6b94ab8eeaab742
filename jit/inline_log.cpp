// Remarks of the pass "inline" carry callee and caller as arguments, and for what was not done cost
// and threshold. Test: tests/jit/compile_events_test.cpp.

#include "jit/inline_log.h"

#include <algorithm>
#include <utility>

#include <llvm/IR/DiagnosticHandler.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

namespace jit {
namespace {

std::string Argument(const llvm::DiagnosticInfoOptimizationBase& remark, llvm::StringRef key) {
  for (const auto& argument : remark.getArgs()) {
    if (llvm::StringRef(argument.Key) == key) {
      return argument.Val;
    }
  }
  return {};
}

std::string ReasonOf(const llvm::DiagnosticInfoOptimizationBase& remark) {
  const std::string cost = Argument(remark, "Cost");
  const std::string threshold = Argument(remark, "Threshold");
  if (!cost.empty() && !threshold.empty()) {
    return "too large: " + cost + ", limit " + threshold;
  }
  const std::string reason = Argument(remark, "Reason");
  return reason.empty() ? remark.getRemarkName().str() : reason;
}

class RemarkHandler final : public llvm::DiagnosticHandler, public InlineLog {
 public:
  bool handleDiagnostics(const llvm::DiagnosticInfo& diagnostic) override {
    const bool is_done = diagnostic.getKind() == llvm::DK_OptimizationRemark;
    if (!is_done && diagnostic.getKind() != llvm::DK_OptimizationRemarkMissed) {
      return false;
    }
    const auto& remark = static_cast<const llvm::DiagnosticInfoOptimizationBase&>(diagnostic);
    InlineDecision decision{Argument(remark, "Callee"), Argument(remark, "Caller"),
                            is_done ? "" : ReasonOf(remark)};
    if (!decision.callee.empty() && !decision.caller.empty()) {
      (is_done ? inlined_ : not_inlined_).push_back(std::move(decision));
    }
    return true;
  }

  bool isAnalysisRemarkEnabled(llvm::StringRef /*pass*/) const override { return false; }
  bool isMissedOptRemarkEnabled(llvm::StringRef pass) const override { return IsInliner(pass); }
  bool isPassedOptRemarkEnabled(llvm::StringRef pass) const override { return IsInliner(pass); }
  bool isAnyRemarkEnabled() const override { return true; }

  void AddMarked(const llvm::Module& module) override {
    for (const llvm::Function& caller : module) {
      for (const llvm::Instruction& instruction : llvm::instructions(caller)) {
        const auto* call = llvm::dyn_cast<llvm::CallInst>(&instruction);
        const llvm::Function* callee = call != nullptr ? call->getCalledFunction() : nullptr;
        if (callee != nullptr && callee->hasFnAttribute(llvm::Attribute::AlwaysInline)) {
          inlined_.push_back({callee->getName().str(), caller.getName().str(), ""});
        }
      }
    }
  }

  void Take(ModuleReport* report) override {
    report->inlined = std::exchange(inlined_, {});
    report->not_inlined = std::exchange(not_inlined_, {});
  }

 private:
  static bool IsInliner(llvm::StringRef pass) { return pass == "inline"; }

  std::vector<InlineDecision> inlined_;
  std::vector<InlineDecision> not_inlined_;
};

}  // namespace

InlineLog* LogInlining(llvm::LLVMContext& context) {
  auto handler = std::make_unique<RemarkHandler>();
  InlineLog* log = handler.get();
  context.setDiagnosticHandler(std::move(handler));
  return log;
}

}  // namespace jit
