// The parser's plumbing: tokens, recovery, reports. The grammar is in
// parse_decl.cpp, parse_expr.cpp and parse_control.cpp, the habits of other
// languages in parse_foreign.cpp. Tested by tests/frontend/parser_test.cpp.

#include "frontend/parser.h"

#include <algorithm>

#include "frontend/parser_state.h"

namespace frontend {

SyntaxTree ParserState::Run() {
  std::vector<Item>& items = tree_.items;
  while (!At(TokenKind::Eof) && !sink_.full()) {
    if (Accept(TokenKind::Newline) || Accept(TokenKind::Semicolon)) {
      continue;
    }
    size_t before = position_;
    ParseTopLevelItem(items);
    if (position_ == before && !At(TokenKind::Eof)) {
      Take();  // Only a closing brace, and brackets are balanced; but never loop.
    }
  }
  for (const Item& item : items) {
    if (!given_up_) {
      Number(item);
    }
  }
  if (buffer_.truncated && !sink_.has_errors()) {
    ReportTooDeep(buffer_.tokens.back().span);
  }
  tree_.complete &= !buffer_.truncated && buffer_.unreliable.empty() && !given_up_ && !sink_.full();
  return std::move(tree_);
}

const Token& ParserState::Next(size_t ahead) const {
  return buffer_.tokens[std::min(position_ + ahead, buffer_.tokens.size() - 1)];
}

const Token& ParserState::Take() {
  const Token& token = Next();
  if (token.kind != TokenKind::Eof) {
    ++position_;
    previous_end_ = token.span.end;
  }
  return token;
}

bool ParserState::Accept(TokenKind kind) {
  if (!At(kind)) {
    return false;
  }
  Take();
  return true;
}

bool ParserState::Expect(TokenKind kind, std::string_view after) {
  if (Accept(kind)) {
    return true;
  }
  std::string sign = "`" + std::string(Spelling(kind)) + "`";
  Report({.kind = DiagnosticKind::ExpectedToken,
          .span = Next().span,
          .message = "After " + std::string(after) + " comes " + sign + ", but here is " +
                     Describe(Next()) + ".",
          .label = sign + " is missing before this"});
  return false;
}

bool ParserState::ExpectName(Binding& binding, std::string_view what) {
  const Token& token = Next();
  if (token.kind == TokenKind::Name) {
    Take();
    binding = {Text(token), token.span, tree_.binding_count++};
    return true;
  }
  Diagnostic diagnostic{.kind = DiagnosticKind::ExpectedName, .span = token.span};
  diagnostic.message =
      "Here belongs the name of " + std::string(what) + ", not " + Describe(token) + ".";
  if (IsKeyword(token.kind)) {
    diagnostic.cause = Describe(token) + " is a word of the language";
    diagnostic.fix = "choose another name, as `" + std::string(Text(token)) + "_`";
  }
  Report(std::move(diagnostic));
  return false;
}

bool ParserState::AtItemEnd() const {
  return At(TokenKind::Newline) || At(TokenKind::Semicolon) || At(TokenKind::RightBrace) ||
         At(TokenKind::Eof);
}

bool ParserState::StartsExpression(TokenKind kind) const {
  switch (kind) {
    case TokenKind::Name:
    case TokenKind::Int:
    case TokenKind::Float:
    case TokenKind::Str:
    case TokenKind::Let:
    case TokenKind::Var:
    case TokenKind::If:
    case TokenKind::While:
    case TokenKind::For:
    case TokenKind::Return:
    case TokenKind::Break:
    case TokenKind::Continue:
    case TokenKind::Yield:
    case TokenKind::Not:
    case TokenKind::True:
    case TokenKind::False:
    case TokenKind::None:
    case TokenKind::LeftParen:
    case TokenKind::LeftBracket:
    case TokenKind::LeftBrace:
    case TokenKind::Minus:
      return true;
    default:
      return false;
  }
}

bool ParserState::EndItem() {
  if (AtItemEnd() || (std::exchange(line_over_, false) && Next().starts_line)) {
    line_over_ = false;
    return true;
  }
  ReportMissingEnd();
  SkipItem();
  return false;
}

void ParserState::SkipItem() {
  tree_.complete = false;
  line_over_ = false;
  int depth = 0;
  while (!At(TokenKind::Eof)) {
    switch (Kind()) {
      case TokenKind::Newline:
      case TokenKind::Semicolon:
        if (depth == 0) {
          return;
        }
        break;
      case TokenKind::LeftParen:
      case TokenKind::LeftBracket:
      case TokenKind::LeftBrace:
        ++depth;
        break;
      case TokenKind::RightBrace:
        if (depth == 0) {
          return;
        }
        --depth;
        break;
      case TokenKind::RightParen:
      case TokenKind::RightBracket:
        // At depth 0 these close brackets the mistake stands in.
        depth = std::max(depth - 1, 0);
        break;
      default:
        break;
    }
    Take();
  }
}

void ParserState::SkipToCloser() {
  tree_.complete = false;
  int depth = 0;
  while (!At(TokenKind::Eof)) {
    switch (Kind()) {
      case TokenKind::LeftParen:
      case TokenKind::LeftBracket:
      case TokenKind::LeftBrace:
        ++depth;
        break;
      case TokenKind::RightParen:
      case TokenKind::RightBracket:
      case TokenKind::RightBrace:
        if (depth-- == 0) {
          return;
        }
        break;
      default:
        break;
    }
    Take();
  }
}

void ParserState::Enter() {
  if (++depth_ > kMaxNesting && !given_up_) {
    ReportTooDeep(Next().span);
  }
}

void ParserState::ReportTooDeep(Span span) {
  Report({.kind = DiagnosticKind::NestingTooDeep,
          .span = span,
          .message = "The program is nested deeper than " + std::to_string(kMaxNesting) +
                     " levels here.",
          .cause = "the limit keeps every part of the lab safe on its stack",
          .fix = "give the inner part a name with `let`, or make it a function"});
  GiveUp();
}

void ParserState::GiveUp() {
  given_up_ = true;
  tree_.complete = false;
  position_ = buffer_.tokens.size() - 1;
}

void ParserState::Report(Diagnostic diagnostic) {
  if (given_up_) {
    return;
  }
  for (Span span : buffer_.unreliable) {
    if (span.begin <= diagnostic.span.begin && diagnostic.span.begin <= span.end) {
      return;
    }
  }
  sink_.Report(std::move(diagnostic));
}

std::string ParserState::Describe(const Token& token) const {
  switch (token.kind) {
    case TokenKind::Eof:
    case TokenKind::Newline:
      return std::string(Spelling(token.kind));
    case TokenKind::Str:
      return "a string";
    default:
      break;
  }
  std::string_view text = Text(token);
  if (text.empty()) {
    text = Spelling(token.kind);
  }
  return "`" + std::string(text.substr(0, 40)) + (text.size() > 40 ? "..." : "") + "`";
}

SyntaxTree Parse(const SourceFile& source, const TokenBuffer& tokens, Arena& arena,
                 DiagnosticSink& sink) {
  return ParserState(source, tokens, arena, sink).Run();
}

}  // namespace frontend
