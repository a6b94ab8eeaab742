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

bool ParserState::StartsExpression(TokenKind kind) {
  constexpr TokenSet kStarts = {
      TokenKind::Name,  TokenKind::Int,       TokenKind::Float,       TokenKind::Str,
      TokenKind::Let,   TokenKind::Var,       TokenKind::If,          TokenKind::While,
      TokenKind::For,   TokenKind::Return,    TokenKind::Break,       TokenKind::Continue,
      TokenKind::Yield, TokenKind::Not,       TokenKind::True,        TokenKind::False,
      TokenKind::None,  TokenKind::LeftParen, TokenKind::LeftBracket, TokenKind::LeftBrace,
      TokenKind::Minus,
  };
  return kStarts.Contains(kind);
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
  while (!At(TokenKind::Eof) && (depth > 0 || !AtItemEnd())) {
    if (kOpeners.Contains(Kind())) {
      ++depth;
    } else if (kClosers.Contains(Kind())) {
      // At depth 0 these close brackets the mistake stands in.
      depth = std::max(depth - 1, 0);
    }
    Take();
  }
}

void ParserState::SkipToCloser() {
  tree_.complete = false;
  for (int depth = 0; !At(TokenKind::Eof); Take()) {
    if (kOpeners.Contains(Kind())) {
      ++depth;
    } else if (kClosers.Contains(Kind()) && depth-- == 0) {
      return;
    }
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
          .message =
              "The program is nested deeper than " + std::to_string(kMaxNesting) + " levels here.",
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
  if (token.kind == TokenKind::Eof || token.kind == TokenKind::Newline) {
    return std::string(Spelling(token.kind));
  }
  if (token.kind == TokenKind::Str) {
    return "a string";
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
