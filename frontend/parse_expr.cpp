// Expressions, by precedence climbing: a level of nesting costs few stack
// frames, and a chain of operators none.

#include <array>
#include <cmath>
#include <string>

#include "frontend/literal.h"
#include "frontend/parser_state.h"

namespace frontend {
namespace {

constexpr int kNotPrecedence = 3;
constexpr int kComparison = 4;

struct CompoundAssign {
  TokenKind token;
  BinaryOp op;
};

constexpr CompoundAssign kCompoundAssigns[] = {
    {TokenKind::PlusAssign, BinaryOp::Add},          {TokenKind::MinusAssign, BinaryOp::Sub},
    {TokenKind::StarAssign, BinaryOp::Mul},          {TokenKind::SlashAssign, BinaryOp::Div},
    {TokenKind::SlashSlashAssign, BinaryOp::FloorDiv}, {TokenKind::PercentAssign, BinaryOp::Mod},
};

bool IsAssignment(TokenKind kind) {
  for (const CompoundAssign& compound : kCompoundAssigns) {
    if (compound.token == kind) {
      return true;
    }
  }
  return kind == TokenKind::Assign;
}

}  // namespace

const Expr* ParserState::ParseExpr(Place place) {
  NestingScope nesting(*this);
  if (nesting.too_deep()) {
    return nullptr;
  }
  uint32_t begin = Begin();
  switch (Kind()) {
    case TokenKind::Let:
    case TokenKind::Var:
      return ParseLet(place);
    case TokenKind::If:
      return ParseIf();
    case TokenKind::While:
      return ParseWhile();
    case TokenKind::For:
      return ParseFor();
    case TokenKind::Return:
      return ParseReturn();
    case TokenKind::Break:
      Take();
      return Make<BreakExpr>(begin);
    case TokenKind::Continue:
      Take();
      return Make<ContinueExpr>(begin);
    case TokenKind::Yield:
      return ParseYield();
    case TokenKind::Memo:
    case TokenKind::Def:
    case TokenKind::Bench:
    case TokenKind::Extern:
      return ParseNestedDefinition();
    case TokenKind::LeftParen:
      if (Next().opens_lambda) {
        return ParseLambda();
      }
      break;
    case TokenKind::Name:
      if (Kind(1) == TokenKind::FatArrow) {
        return ParseLambda();
      }
      if (place == Place::Item && ReportPythonStatement()) {
        return nullptr;
      }
      break;
    default:
      break;
  }
  const Expr* expr = ParseOperation(1);
  if (expr != nullptr && IsAssignment(Kind())) {
    return ParseAssign(expr, begin, place);
  }
  return expr;
}

const Expr* ParserState::ParseAssign(const Expr* target, uint32_t begin, Place place) {
  const Token& sign = Take();
  bool is_compound = sign.kind != TokenKind::Assign;
  BinaryOp op = BinaryOp::Add;
  for (const CompoundAssign& compound : kCompoundAssigns) {
    if (compound.token == sign.kind) {
      op = compound.op;
    }
  }
  const Expr* value = ParseExpr(Place::Value);
  if (value == nullptr) {
    return nullptr;
  }
  if (place == Place::Value) {
    Report({.kind = DiagnosticKind::AssignmentAsValue,
            .span = sign.span,
            .message = "An assignment has no value, so nothing can be done with it here.",
            .fix = is_compound ? "put the assignment on a line before"
                               : "to compare, write `==`; to assign, use a line before"});
    return value;
  }
  if (target->kind != ExprKind::Name && target->kind != ExprKind::Index) {
    Report({.kind = DiagnosticKind::InvalidTarget,
            .span = target->span,
            .message = "Only a name or an element of a list can be assigned to.",
            .fix = is_compound ? "" : "to compare, write `==`"});
    return value;
  }
  return Make<AssignExpr>(begin, is_compound, op, sign.span, target, value);
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
    const Token& sign = Take();
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
  if (min_precedence > kNotPrecedence) {
    Report({.kind = DiagnosticKind::ExpectedExpression,
            .span = Next().span,
            .message = "`not` binds weaker than the operator before it.",
            .fix = "put brackets around it: `(not x)`"});
  }
  Take();
  const Expr* operand =
      At(TokenKind::Not) ? ParseNot(kNotPrecedence) : ParseOperation(kComparison);
  return operand == nullptr ? nullptr : Make<UnaryExpr>(begin, UnaryOp::Not, operand);
}

const Expr* ParserState::ParseUnary() {
  switch (Kind()) {
    case TokenKind::Minus:
      return ParseNegation();
    case TokenKind::Plus:
      return ParsePlus();
    case TokenKind::Foreign:
      return ParseForeignUnary();
    default:
      return ParsePower();
  }
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
    TokenKind after = Kind(1);
    bool binds_tighter = after == TokenKind::StarStar || after == TokenKind::LeftParen ||
                         after == TokenKind::LeftBracket || after == TokenKind::Dot;
    if (!binds_tighter) {
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

const Expr* ParserState::ParsePostfix() {
  uint32_t begin = Begin();
  const Expr* expr = ParseAtom();
  for (int links = 0; expr != nullptr; ++links) {
    if (links > kMaxNesting) {
      ReportTooDeep(Next().span);
      return nullptr;
    }
    switch (Kind()) {
      case TokenKind::LeftParen:
        expr = ParseCall(expr, nullptr, begin);
        break;
      case TokenKind::LeftBracket:
        expr = ParseIndex(expr, begin);
        break;
      case TokenKind::Dot:
        expr = ParseMethod(expr, begin);
        break;
      default:
        return expr;
    }
  }
  return nullptr;
}

// `receiver` is null unless the call is written as a method.
const Expr* ParserState::ParseCall(const Expr* callee, const Expr* receiver, uint32_t begin) {
  Take();
  std::vector<Argument> args;
  if (receiver != nullptr) {
    args.push_back({{}, {}, receiver});
  }
  size_t written = 0;
  while (!At(TokenKind::RightParen)) {
    uint32_t arg_begin = Begin();
    Argument argument{};
    if (At(TokenKind::Name) && Kind(1) == TokenKind::Assign) {
      argument.name = Text(Next());
      argument.name_span = Take().span;
      Take();
    }
    argument.value = ParseExpr(Place::Value);
    if (argument.value != nullptr && At(TokenKind::For)) {
      argument.value = ParseComprehension(argument.value, arg_begin, false);
      bool alone = written == 0 && At(TokenKind::RightParen) && argument.name.empty();
      if (argument.value != nullptr && !alone) {
        Report({.kind = DiagnosticKind::BareGenerator,
                .span = argument.value->span,
                .message = "A generator among other arguments needs brackets of its own.",
                .fix = "write `f((x for x in xs), y)`"});
      }
    }
    if (argument.value == nullptr) {
      return nullptr;
    }
    args.push_back(argument);
    ++written;
    if (Accept(TokenKind::Comma)) {
      continue;
    }
    if (StartsExpression(Kind()) && !At(TokenKind::If)) {
      Report({.kind = DiagnosticKind::MissingComma,
              .span = Next().span,
              .message = "Between two arguments stands a comma.",
              .label = "`,` is missing before this"});
    } else if (!At(TokenKind::RightParen)) {
      ReportMissingEnd();
      return nullptr;
    }
  }
  Take();
  return Make<CallExpr>(begin, callee, arena_.Copy(args), receiver != nullptr);
}

const Expr* ParserState::ParseMethod(const Expr* receiver, uint32_t begin) {
  Take();
  const Token& name = Next();
  if (name.kind != TokenKind::Name) {
    Binding unused{};
    ExpectName(unused, "a function");
    return nullptr;
  }
  Take();
  if (!At(TokenKind::LeftParen)) {
    std::string text(Text(name));
    Report({.kind = DiagnosticKind::FieldAccess,
            .span = name.span,
            .message = "Values have no fields, so there is no `." + text + "`.",
            .cause = "`x.f(a)` is another way to write `f(x, a)`",
            .fix = "to call a function write `." + text + "()`"});
    return receiver;
  }
  const Expr* callee = Make<NameExpr>(name.span.begin, Text(name));
  return ParseCall(callee, receiver, begin);
}

const Expr* ParserState::ParseIndex(const Expr* object, uint32_t begin) {
  Span open = Take().span;
  const Expr* index = nullptr;
  if (!At(TokenKind::Colon)) {
    index = ParseExpr(Place::Value);
    if (index == nullptr) {
      return nullptr;
    }
  }
  if (At(TokenKind::Colon)) {
    SkipToCloser();
    Take();
    Report({.kind = DiagnosticKind::Slice,
            .span = {open.begin, previous_end_},
            .message = "Lists and strings cannot be sliced in gc.",
            .fix = "build the part: `[xs[i] for i in range(a, b)]`"});
    return object;
  }
  if (At(TokenKind::Comma)) {
    return ReportTuple(nullptr, "for a table write `xs[i][j]`");
  }
  if (!Expect(TokenKind::RightBracket, "the index")) {
    return nullptr;
  }
  return Make<IndexExpr>(begin, object, index);
}

const Expr* ParserState::ParseAtom() {
  uint32_t begin = Begin();
  switch (Kind()) {
    case TokenKind::Int:
      return ParseInt();
    case TokenKind::Float:
      return ParseFloat();
    case TokenKind::Str: {
      std::string_view value = DecodeString(Text(Take()), arena_);
      return Make<StrExpr>(begin, value);
    }
    case TokenKind::True:
    case TokenKind::False: {
      bool value = Take().kind == TokenKind::True;
      return Make<BoolExpr>(begin, value);
    }
    case TokenKind::None:
      Take();
      return Make<NoneExpr>(begin);
    case TokenKind::Name:
      return ParseName();
    case TokenKind::LeftParen:
      return ParseParenthesised();
    case TokenKind::LeftBracket:
      return ParseList();
    case TokenKind::LeftBrace:
      return ParseBlock();
    default:
      ReportMissingExpression();
      return nullptr;
  }
}

const Expr* ParserState::ParseInt() {
  uint32_t begin = Begin();
  const Token& token = Take();
  std::optional<int64_t> value = DecodeInt(Text(token));
  if (!value) {
    Report({.kind = DiagnosticKind::IntTooLarge,
            .span = token.span,
            .message = "The number " + Describe(token) + " does not fit in 64 bits.",
            .cause = "an int goes from -9223372036854775808 to 9223372036854775807",
            .fix = "for a rounded value write it as a float, with `.0` behind it"});
  }
  return Make<IntExpr>(begin, value.value_or(0));
}

const Expr* ParserState::ParseFloat() {
  uint32_t begin = Begin();
  const Token& token = Take();
  double value = DecodeFloat(Text(token));
  if (std::isinf(value)) {
    Report({.kind = DiagnosticKind::FloatTooLarge,
            .span = token.span,
            .message = "The number " + Describe(token) + " is beyond the largest float.",
            .cause = "the largest float is about 1.8e308",
            .fix = "if infinity is meant, write `inf`"});
  }
  return Make<FloatExpr>(begin, value);
}

const Expr* ParserState::ParseParenthesised() {
  uint32_t begin = Begin();
  Take();
  if (At(TokenKind::RightParen)) {
    return ReportTuple(nullptr, "for no value write `none`");
  }
  const Expr* inner = ParseExpr(Place::Value);
  if (inner == nullptr) {
    return nullptr;
  }
  if (At(TokenKind::For)) {
    const Expr* generator = ParseComprehension(inner, begin, false);
    if (generator == nullptr || !Expect(TokenKind::RightParen, "the generator")) {
      return nullptr;
    }
    const_cast<Expr*>(generator)->span = From(begin);
    return generator;
  }
  if (At(TokenKind::Comma)) {
    const Expr* first = ReportTuple(inner, "for several values of one type write a list `[...]`");
    SkipToCloser();
    Take();
    return first;
  }
  if (!At(TokenKind::RightParen)) {
    ReportMissingEnd();
    return nullptr;
  }
  Take();
  return inner;
}

const Expr* ParserState::ParseList() {
  uint32_t begin = Begin();
  Take();
  std::vector<const Expr*> items;
  while (!At(TokenKind::RightBracket)) {
    const Expr* item = ParseExpr(Place::Value);
    if (item == nullptr) {
      return nullptr;
    }
    if (At(TokenKind::For) && items.empty()) {
      const Expr* comprehension = ParseComprehension(item, begin, true);
      if (comprehension == nullptr || !Expect(TokenKind::RightBracket, "the comprehension")) {
        return nullptr;
      }
      const_cast<Expr*>(comprehension)->span = From(begin);
      return comprehension;
    }
    items.push_back(item);
    if (Accept(TokenKind::Comma)) {
      continue;
    }
    if (StartsExpression(Kind()) && !At(TokenKind::If) && !At(TokenKind::For)) {
      Report({.kind = DiagnosticKind::MissingComma,
              .span = Next().span,
              .message = "Between two elements of a list stands a comma.",
              .label = "`,` is missing before this"});
    } else if (!At(TokenKind::RightBracket)) {
      ReportMissingEnd();
      return nullptr;
    }
  }
  Take();
  return Make<ListExpr>(begin, arena_.Copy(items));
}

// From the first `for` to the end of the last clause; the caller takes the
// closing bracket and widens the span over it.
const Expr* ParserState::ParseComprehension(const Expr* element, uint32_t begin, bool is_list) {
  std::vector<Clause> clauses;
  while (At(TokenKind::For) || At(TokenKind::If)) {
    Clause clause{};
    clause.is_for = Take().kind == TokenKind::For;
    if (clause.is_for) {
      if (!ExpectName(clause.variable, "the loop variable")) {
        return nullptr;
      }
      if (At(TokenKind::Comma)) {
        return ReportTuple(nullptr, "loop over one name, and take the parts from it by index");
      }
      if (!Expect(TokenKind::In, "the loop variable")) {
        return nullptr;
      }
    }
    clause.source = ParseOperation(1);
    if (clause.source == nullptr) {
      return nullptr;
    }
    clauses.push_back(clause);
  }
  return Make<ComprehensionExpr>(begin, is_list, element, arena_.Copy(clauses));
}

}  // namespace frontend
