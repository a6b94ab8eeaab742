#pragma once
// What the lexer makes of the text: a flat list of kinds and places. A token
// holds no value; literals are decoded from the text where they are used.

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "frontend/source.h"

namespace frontend {

enum class TokenKind : uint8_t {
#define LAB_TOKEN(name, text) name,
#define LAB_KEYWORD(name, text) name,
#define LAB_SIGN(name, text) name,
#include "frontend/tokens.def"
};

// A set of kinds, for questions like "does this end an operand?".
class TokenSet {
 public:
  constexpr TokenSet(std::initializer_list<TokenKind> kinds) {
    for (TokenKind kind : kinds) {
      bits_ |= uint64_t{1} << static_cast<int>(kind);
    }
  }
  constexpr bool Contains(TokenKind kind) const {
    return (bits_ >> static_cast<int>(kind) & 1) != 0;
  }

 private:
  static_assert(static_cast<int>(TokenKind::GreaterEqual) < 64);  // the last one

  uint64_t bits_ = 0;
};

inline constexpr TokenSet kOpeners = {TokenKind::LeftParen, TokenKind::LeftBracket,
                                      TokenKind::LeftBrace};
inline constexpr TokenSet kClosers = {TokenKind::RightParen, TokenKind::RightBracket,
                                      TokenKind::RightBrace};
inline constexpr TokenSet kDefinitions = {TokenKind::Memo, TokenKind::Def, TokenKind::Bench,
                                          TokenKind::Extern};

struct Token {
  TokenKind kind;
  bool opens_lambda = false;  // a "(" whose ")" stands before "=>"
  bool starts_line = false;   // the first token on its line
  Span span;                  // empty for a bracket the lexer closed itself
};
static_assert(sizeof(Token) == 12);

struct TokenBuffer {
  std::vector<Token> tokens;  // ends with Eof; brackets are balanced
  // Text inside brackets that were never closed: what it seems to say is not
  // worth a diagnostic.
  std::vector<Span> unreliable;
  bool usable = true;      // false: do not parse
  bool truncated = false;  // the rest was left unread: it nests too deep for any parser
};

// "(", "while"; for tokens with varying text a description.
std::string_view Spelling(TokenKind kind);
// The name of the enumerator, for dumps.
std::string_view KindName(TokenKind kind);
bool IsKeyword(TokenKind kind);
// TokenKind::Name unless `word` is reserved.
TokenKind WordKind(std::string_view word);

}  // namespace frontend
