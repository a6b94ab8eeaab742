// Bodies as expressions. `return` in tail position is just the value, and
// `if c { return a }` followed by more becomes a choice: such a function needs
// no slot for its result and nothing checks how its body ended.

#include <algorithm>

#include "interp/builder.h"

namespace interp {

using frontend::BlockExpr;
using frontend::Branch;
using frontend::DynCast;
using frontend::IfExpr;
using frontend::ReturnExpr;

namespace {

// o[0]: a chain, o[1]: the value.
template <typename T>
T ChainThen(const Node* n, Word* f) {
  n->o()[0].node->exec(n->o()[0].node, f);
  return Eval<T>::Run(n->o()[1].node, f);
}

}  // namespace

bool Builder::AlwaysReturns(const Expr& e) const {
  if (e.kind == frontend::ExprKind::Return) {
    return true;
  }
  if (const auto* block = DynCast<BlockExpr>(e)) {
    return !block->items.empty() && AlwaysReturns(*block->items.back());
  }
  if (const auto* choice = DynCast<IfExpr>(e)) {
    return choice->otherwise != nullptr && AlwaysReturns(*choice->otherwise) &&
           std::all_of(choice->branches.begin(), choice->branches.end(),
                       [&](const Branch& branch) { return AlwaysReturns(*branch.body); });
  }
  return false;
}

// `if c { return a }`, possibly with elifs, without else.
bool Builder::IsGuard(const Expr& e) const {
  const auto* choice = DynCast<IfExpr>(e);
  return choice != nullptr && choice->otherwise == nullptr &&
         std::all_of(choice->branches.begin(), choice->branches.end(), [&](const Branch& branch) {
           return !Exits(*branch.condition) && AlwaysReturns(*branch.body) && CanTail(*branch.body);
         });
}

bool Builder::CanTail(const Expr& e) const {
  if (!Exits(e)) {
    return true;
  }
  if (const auto* result = DynCast<ReturnExpr>(e)) {
    return result->value != nullptr && CanTail(*result->value);
  }
  if (const auto* block = DynCast<BlockExpr>(e)) {
    for (const Expr* item : block->items.first(block->items.size() - 1)) {
      if (Exits(*item) && !IsGuard(*item)) {
        return false;
      }
    }
    return CanTail(*block->items.back());
  }
  if (const auto* choice = DynCast<IfExpr>(e)) {
    return choice->otherwise != nullptr && CanTail(*choice->otherwise) &&
           std::all_of(choice->branches.begin(), choice->branches.end(), [&](const Branch& branch) {
             return !Exits(*branch.condition) && CanTail(*branch.body);
           });
  }
  return false;
}

const Node* Builder::Tail(const Expr& e) {
  if (const auto* block = DynCast<BlockExpr>(e); block != nullptr && !block->items.empty()) {
    return TailItems(block->items);
  }
  if (const auto* choice = DynCast<IfExpr>(e); choice != nullptr && choice->otherwise != nullptr) {
    return TailBranches(*choice, 0, TailRegion(*choice->otherwise));
  }
  if (const auto* result = DynCast<ReturnExpr>(e); result != nullptr && result->value != nullptr) {
    return Tail(*result->value);
  }
  return TailLeaf(e);
}

const Node* Builder::TailRegion(const Expr& e) {
  return Counted(Tail(e), code_.result, NodesIn(e));
}

const Node* Builder::TailItems(std::span<const Expr* const> items) {
  Chain chain;
  const Node* value = nullptr;
  for (size_t i = 0; i + 1 < items.size() && value == nullptr; ++i) {
    if (Exits(*items[i])) {
      const auto& guard = frontend::Cast<IfExpr>(*items[i]);
      value = TailBranches(guard, 0, TailItems(items.subspan(i + 1)));
    } else {
      Statement(*items[i], {}, chain);
    }
  }
  if (value == nullptr) {
    value = Tail(*items.back());
  }
  if (chain.nodes.empty()) {
    return value;
  }
  Node* node = New(2, {});
  node->o()[0] = Ptr(Finish(chain));
  node->o()[1] = Ptr(value);
  LAB_SET_BY_REP(node, ChainThen, code_.result);
  return node;
}

const Node* Builder::TailBranches(const IfExpr& e, size_t at, const Node* otherwise) {
  for (size_t i = e.branches.size(); i-- > at;) {
    const Scope scope(*this);
    const Branch& branch = e.branches[i];
    Piece condition = Condition(Build(*branch.condition, nullptr), branch.condition->span);
    if (i > 0) {
      condition = CountedCondition(condition, NodesIn(*branch.condition));
    }
    otherwise = EmitSelect(condition, code_.result, TailRegion(*branch.body), otherwise);
  }
  return otherwise;
}

const Node* Builder::TailLeaf(const Expr& e) {
  const Scope scope(*this);
  Piece piece = Build(e, nullptr);
  return Emit(AsResult(piece, e.span), code_.result);
}

}  // namespace interp
