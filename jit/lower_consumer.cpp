// What consumes a sequence at once: sum, min, max, any, all, list, join and list
// comprehensions. Each is the body of its source's loop, and a slot for the
// result.

#include "frontend/check.h"
#include "jit/lowering.h"

namespace jit {

using runtime::Tag;
using runtime::TypeKind;

Piece Lowering::Consume(const frontend::CallExpr& e, BuiltinKind kind) {
  switch (kind) {
    case BuiltinKind::Sum:
    case BuiltinKind::Min:
    case BuiltinKind::Max:
      return ConsumeFold(e, kind);
    case BuiltinKind::Any:
    case BuiltinKind::All:
      return ConsumeQuantifier(e, kind);
    case BuiltinKind::List:
      return ConsumeList(e);
    default:
      LAB_CHECK(kind == BuiltinKind::Join);
      return ConsumeJoin(e);
  }
}

// ---- comprehensions whose list nobody sees ----

// A list comprehension that a consumer takes at once needs no list, where its elements are of one
// settled type. The consumer must then do what it would have done with the list complete: evaluate
// all elements, and fail only after them.
const frontend::ComprehensionExpr* Lowering::UnseenList(const Expr& source) const {
  const auto* list = frontend::DynCast<frontend::ComprehensionExpr>(source);
  if (list == nullptr || !list->is_list || KindOf(TypeOf(source)) != TypeKind::List) {
    return nullptr;
  }
  const TypeId element = types_.Element(TypeOf(source));
  const bool is_settled = element == runtime::kInt || element == runtime::kFloat ||
                          element == runtime::kBool || element == runtime::kStr;
  return is_settled && TypeOf(*list->element) == element ? list : nullptr;
}

Piece Lowering::CountUnseen(const frontend::ComprehensionExpr& list) {
  const Slot count = NewSlot(runtime::kInt);
  Init(count, ConstInt(0));
  PushClauses(list, 0, [&] {
    Eval(*list.element, Use::Discard);
    Init(count, Int(b_.CreateNSWAdd(Load(count).word, I64(1))));
  });
  return Load(count);
}

// ---- sum, min, max ----

Piece Lowering::ConsumeFold(const frontend::CallExpr& e, BuiltinKind kind) {
  const Expr& source = *e.args[0].value;
  const Expr* start = e.args.size() > 1 ? e.args[1].value : nullptr;
  const bool has_start = start != nullptr;
  const TypeId element = ElementType(source);
  const bool is_number = element == runtime::kInt || element == runtime::kFloat;
  const bool is_typed =
      is_number && TypeOf(e) == element && (!has_start || TypeOf(*start) == element);
  const size_t held = cleanups_.size();
  const Slot result = NewSlot(is_typed ? element : runtime::kAny);
  const Slot flag = NewSlot(runtime::kBool);  // whether there is something in `result`
  // The start is evaluated after the source and before it is consumed.
  const bool is_stored = has_start && start->kind != frontend::ExprKind::Int &&
                         start->kind != frontend::ExprKind::Float && !PushesInPlace(source);
  Aside stored;
  if (is_stored) {
    stored = PutAside(Eval(source), Exits(*start), Assigns(*start));
  }
  Piece nothing;  // of typed results: what stands for no element
  if (has_start) {
    Piece first = Eval(*start);
    if (!is_typed && first.type != runtime::kNever) {
      first = ToBoxed(first);
      Require(Call(HelperId::CheckSummand, {first.tag, first.word}), SiteOf(e.span));
    }
    Init(result, first);
  } else if (!is_typed) {
    Init(result, UnitPiece());
  } else if (element == runtime::kFloat) {
    // -0.0 and 0 leave the first summand as it is.
    nothing = Float(llvm::ConstantFP::getNegativeZero(b_.getDoubleTy()));
    Init(result, nothing);
  } else {
    // Nothing is behind the limits of int, so that min and max need no look at the flag.
    nothing = ConstInt(kind == BuiltinKind::Sum   ? 0
                       : kind == BuiltinKind::Min ? INT64_MAX
                                                  : INT64_MIN);
    Init(result, nothing);
  }
  Init(flag, Bool(b_.getInt1(has_start)));
  const bool is_literal = !has_start || start->kind == frontend::ExprKind::Int ||
                          start->kind == frontend::ExprKind::Float;
  // Where the loop over a list is entered, the list is there.
  const bool may_be_unseen = is_typed && is_literal && !IsResumed(e, StepKind::Fold);
  const auto* unseen = may_be_unseen ? UnseenList(source) : nullptr;
  LateOverflow late;
  if (unseen != nullptr && element == runtime::kInt && kind == BuiltinKind::Sum) {
    late = {NewSlot(runtime::kBool), NewSlot(runtime::kInt), NewSlot(runtime::kInt)};
    Init(late.has_failed, Bool(b_.getFalse()));
    Init(late.left, ConstInt(0));
    Init(late.right, ConstInt(0));
  }
  Piece from;
  if (is_stored) {
    from = TakeBack(stored);
    Drop(held);
  }
  const size_t outside = cleanups_.size();
  if (!is_typed) {
    Hold(result);
  }
  Resume(e, StepKind::Fold, nullptr, [&](size_t at) {
    ResumeSlot(result, at);
    ResumeSlot(flag, at + 1);
    if (is_typed && !has_start) {
      // Without an element yet, there may be anything in its place.
      Piece so_far = Load(result);
      so_far.word = b_.CreateSelect(Load(flag).word, so_far.word, nothing.word);
      Init(result, so_far);
    }
  });
  const Body body = [&](Piece piece) {
    if (late.has_failed.word != nullptr) {
      SumLate(result, late, piece);
      Init(flag, Bool(b_.getTrue()));
    } else if (is_typed) {
      FoldTyped(kind, result, flag, has_start, As(piece, element), e.span);
    } else {
      FoldBoxed(kind, result, flag, piece, e.span);
    }
  };
  if (is_stored) {
    PushPiece(source, from, e.span, body);
  } else if (unseen != nullptr) {
    PushClauses(*unseen, 0, [&] { Deliver(Eval(*unseen->element), element, body); });
  } else {
    Push(source, e.span, body);
  }
  if (late.has_failed.word != nullptr) {
    FailIf(Load(late.has_failed).word, [&] {
      Call(HelperId::FailInt, {I32(SiteOf(e.span)), I32(static_cast<uint64_t>(BinaryOp::Add)),
                               Load(late.left).word, Load(late.right).word});
    });
  }
  if (!has_start) {
    FailIf(b_.CreateNot(Load(flag).word), [&] {
      Call(HelperId::FailEmpty, {I32(SiteOf(e.span)), I32(static_cast<uint64_t>(kind))});
    });
  }
  Drop(outside);
  return Take(result);
}

// Adds an int; the first sum that leaves the range is only noted.
void Lowering::SumLate(const Slot& result, const LateOverflow& late, Piece element) {
  llvm::Value* kept = Load(result).word;
  llvm::Value* pair =
      b_.CreateBinaryIntrinsic(llvm::Intrinsic::sadd_with_overflow, kept, element.word);
  llvm::BasicBlock* over = NewBlock("over");
  llvm::BasicBlock* note = NewBlock("note");
  llvm::BasicBlock* fits = NewBlock("fits");
  llvm::BasicBlock* next = NewBlock("added");
  BranchUnlikely(b_.CreateExtractValue(pair, 1), over, fits);
  Enter(fits);
  Init(result, Int(b_.CreateExtractValue(pair, 0)));
  Go(next);
  Enter(over);
  b_.CreateCondBr(Load(late.has_failed).word, next, note);
  Enter(note);
  Init(late.has_failed, Bool(b_.getTrue()));
  Init(late.left, Int(kept));
  Init(late.right, element);
  Go(next);
  Enter(next);
}

void Lowering::FoldTyped(BuiltinKind kind, const Slot& result, const Slot& flag, bool has_start,
                         Piece element, Span span) {
  const Piece kept = Load(result);
  if (kind == BuiltinKind::Sum) {
    Init(result, Operate(BinaryOp::Add, span, kept, element));
  } else if (element.rep == Rep::Int) {
    Init(result, Int(b_.CreateBinaryIntrinsic(
                     kind == BuiltinKind::Min ? llvm::Intrinsic::smin : llvm::Intrinsic::smax,
                     kept.word, element.word)));
  } else {
    // The first of equals stays, and so does a NaN that is the first.
    llvm::Value* is_better = kind == BuiltinKind::Min ? b_.CreateFCmpOLT(element.word, kept.word)
                                                      : b_.CreateFCmpOGT(element.word, kept.word);
    llvm::Value* is_taken = b_.CreateOr(b_.CreateNot(Load(flag).word), is_better);
    Init(result, Float(b_.CreateSelect(is_taken, element.word, kept.word)));
  }
  if (!has_start) {
    Init(flag, Bool(b_.getTrue()));
  }
}

void Lowering::FoldBoxed(BuiltinKind kind, const Slot& result, const Slot& flag, Piece element,
                         Span span) {
  const Piece boxed = ToBoxed(element);
  const SiteId site = SiteOf(span);
  if (kind == BuiltinKind::Sum) {
    Require(Call(HelperId::CheckSummand, {boxed.tag, boxed.word}), site);
  }
  llvm::BasicBlock* first = NewBlock("first");
  llvm::BasicBlock* later = NewBlock("later");
  llvm::BasicBlock* next = NewBlock("folded");
  b_.CreateCondBr(Load(flag).word, later, first);
  Enter(first);
  Init(flag, Bool(b_.getTrue()));
  Init(result, boxed);
  Go(next);
  Enter(later);
  const Piece kept = Load(result);
  const bool is_sum = kind == BuiltinKind::Sum;
  llvm::Value* folded =
      Call(is_sum ? HelperId::Binary : HelperId::Choose,
           {I32(is_sum ? static_cast<uint64_t>(BinaryOp::Add) : static_cast<uint64_t>(kind)),
            kept.tag, kept.word, boxed.tag, boxed.word});
  Store(result, RequireValue(folded, site));
  Release(boxed);
  Go(next);
  Enter(next);
}

// ---- any, all ----

Piece Lowering::ConsumeQuantifier(const frontend::CallExpr& e, BuiltinKind kind) {
  const bool is_any = kind == BuiltinKind::Any;
  const size_t held = cleanups_.size();
  const Slot result = NewSlot(runtime::kBool);
  Init(result, Bool(b_.getInt1(!is_any)));
  const Expr& source = *e.args[0].value;
  if (const auto* list = UnseenList(source);
      list != nullptr && !IsResumed(e, StepKind::Quantify) &&
      types_.Element(TypeOf(source)) == runtime::kBool) {
    // All elements of a list are evaluated, also behind the one that decides.
    PushClauses(*list, 0, [&] {
      const Piece element = Eval(*list->element);
      llvm::Value* known = Load(result).word;
      Init(result, Bool(is_any ? b_.CreateOr(known, element.word)
                               : b_.CreateAnd(known, element.word)));
    });
    return Load(result);
  }
  Resume(e, StepKind::Quantify, nullptr, [&](size_t) { Init(result, Bool(b_.getInt1(!is_any))); });
  llvm::BasicBlock* done = NewBlock("decided");
  Push(source, e.span, [&](Piece element) {
    llvm::Value* holds = Condition(element, e.span);
    Release(element);
    llvm::BasicBlock* found = NewBlock("found");
    llvm::BasicBlock* next = NewBlock("undecided");
    b_.CreateCondBr(holds, is_any ? found : next, is_any ? next : found);
    Enter(found);
    Init(result, Bool(b_.getInt1(is_any)));
    EmitCleanups(held);
    Go(done);
    Enter(next);
  });
  Go(done);
  Enter(done);
  return Load(result);
}

// ---- lists ----

// A new list, held: that of a consumer.
Slot Lowering::NewListSlot(const Expr& e) {
  const TypeId type = TypeOf(e);
  const TypeId element = KindOf(type) == TypeKind::List ? types_.Element(type) : runtime::kAny;
  const Slot slot = NewSlot(types_.List(element));
  llvm::Value* list = RequireRef(Call(HelperId::NewList, {I32(element), I64(0)}), SiteOf(e.span));
  AssumeList(list);
  Init(slot, Ref(slot.type, list, true));
  Hold(slot);
  Resume(e, StepKind::Collect, nullptr, [&](size_t at) { ResumeSlot(slot, at); });
  return slot;
}

void Lowering::Collect(const Slot& list, Piece element, Span span) {
  if (element.type == runtime::kNever) {
    return;
  }
  const TypeId type = types_.Element(list.type);
  llvm::Value* object = Load(list).word;
  if (element.rep == RepOf(type) && element.rep != Rep::Value && element.rep != Rep::Unit) {
    Append(object, type, element, span);
    return;
  }
  const Piece boxed = ToBoxed(element);
  Require(Call(HelperId::AppendValue, {object, boxed.tag, boxed.word}), SiteOf(span));
  Release(boxed);
}

Piece Lowering::EvalListComprehension(const frontend::ComprehensionExpr& e) {
  const size_t held = cleanups_.size();
  const Slot list = NewListSlot(e);
  PushClauses(e, 0, [&] { Collect(list, Eval(*e.element), e.element->span); });
  Drop(held);
  return Take(list);
}

Piece Lowering::ConsumeList(const frontend::CallExpr& e) {
  const size_t held = cleanups_.size();
  const Slot list = NewListSlot(e);
  Push(*e.args[0].value, e.span, [&](Piece element) { Collect(list, element, e.span); });
  Drop(held);
  return Take(list);
}

// ---- join ----

Piece Lowering::ConsumeJoin(const frontend::CallExpr& e) {
  const Expr& source = *e.args[1].value;
  if (PushesInPlace(source)) {
    return JoinInPlace(e);
  }
  // A value: a list of strings is joined at once.
  const Expr* parts[] = {e.args[0].value, &source};
  const std::vector<Piece> args = EvalAll(parts);
  if (args[0].type == runtime::kNever || args[1].type == runtime::kNever) {
    return UnitPiece(runtime::kNever);
  }
  Piece joined;
  if (args[0].type == runtime::kStr && args[1].type == types_.List(runtime::kStr)) {
    llvm::Value* str = Call(HelperId::JoinStrs, {args[0].word, args[1].word});
    joined = Ref(runtime::kStr, RequireRef(str, SiteOf(e.span)), true);
  } else {
    const Piece separator = ToBoxed(args[0]);
    const Piece from = ToBoxed(args[1]);
    llvm::Value* depth = frame_->depth != nullptr ? Depth() : I32(0);
    joined = RequireValue(
        Call(HelperId::JoinValue, {depth, separator.tag, separator.word, from.tag, from.word}),
        SiteOf(e.span));
  }
  Release(args[0]);
  Release(args[1]);
  return joined;
}

Piece Lowering::JoinInPlace(const frontend::CallExpr& e) {
  const size_t held = cleanups_.size();
  const auto require_str = [&](Piece piece, uint32_t which) {
    if (piece.type == runtime::kStr) {
      return piece;
    }
    piece = ToBoxed(piece);
    FailIf(b_.CreateICmpNE(piece.tag, I64(static_cast<uint64_t>(Tag::Str))), [&] {
      Call(HelperId::FailJoin, {I32(SiteOf(e.span)), I32(which), piece.tag, piece.word});
    });
    return As(piece, runtime::kStr);
  };
  const Slot separator = NewSlot(runtime::kStr);
  const Slot text = NewSlot(runtime::kStr);
  const Slot flag = NewSlot(runtime::kBool);  // whether a part was there before
  const Piece first = Eval(*e.args[0].value);
  if (first.type == runtime::kNever) {
    return first;
  }
  const auto* literal = frontend::DynCast<frontend::StrExpr>(*e.args[0].value);
  const bool is_empty = literal != nullptr && literal->value.empty();
  Init(separator, require_str(first, 0));
  Hold(separator);
  Init(text, Ref(runtime::kStr, RequireRef(Call(HelperId::NewEmptyStr, {}), SiteOf(e.span)), true));
  Hold(text);
  Init(flag, Bool(b_.getFalse()));
  Resume(e, StepKind::Join, nullptr, [&](size_t at) {
    ResumeSlot(separator, at);
    ResumeSlot(text, at + 1);
    ResumeSlot(flag, at + 2);
  });
  const auto append = [&](llvm::Value* part) {
    // In place: `text` is the only reference.
    llvm::Value* longer =
        RequireRef(Call(HelperId::AppendStr, {Load(text).word, part}), SiteOf(e.span));
    Init(text, Ref(runtime::kStr, longer, true));
  };
  Push(*e.args[1].value, e.span, [&](Piece element) {
    const Piece part = require_str(element, 1);
    if (!is_empty) {
      llvm::BasicBlock* separate = NewBlock("separate");
      llvm::BasicBlock* next = NewBlock("separated");
      b_.CreateCondBr(Load(flag).word, separate, next);
      Enter(separate);
      append(Load(separator).word);
      Go(next);
      Enter(next);
      Init(flag, Bool(b_.getTrue()));
    }
    append(part.word);
    Release(part);
  });
  Drop(held + 1);
  const Piece joined = Take(text);
  PopCleanups(held);
  return joined;
}

}  // namespace jit
