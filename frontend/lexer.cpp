// The lexer proper: spaces, line ends, words and signs. Brackets are kept in
// balance by brackets.cpp, literals are measured by lex_literal.cpp.
// Tested by tests/frontend/lexer_test.cpp.

#include "frontend/lexer.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "frontend/lexer_state.h"
#include "frontend/utf8.h"
#include "frontend/validate.h"

namespace frontend {
namespace {

// After one of these the next line goes on with the same item.
constexpr TokenSet kContinueLine = {
    TokenKind::Comma,
    TokenKind::FatArrow,
    TokenKind::Assign,
    TokenKind::PlusAssign,
    TokenKind::MinusAssign,
    TokenKind::StarAssign,
    TokenKind::SlashAssign,
    TokenKind::SlashSlashAssign,
    TokenKind::PercentAssign,
    TokenKind::Plus,
    TokenKind::Minus,
    TokenKind::Star,
    TokenKind::Slash,
    TokenKind::SlashSlash,
    TokenKind::Percent,
    TokenKind::StarStar,
    TokenKind::EqualEqual,
    TokenKind::NotEqual,
    TokenKind::Less,
    TokenKind::LessEqual,
    TokenKind::Greater,
    TokenKind::GreaterEqual,
    TokenKind::Or,
    TokenKind::And,
    TokenKind::Not,
    TokenKind::Foreign,
};

// A line that starts with one of these goes on with the item before it.
constexpr TokenSet kContinueItem = {TokenKind::Dot, TokenKind::Else, TokenKind::Elif};

// After one of these an operand is complete, so that a minus is a binary one.
constexpr TokenSet kEndOperand = {
    TokenKind::Name,         TokenKind::Int,        TokenKind::Float, TokenKind::Str,
    TokenKind::True,         TokenKind::False,      TokenKind::None,  TokenKind::RightParen,
    TokenKind::RightBracket, TokenKind::RightBrace,
};

// Between what stands before and after one of these there is no nesting.
constexpr TokenSet kSeparators = {
    TokenKind::Newline,    TokenKind::Semicolon,    TokenKind::Comma,      TokenKind::Plus,
    TokenKind::Star,       TokenKind::Slash,        TokenKind::SlashSlash, TokenKind::Percent,
    TokenKind::EqualEqual, TokenKind::NotEqual,     TokenKind::Less,       TokenKind::LessEqual,
    TokenKind::Greater,    TokenKind::GreaterEqual, TokenKind::Or,         TokenKind::And,
    TokenKind::Elif,       TokenKind::Else,         TokenKind::For,        TokenKind::If,
    TokenKind::Foreign,
};

bool SeparatesParts(TokenKind kind, TokenKind previous) {
  return kSeparators.Contains(kind) || (kind == TokenKind::Minus && kEndOperand.Contains(previous));
}

struct Sign {
  std::string_view text;
  TokenKind kind;
};

// Grouped by the first character; longer spellings before their beginnings.
constexpr Sign kSigns[] = {
    {"!==", TokenKind::Foreign},
    {"!=", TokenKind::NotEqual},
    {"!", TokenKind::Foreign},
    {"%=", TokenKind::PercentAssign},
    {"%", TokenKind::Percent},
    {"&&", TokenKind::Foreign},
    {"&", TokenKind::Foreign},
    {"**=", TokenKind::Foreign},
    {"**", TokenKind::StarStar},
    {"*=", TokenKind::StarAssign},
    {"*", TokenKind::Star},
    {"+=", TokenKind::PlusAssign},
    {"+", TokenKind::Plus},
    {",", TokenKind::Comma},
    {"->", TokenKind::Arrow},
    {"-=", TokenKind::MinusAssign},
    {"-", TokenKind::Minus},
    {".", TokenKind::Dot},
    {"//=", TokenKind::SlashSlashAssign},
    {"//", TokenKind::SlashSlash},
    {"/=", TokenKind::SlashAssign},
    {"/", TokenKind::Slash},
    {":=", TokenKind::Foreign},
    {":", TokenKind::Colon},
    {";", TokenKind::Semicolon},
    {"<<", TokenKind::Foreign},
    {"<>", TokenKind::Foreign},
    {"<=", TokenKind::LessEqual},
    {"<", TokenKind::Less},
    {"===", TokenKind::Foreign},
    {"==", TokenKind::EqualEqual},
    {"=>", TokenKind::FatArrow},
    {"=", TokenKind::Assign},
    {">>", TokenKind::Foreign},
    {">=", TokenKind::GreaterEqual},
    {">", TokenKind::Greater},
    {"?", TokenKind::Foreign},
    {"@", TokenKind::Foreign},
    {"^", TokenKind::Foreign},
    {"||", TokenKind::Foreign},
    {"|", TokenKind::Foreign},
    {"~", TokenKind::Foreign},
};

// Where the group of each ASCII character begins; the end of the table for none.
constexpr auto kFirstSign = [] {
  std::array<uint8_t, 128> first{};
  first.fill(std::size(kSigns));
  for (size_t i = std::size(kSigns); i-- > 0;) {
    first[static_cast<unsigned char>(kSigns[i].text[0])] = static_cast<uint8_t>(i);
  }
  return first;
}();

struct LookAlike {
  char32_t character;
  std::string_view meant;
};

// Characters that word processors and chats put in place of ASCII.
constexpr LookAlike kLookAlikes[] = {
    {0x201C, "\""}, {0x201D, "\""}, {0x2018, "\""}, {0x2019, "\""}, {0x2212, "-"},
    {0x2013, "-"},  {0x00D7, "*"},  {0x00F7, "/"},  {0x2264, "<="}, {0x2265, ">="},
    {0x2260, "!="}, {0x00A0, " "},  {0xFF08, "("},  {0xFF09, ")"},  {0x03C0, "pi"},
};

}  // namespace

TokenBuffer LexerState::Run() {
  // Pages that are never written cost nothing, moving the tokens would.
  buffer_.tokens.reserve(text_.size() / 2 + 16);
  while (offset_ < text_.size() && !sink_.full() && buffer_.usable && !buffer_.truncated) {
    LexOne();
  }
  if (buffer_.usable) {
    CloseAllBrackets();
  }
  Push(TokenKind::Eof, text_.size(), text_.size());
  return std::move(buffer_);
}

void LexerState::LexOne() {
  char c = text_[offset_];
  if (c == ' ' || c == '\t' || c == '\r') {
    ++offset_;
  } else if (c == '\n') {
    line_end_ = line_end_ == kNoLineEnd ? offset_ : line_end_;
    ++offset_;
    line_start_ = offset_;
  } else if (c == '#') {
    offset_ = std::min(text_.find('\n', offset_), text_.size());
  } else if (IsDigit(c) || (c == '.' && IsDigit(At(offset_ + 1)))) {
    LexNumber();
  } else if (IsNameStart(c)) {
    LexWord();
  } else if (c == '"' || c == '\'') {
    LexString(Quotes::Double);
  } else if (std::string_view("()[]{}").find(c) != std::string_view::npos) {
    LexBracket(c);
  } else {
    LexSign();
  }
}

void LexerState::LexWord() {
  size_t begin = offset_;
  while (IsNamePart(At(offset_))) {
    ++offset_;
  }
  std::string_view word = text_.substr(begin, offset_ - begin);
  if (At(offset_) == '"' || At(offset_) == '\'') {
    // f"...", r"...", b"..." and their mixtures.
    if (word.size() <= 2 && word.find_first_not_of("frbuFRBU") == std::string_view::npos) {
      LexPrefixedString(begin);
      return;
    }
  }
  TokenKind kind = WordKind(word);
  CloseBracketsBefore(kind, begin);
  Push(kind, begin, offset_);
}

void LexerState::LexSign() {
  std::string_view rest = text_.substr(offset_, 3);
  auto character = static_cast<unsigned char>(rest[0]);
  size_t first = character < 128 ? kFirstSign[character] : std::size(kSigns);
  for (size_t i = first; i < std::size(kSigns) && kSigns[i].text[0] == rest[0]; ++i) {
    const Sign& sign = kSigns[i];
    if (rest.starts_with(sign.text)) {
      size_t begin = offset_;
      offset_ += sign.text.size();
      if (sign.kind == TokenKind::FatArrow && !buffer_.tokens.empty() &&
          buffer_.tokens.back().kind == TokenKind::RightParen && line_end_ == kNoLineEnd) {
        buffer_.tokens[last_closed_].opens_lambda = true;
      }
      Push(sign.kind, begin, offset_);
      return;
    }
  }
  LexUnknown();
}

void LexerState::LexUnknown() {
  size_t begin = offset_;
  size_t character = offset_;
  CodePoint first = DecodeUtf8(text_, offset_);
  Diagnostic diagnostic{.kind = DiagnosticKind::UnknownCharacter};
  if (text_[begin] == '\\') {
    ++offset_;
    diagnostic.message = "A backslash means nothing outside a string.";
    diagnostic.fix =
        "a line goes on after an operator, `=` or `,`, and inside `(` and `[`; leave the "
        "backslash out";
  } else if (first.value < 0x80) {
    ++offset_;
    bool visible = first.value > 0x20 && first.value < 0x7F;
    diagnostic.message =
        visible ? "The character `" + std::string(1, text_[begin]) + "` means nothing in gc."
                : "A control character stands here.";
    diagnostic.fix = "remove it";
  } else {
    // The whole word is one mistake.
    if (!buffer_.tokens.empty() && buffer_.tokens.back().kind == TokenKind::Name &&
        buffer_.tokens.back().span.end == begin) {
      begin = buffer_.tokens.back().span.begin;
    }
    while (offset_ < text_.size() && static_cast<unsigned char>(text_[offset_]) >= 0x80) {
      offset_ += DecodeUtf8(text_, offset_).length;
    }
    while (IsNamePart(At(offset_)) || static_cast<unsigned char>(At(offset_)) >= 0x80) {
      ++offset_;
    }
    std::string_view run = text_.substr(begin, offset_ - begin);
    diagnostic.message =
        "`" + std::string(run.substr(0, 80)) + "` is not written in the characters of gc.";
    diagnostic.cause =
        "names are made of a-z, A-Z, 0-9 and `_`; other letters may stand in "
        "strings and comments";
    for (const LookAlike& look_alike : kLookAlikes) {
      if (look_alike.character == first.value) {
        begin = character;
        offset_ = begin + first.length;
        diagnostic.message =
            "`" + std::string(text_.substr(begin, first.length)) + "` is not a character of gc.";
        diagnostic.cause.clear();
        diagnostic.fix = "write `" + std::string(look_alike.meant) + "`";
      }
    }
  }
  diagnostic.span = SpanOf(begin, offset_);
  sink_.Report(std::move(diagnostic));
  size_t line_end = std::min(text_.find('\n', offset_), text_.size());
  buffer_.unreliable.push_back(SpanOf(begin, line_end));
}

void LexerState::Push(TokenKind kind, size_t begin, size_t end) {
  bool starts_line = line_end_ != kNoLineEnd;
  if (starts_line) {
    bool inside_brackets = !open_.empty() && open_.back().bracket != '{';
    if (!inside_brackets && !buffer_.tokens.empty() && !kContinueItem.Contains(kind) &&
        !kContinueLine.Contains(buffer_.tokens.back().kind)) {
      buffer_.tokens.push_back(
          {.kind = TokenKind::Newline, .span = SpanOf(line_end_, line_end_ + 1)});
      run_ = 0;
    }
    line_end_ = kNoLineEnd;
  }
  TokenKind previous = buffer_.tokens.empty() ? TokenKind::Newline : buffer_.tokens.back().kind;
  run_ = SeparatesParts(kind, previous) ? 0 : run_ + 1;
  buffer_.truncated |= run_ > kLongestRun;
  buffer_.tokens.push_back({.kind = kind, .starts_line = starts_line, .span = SpanOf(begin, end)});
}

TokenBuffer Lex(const SourceFile& source, DiagnosticSink& sink) {
  if (!ValidateText(source, sink)) {
    TokenBuffer nothing;
    nothing.tokens.push_back({.kind = TokenKind::Eof, .span = {}});
    nothing.usable = false;
    return nothing;
  }
  return LexerState(source.text(), sink).Run();
}

}  // namespace frontend
