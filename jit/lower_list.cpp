// Lists: literals, xs[i], and elements. A list whose element type is settled is
// read and written here, in a few instructions; others go through the runtime.
//
// In rows[i][j] the row is not retained while it is read: nothing runs between
// the two reads that could take it out of `rows`.
// Tests: tests/golden/**, on every backend.

#include <algorithm>

#include <llvm/IR/MDBuilder.h>

#include "frontend/check.h"
#include "jit/layout.h"
#include "jit/lowering.h"
#include "runtime/mutant.h"

namespace jit {

using frontend::DynCast;
using frontend::ExprKind;
using runtime::TypeKind;

namespace {

Memory MemoryOf(Rep rep) {
  switch (rep) {
    case Rep::Int:
      return Memory::Ints;
    case Rep::Float:
      return Memory::Floats;
    case Rep::Bool:
      return Memory::Bools;
    case Rep::Ref:
      return Memory::Objects;
    case Rep::Unit:
    case Rep::Value:
      break;
  }
  LAB_CHECK(false);
  return Memory::Values;
}

// Built-ins of numbers, and len: they take nothing out of a list. min and max of one argument may
// consume a sequence, whose code could.
bool IsPlainBuiltin(BuiltinKind kind, size_t argument_count) {
  if (kind == BuiltinKind::Min || kind == BuiltinKind::Max) {
    return argument_count > 1;
  }
  return kind == BuiltinKind::Len || (kind >= BuiltinKind::Abs && kind <= BuiltinKind::Float);
}

}  // namespace

// ---- parts of a list ----

llvm::Value* Lowering::LoadSize(llvm::Value* object, uint64_t offset) {
  llvm::Value* size = LoadField(object, offset, b_.getInt64Ty(), Memory::Header);
  llvm::cast<llvm::LoadInst>(size)->setMetadata(
      llvm::LLVMContext::MD_range,
      llvm::MDBuilder(unit_.context()).createRange(llvm::APInt(64, 0), llvm::APInt(64, kMaxSize)));
  return size;
}

llvm::Value* Lowering::ListSize(llvm::Value* list) { return LoadSize(list, kListSizeOffset); }

llvm::Value* Lowering::ListData(llvm::Value* list) {
  return LoadField(list, kListDataOffset, b_.getPtrTy(), Memory::Header);
}

bool Lowering::HoldsTyped(TypeId list) const {
  if (KindOf(list) != TypeKind::List) {
    return false;
  }
  const Rep rep = RepOf(types_.Element(list));
  return rep != Rep::Unit && rep != Rep::Value;
}

llvm::Value* Lowering::ItemAddress(llvm::Value* data, Rep rep, llvm::Value* index) {
  return b_.CreateInBoundsGEP(unit_.MemoryTypeOf(rep), data, index);
}

Piece Lowering::LoadItem(llvm::Value* data, TypeId element, llvm::Value* index) {
  Piece piece{element, RepOf(element)};
  piece.word = LoadField(ItemAddress(data, piece.rep, index), 0, unit_.MemoryTypeOf(piece.rep),
                         MemoryOf(piece.rep));
  if (piece.rep == Rep::Bool) {
    piece.word = b_.CreateICmpNE(piece.word, b_.getInt8(0));
  } else if (piece.rep == Rep::Ref) {
    unit_.MarkObject(llvm::cast<llvm::LoadInst>(piece.word));
  }
  return piece;
}

void Lowering::StoreItem(llvm::Value* data, TypeId element, llvm::Value* index,
                         const Piece& piece) {
  const Rep rep = RepOf(element);
  llvm::Value* word = rep == Rep::Bool ? b_.CreateZExt(piece.word, b_.getInt8Ty()) : piece.word;
  StoreField(ItemAddress(data, rep, index), 0, word, MemoryOf(rep));
}

Piece Lowering::LoadElement(llvm::Value* list, TypeId element, llvm::Value* index) {
  return Own(LoadItem(ListData(list), element, index));
}

void Lowering::StoreElement(llvm::Value* list, TypeId element, llvm::Value* index, Piece piece) {
  piece = Own(As(piece, element));
  llvm::Value* data = ListData(list);
  if (piece.rep != Rep::Ref) {
    StoreItem(data, element, index, piece);
    return;
  }
  Piece old = LoadItem(data, element, index);
  old.owned = LAB_MUTANT(612, true, false);
  StoreItem(data, element, index, piece);
  Release(old);
}

void Lowering::Append(llvm::Value* list, TypeId element, Piece piece, Span span) {
  piece = Own(As(piece, element));
  llvm::Value* size = ListSize(list);
  llvm::Value* capacity = LoadField(list, kListCapacityOffset, b_.getInt64Ty(), Memory::Header);
  llvm::BasicBlock* full = NewBlock("full");
  llvm::BasicBlock* room = NewBlock("room");
  llvm::BasicBlock* done = NewBlock("appended");
  BranchUnlikely(b_.CreateICmpUGE(size, capacity), full, room);

  Enter(full);
  llvm::Value* bits = piece.word;
  if (piece.rep == Rep::Float) {
    bits = b_.CreateBitCast(bits, b_.getInt64Ty());
  } else if (piece.rep == Rep::Bool) {
    bits = b_.CreateZExt(bits, b_.getInt64Ty());
  } else if (piece.rep == Rep::Ref) {
    bits = b_.CreatePtrToInt(bits, b_.getInt64Ty());
  }
  Require(Call(HelperId::AppendSlow, {list, bits}), SiteOf(span));
  Go(done);

  Enter(room);
  StoreItem(ListData(list), element, size, piece);
  StoreField(list, kListSizeOffset, b_.CreateNUWAdd(size, I64(1)), Memory::Header);
  Go(done);

  Enter(done);
}

// Hot code sees one unsigned comparison: an index from the end, like one that
// is outside, fails it first.
llvm::Value* Lowering::CheckedIndex(llvm::Value* list, llvm::Value* index, Span span) {
  llvm::Value* size = ListSize(list);
  const auto fail = [&] {
    Call(HelperId::FailIndex, {I32(SiteOf(span)), index, size, b_.getFalse()});
  };
  if (const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(index)) {
    llvm::Value* at = constant->isNegative() ? b_.CreateAdd(index, size) : index;
    FailIf(b_.CreateICmpUGE(at, size), fail);
    return at;
  }
  llvm::BasicBlock* before = b_.GetInsertBlock();
  llvm::BasicBlock* outside = NewBlock("outside");
  llvm::BasicBlock* inside = NewBlock("inside");
  BranchUnlikely(b_.CreateICmpUGE(index, size), outside, inside);

  Enter(outside);
  llvm::Value* from_end = b_.CreateAdd(index, size);
  llvm::Value* before_begin = b_.CreateICmpUGE(from_end, size);
  FailIf(b_.CreateOr(b_.CreateICmpSGE(index, I64(0)), LAB_MUTANT(613, before_begin, b_.getFalse())),
         fail);
  llvm::BasicBlock* outside_end = b_.GetInsertBlock();
  Go(inside);

  Enter(inside);
  llvm::PHINode* at = b_.CreatePHI(b_.getInt64Ty(), 2);
  at->addIncoming(index, before);
  at->addIncoming(from_end, outside_end);
  return at;
}

// ---- literals ----

Piece Lowering::EvalList(const frontend::ListExpr& e) {
  const TypeId type = TypeOf(e);
  const bool exits =
      std::any_of(e.items.begin(), e.items.end(), [&](const Expr* item) { return Exits(*item); });
  if (e.items.empty() || exits || !HoldsTyped(type)) {
    return ListOf(type, e.span, EvalAll(e.items));
  }
  // One by one, so that the items of a long literal are not all held in registers. The list is
  // not seen before it is complete.
  const TypeId element = types_.Element(type);
  llvm::Value* list = Call(HelperId::NewList, {I32(element), I64(e.items.size())});
  RequireRef(list, SiteOf(e.span));
  AssumeList(list);
  llvm::Value* data = ListData(list);
  for (size_t i = 0; i < e.items.size(); ++i) {
    StoreItem(data, element, I64(i), Own(As(Eval(*e.items[i]), element)));
  }
  StoreField(list, kListSizeOffset, I64(e.items.size()), Memory::Header);
  return Ref(type, list, true);
}

Piece Lowering::ListOf(TypeId type, Span span, std::vector<Piece> items) {
  for (const Piece& item : items) {
    if (item.type == runtime::kNever) {
      return UnitPiece(runtime::kNever);
    }
  }
  if (items.empty() || HoldsTyped(type)) {
    const TypeId element = HoldsTyped(type) ? types_.Element(type) : runtime::kAny;
    llvm::Value* list = Call(HelperId::NewList, {I32(element), I64(items.size())});
    RequireRef(list, SiteOf(span));
    AssumeList(list);
    if (!items.empty()) {
      llvm::Value* data = ListData(list);
      for (size_t i = 0; i < items.size(); ++i) {
        StoreItem(data, element, I64(i), Own(As(items[i], element)));
      }
      StoreField(list, kListSizeOffset, I64(items.size()), Memory::Header);
    }
    return Ref(types_.List(element), list, true);
  }
  for (Piece& item : items) {
    item = ToBoxed(item);
  }
  llvm::Value* list = Call(HelperId::NewListFromValues, {ValueArray(items), I64(items.size())});
  RequireRef(list, SiteOf(span));
  for (const Piece& item : items) {
    Release(item);
  }
  return Ref(types_.List(runtime::kAny), list, true);
}

// ---- xs[i] ----

bool Lowering::IsPlain(const Expr& e) const {
  const auto all_plain = [this](std::span<const Expr* const> exprs) {
    return std::all_of(exprs.begin(), exprs.end(), [this](const Expr* x) { return IsPlain(*x); });
  };
  switch (e.kind) {
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Name:
      return true;
    case ExprKind::Unary:
      return IsPlain(*frontend::Cast<frontend::UnaryExpr>(e).operand);
    case ExprKind::Binary: {
      const auto spine = frontend::LeftSpine(frontend::Cast<frontend::BinaryExpr>(e));
      return IsPlain(*spine.front()->left) &&
             std::all_of(spine.begin(), spine.end(),
                         [this](const auto* step) { return IsPlain(*step->right); });
    }
    case ExprKind::Logical:
      return all_plain(frontend::Cast<frontend::LogicalExpr>(e).operands);
    case ExprKind::Index: {
      const auto& index = frontend::Cast<frontend::IndexExpr>(e);
      return IsPlain(*index.object) && IsPlain(*index.index);
    }
    case ExprKind::Call: {
      const auto& call = frontend::Cast<frontend::CallExpr>(e);
      BuiltinKind kind;
      return IsBuiltin(*call.callee, &kind) && IsPlainBuiltin(kind, call.args.size()) &&
             std::all_of(call.args.begin(), call.args.end(),
                         [this](const auto& argument) { return IsPlain(*argument.value); });
    }
    case ExprKind::List:
    case ExprKind::Comprehension:
    case ExprKind::Lambda:
    case ExprKind::Block:
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::If:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::Yield:
      break;
  }
  return false;
}

Lowering::Borrowed Lowering::Borrow(const Expr& e) {
  const auto* inner = DynCast<frontend::IndexExpr>(e);
  if (inner == nullptr || !HoldsTyped(TypeOf(*inner->object)) || RepOf(TypeOf(e)) != Rep::Ref ||
      TypeOf(*inner->index) != runtime::kInt || !IsPlain(*inner->index)) {
    Borrowed whole{Eval(e), {}};
    whole.root = whole.piece;
    whole.piece.owned = false;
    return whole;
  }
  const Borrowed rows = Borrow(*inner->object);
  const Piece index = Eval(*inner->index);
  llvm::Value* at = CheckedIndex(rows.piece.word, index.word, e.span);
  return {LoadItem(ListData(rows.piece.word), TypeOf(e), at), rows.root};
}

Piece Lowering::EvalIndex(const frontend::IndexExpr& e) {
  Borrowed object;
  Piece index;
  if (IsPlain(*e.index)) {
    object = Borrow(*e.object);
    index = Eval(*e.index);
  } else {
    const Expr* parts[] = {e.object, e.index};
    const std::vector<Piece> pieces = EvalAll(parts);
    object = {pieces[0], pieces[0]};
    object.piece.owned = false;
    index = pieces[1];
  }
  if (object.piece.type == runtime::kNever || index.type == runtime::kNever) {
    return UnitPiece(runtime::kNever);
  }
  const Piece element = ReadIndex(object.piece, index, e.span);
  Release(object.root);
  Release(index);
  return element;
}

Piece Lowering::ReadIndex(Piece object, Piece index, Span span) {
  if (HoldsTyped(object.type) && index.rep == Rep::Int) {
    llvm::Value* at = CheckedIndex(object.word, index.word, span);
    return LoadElement(object.word, types_.Element(object.type), at);
  }
  if (object.type == runtime::kStr && index.rep == Rep::Int) {
    llvm::Value* one = Call(HelperId::StrAt, {object.word, index.word});
    return Ref(runtime::kStr, RequireRef(one, SiteOf(span)), true);
  }
  object = ToBoxed(object);
  index = ToBoxed(index);
  llvm::Value* pair = Call(HelperId::GetIndex, {object.tag, object.word, index.tag, index.word});
  return RequireValue(pair, SiteOf(span));
}

}  // namespace jit
