// How far a number or a string reaches, and whether it is well formed. Values
// are decoded later, by literal.cpp.

#include <algorithm>
#include <string>

#include "frontend/lexer_state.h"
#include "frontend/literal.h"

namespace frontend {

void LexerState::LexNumber() {
  size_t begin = offset_;
  bool is_float = false;
  bool bad_underscore = false;
  auto digits = [&] {
    size_t start = offset_;
    while (IsDigit(At(offset_)) || At(offset_) == '_') {
      // Only between two digits.
      if (At(offset_) == '_' && (offset_ == start || !IsDigit(At(offset_ + 1)))) {
        bad_underscore = true;
      }
      ++offset_;
    }
  };
  digits();
  size_t int_end = offset_;
  bool exponent_after_point =
      (At(offset_ + 1) | 0x20) == 'e' &&
      (IsDigit(At(offset_ + 2)) ||
       ((At(offset_ + 2) == '-' || At(offset_ + 2) == '+') && IsDigit(At(offset_ + 3))));
  // In `2.abs()` the point is not a part of the number.
  if (At(offset_) == '.' && (!IsNameStart(At(offset_ + 1)) || exponent_after_point)) {
    is_float = true;
    ++offset_;
    if (IsDigit(At(offset_)) || At(offset_) == '_') {
      digits();
    }
  }
  if ((At(offset_) | 0x20) == 'e') {
    size_t sign = At(offset_ + 1) == '-' || At(offset_ + 1) == '+' ? 1 : 0;
    if (IsDigit(At(offset_ + 1 + sign))) {
      is_float = true;
      offset_ += 1 + sign;
      digits();
    }
  }
  bool leading_zero =
      !is_float && text_[begin] == '0' &&
      text_.substr(begin, int_end - begin).find_first_not_of("0_") != std::string_view::npos;
  size_t tail = offset_;
  while (IsNamePart(At(offset_))) {
    ++offset_;
  }
  if (bad_underscore || leading_zero || tail != offset_) {
    std::string text(text_.substr(begin, std::min<size_t>(offset_ - begin, 60)));
    Diagnostic diagnostic{.kind = DiagnosticKind::MalformedNumber,
                          .span = SpanOf(begin, offset_),
                          .message = "`" + text + "` is not a number."};
    if (tail != offset_) {
      diagnostic.cause =
          "numbers are decimal, and a name does not start with a digit; there are no 0x, 0o or 0b "
          "forms";
    } else if (bad_underscore) {
      diagnostic.cause = "`_` may stand only between two digits";
    } else {
      diagnostic.cause = "an integer does not start with 0";
      diagnostic.fix = "leave out the zeros in front";
    }
    sink_.Report(std::move(diagnostic));
  }
  Push(is_float ? TokenKind::Float : TokenKind::Int, begin, offset_);
}

void LexerState::LexString(Quotes wanted) {
  size_t begin = offset_;
  char quote = text_[begin];
  if (text_.substr(begin, 3) == std::string(3, quote)) {
    LexTripleQuoted();
    return;
  }
  const char stops[] = {quote, '\\', '\n', '\0'};
  size_t i = begin + 1;
  bool has_escapes = false;
  while (true) {
    i = std::min(text_.find_first_of(stops, i), text_.size());
    if (i == text_.size() || text_[i] != '\\') {
      break;
    }
    has_escapes = true;
    // A backslash before the line end does not carry the string over it.
    i += At(i + 1) == '\n' || At(i + 1) == '\r' || i + 1 == text_.size() ? 1 : 2;
  }
  bool closed = i < text_.size() && text_[i] == quote;
  offset_ = closed ? i + 1 : i;
  if (!closed && text_[offset_ - 1] == '\r') {
    --offset_;
  }
  Push(TokenKind::Str, begin, offset_);
  if (!closed) {
    sink_.Report({.kind = DiagnosticKind::UnclosedString,
                  .span = SpanOf(begin, begin + 1),
                  .message = "This string is not closed on its line.",
                  .cause = "a string ends on the line it begins on",
                  .fix = "add the missing `\"`, and write a line break as `\\n`"});
    buffer_.unreliable.push_back(SpanOf(begin, offset_ + 1));
    CloseBracketsOfLine();
    return;
  }
  if (quote == '\'' && wanted == Quotes::Double) {
    std::string inside(text_.substr(begin + 1, std::min<size_t>(i - begin - 1, 40)));
    sink_.Report({.kind = DiagnosticKind::SingleQuotedString,
                  .span = SpanOf(begin, offset_),
                  .message = "A string stands in double quotes in gc.",
                  .fix = "write `\"" + inside + (i - begin - 1 > 40 ? "..." : "") + "\"`"});
  }
  if (has_escapes) {
    CheckEscapes(begin, offset_);
  }
}

void LexerState::LexTripleQuoted() {
  size_t begin = offset_;
  std::string quotes(3, text_[begin]);
  size_t close = text_.find(quotes, begin + 3);
  offset_ = close == std::string_view::npos ? text_.size() : close + 3;
  sink_.Report({.kind = DiagnosticKind::SingleQuotedString,
                .span = SpanOf(begin, begin + 3),
                .message = "Strings in triple quotes do not exist in gc.",
                .fix = "write a line break as `\\n` in a `\"...\"` string; for a remark use `#`"});
  Push(TokenKind::Str, begin, offset_);
}

void LexerState::LexPrefixedString(size_t begin) {
  std::string prefix(text_.substr(begin, offset_ - begin));
  bool formats = prefix.find_first_of("fF") != std::string::npos;
  sink_.Report({.kind = DiagnosticKind::StringPrefix,
                .span = SpanOf(begin, offset_ + 1),
                .message = "Strings have no prefix in gc, so `" + prefix + "\"...\"` is not one.",
                .fix = formats ? "join the parts with `+` and `str(x)`, or give them to `print`"
                               : "write the string without the prefix"});
  LexString(Quotes::Any);
}

void LexerState::CheckEscapes(size_t begin, size_t end) {
  std::string_view literal = text_.substr(begin, end - begin);
  for (size_t i = literal.find('\\'); i != std::string_view::npos && i + 1 < literal.size();) {
    Escape escape = DecodeEscape(literal, i);
    bool other_quote = literal[0] == '\'' && literal[i + 1] == '\'';
    if (!escape.valid && !other_quote) {
      bool unicode = literal[i + 1] == 'u';
      std::string text(literal.substr(i, std::min<size_t>(escape.length, 20)));
      sink_.Report(
          {.kind = DiagnosticKind::UnknownEscape,
           .span = SpanOf(begin + i, begin + i + escape.length),
           .message =
               unicode ? "`" + text + "` names no character." : "`" + text + "` is not an escape.",
           .cause = unicode ? "after \\u stands the number of a character in hexadecimal, "
                              "one to six digits in braces"
                            : "the escapes are \\n \\t \\r \\\\ \\\" and \\u{...}",
           .fix = unicode ? "write it like `\\u{1F600}`" : "for a backslash itself write `\\\\`"});
      if (sink_.full()) {
        return;
      }
    }
    i = literal.find('\\', i + escape.length);
  }
}

}  // namespace frontend
