// The frame of a version: parameters, the body, the ways out, and the state
// machine of a generator.

#include "frontend/check.h"
#include "jit/lowering.h"
#include "runtime/run.h"

namespace jit {

using frontend::FunctionKind;

namespace {

// Expressions of a function whose frame may be large.
constexpr uint32_t kLargeFunction = 4000;

}  // namespace

Lowering::Lowering(Unit& unit, const Version& version, const infer::LoopEntry* loop,
                   uint64_t naturals)
    : unit_(unit),
      machine_(unit.machine()),
      types_(machine_.context.types),
      resolution_(machine_.program.resolution),
      version_(version),
      inferred_(machine_.inference.Get(version.id)),
      function_(version.function),
      b_(unit.context()),
      loop_(loop),
      naturals_(naturals) {
  own_.function = &resolution_.functions[inferred_.function];
  own_.version = &inferred_;
}

void Lowering::Run() {
  const frontend::Function& function = *own_.function;
  // What is entered at a loop has been counted, and looked up, by who began it.
  const bool is_begun = loop_ == nullptr;
  if (function.is_memo && is_begun) {
    memo_cache_ = machine_.MemoCacheOf(version_.id);
    if (memo_cache_ != nullptr) {
      LowerMemoProbe();
    }
  }
  entry_ = NewBlock("entry");
  start_ = NewBlock("start");
  on_failure_ = NewBlock(kFailureBlock);
  own_.on_return = NewBlock("return");
  Enter(entry_);
  scratch_ = b_.CreateAlloca(b_.getInt64Ty(), I64(2));
  const bool is_generator = function.yields && is_begun;
  if (is_generator) {
    generator_frame_ = function_->getArg(1);
  }
  own_.result = is_generator ? Slot{runtime::kNone} : NewSlot(unit_.ResultOf(version_.id, loop_));
  Enter(start_);
  if (is_begun) {
    BindParameters();
  } else {
    BindState();
  }
  if (is_begun && version_.calls.is_checked &&
      function.end_expr - function.first_expr > kLargeFunction) {
    CheckLargeFrame();
  }
  if (is_begun && inferred_.function != frontend::kTopFunction && !function.yields &&
      memo_cache_ == nullptr) {
    Count(&machine_.calls);
  }
  if (!is_begun && loop_->root != nullptr) {
    LowerRoot();
  } else if (is_generator) {
    LowerGenerator();
  } else if (inferred_.function == frontend::kTopFunction) {
    LowerTop();
  } else if (function.is_memo && is_begun) {
    LowerMemo();
  } else {
    LowerResult(function.lambda != nullptr ? *function.lambda->body : *function.decl->body);
  }
  LAB_CHECK(is_begun || resumed_ == loop_->path.size());
  FinishFunction();
  Enter(entry_);
  if (generator_frame_ == nullptr) {
    Go(start_);
  } else {
    // State 0 begins; state k goes on behind the k-th yield.
    llvm::Value* state = b_.CreateLoad(b_.getInt32Ty(), generator_frame_);
    llvm::SwitchInst* resume =
        b_.CreateSwitch(state, start_, static_cast<unsigned>(resumes_.size()));
    for (size_t i = 0; i < resumes_.size(); ++i) {
      resume->addCase(b_.getInt32(static_cast<uint32_t>(i + 1)), resumes_[i]);
    }
    unit_.SetFrameBytes(version_.id, static_cast<uint32_t>(sizeof(GeneratorFrame) + frame_bytes_));
  }
  scratch_->setOperand(0, I64(2 * scratch_values_));
}

// Frames of large functions may take hundreds of kilobytes: 10,000 of them would not fit.
void Lowering::CheckLargeFrame() {
  llvm::Value* frame = b_.CreateIntrinsic(llvm::Intrinsic::frameaddress, {b_.getPtrTy()}, {I32(0)});
  FailIf(b_.CreateICmpULT(frame, unit_.Address(runtime::LargeFramesEnd())),
         [&] { Call(HelperId::FailLargeFrames, {}); });
}

void Lowering::BindParameters() {
  const frontend::Function& function = *own_.function;
  own_.locals.resize(function.locals.size());
  if (function.yields) {
    // The operands of the sequence, boxed, stand first in the frame; they are borrowed from it.
    frame_bytes_ = inferred_.params.size() * sizeof(runtime::Value);
    own_.depth = NewWord(b_.getInt32Ty());
    for (size_t i = 0; i < inferred_.params.size(); ++i) {
      const uint64_t offset = sizeof(GeneratorFrame) + i * sizeof(runtime::Value);
      Piece boxed{runtime::kAny, Rep::Value};
      boxed.tag = b_.CreateLoad(
          b_.getInt64Ty(), b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), generator_frame_, offset));
      boxed.word = b_.CreateLoad(
          b_.getInt64Ty(),
          b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), generator_frame_, offset + 8));
      own_.locals[i] = NewSlot(inferred_.params[i]);
      Piece piece = As(boxed, inferred_.params[i]);
      piece.owned = runtime::IsCounted(piece.rep);  // so that Init does not count it
      Init(own_.locals[i], piece);
    }
    return;
  }
  unsigned next = 0;
  if (version_.calls.has_depth) {
    own_.depth = NewWord(b_.getInt32Ty());
    b_.CreateStore(function_->getArg(next++), own_.depth);
  }
  for (size_t i = 0; i < inferred_.params.size(); ++i) {
    const Slot slot = NewSlot(inferred_.params[i]);
    own_.locals[i] = slot;
    if (slot.rep == Rep::Unit) {
      continue;
    }
    Piece piece{slot.type, slot.rep};
    if (slot.rep == Rep::Value) {
      piece.tag = function_->getArg(next++);
    }
    piece.word = function_->getArg(next++);
    piece.owned = runtime::IsCounted(slot.rep);  // so that Init does not count it: it is borrowed
    Init(slot, piece);
  }
}

