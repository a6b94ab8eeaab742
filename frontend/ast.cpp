// The spellings of operators, and the one walk that long chains need.

#include "frontend/ast.h"

#include <algorithm>

namespace frontend {

std::vector<const BinaryExpr*> LeftSpine(const BinaryExpr& expr) {
  std::vector<const BinaryExpr*> spine;
  for (const BinaryExpr* at = &expr; at != nullptr; at = DynCast<BinaryExpr>(*at->left)) {
    spine.push_back(at);
  }
  std::reverse(spine.begin(), spine.end());
  return spine;
}

std::string_view Spelling(BinaryOp op) {
  switch (op) {
    case BinaryOp::Add:
      return "+";
    case BinaryOp::Sub:
      return "-";
    case BinaryOp::Mul:
      return "*";
    case BinaryOp::Div:
      return "/";
    case BinaryOp::FloorDiv:
      return "//";
    case BinaryOp::Mod:
      return "%";
    case BinaryOp::Pow:
      return "**";
    case BinaryOp::Eq:
      return "==";
    case BinaryOp::Ne:
      return "!=";
    case BinaryOp::Lt:
      return "<";
    case BinaryOp::Le:
      return "<=";
    case BinaryOp::Gt:
      return ">";
    case BinaryOp::Ge:
      return ">=";
  }
  LAB_CHECK(false);
}

std::string_view Spelling(LogicalOp op) {
  switch (op) {
    case LogicalOp::And:
      return "and";
    case LogicalOp::Or:
      return "or";
  }
  LAB_CHECK(false);
}

std::string_view Spelling(UnaryOp op) {
  switch (op) {
    case UnaryOp::Negate:
      return "-";
    case UnaryOp::Not:
      return "not";
  }
  LAB_CHECK(false);
}

}  // namespace frontend
