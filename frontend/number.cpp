// Gives every expression its id, in pre-order, and measures how deep the tree
// really is: chains like f()()() grow downwards without nesting in the text.
// Works on a list of pending nodes, never by recursion.

#include <algorithm>

#include "frontend/parser_state.h"
#include "frontend/walk.h"

namespace frontend {

void ParserState::Number(const Item& item) {
  if (item.expr != nullptr) {
    NumberExpr(*item.expr);
    return;
  }
  for (const Param& param : item.function->params) {
    if (param.default_value != nullptr) {
      NumberExpr(*param.default_value);
    }
  }
  if (item.function->body != nullptr) {
    NumberExpr(*item.function->body);
  }
}

void ParserState::NumberExpr(const Expr& root) {
  pending_.clear();
  pending_.emplace_back(&root, 1);
  while (!pending_.empty()) {
    const Expr* expr = pending_.back().first;
    int depth = pending_.back().second;
    pending_.pop_back();
    if (depth > kMaxNesting) {
      ReportTooDeep(expr->span);
      return;
    }
    // The parser made the node and hands it out as const only from here on.
    const_cast<Expr*>(expr)->id = tree_.expr_count++;
    auto first_child = static_cast<std::ptrdiff_t>(pending_.size());
    bool is_binary = expr->kind == ExprKind::Binary;
    const Expr* left = is_binary ? Cast<BinaryExpr>(*expr).left : nullptr;
    ForEachChild(*expr, [&](const Expr& child) {
      bool on_spine = &child == left && child.kind == ExprKind::Binary;
      pending_.emplace_back(&child, on_spine ? depth : depth + 1);
    });
    std::reverse(pending_.begin() + first_child, pending_.end());
  }
}

}  // namespace frontend
