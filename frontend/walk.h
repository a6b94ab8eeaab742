#pragma once
// The children of a node, for walks that treat all kinds alike.

#include "frontend/ast.h"

namespace frontend {

// Calls visit(child) for each direct child. The order is that of the source,
// except that the sources of a comprehension come before its element, the first
// source first of all: what belongs to a generator's own code is then one run of
// expressions. Does not go on to grandchildren; recursion is up to the caller,
// who must take care of the left operand of a Binary (see LeftSpine).
template <typename Visit>
void ForEachChild(const Expr& expr, Visit visit) {
  auto visit_optional = [&](const Expr* child) {
    if (child != nullptr) {
      visit(*child);
    }
  };
  switch (expr.kind) {
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Name:
    case ExprKind::Break:
    case ExprKind::Continue:
      return;
    case ExprKind::List:
      for (const Expr* item : Cast<ListExpr>(expr).items) {
        visit(*item);
      }
      return;
    case ExprKind::Comprehension: {
      const auto& comprehension = Cast<ComprehensionExpr>(expr);
      for (const Clause& clause : comprehension.clauses) {
        visit(*clause.source);
      }
      visit(*comprehension.element);
      return;
    }
    case ExprKind::Unary:
      visit(*Cast<UnaryExpr>(expr).operand);
      return;
    case ExprKind::Binary:
      visit(*Cast<BinaryExpr>(expr).left);
      visit(*Cast<BinaryExpr>(expr).right);
      return;
    case ExprKind::Logical:
      for (const Expr* operand : Cast<LogicalExpr>(expr).operands) {
        visit(*operand);
      }
      return;
    case ExprKind::Call:
      visit(*Cast<CallExpr>(expr).callee);
      for (const Argument& argument : Cast<CallExpr>(expr).args) {
        visit(*argument.value);
      }
      return;
    case ExprKind::Index:
      visit(*Cast<IndexExpr>(expr).object);
      visit(*Cast<IndexExpr>(expr).index);
      return;
    case ExprKind::Lambda:
      for (const Param& param : Cast<LambdaExpr>(expr).params) {
        visit_optional(param.default_value);
      }
      visit(*Cast<LambdaExpr>(expr).body);
      return;
    case ExprKind::Block:
      for (const Expr* item : Cast<BlockExpr>(expr).items) {
        visit(*item);
      }
      return;
    case ExprKind::Let:
      visit(*Cast<LetExpr>(expr).value);
      return;
    case ExprKind::Assign:
      visit(*Cast<AssignExpr>(expr).target);
      visit(*Cast<AssignExpr>(expr).value);
      return;
    case ExprKind::If:
      for (const Branch& branch : Cast<IfExpr>(expr).branches) {
        visit(*branch.condition);
        visit(*branch.body);
      }
      visit_optional(Cast<IfExpr>(expr).otherwise);
      return;
    case ExprKind::While:
      visit(*Cast<WhileExpr>(expr).condition);
      visit(*Cast<WhileExpr>(expr).body);
      return;
    case ExprKind::For:
      visit(*Cast<ForExpr>(expr).source);
      visit(*Cast<ForExpr>(expr).body);
      return;
    case ExprKind::Return:
      visit_optional(Cast<ReturnExpr>(expr).value);
      return;
    case ExprKind::Yield:
      visit(*Cast<YieldExpr>(expr).value);
      return;
  }
  LAB_CHECK(false);
}

}  // namespace frontend
