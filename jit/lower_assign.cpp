// Assignments. The value is evaluated before the parts of the target. A string
// that grows by itself, in a variable or a list, is moved out while it does, so
// that it is held once and grows in place.
// Tests: tests/golden/**, on every backend.

#include "frontend/check.h"
#include "jit/lowering.h"
#include "runtime/mutant.h"

namespace jit {

using frontend::DynCast;
using frontend::RefKind;
using runtime::Tag;

void Lowering::LowerAssign(const frontend::AssignExpr& e) {
  if (const auto* target = DynCast<frontend::IndexExpr>(*e.target)) {
    AssignIndex(e, *target);
    return;
  }
  const frontend::Ref ref = RefOf(*e.target);
  LAB_CHECK(ref.kind == RefKind::Local);
  if (!AppendInPlace(e, ref.index)) {
    AssignLocal(e, frame_->locals[ref.index], frame_->function->locals[ref.index]);
  }
}

void Lowering::AssignLocal(const frontend::AssignExpr& e, const Slot& slot,
                           const frontend::Local& local) {
  Piece piece = Eval(*e.value);
  if (piece.type == runtime::kNever) {
    return;
  }
  if (e.is_compound) {
    piece = Operate(e.op, e.span, Load(slot), piece);
  }
  Store(slot, Declared(piece, local.type, local.name, e.value->span));
}

// ---- s += text, s = s + text ----

bool Lowering::AppendInPlace(const frontend::AssignExpr& e, uint32_t local) {
  const Slot slot = frame_->locals[local];
  const Expr* text = e.value;
  if (!e.is_compound) {
    const auto* sum = DynCast<frontend::BinaryExpr>(*e.value);
    if (sum == nullptr || sum->op != BinaryOp::Add ||
        !(RefOf(*sum->left) == frontend::Ref{RefKind::Local, local})) {
      return false;
    }
    text = sum->right;
  } else if (e.op != BinaryOp::Add) {
    return false;
  }
  // Not `s += s`, nor `s += { s }`: the text would be read while it grows.
  const bool is_itself = RefOf(*text) == frontend::Ref{frontend::RefKind::Local, local};
  if (LAB_MUTANT(628, is_itself, false) || text->kind == frontend::ExprKind::Block) {
    return false;
  }
  const bool is_boxed = slot.rep == Rep::Value;
  const TypeId text_type = TypeOf(*text);
  const bool may_be_str = text_type == runtime::kStr || (is_boxed && text_type == runtime::kAny);
  if ((!is_boxed && slot.type != runtime::kStr) || !may_be_str || Exits(*text) || Assigns(*text)) {
    return false;
  }
  const Span span = e.is_compound ? e.span : e.value->span;
  if (is_boxed) {
    AppendToBoxed(slot, Eval(*text), span);
    const frontend::Local& declaration = frame_->function->locals[local];
    if (declaration.type != nullptr) {
      // Checked where it stands, so that the text is still held once when it grows.
      Init(slot, Declared(Take(slot), declaration.type, declaration.name, e.value->span));
    }
    return true;
  }
  BuiltinKind kind;
  const auto* call = DynCast<frontend::CallExpr>(*text);
  if (call != nullptr && IsBuiltin(*call->callee, &kind) && kind == BuiltinKind::Str &&
      TypeOf(*call->args[0].value) == runtime::kInt) {
    const Piece number = Eval(*call->args[0].value);
    llvm::Value* grown = Call(HelperId::AppendInt, {Take(slot).word, number.word});
    Init(slot, Ref(runtime::kStr, RequireRef(grown, SiteOf(span)), true));
    return true;
  }
  const Piece more = Eval(*text);
  llvm::Value* grown = Call(HelperId::AppendStr, {Take(slot).word, more.word});
  Init(slot, Ref(runtime::kStr, RequireRef(grown, SiteOf(span)), true));
  Release(more);
  return true;
}

// Two strings found at run time grow in place too; anything else is added as usual.
void Lowering::AppendToBoxed(const Slot& slot, const Piece& more, Span span) {
  if (more.type != runtime::kNever) {
    Init(slot, OperateBoxed(BinaryOp::Add, span, Take(slot), more));
  }
}

// ---- xs[i] = v, xs[i] op= v ----

void Lowering::AssignIndex(const frontend::AssignExpr& e, const frontend::IndexExpr& target) {
  Piece value;
  Borrowed object;
  Piece index;
  if (IsPlain(*target.object) && IsPlain(*target.index)) {
    value = Eval(*e.value);
    object = Borrow(*target.object);
    index = Eval(*target.index);
  } else {
    const Expr* parts[] = {e.value, target.object, target.index};
    const std::vector<Piece> pieces = EvalAll(parts);
    value = pieces[0];
    object = {pieces[1], pieces[1]};
    object.piece.owned = false;
    index = pieces[2];
  }
  if (value.type == runtime::kNever || object.piece.type == runtime::kNever ||
      index.type == runtime::kNever) {
    return;
  }
  if (HoldsTyped(object.piece.type) && index.rep == Rep::Int) {
    llvm::Value* list = object.piece.word;
    const TypeId element = types_.Element(object.piece.type);
    if (e.is_compound) {
      if (UpdateElement(e, target.span, list, element, index.word, value)) {
        Release(object.root);
        return;
      }
    } else if (value.type == element) {
      StoreElement(list, element, CheckedIndex(list, index.word, target.span), value);
      Release(object.root);
      return;
    }
  }

  const Piece list = ToBoxed(object.piece);
  index = ToBoxed(index);
  if (e.is_compound) {
    const Piece old =
        RequireValue(Call(HelperId::GetIndex, {list.tag, list.word, index.tag, index.word}),
                     SiteOf(target.span));
    value = OperateBoxed(e.op, e.span, old, value);
  }
  value = ToBoxed(value);
  llvm::Value* stored =
      Call(HelperId::SetIndex, {list.tag, list.word, index.tag, index.word, ValueArray({value})});
  Require(stored, SiteOf(target.span));
  Release(value);
  Release(index);
  Release(object.root);
}

bool Lowering::UpdateElement(const frontend::AssignExpr& e, Span target, llvm::Value* list,
                             TypeId element, llvm::Value* index, const Piece& value) {
  const Rep rep = RepOf(element);
  const bool is_text =
      element == runtime::kStr && value.type == runtime::kStr && e.op == BinaryOp::Add;
  // The sum of a float and an int is a float again; what would change the type of the element
  // fails when it is stored.
  const bool is_number =
      (rep == Rep::Float && (value.rep == Rep::Float || value.rep == Rep::Int)) ||
      (rep == Rep::Int && value.rep == Rep::Int && e.op != BinaryOp::Div);
  if (!is_text && !is_number) {
    return false;
  }
  llvm::Value* at = CheckedIndex(list, index, target);
  llvm::Value* data = ListData(list);
  Piece old = LoadItem(data, element, at);
  // The text may be that very string: it is held twice then, and copied.
  old.owned = is_text;
  const Piece result = Operate(e.op, e.span, old, value);
  StoreItem(data, element, at, result);
  return true;
}

}  // namespace jit