// The value of the body is the result. It is delivered where it arises, in the last item of a
// block and in each branch of a choice: that is the place which a declared result names.
void Lowering::LowerResult(const Expr& e) {
  if (const auto* block = frontend::DynCast<frontend::BlockExpr>(e);
      block != nullptr && !block->items.empty()) {
    const size_t held = cleanups_.size();
    for (const Expr* item : block->items.first(block->items.size() - 1)) {
      EvalItem(*item);
    }
    LowerResult(*block->items.back());
    Drop(held);  // released on the way out
    return;
  }
  if (const auto* choice = frontend::DynCast<frontend::IfExpr>(e);
      choice != nullptr && choice->otherwise != nullptr) {
    for (const frontend::Branch& test : choice->branches) {
      llvm::BasicBlock* then = NewBlock("then");
      llvm::BasicBlock* otherwise = NewBlock("else");
      Choose(*test.condition, then, otherwise);
      Enter(then);
      LowerResult(*test.body);
      b_.CreateUnreachable();
      Enter(otherwise);
    }
    LowerResult(*choice->otherwise);
    return;
  }
  Return(Eval(e), e.span);
}

void Lowering::LowerTop() {
  const Expr* last = nullptr;
  for (const frontend::Item& item : machine_.program.items) {
    if (item.expr == nullptr) {
      continue;
    }
    if (last != nullptr) {
      Eval(*last, Use::Discard);
    }
    last = item.expr;
  }
  const Piece result = last != nullptr ? Eval(*last) : UnitPiece();
  Init(own_.result, result);
  PopCleanups(0);
  Go(own_.on_return);
  Unreachable();
}

// The value leaves the frame: checked against the declared result, stored, and
// what the frame holds is released.
void Lowering::Return(Piece piece, Span span) {
  const frontend::FunctionDecl* decl = frame_->function->decl;
  if (decl != nullptr && decl->result_type != nullptr && !frame_->function->yields) {
    piece = Declared(piece, decl->result_type, "the result", span);
  }
  if (frame_->function->yields) {
    Release(piece);
  } else {
    Init(frame_->result, piece);
  }
  EmitCleanups(frame_->held);
  Go(frame_->on_return);
  Unreachable();
}

