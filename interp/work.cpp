// Counting work in the unit of the language: syntax-tree nodes.

#include "interp/builder.h"

namespace interp {

using frontend::Cast;
using frontend::ExprKind;

uint64_t NodesIn(const Expr& e) {
  uint64_t count = 1;
  switch (e.kind) {
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Name:
    case ExprKind::Lambda:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::While:
      return count;
    case ExprKind::List:
      for (const Expr* item : Cast<frontend::ListExpr>(e).items) {
        count += NodesIn(*item);
      }
      return count;
    case ExprKind::Comprehension:
      return count + NodesIn(*Cast<frontend::ComprehensionExpr>(e).clauses.front().source);
    case ExprKind::Unary:
      return count + NodesIn(*Cast<frontend::UnaryExpr>(e).operand);
    case ExprKind::Binary: {
      const auto spine = frontend::LeftSpine(Cast<frontend::BinaryExpr>(e));
      count += spine.size() - 1 + NodesIn(*spine.front()->left);
      for (const frontend::BinaryExpr* step : spine) {
        count += NodesIn(*step->right);
      }
      return count;
    }
    case ExprKind::Logical:
      return count + NodesIn(*Cast<frontend::LogicalExpr>(e).operands.front());
    case ExprKind::Call: {
      const auto& call = Cast<frontend::CallExpr>(e);
      count += NodesIn(*call.callee);
      for (const frontend::Argument& argument : call.args) {
        count += NodesIn(*argument.value);
      }
      return count;
    }
    case ExprKind::Index:
      return count + NodesIn(*Cast<frontend::IndexExpr>(e).object) +
             NodesIn(*Cast<frontend::IndexExpr>(e).index);
    case ExprKind::Block:
      for (const Expr* item : Cast<frontend::BlockExpr>(e).items) {
        count += NodesIn(*item);
      }
      return count;
    case ExprKind::Let:
      return count + NodesIn(*Cast<frontend::LetExpr>(e).value);
    case ExprKind::Assign:
      return count + NodesIn(*Cast<frontend::AssignExpr>(e).target) +
             NodesIn(*Cast<frontend::AssignExpr>(e).value);
    case ExprKind::If:
      return count + NodesIn(*Cast<frontend::IfExpr>(e).branches.front().condition);
    case ExprKind::For:
      return count + NodesIn(*Cast<frontend::ForExpr>(e).source);
    case ExprKind::Return: {
      const Expr* value = Cast<frontend::ReturnExpr>(e).value;
      return value != nullptr ? count + NodesIn(*value) : count;
    }
    case ExprKind::Yield:
      return count + NodesIn(*Cast<frontend::YieldExpr>(e).value);
  }
  return count;
}

}  // namespace interp
