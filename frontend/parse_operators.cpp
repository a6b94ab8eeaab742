// Operators, by precedence climbing: a level of nesting costs few stack frames,
// and a chain of operators none.

#include <array>

#include "frontend/literal.h"
#include "frontend/parser_state.h"

namespace frontend {
namespace {

// The levels of the grammar; `-x` and `x ** y` bind tighter than all of them.
constexpr int kOr = 1;
constexpr int kAnd = 2;
constexpr int kNot = 3;
constexpr int kComparison = 4;
constexpr int kSum = 5;
constexpr int kTerm = 6;

// After one of these ParseUnary's operand is not yet complete.
constexpr TokenSet kBindTighterThanMinus = {TokenKind::StarStar, TokenKind::LeftParen,
                                            TokenKind::LeftBracket, TokenKind::Dot};

constexpr TokenSet kMaybeForeign = {TokenKind::Foreign, TokenKind::In, TokenKind::Not,
                                    TokenKind::Name};

}  // namespace

ParserState::Operator ParserState::OperatorHere() {
  static constexpr auto kOperators = [] {
    std::array<Operator, 64> table{};
    auto logical = [&](TokenKind kind, int precedence, LogicalOp op) {
      table[static_cast<size_t>(kind)] = {
          .precedence = precedence, .is_logical = true, .logical = op};
    };
    auto binary = [&](TokenKind kind, int precedence, BinaryOp op) {
      table[static_cast<size_t>(kind)] = {.precedence = precedence, .binary = op};
    };
    logical(TokenKind::Or, kOr, LogicalOp::Or);
    logical(TokenKind::And, kAnd, LogicalOp::And);
    binary(TokenKind::EqualEqual, kComparison, BinaryOp::Eq);
    binary(TokenKind::NotEqual, kComparison, BinaryOp::Ne);
    binary(TokenKind::Less, kComparison, BinaryOp::Lt);
    binary(TokenKind::LessEqual, kComparison, BinaryOp::Le);
    binary(TokenKind::Greater, kComparison, BinaryOp::Gt);
    binary(TokenKind::GreaterEqual, kComparison, BinaryOp::Ge);
    binary(TokenKind::Plus, kSum, BinaryOp::Add);
    binary(TokenKind::Minus, kSum, BinaryOp::Sub);
    binary(TokenKind::Star, kTerm, BinaryOp::Mul);
    binary(TokenKind::Slash, kTerm, BinaryOp::Div);
    binary(TokenKind::SlashSlash, kTerm, BinaryOp::FloorDiv);
    binary(TokenKind::Percent, kTerm, BinaryOp::Mod);
    return table;
  }();
  TokenKind kind = Kind();
  return kMaybeForeign.Contains(kind) ? ForeignOperatorHere()
                                      : kOperators[static_cast<size_t>(kind)];
}

const Expr* ParserState::ParseOperation(int min_precedence) {
  uint32_t begin = Begin();
  const Expr* left = At(TokenKind::Not) ? ParseNot(min_precedence) : ParseUnary();
  bool is_comparison = false;
  while (left != nullptr && !AcceptIncrement()) {
    Operator op = OperatorHere();
    if (op.precedence < min_precedence || op.precedence == 0) {
      return left;
    }
    if (op.is_logical) {
      left = ParseLogical(left, begin, op);
      continue;
    }
    Token sign = Take();
    if (op.precedence == kComparison && std::exchange(is_comparison, true)) {
      Report({.kind = DiagnosticKind::ChainedComparison,
              .span = sign.span,
              .message = "Comparisons cannot be chained.",
              .cause = "a comparison gives a bool, and that would be compared again",
              .fix = "write `a < b and b < c`"});
    }
    const Expr* right = ParseOperation(op.precedence + 1);
    if (right == nullptr) {
      return nullptr;
    }
    left = Make<BinaryExpr>(begin, op.binary, sign.span, left, right);
  }
  return left;
}

const Expr* ParserState::ParseLogical(const Expr* first, uint32_t begin, Operator op) {
  std::vector<const Expr*> operands = {first};
  while (true) {
    Operator here = OperatorHere();
    if (!here.is_logical || here.logical != op.logical) {
      return Make<LogicalExpr>(begin, op.logical, arena_.Copy(operands));
    }
    Take();
    const Expr* operand = ParseOperation(op.precedence + 1);
    if (operand == nullptr) {
      return nullptr;
    }
    operands.push_back(operand);
  }
}

const Expr* ParserState::ParseNot(int min_precedence) {
  NestingScope nesting(*this);
  if (nesting.too_deep()) {
    return nullptr;
  }
  uint32_t begin = Begin();
  if (min_precedence > kNot) {
    Report({.kind = DiagnosticKind::ExpectedExpression,
            .span = Next().span,
            .message = "`not` binds weaker than the operator before it.",
            .fix = "put brackets around it: `(not x)`"});
  }
  Take();
  const Expr* operand = At(TokenKind::Not) ? ParseNot(kNot) : ParseOperation(kComparison);
  return operand == nullptr ? nullptr : Make<UnaryExpr>(begin, UnaryOp::Not, operand);
}

const Expr* ParserState::ParseUnary() {
  if (At(TokenKind::Minus)) {
    return ParseNegation();
  }
  if (At(TokenKind::Plus)) {
    return ParsePlus();
  }
  return At(TokenKind::Foreign) ? ParseForeignUnary() : ParsePower();
}

const Expr* ParserState::ParseNegation() {
  NestingScope nesting(*this);
  if (nesting.too_deep()) {
    return nullptr;
  }
  uint32_t begin = Begin();
  Take();
  // -9223372036854775808 is an int, though its digits alone are not.
  if (At(TokenKind::Int) && IsIntMinMagnitude(Text(Next()))) {
    if (!kBindTighterThanMinus.Contains(Kind(1))) {
      Take();
      return Make<IntExpr>(begin, INT64_MIN);
    }
  }
  const Expr* operand = ParseUnary();
  return operand == nullptr ? nullptr : Make<UnaryExpr>(begin, UnaryOp::Negate, operand);
}

const Expr* ParserState::ParsePower() {
  uint32_t begin = Begin();
  const Expr* base = ParsePostfix();
  if (base == nullptr || !At(TokenKind::StarStar)) {
    return base;
  }
  NestingScope nesting(*this);
  if (nesting.too_deep()) {
    return nullptr;
  }
  Span sign = Take().span;
  const Expr* exponent = ParseUnary();
  return exponent == nullptr ? nullptr
                             : Make<BinaryExpr>(begin, BinaryOp::Pow, sign, base, exponent);
}

}  // namespace frontend
