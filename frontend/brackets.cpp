// Keeps brackets in balance. When one is missing, the place of the mistake is
// guessed from what follows (a closing bracket further out, a word that starts
// an item, the end of the file), reported once, and an empty token closes it.

#include <algorithm>
#include <string>
#include <utility>

#include "frontend/ast.h"
#include "frontend/lexer_state.h"

namespace frontend {
namespace {

char Opener(char closer) { return closer == ')' ? '(' : closer == ']' ? '[' : '{'; }

char Closer(char opener) { return opener == '(' ? ')' : opener == '[' ? ']' : '}'; }

TokenKind KindOf(char bracket) {
  switch (bracket) {
    case '(':
      return TokenKind::LeftParen;
    case ')':
      return TokenKind::RightParen;
    case '[':
      return TokenKind::LeftBracket;
    case ']':
      return TokenKind::RightBracket;
    case '{':
      return TokenKind::LeftBrace;
    default:
      return TokenKind::RightBrace;
  }
}

std::string Quoted(char c) { return std::string("`") + c + "`"; }

}  // namespace

void LexerState::LexBracket(char bracket) {
  if (bracket == '(' || bracket == '[' || bracket == '{') {
    OpenOne(bracket);
  } else {
    CloseOne(bracket);
  }
}

void LexerState::OpenOne(char bracket) {
  if (open_.size() == static_cast<size_t>(kMaxNesting)) {
    sink_.Report({.kind = DiagnosticKind::NestingTooDeep,
                  .span = SpanOf(offset_, offset_ + 1),
                  .message = "Brackets are nested deeper than " + std::to_string(kMaxNesting) +
                             " levels here.",
                  .cause = "the limit keeps every part of the lab safe on its stack",
                  .fix = "give the inner part a name with `let`, or make it a function"});
    buffer_.usable = false;
    return;
  }
  Push(KindOf(bracket), offset_, offset_ + 1);
  open_.push_back({bracket, static_cast<uint32_t>(buffer_.tokens.size() - 1),
                   static_cast<uint32_t>(line_start_), run_});
  run_ = 0;
  ++offset_;
}

void LexerState::CloseOne(char bracket) {
  char opener = Opener(bracket);
  if (open_.empty() || open_.back().bracket != opener) {
    auto match = std::find_if(open_.rbegin(), open_.rend(),
                              [&](const OpenBracket& open) { return open.bracket == opener; });
    // In `f([1, 2))` the first `)` stands where `]` was meant.
    size_t next = std::min(text_.find_first_not_of(' ', offset_ + 1), text_.size());
    bool is_known = match != open_.rend();
    bool is_wrong_one = is_known && match - open_.rbegin() == 1 &&
                        match->line_start == line_start_ && At(next) == bracket;
    if (is_known && !is_wrong_one) {
      CloseUnclosed(static_cast<size_t>(open_.rend() - match), offset_);
    } else {
      Diagnostic diagnostic{.kind = DiagnosticKind::UnmatchedBracket,
                            .span = SpanOf(offset_, offset_ + 1)};
      ++offset_;
      if (!open_.empty() && open_.back().line_start == line_start_) {
        // `(1, 2]`: the wrong bracket closes.
        OpenBracket open = open_.back();
        char right = Closer(open.bracket);
        diagnostic.message = Quoted(open.bracket) + " is closed by " + Quoted(bracket) + ".";
        diagnostic.labels = {
            {buffer_.tokens[open.token].span, Quoted(open.bracket) + " was opened here"}};
        diagnostic.fix = "write " + Quoted(right) + " instead of " + Quoted(bracket);
        PushCloser(offset_ - 1, offset_);
      } else {
        diagnostic.message = "This " + Quoted(bracket) + " closes nothing.";
        diagnostic.cause = "there is no open " + Quoted(opener) + " before it";
        diagnostic.fix = "remove it, or add the missing " + Quoted(opener);
      }
      sink_.Report(std::move(diagnostic));
      return;
    }
  }
  // The newline before a closing bracket ends the last item inside a block.
  PushCloser(offset_, offset_ + 1);
  ++offset_;
}

void LexerState::PushCloser(size_t begin, size_t end) {
  Push(KindOf(Closer(open_.back().bracket)), begin, end);
  last_closed_ = open_.back().token;
  run_ = open_.back().run + 1;
  open_.pop_back();
}

void LexerState::CloseUnclosed(size_t keep, size_t offset) {
  if (buffer_.truncated) {
    line_end_ = kNoLineEnd;
    while (open_.size() > keep) {
      PushCloser(offset, offset);
    }
    return;
  }
  const Token& innermost = buffer_.tokens[open_.back().token];
  char bracket = open_.back().bracket;
  sink_.Report({.kind = DiagnosticKind::UnclosedBracket,
                .span = innermost.span,
                .message = Quoted(bracket) + " was never closed.",
                .fix = "add the missing " + Quoted(Closer(bracket))});
  buffer_.unreliable.push_back(
      {buffer_.tokens[open_[keep].token].span.begin, static_cast<uint32_t>(offset)});
  // The line end before `offset` must not end an item inside the brackets.
  size_t line_end = std::exchange(line_end_, kNoLineEnd);
  while (open_.size() > keep) {
    PushCloser(offset, offset);
  }
  line_end_ = line_end;
}

void LexerState::CloseBracketsBefore(TokenKind kind, size_t begin) {
  constexpr TokenSet kItems = {TokenKind::Let,    TokenKind::Var,   TokenKind::While,
                               TokenKind::Return, TokenKind::Break, TokenKind::Continue};
  if (open_.empty() || line_end_ == kNoLineEnd) {
    return;
  }
  if (kDefinitions.Contains(kind) && begin == line_start_) {
    // Definitions stand at the left margin, so nothing is open any more.
    CloseUnclosed(0, begin);
  } else if (kDefinitions.Contains(kind) || kItems.Contains(kind)) {
    auto block = std::find_if(open_.rbegin(), open_.rend(),
                              [](const OpenBracket& open) { return open.bracket == '{'; });
    if (block != open_.rbegin()) {
      CloseUnclosed(static_cast<size_t>(open_.rend() - block), begin);
    }
  }
}

void LexerState::CloseBracketsOfLine() {
  while (!open_.empty() && open_.back().line_start == line_start_ && open_.back().bracket != '{') {
    PushCloser(offset_, offset_);
  }
}

void LexerState::CloseAllBrackets() {
  if (!open_.empty()) {
    CloseUnclosed(0, text_.size());
  }
}

}  // namespace frontend
