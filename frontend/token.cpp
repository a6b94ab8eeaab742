// Token tables, all expanded from tokens.def.

#include "frontend/token.h"

#include <cstddef>

namespace frontend {
namespace {

struct TokenInfo {
  std::string_view name;
  std::string_view spelling;
  bool is_keyword;
};

constexpr TokenInfo kTokens[] = {
#define LAB_TOKEN(name, text) {#name, text, false},
#define LAB_KEYWORD(name, text) {#name, text, true},
#define LAB_SIGN(name, text) {#name, text, false},
#include "frontend/tokens.def"
};

const TokenInfo& Info(TokenKind kind) { return kTokens[static_cast<size_t>(kind)]; }

struct Keyword {
  std::string_view text;
  TokenKind kind;
};

constexpr Keyword kKeywords[] = {
#define LAB_KEYWORD(name, text) {text, TokenKind::name},
#include "frontend/tokens.def"
};

}  // namespace

std::string_view Spelling(TokenKind kind) { return Info(kind).spelling; }

std::string_view KindName(TokenKind kind) { return Info(kind).name; }

bool IsKeyword(TokenKind kind) { return Info(kind).is_keyword; }

TokenKind WordKind(std::string_view word) {
  if (word.size() < 2 || word.size() > 8) {
    return TokenKind::Name;
  }
  for (const Keyword& keyword : kKeywords) {
    if (keyword.text[0] == word[0] && keyword.text == word) {
      return keyword.kind;
    }
  }
  return TokenKind::Name;
}

}  // namespace frontend
