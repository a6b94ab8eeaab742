#pragma once
// The lexer's state, shared by its three files. Nobody else includes this.

#include <cstdint>
#include <string_view>
#include <vector>

#include "frontend/ast.h"
#include "frontend/diagnostic.h"
#include "frontend/token.h"

namespace frontend {

class LexerState {
 public:
  LexerState(std::string_view text, DiagnosticSink& sink) : text_(text), sink_(sink) {}

  TokenBuffer Run();

 private:
  struct OpenBracket {
    char bracket;
    uint32_t token;       // its index
    uint32_t line_start;  // of the line it stands on
    uint32_t run;         // run_ outside of it
  };

  static constexpr size_t kNoLineEnd = SIZE_MAX;

  // More tokens than this in a row, with nothing that separates flat parts
  // between them, nest deeper than kMaxNesting however they are meant: a level
  // takes at most some eight of them. The rest of the text is then left unread,
  // so that a long chain costs the parser's limit and not its length.
  static constexpr uint32_t kLongestRun = 16 * kMaxNesting;

  // lexer.cpp
  void LexOne();
  void LexWord();
  void LexSign();
  void LexUnknown();
  // Adds a token, and before it a Newline if the last line end ends an item.
  void Push(TokenKind kind, size_t begin, size_t end);

  // brackets.cpp
  void LexBracket(char bracket);
  void OpenOne(char bracket);
  void CloseOne(char bracket);
  // Closes the innermost open bracket.
  void PushCloser(size_t begin, size_t end);
  // Reports the innermost open bracket as unclosed, and closes it at `offset`
  // together with all others above `keep` of them.
  void CloseUnclosed(size_t keep, size_t offset);
  // A word that can only start an item shows that brackets before it were never
  // closed.
  void CloseBracketsBefore(TokenKind kind, size_t begin);
  // An unclosed string has eaten the brackets that closed on its line.
  void CloseBracketsOfLine();
  void CloseAllBrackets();

  // lex_literal.cpp
  void LexNumber();
  enum class Quotes : uint8_t { Any, Double };  // Any: another diagnostic has spoken
  void LexString(Quotes wanted);
  void LexPrefixedString(size_t begin);
  void LexTripleQuoted();
  void CheckEscapes(size_t begin, size_t end);

  char At(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  static Span SpanOf(size_t begin, size_t end) {
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }
  static bool IsNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
  static bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c); }

  std::string_view text_;
  DiagnosticSink& sink_;
  TokenBuffer buffer_;
  std::vector<OpenBracket> open_;
  size_t offset_ = 0;
  size_t line_start_ = 0;
  size_t line_end_ = kNoLineEnd;  // the first line end since the last token
  uint32_t run_ = 0;              // tokens since the last separation at this level of brackets
  uint32_t last_closed_ = 0;      // the token of the "(" closed last
};

}  // namespace frontend
