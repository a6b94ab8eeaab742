// Statements: blocks, choices, loops, and the ways out of them.

#include <algorithm>

#include "interp/builder.h"
#include "runtime/ops.h"

namespace interp {
namespace {

using frontend::ExprKind;
using frontend::RefKind;
using runtime::Release;

template <Status S>
Status Leave(const Node*, Word*) {
  return S;
}

void ReleaseWord(int64_t slot, Word* f) {
  if ((slot & kValueFlag) != 0) {
    Word* word = f + (slot & ~kValueFlag);
    const Value value = Eval<Value>::Get(word);
    Eval<Value>::Put(word, Value::None());
    Release(value);
  } else if (f[slot].object != nullptr) {
    runtime::Object* object = f[slot].object;
    f[slot].object = nullptr;
    Release(object);
  }
}

// o[0] count, then slots.
Status ReleaseNode(const Node* n, Word* f) {
  const Operand* o = n->o();
  for (int64_t i = 1; i <= o[0].i; ++i) {
    ReleaseWord(o[i].i, f);
  }
  return Next(n, f);
}

// Runs a chain with slots that hold references: o[0] chain, o[1] count, slots.
// They are empty before and released however the chain ends.
Status Hold(const Node* n, Word* f) {
  const Operand* o = n->o();
  for (int64_t i = 0; i < o[1].i; ++i) {
    const int64_t slot = o[2 + i].i;
    f[slot & ~kValueFlag].bits = 0;
  }
  const Status status = o[0].node->exec(o[0].node, f);
  for (int64_t i = 0; i < o[1].i; ++i) {
    ReleaseWord(o[2 + i].i, f);
  }
  return status == Status::Normal ? Next(n, f) : status;
}

// A loop whose condition may leave it: o[0] a chain that puts the condition in
// slot o[1], o[2] body, o[3] machine.
Status WhileLeaving(const Node* n, Word* f) {
  const Operand* o = n->o();
  for (;;) {
    Status status = o[0].node->exec(o[0].node, f);
    if (status != Status::Normal) {
      return status;
    }
    if (f[o[1].i].bits == 0) {
      return Next(n, f);
    }
    status = o[2].node->exec(o[2].node, f);
    if (status == Status::Break) {
      return Next(n, f);
    }
    if (status != Status::Normal && status != Status::Continue) {
      return status;
    }
    Poll(n, 0, f, &o[3].machine->context);
  }
}

// o[0] words, o[1] flag, o[2] node.
template <typename T>
Status SetGlobal(const Node* n, Word* f) {
  const Operand* o = n->o();
  if constexpr (std::is_same_v<T, Status>) {
    o[2].node->exec(o[2].node, f);
  } else {
    Eval<T>::Put(static_cast<Word*>(const_cast<void*>(o[0].pointer)), Eval<T>::Run(o[2].node, f));
  }
  *static_cast<uint8_t*>(const_cast<void*>(o[1].pointer)) = 1;
  return Next(n, f);
}

int64_t SlotWord(const Slot& slot) { return slot.at | (slot.rep == Rep::Value ? kValueFlag : 0); }

}  // namespace

void Builder::Statement(const Expr& e, const Dest& dest, Chain& out) {
  const Scope scope(*this);
  const size_t before = out.nodes.size();
  std::vector<Slot> spilled;
  std::swap(spilled, spilled_);
  StatementParts(e, dest, out);
  std::swap(spilled, spilled_);
  if (!spilled.empty()) {
    HoldFrom(before, spilled, out);
  }
}

void Builder::HoldFrom(size_t before, const std::vector<Slot>& slots, Chain& out) {
  Chain inner;
  const auto first = out.nodes.begin() + static_cast<ptrdiff_t>(before);
  inner.nodes.assign(first, out.nodes.end());
  out.nodes.erase(first, out.nodes.end());
  Node* node = New(2 + slots.size(), {});
  node->exec = &Hold;
  node->o()[0] = Ptr(Finish(inner));
  node->o()[1] = Int(static_cast<int64_t>(slots.size()));
  for (size_t i = 0; i < slots.size(); ++i) {
    node->o()[2 + i] = Int(SlotWord(slots[i]));
  }
  out.nodes.push_back(node);
}

void Builder::StatementParts(const Expr& e, const Dest& dest, Chain& out) {
  // Whether a block or choice hands its destination on to its parts. The
  // function's result is checked where it arises.
  const bool by_parts = dest.kind != Dest::Kind::Slot || Exits(e) || RepOf(TypeOf(e)) == Rep::Unit;
  switch (e.kind) {
    case ExprKind::Let:
      StatementLet(frontend::Cast<frontend::LetExpr>(e), out);
      break;
    case ExprKind::Assign:
      StatementAssign(frontend::Cast<frontend::AssignExpr>(e), out);
      break;
    case ExprKind::While:
      StatementWhile(frontend::Cast<frontend::WhileExpr>(e), out);
      break;
    case ExprKind::For:
      StatementFor(frontend::Cast<frontend::ForExpr>(e), out);
      break;
    case ExprKind::Return:
      StatementReturn(frontend::Cast<frontend::ReturnExpr>(e), out);
      return;
    case ExprKind::Break:
      out.nodes.push_back(New(&Leave<Status::Break>, {}, {}));
      return;
    case ExprKind::Continue:
      out.nodes.push_back(New(&Leave<Status::Continue>, {}, {}));
      return;
    case ExprKind::Yield: {
      const auto& yield = frontend::Cast<frontend::YieldExpr>(e);
      Yield(Build(*yield.value, &out), out);
      break;
    }
    case ExprKind::Block:
      if (by_parts) {
        StatementBlock(frontend::Cast<frontend::BlockExpr>(e), dest, out, true);
        return;
      }
      Deliver(Build(e, &out), e.span, dest, out);
      return;
    case ExprKind::If:
      if (by_parts) {
        StatementIf(frontend::Cast<frontend::IfExpr>(e), dest, out);
        return;
      }
      Deliver(Build(e, &out), e.span, dest, out);
      return;
    case ExprKind::Logical:
      if (Exits(e)) {
        StatementLogical(frontend::Cast<frontend::LogicalExpr>(e), dest, out);
        return;
      }
      Deliver(Build(e, &out), e.span, dest, out);
      return;
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Name:
    case ExprKind::List:
    case ExprKind::Comprehension:
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::Call:
    case ExprKind::Index:
    case ExprKind::Lambda:
      Deliver(Build(e, &out), e.span, dest, out);
      return;
  }
  Deliver(UnitPiece(runtime::kNone), e.span, dest, out);
}

void Builder::Deliver(Piece piece, Span span, const Dest& dest, Chain& out) {
  const auto has_code = [&] {
    return piece.form == Form::Node || piece.form == Form::Binary ||
           (piece.form == Form::Unit && (piece.node != nullptr || piece.statement != nullptr)) ||
           (piece.form == Form::Temp && piece.rep == Rep::Ref) ||
           (piece.form == Form::Temp && piece.rep == Rep::Value);
  };
  if (dest.kind == Dest::Kind::Discard || piece.type == runtime::kNever) {
    if (has_code()) {
      out.nodes.push_back(EmitDiscard(piece));
    }
    return;
  }
  Slot slot = result_;
  if (dest.kind == Dest::Kind::Slot) {
    slot = {dest.slot, RepOf(dest.type), dest.type};
    piece = As(piece, dest.type);
  } else {
    piece = AsResult(piece, span);
  }
  if (slot.rep != Rep::Unit) {
    out.nodes.push_back(EmitStore(piece, slot));
  } else if (has_code()) {
    out.nodes.push_back(EmitDiscard(piece));
  }
}

Piece Builder::AsResult(Piece piece, Span span) {
  if (ResultDeclared()) {
    const frontend::TypeExpr* declared = function_.decl->result_type;
    piece = Declared(piece, declared, inference_.Accept(declared, piece.type), "the result", span);
  }
  return As(piece, result_.type);
}

const Node* Builder::Region(const Expr& e, const Dest& dest) { return Finish(*PathOf(e, dest)); }

Builder::Path Builder::PathOf(const Expr& e, const Dest& dest) {
  Path branch = NewPath();
  CountHere(NodesIn(e), *branch);
  Statement(e, dest, *branch);
  return branch;
}

// Longer `and` and `or` are evaluated by one node, not by a choice each.
constexpr size_t kMostChoices = 8;

void Builder::AddChoice(const Expr& e, const Path& then, const Path& otherwise, Chain& out) {
  const auto* logical = frontend::DynCast<frontend::LogicalExpr>(e);
  if (logical == nullptr || !fused() || logical->operands.size() > kMostChoices) {
    const Piece condition = Condition(Build(e, &out), e.span);
    AddIf(condition, then, otherwise, out);
    return;
  }
  const bool is_and = logical->op == frontend::LogicalOp::And;
  Path rest = is_and ? then : otherwise;
  for (size_t i = logical->operands.size(); i-- > 0;) {
    const Expr& operand = *logical->operands[i];
    Path own = i == 0 ? nullptr : NewPath();
    Chain& into = i == 0 ? out : *own;
    if (i > 0) {
      CountHere(NodesIn(operand), into);
    }
    if (is_and) {
      AddChoice(operand, rest, otherwise, into);
    } else {
      AddChoice(operand, then, rest, into);
    }
    rest = own;
  }
}

void Builder::StatementBlock(const frontend::BlockExpr& e, const Dest& dest, Chain& out,
                             bool release) {
  if (e.items.empty()) {
    Deliver(UnitPiece(runtime::kNone), e.span, dest, out);
    return;
  }
  for (const Expr* item : e.items) {
    Statement(*item, item == e.items.back() ? dest : Dest{}, out);
  }
  if (release) {
    ReleaseDeclared(e, out);
  }
}

void Builder::ReleaseDeclared(const frontend::BlockExpr& e, Chain& out) {
  std::vector<Slot> slots;
  for (const Expr* item : e.items) {
    const auto* let = frontend::DynCast<frontend::LetExpr>(*item);
    if (let != nullptr && resolution_.bindings[let->binding.id].kind == RefKind::Local) {
      const Slot slot = LocalSlot(let->binding.id);
      if (slot.rep == Rep::Ref || slot.rep == Rep::Value) {
        slots.push_back(slot);
      }
    }
  }
  ReleaseSlots(slots, out);
}

void Builder::ReleaseSlots(const std::vector<Slot>& slots, Chain& out) {
  if (slots.empty()) {
    return;
  }
  Node* node = New(1 + slots.size(), {});
  node->exec = &ReleaseNode;
  node->o()[0] = Int(static_cast<int64_t>(slots.size()));
  for (size_t i = 0; i < slots.size(); ++i) {
    node->o()[1 + i] = Int(SlotWord(slots[i]));
  }
  out.nodes.push_back(node);
}

void Builder::StatementIf(const frontend::IfExpr& e, const Dest& dest, Chain& out) {
  Path otherwise;
  if (e.otherwise != nullptr) {
    otherwise = PathOf(*e.otherwise, dest);
  } else {
    otherwise = NewPath();
    Deliver(UnitPiece(runtime::kNone), e.span, dest, *otherwise);
  }
  for (size_t i = e.branches.size(); i-- > 0;) {
    const Expr& test = *e.branches[i].condition;
    Path then = PathOf(*e.branches[i].body, e.otherwise != nullptr ? dest : Dest{});
    if (e.otherwise == nullptr) {
      Deliver(UnitPiece(runtime::kNone), e.span, dest, *then);
    }
    Path own = i == 0 ? nullptr : NewPath();
    Chain& into = i == 0 ? out : *own;
    if (i > 0) {
      CountHere(NodesIn(test), into);
    }
    AddChoice(test, then, otherwise, into);
    otherwise = own;
  }
}

// `a and b` where b may leave: the next operand runs where the ones before
// have not decided.
void Builder::StatementLogical(const frontend::LogicalExpr& e, const Dest& dest, Chain& out) {
  const Slot result = NewTemp(runtime::kBool);
  const bool is_and = e.op == frontend::LogicalOp::And;
  Path rest;
  for (size_t i = e.operands.size(); i-- > 0;) {
    Path own = i == 0 ? nullptr : NewPath();
    Chain& into = i == 0 ? out : *own;
    if (i > 0) {
      CountHere(NodesIn(*e.operands[i]), into);
    }
    Piece condition = Condition(Build(*e.operands[i], &into), e.operands[i]->span);
    into.nodes.push_back(EmitStore(condition, result));
    if (rest != nullptr) {
      const Piece seen = SlotPiece(result, Form::Local);
      AddIf(seen, is_and ? rest : nullptr, is_and ? nullptr : rest, into);
    }
    rest = own;
  }
  Deliver(SlotPiece(result, Form::Local), e.span, dest, out);
}

void Builder::StatementLet(const frontend::LetExpr& e, Chain& out) {
  const frontend::Ref ref = resolution_.bindings[e.binding.id];
  const bool is_local = ref.kind == RefKind::Local;
  const TypeId type = is_local ? locals_[ref.index].type : inference_.GlobalType(ref.index);
  if (is_local && e.type == nullptr) {
    Statement(*e.value, {Dest::Kind::Slot, locals_[ref.index].at, type}, out);
    return;
  }
  Piece piece = Build(*e.value, &out);
  if (e.type != nullptr) {
    piece = Declared(piece, e.type, inference_.Accept(e.type, piece.type), e.binding.name,
                     e.value->span);
  }
  if (is_local) {
    Deliver(piece, e.value->span, {Dest::Kind::Slot, locals_[ref.index].at, type}, out);
    return;
  }
  if (piece.type == runtime::kNever) {
    out.nodes.push_back(EmitDiscard(piece));
    return;
  }
  const Rep rep = RepOf(type);
  Node* node = New(3, {});
  node->o()[0] = Of(machine_.GlobalWords(ref.index, rep));
  node->o()[1] = Of(&machine_.tables.global_set[ref.index]);
  node->o()[2] = Ptr(Emit(As(piece, type), rep));
  switch (rep) {
    case Rep::Unit:
      node->exec = &SetGlobal<Status>;
      break;
    case Rep::Int:
      node->exec = &SetGlobal<int64_t>;
      break;
    case Rep::Float:
      node->exec = &SetGlobal<double>;
      break;
    case Rep::Bool:
      node->exec = &SetGlobal<bool>;
      break;
    case Rep::Ref:
      node->exec = &SetGlobal<runtime::Object*>;
      break;
    case Rep::Value:
      node->exec = &SetGlobal<Value>;
      break;
  }
  out.nodes.push_back(node);
}

void Builder::StatementWhile(const frontend::WhileExpr& e, Chain& out) {
  AddRoot(e, out, [&](Chain& loop) { StatementWhileIn(e, loop); });
}

void Builder::StatementWhileIn(const frontend::WhileExpr& e, Chain& out) {
  const Expr& test = *e.condition;
  const bool choices = fused() && test.kind == ExprKind::Logical;
  if (!Exits(test) && !choices) {
    Chain turn;
    Loop* loop = LoopOf(e);
    CountHere(NodesIn(*e.body), turn);
    Statement(*e.body, {}, turn);
    const Node* body = Finish(turn);
    const Piece condition = Condition(Build(test, nullptr), test.span);
    out.nodes.push_back(EmitWhile(CountedCondition(condition, NodesIn(test)), body, loop));
    return;
  }
  if (Exits(test)) {
    // What leaves the condition belongs to the loop around this one.
    const Slot holds = NewTemp(runtime::kBool);
    Chain turn;
    CountHere(NodesIn(test), turn);
    const Piece condition = Condition(Build(test, &turn), test.span);
    turn.nodes.push_back(EmitStore(condition, holds));
    const Node* body = Finish(*TurnOf(e));
    out.nodes.push_back(
        New(&WhileLeaving, {Ptr(Finish(turn)), Int(holds.at), Ptr(body), Self()}, {test.span}));
    return;
  }
  // `while true { if condition { body } else { break } }`.
  Path leave = NewPath();
  leave->nodes.push_back(New(&Leave<Status::Break>, {}, {}));
  Chain turn;
  CountHere(NodesIn(test), turn);
  AddChoice(test, TurnOf(e), leave, turn);
  Piece always;
  always.form = Form::Const;
  always.rep = Rep::Bool;
  always.type = runtime::kBool;
  always.constant.bits = 1;
  always.span = test.span;
  out.nodes.push_back(EmitWhile(always, Finish(turn), nullptr));
}

void Builder::StatementReturn(const frontend::ReturnExpr& e, Chain& out) {
  const Dest dest = ResultDest();
  if (e.value != nullptr) {
    Statement(*e.value, dest, out);
  } else {
    Deliver(UnitPiece(runtime::kNone), e.span, dest, out);
  }
  out.nodes.push_back(New(&Leave<Status::Return>, {}, {}));
}

}  // namespace interp
