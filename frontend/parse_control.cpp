// Blocks, branches, loops, jumps and lambdas.

#include <string>

#include "frontend/parser_state.h"

namespace frontend {

const Expr* ParserState::ParseLambda() {
  uint32_t begin = Begin();
  std::vector<Param> params;
  if (Accept(TokenKind::LeftParen)) {
    if (!ParseParams(TokenKind::RightParen, params)) {
      return nullptr;
    }
  } else {
    Param param{};
    ExpectName(param.binding, "a parameter");
    params.push_back(param);
  }
  if (!Expect(TokenKind::FatArrow, "the parameters")) {
    return nullptr;
  }
  const Expr* body = ParseExpr(Place::Body);
  return body == nullptr ? nullptr : Make<LambdaExpr>(begin, arena_.Copy(params), body);
}

const Expr* ParserState::ParseBlock() {
  NestingScope nesting(*this);
  if (nesting.too_deep()) {
    return nullptr;
  }
  uint32_t begin = Begin();
  Take();
  std::vector<const Expr*> items;
  while (!At(TokenKind::RightBrace) && !At(TokenKind::Eof)) {
    if (Accept(TokenKind::Newline) || Accept(TokenKind::Semicolon)) {
      continue;
    }
    const Expr* item = ParseExpr(Place::Item);
    if (item == nullptr) {
      SkipItem();
      continue;
    }
    if (At(TokenKind::Colon) && items.empty()) {
      SkipToCloser();
      Take();
      Report({.kind = DiagnosticKind::DictLiteral,
              .span = {begin, begin + 1},
              .message = "There are no dictionaries in gc; `{` opens a block.",
              .fix = "use two lists, or a `memo def` to remember results"});
      return nullptr;
    }
    items.push_back(item);
    EndItem();
  }
  Take();
  return Make<BlockExpr>(begin, arena_.Copy(items));
}

const Expr* ParserState::ParseOwnedBlock(const Token& owner) {
  if (At(TokenKind::Colon)) {
    ReportColonBlock(owner);
    return nullptr;
  }
  if (At(TokenKind::Newline) && Kind(1) == TokenKind::LeftBrace) {
    Report({.kind = DiagnosticKind::ExpectedBlock,
            .span = Next(1).span,
            .message = "The `{` stands on the same line as its " + Describe(owner) + ".",
            .fix = "move it to the end of the line before"});
    Take();
  }
  if (!At(TokenKind::LeftBrace)) {
    Report({.kind = DiagnosticKind::ExpectedBlock,
            .span = Next().span,
            .message = "After " + Describe(owner) + " a block in braces is missing; here is " +
                       Describe(Next()) + ".",
            .labels = {{owner.span, "the block belongs to this"}},
            .fix = "put the code in braces: `{ ... }`"});
    return nullptr;
  }
  return ParseBlock();
}

const Expr* ParserState::ParseIf() {
  uint32_t begin = Begin();
  const Token* word = &Take();
  std::vector<Branch> branches;
  while (true) {
    Branch branch{};
    branch.condition = ParseExpr(Place::Value);
    branch.body = branch.condition == nullptr ? nullptr : ParseOwnedBlock(*word);
    if (branch.body == nullptr) {
      return nullptr;
    }
    branches.push_back(branch);
    word = &Next();
    if (Accept(TokenKind::Elif)) {
      continue;
    }
    if (!Accept(TokenKind::Else)) {
      return Make<IfExpr>(begin, arena_.Copy(branches), nullptr);
    }
    if (At(TokenKind::If)) {
      Report({.kind = DiagnosticKind::ElseIf,
              .span = {word->span.begin, Next().span.end},
              .message = "A further condition after `if` is written `elif`.",
              .fix = "write `elif` instead of `else if`"});
      word = &Take();
      continue;
    }
    const Expr* otherwise = ParseOwnedBlock(*word);
    return otherwise == nullptr ? nullptr : Make<IfExpr>(begin, arena_.Copy(branches), otherwise);
  }
}

const Expr* ParserState::ParseWhile() {
  uint32_t begin = Begin();
  const Token& word = Take();
  const Expr* condition = ParseExpr(Place::Value);
  const Expr* body = condition == nullptr ? nullptr : ParseOwnedBlock(word);
  return body == nullptr ? nullptr : Make<WhileExpr>(begin, condition, body);
}

const Expr* ParserState::ParseFor() {
  uint32_t begin = Begin();
  const Token& word = Take();
  Binding variable{};
  if (!ExpectName(variable, "the loop variable")) {
    return nullptr;
  }
  if (At(TokenKind::Comma)) {
    return ReportTuple(nullptr, "loop over one name, and take the parts from it by index");
  }
  if (!Expect(TokenKind::In, "the loop variable")) {
    return nullptr;
  }
  const Expr* source = ParseExpr(Place::Value);
  const Expr* body = source == nullptr ? nullptr : ParseOwnedBlock(word);
  return body == nullptr ? nullptr : Make<ForExpr>(begin, variable, source, body);
}

const Expr* ParserState::ParseReturn() {
  uint32_t begin = Begin();
  Take();
  bool ends = AtItemEnd() || At(TokenKind::RightParen) || At(TokenKind::RightBracket) ||
              At(TokenKind::Comma);
  const Expr* value = nullptr;
  if (!ends) {
    value = ParseExpr(Place::Value);
    if (value == nullptr) {
      return nullptr;
    }
  }
  return Make<ReturnExpr>(begin, value);
}

const Expr* ParserState::ParseYield() {
  uint32_t begin = Begin();
  Take();
  const Expr* value = ParseExpr(Place::Value);
  return value == nullptr ? nullptr : Make<YieldExpr>(begin, value);
}

}  // namespace frontend
