// Expressions from the outside: what stands alone, calls and indexes, literals,
// lists and generators. Operators are in parse_operators.cpp.

#include <array>
#include <cmath>
#include <string>

#include "frontend/literal.h"
#include "frontend/parser_state.h"

namespace frontend {
namespace {

// What begins an expression that is no operand.
constexpr TokenSet kStatements = {
    TokenKind::Let,    TokenKind::Var,   TokenKind::If,       TokenKind::While, TokenKind::For,
    TokenKind::Return, TokenKind::Break, TokenKind::Continue, TokenKind::Yield, TokenKind::Memo,
    TokenKind::Def,    TokenKind::Bench, TokenKind::Extern,
};

struct CompoundAssign {
  TokenKind token;
  BinaryOp op;
};

constexpr CompoundAssign kCompoundAssigns[] = {
    {TokenKind::PlusAssign, BinaryOp::Add},
    {TokenKind::MinusAssign, BinaryOp::Sub},
    {TokenKind::StarAssign, BinaryOp::Mul},
    {TokenKind::SlashAssign, BinaryOp::Div},
    {TokenKind::SlashSlashAssign, BinaryOp::FloorDiv},
    {TokenKind::PercentAssign, BinaryOp::Mod},
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
  if (kStatements.Contains(Kind())) {
    return ParseStatement(place);
  }
  bool is_lambda = At(TokenKind::Name) ? Kind(1) == TokenKind::FatArrow : Next().opens_lambda;
  if (is_lambda) {
    return ParseLambda();
  }
  if (place == Place::Item && At(TokenKind::Name) && ReportPythonStatement()) {
    return nullptr;
  }
  const Expr* expr = ParseOperation(1);
  if (expr != nullptr && IsAssignment(Kind())) {
    return ParseAssign(expr, begin, place);
  }
  return expr;
}

const Expr* ParserState::ParseStatement(Place place) {
  uint32_t begin = Begin();
  if (At(TokenKind::Let) || At(TokenKind::Var)) {
    return ParseLet(place);
  }
  if (At(TokenKind::If)) {
    return ParseIf();
  }
  if (At(TokenKind::While)) {
    return ParseWhile();
  }
  if (At(TokenKind::For)) {
    return ParseFor();
  }
  if (At(TokenKind::Return)) {
    return ParseReturn();
  }
  if (At(TokenKind::Yield)) {
    return ParseYield();
  }
  if (Accept(TokenKind::Break)) {
    return Make<BreakExpr>(begin);
  }
  if (Accept(TokenKind::Continue)) {
    return Make<ContinueExpr>(begin);
  }
  return ParseNestedDefinition();
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

const Expr* ParserState::ParsePostfix() {
  uint32_t begin = Begin();
  const Expr* expr = ParseAtom();
  for (int links = 0; expr != nullptr; ++links) {
    if (links > kMaxNesting) {
      ReportTooDeep(Next().span);
      return nullptr;
    }
    if (At(TokenKind::LeftParen)) {
      expr = ParseCall(expr, nullptr, begin);
    } else if (At(TokenKind::LeftBracket)) {
      expr = ParseIndex(expr, begin);
    } else if (At(TokenKind::Dot)) {
      expr = ParseMethod(expr, begin);
    } else {
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
  if (At(TokenKind::Name)) {
    return ParseName();
  }
  if (At(TokenKind::Int)) {
    return ParseInt();
  }
  if (At(TokenKind::Float)) {
    return ParseFloat();
  }
  if (At(TokenKind::Str)) {
    std::string_view value = DecodeString(Text(Take()), arena_);
    return Make<StrExpr>(begin, value);
  }
  if (At(TokenKind::True) || At(TokenKind::False)) {
    bool value = Take().kind == TokenKind::True;
    return Make<BoolExpr>(begin, value);
  }
  if (Accept(TokenKind::None)) {
    return Make<NoneExpr>(begin);
  }
  if (At(TokenKind::LeftParen)) {
    return ParseParenthesised();
  }
  if (At(TokenKind::LeftBracket)) {
    return ParseList();
  }
  if (At(TokenKind::LeftBrace)) {
    return ParseBlock();
  }
  ReportMissingExpression();
  return nullptr;
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
