// The stages of a sequence that run code of the program: map, filter, and
// generators whose bodies stand inside the loops that consume them.

#include <algorithm>

#include "infer/reach.h"
#include "jit/lint.h"
#include "jit/lowering.h"
#include "runtime/mutant.h"

namespace jit {

using frontend::ExprKind;
using runtime::Tag;
using runtime::TypeKind;

namespace {

// Generators are lowered anew wherever they are consumed. Larger or more deeply
// nested ones than this become sequences that are pulled.
constexpr uint32_t kMaxInlinedExprs = 300;
constexpr uint32_t kMaxInlinedLevels = 4;

}  // namespace

// ---- map and filter ----

// As map's and filter's own call would check them; boxed afterwards.
Piece Lowering::CheckStage(Piece value, BuiltinKind kind, uint32_t which, Span span) {
  value = ToBoxed(value);
  const auto is = [&](Tag tag) {
    return b_.CreateICmpEQ(value.tag, I64(static_cast<uint64_t>(tag)));
  };
  llvm::Value* fits = which == 0
                          ? b_.CreateOr({is(Tag::Function), is(Tag::Builtin), is(Tag::Closure)})
                          : b_.CreateOr({is(Tag::Seq), is(Tag::List), is(Tag::Str)});
  FailIf(b_.CreateNot(fits), [&] {
    Call(HelperId::FailStage,
         {I32(SiteOf(span)), I32(static_cast<uint64_t>(kind)), I32(which), value.tag, value.word});
  });
  return value;
}

// Evaluates the function once. False when that does not return.
bool Lowering::OpenStage(const frontend::CallExpr& e, BuiltinKind kind, TypeId element,
                         Stage* stage) {
  const Expr& function = *e.args[0].value;
  stage->type = TypeOf(function);
  stage->version = StageVersion(machine_, stage->type, element);
  if (function.kind == ExprKind::Lambda && stage->version != infer::kNoVersion &&
      !IsResumed(e, StepKind::Stage)) {
    // Nobody else sees this closure, so that none is made.
    OpenCaptures(stage, CapturesOf(resolution_.functions[types_.Get(stage->type).index]));
    return true;
  }
  Piece piece = Eval(function);
  if (piece.type == runtime::kNever) {
    return false;
  }
  const TypeKind type = KindOf(piece.type);
  if (type != TypeKind::Function && type != TypeKind::Builtin && type != TypeKind::Lambda) {
    piece = CheckStage(piece, kind, 0, e.span);
  }
  stage->function = NewSlot(piece.type);
  Init(stage->function, piece);
  if (runtime::IsCounted(piece.rep)) {
    Hold(stage->function);
  }
  const auto open_captures = [&] {
    std::vector<Piece> captures;
    if (stage->version != infer::kNoVersion && stage->function.rep == Rep::Ref) {
      AddCaptures(Load(stage->function).word, machine_.inference.Get(stage->version), 1, &captures);
    }
    OpenCaptures(stage, std::move(captures));
  };
  open_captures();
  Resume(e, StepKind::Stage, nullptr, [&](size_t at) {
    ResumeSlot(stage->function, at);
    open_captures();
  });
  return true;
}

// Fills their slots, which are made the first time.
void Lowering::OpenCaptures(Stage* stage, std::vector<Piece> captures) {
  for (size_t i = 0; i < captures.size(); ++i) {
    Piece& capture = captures[i];
    if (i == stage->captures.size()) {
      stage->captures.push_back(NewSlot(capture.type));
    }
    // So that Init does not count it: it is borrowed.
    capture.owned = runtime::IsCounted(capture.rep);
    Init(stage->captures[i], capture);
  }
}

// Uses up the element.
Piece Lowering::CallStage(const Stage& stage, Piece element, Span at) {
  const runtime::Type& type = types_.Get(stage.type);
  if (stage.version != infer::kNoVersion) {
    const frontend::Function& callee = resolution_.functions[type.index];
    const frontend::Param& param = callee.params()[0];
    std::vector<Piece> args{Declared(element, param.type, param.binding.name, at)};
    const std::vector<TypeId>& params = machine_.inference.Get(stage.version).params;
    for (const Slot& capture : stage.captures) {
      args.push_back(As(Load(capture), params[args.size()]));
    }
    return CallVersion(stage.version, std::move(args), at);
  }
  std::vector<Piece> args{element};
  Piece result;
  if (type.kind == TypeKind::Builtin &&
      LowerMath(static_cast<BuiltinKind>(type.index), at, args, &result)) {
    return result;
  }
  return CallValue(Load(stage.function), std::move(args), SiteOf(at));
}

void Lowering::PushStage(const frontend::CallExpr& e, BuiltinKind kind, Span at, const Body& body) {
  const Expr& source = *e.args[1].value;
  const TypeId element_type = ElementType(source);
  const TypeId result_type = machine_.inference.ElementOf(TypeOf(e));
  const size_t held = cleanups_.size();
  Stage stage;
  if (!OpenStage(e, kind, element_type, &stage)) {
    return;
  }
  const Body turn = [&](Piece element) {
    if (kind == BuiltinKind::Map) {
      Deliver(CallStage(stage, element, at), result_type, body);
      return;
    }
    Piece borrowed = element;
    borrowed.owned = false;
    const Piece verdict = CallStage(stage, borrowed, LAB_MUTANT(627, at, e.span));
    if (verdict.type == runtime::kNever) {
      return;
    }
    llvm::BasicBlock* kept = NewBlock("kept");
    llvm::BasicBlock* next = NewBlock("next");
    llvm::BasicBlock* dropped = LAB_MUTANT(626, element.owned, false) ? NewBlock("dropped") : next;
    b_.CreateCondBr(Condition(verdict, at), kept, dropped);
    Enter(kept);
    Deliver(element, result_type, body);
    Go(next);
    if (dropped != next) {
      Enter(dropped);
      Release(element);
      Go(next);
    }
    Enter(next);
  };
  const TypeKind source_kind = KindOf(TypeOf(source));
  if (source_kind == TypeKind::Seq || source_kind == TypeKind::List ||
      source_kind == TypeKind::Str || !IsPlainSource(source)) {
    Push(source, at, [&](Piece element) { Deliver(element, element_type, turn); });
  } else {
    const Piece piece = Eval(source);
    if (piece.type != runtime::kNever) {
      PushPiece(source, CheckStage(piece, kind, 1, e.span), at,
                [&](Piece element) { Deliver(element, element_type, turn); });
    }
  }
  PopCleanups(held);
}

// ---- generators ----

bool Lowering::MayInline(const frontend::Function& function) const {
  if (inlined_ >= kMaxInlinedLevels || function.end_expr - function.first_expr > kMaxInlinedExprs) {
    return false;
  }
  for (const Frame* frame = frame_; frame != nullptr; frame = frame->outer) {
    if (frame->function == &function) {
      return false;
    }
  }
  return true;
}

// The `yield`s of one inlined generator. A body with several of them has the
// consumer's code once: each yield leaves its number behind and jumps there,
// and the code jumps back by that number.
struct Lowering::SharedYields {
  Slot element;
  llvm::Value* selector = nullptr;  // address of an i32
  llvm::Value* depth = nullptr;     // null: not needed
  llvm::BasicBlock* consumer = nullptr;
  std::vector<llvm::BasicBlock*> resumes = {};
  std::vector<llvm::Instruction*> branches = {};  // to the consumer
  std::vector<std::vector<Cleanup>> held = {};  // by the generator, at each
};

void Lowering::YieldShared(SharedYields& yields, Piece element, size_t outside) {
  Init(yields.element, element);
  b_.CreateStore(I32(yields.resumes.size()), yields.selector);
  if (yields.depth != nullptr) {
    b_.CreateStore(b_.CreateLoad(b_.getInt32Ty(), frame_->depth), yields.depth);
  }
  Go(yields.consumer);
  yields.branches.push_back(b_.GetInsertBlock()->getTerminator());
  llvm::BasicBlock* resume = NewBlock("resume");
  yields.resumes.push_back(resume);
  yields.held.emplace_back(cleanups_.begin() + static_cast<std::ptrdiff_t>(outside),
                           cleanups_.end());
  Enter(resume);
}

// What the generator holds, on a way out of the consumer's code.
void Lowering::HoldShared(const SharedYields& yields) {
  const size_t outside = cleanups_.size();
  const auto same = [](const Cleanup& a, const Cleanup& b) {
    return !a.close && !b.close && a.slot.word == b.slot.word && a.iterator == b.iterator;
  };
  const std::vector<Cleanup>& first = yields.held.front();
  bool is_uniform = true;
  for (const std::vector<Cleanup>& held : yields.held) {
    is_uniform =
        is_uniform && std::equal(held.begin(), held.end(), first.begin(), first.end(), same);
  }
  if (is_uniform) {
    cleanups_.insert(cleanups_.end(), first.begin(), first.end());
    return;
  }
  Cleanup choice;
  choice.close = [this, outside, selector = yields.selector, held = yields.held] {
    const std::vector<Cleanup> kept = cleanups_;
    llvm::BasicBlock* closed = NewBlock("closed");
    llvm::SwitchInst* which = b_.CreateSwitch(b_.CreateLoad(b_.getInt32Ty(), selector), closed);
    for (size_t i = 0; i < held.size(); ++i) {
      llvm::BasicBlock* close = NewBlock("close");
      which->addCase(b_.getInt32(static_cast<uint32_t>(i)), close);
      Enter(close);
      cleanups_.resize(outside);
      cleanups_.insert(cleanups_.end(), held[i].begin(), held[i].end());
      EmitCleanups(outside);
      Go(closed);
    }
    cleanups_ = kept;
    Enter(closed);
  };
  cleanups_.push_back(choice);
}

bool Lowering::PushGenerator(const frontend::CallExpr& e, Span at, const Body& body) {
  const frontend::Ref ref = RefOf(*e.callee);
  const infer::VersionId version = machine_.inference.Callee(*frame_->version, e);
  if (ref.kind != frontend::RefKind::Function || version == infer::kNoVersion) {
    return false;
  }
  const frontend::Function& function = resolution_.functions[ref.index];
  if (!function.yields || !MayInline(function)) {
    return false;
  }
  const infer::Version& inferred = machine_.inference.Get(version);
  const TypeId element_type = machine_.inference.ElementOf(TypeOf(e));
  const size_t outside = cleanups_.size();
  Frame frame;
  frame.function = &function;
  frame.version = &inferred;
  frame.locals.resize(function.locals.size());
  const std::vector<frontend::BoundArgument> bound = BindArguments(resolution_, e, function);
  const std::vector<Piece> args = EvalArguments(bound, function.decl->params);
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i].type == runtime::kNever) {
      return true;
    }
    Slot& slot = frame.locals[bound[i].param];
    slot = NewSlot(inferred.params[bound[i].param]);
    Init(slot, args[i]);
  }
  for (uint32_t i = 0; i < function.param_count; ++i) {
    if (runtime::IsCounted(frame.locals[i].rep)) {
      Hold(frame.locals[i]);
    }
  }
  if (unit_.call_graph().Of(version).is_checked) {
    CheckDepth(at);
  }
  if (machine_.counting) {
    llvm::Value* counter = unit_.Address(&machine_.calls);
    b_.CreateStore(b_.CreateAdd(b_.CreateLoad(b_.getInt64Ty(), counter), I64(1)), counter);
  }
  if (frame_->depth != nullptr) {
    frame.depth = NewWord(b_.getInt32Ty());
    b_.CreateStore(LAB_MUTANT(618, CalleeDepth(), Depth()), frame.depth);
  }
  frame.result = {runtime::kNone};
  frame.site = SiteOf(at);
  frame.held = outside;
  frame.on_return = NewBlock("generator_end");
  frame.outer = frame_;

  unit_.Fused(version, version_.id);
  Frame* consumer = frame_;
  // The consumer's code counts its calls from the generator's depth.
  const auto consume = [&](Piece element, llvm::Value* depth) {
    llvm::Value* outer_depth = consumer->depth;
    frame_ = consumer;
    consumer->depth = depth;
    Deliver(element, element_type, body);
    consumer->depth = outer_depth;
  };
  const std::vector<const Expr*> exprs = infer::OwnExprs(machine_.program, ref.index);
  const bool is_shared = std::count_if(exprs.begin(), exprs.end(), [](const Expr* expr) {
                           return expr->kind == ExprKind::Yield;
                         }) > 1;
  SharedYields yields;
  if (is_shared) {
    yields.element = NewSlot(inferred.yielded);
    yields.selector = NewWord(b_.getInt32Ty());
    yields.depth = frame.depth != nullptr ? NewWord(b_.getInt32Ty()) : nullptr;
    yields.consumer = NewBlock("consumer");
  }
  const std::function<void(Piece)> on_yield = [&](Piece element) {
    if (is_shared) {
      YieldShared(yields, element, outside);
      return;
    }
    consume(element, frame.depth);
    frame_ = &frame;
  };
  frame.on_yield = &on_yield;

  frame_ = &frame;
  ++inlined_;
  Eval(*function.decl->body, Use::Discard);
  PopCleanups(outside);
  Go(frame.on_return);
  if (is_shared) {
    Enter(yields.consumer);
    if (yields.resumes.empty()) {
      b_.CreateUnreachable();
    } else {
      HoldShared(yields);
      consume(Take(yields.element), yields.depth);
      Drop(outside);
      llvm::SwitchInst* back =
          b_.CreateSwitch(b_.CreateLoad(b_.getInt32Ty(), yields.selector), yields.resumes[0]);
      for (size_t i = 1; i < yields.resumes.size(); ++i) {
        back->addCase(b_.getInt32(static_cast<uint32_t>(i)), yields.resumes[i]);
      }
      MarkShared(back, yields.branches);
    }
  }
  --inlined_;
  frame_ = consumer;
  Enter(frame.on_return);
  return true;
}

}  // namespace jit