// One way out for success and failure: the parts of the result meet as scalars, which the passes
// see through once the function is inlined.
void Lowering::FinishFunction() {
  b_.CreateUnreachable();  // the dead block behind the last return
  Enter(own_.on_return);
  for (const Slot& slot : irregular_) {
    ReleaseIfSet(Take(slot));
  }
  if (generator_frame_ != nullptr) {
    // Nothing goes on behind the end.
    b_.CreateRet(b_.getInt8(static_cast<uint8_t>(Step::End)));
    Enter(on_failure_);
    b_.CreateRet(b_.getInt8(static_cast<uint8_t>(Step::Failed)));
    return;
  }
  const Piece result = Load(own_.result);
  llvm::BasicBlock* succeeded = b_.GetInsertBlock();
  llvm::BasicBlock* leave = NewBlock("leave");
  Go(leave);
  Enter(on_failure_);
  Go(leave);
  Enter(leave);
  const auto meet = [&](llvm::Value* value, llvm::Value* failed) {
    llvm::PHINode* phi = b_.CreatePHI(value->getType(), 2);
    phi->addIncoming(value, succeeded);
    phi->addIncoming(failed, on_failure_);
    return phi;
  };
  const auto part = [&](llvm::Value* value) {
    return meet(value, llvm::PoisonValue::get(value->getType()));
  };
  std::vector<llvm::Value*> parts;
  if (result.rep == Rep::Value) {
    parts.push_back(part(result.tag));
  }
  if (result.rep != Rep::Unit) {
    parts.push_back(part(result.word));
  }
  llvm::Value* failed = meet(b_.getFalse(), b_.getTrue());
  if (result.rep == Rep::Unit) {
    b_.CreateRet(failed);
    return;
  }
  parts.push_back(failed);
  llvm::Value* returned = llvm::PoisonValue::get(function_->getReturnType());
  for (unsigned i = 0; i < parts.size(); ++i) {
    returned = b_.CreateInsertValue(returned, parts[i], i);
  }
  b_.CreateRet(returned);
}

// ---- generators ----

void Lowering::LowerGenerator() {
  const frontend::Function& function = *own_.function;
  b_.CreateStore(b_.CreateAdd(function_->getArg(0), I32(1)), own_.depth);
  if (function.kind == FunctionKind::Generator) {
    PushClauses(*function.generator, 0, [&] { Yield(Eval(*function.generator->element)); });
  } else {
    Eval(*function.decl->body, Use::Discard);
  }
  PopCleanups(0);
  Go(own_.on_return);
  Unreachable();
}

void Lowering::Yield(Piece element) {
  element = As(element, frame_->version->yielded);
  if (frame_->on_yield != nullptr) {
    (*frame_->on_yield)(element);
    return;
  }
  // Out of the function, and in again behind.
  const auto field = [&](uint64_t offset) {
    return b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), generator_frame_, offset);
  };
  const Piece boxed = Own(ToBoxed(element));
  b_.CreateStore(boxed.tag, field(offsetof(GeneratorFrame, element)));
  b_.CreateStore(boxed.word, field(offsetof(GeneratorFrame, element) + 8));
  b_.CreateStore(Depth(), field(offsetof(GeneratorFrame, depth)));
  llvm::BasicBlock* resume = NewBlock("resume");
  resumes_.push_back(resume);
  b_.CreateStore(I32(resumes_.size()), field(offsetof(GeneratorFrame, state)));
  b_.CreateRet(b_.getInt8(static_cast<uint8_t>(Step::Element)));
  Enter(resume);
  llvm::BasicBlock* close = NewBlock("close");
  llvm::BasicBlock* go_on = NewBlock("go_on");
  BranchUnlikely(
      b_.CreateIsNotNull(b_.CreateLoad(b_.getInt32Ty(), field(offsetof(GeneratorFrame, close)))),
      close, go_on);
  Enter(close);
  EmitCleanups(0);
  Go(own_.on_return);
  Enter(go_on);
}

}  // namespace jit
