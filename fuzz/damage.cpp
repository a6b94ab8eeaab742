// A few changes to a text; most leave most of its lines whole, so that what is behind the first
// mistake is read, too. Test: tests/fuzz/damage_test.cpp.

#include "fuzz/damage.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "frontend/token.h"
#include "runtime/builtins.h"

namespace fuzz {
namespace {

namespace fs = std::filesystem;

// Beside the words and signs of the language.
constexpr std::string_view kPieces[] = {
    "\n",     "\n",     "\"",     "'",      "#",      "\\",
    "$",      "\u202e", "x",      "f",      "1",      "1.5",
    "0x",     "1_0",    "1e999",  "\r",     "\t",     "True",
    "lambda", "++",     "&&",     "\xff",   "\u00e9", "_",
    "..",     "?",      "f\"",    "\\u{",   "\"\\u{", "9223372036854775808",
    "int",    "list[",  "fn(",    "seq[",   "\ufeff", "0b",
    "1e",     ".5",     "\"\"\"", "import",
};

std::vector<std::string> AllPieces() {
  std::vector<std::string> pieces(std::begin(kPieces), std::end(kPieces));
  constexpr int kLast = static_cast<int>(frontend::TokenKind::GreaterEqual);
  for (int i = static_cast<int>(frontend::TokenKind::Foreign) + 1; i <= kLast; ++i) {
    pieces.emplace_back(Spelling(static_cast<frontend::TokenKind>(i)));
  }
  for (const frontend::Signature& builtin : runtime::BuiltinSignatures()) {
    pieces.emplace_back(builtin.name);
  }
  return pieces;
}

uint32_t BelowSize(Choices& choices, size_t size) {
  constexpr size_t kMostChoices = 1 << 16;
  return choices.Below(static_cast<uint32_t>(std::min(size, kMostChoices)));
}

std::string Piece(Choices& choices) {
  static const std::vector<std::string> kAll = AllPieces();
  return kAll[BelowSize(choices, kAll.size())];
}

std::string Heap(Choices& choices) {
  std::string text;
  const bool is_bytes = choices.Chance(20);
  for (uint32_t left = choices.Below(60); left > 0; --left) {
    if (is_bytes) {
      text += static_cast<char>(choices.Below(256));
    } else {
      text += Piece(choices);
      text += choices.Chance(70) ? " " : "";
    }
  }
  return text;
}

void Change(Choices& choices, std::string* text) {
  const size_t at = BelowSize(choices, text->size() + 1);
  switch (choices.Below(5)) {
    case 0:
      text->erase(at, choices.Below(12));
      break;
    case 1:
      text->insert(at, Piece(choices));
      break;
    case 2:  // some of it once more
      text->insert(at, text->substr(BelowSize(choices, text->size() + 1), 1 + choices.Below(40)));
      break;
    case 3:  // the rest is gone
      if (choices.Chance(20)) {
        text->resize(at);
      }
      break;
    default:
      if (at < text->size()) {
        (*text)[at] = static_cast<char>(choices.Below(256));
      }
      break;
  }
}

}  // namespace

std::vector<std::string> ProgramTexts() {
  std::vector<fs::path> paths;
  for (const char* folder : {"programs", "tests/golden"}) {
    std::error_code error;
    const fs::path root = fs::path(LAB_SOURCE_ROOT) / folder;
    for (auto entry = fs::recursive_directory_iterator(root, error); !error && entry != end(entry);
         entry.increment(error)) {
      if (entry->path().extension() == ".gc") {
        paths.push_back(entry->path());
      }
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

std::string Damage(const std::vector<std::string>& texts, Choices& choices) {
  if (texts.empty() || choices.Chance(10)) {
    return Heap(choices);
  }
  std::string text = texts[BelowSize(choices, texts.size())];
  for (uint32_t left = 1 + choices.Below(4); left > 0; --left) {
    Change(choices, &text);
  }
  return text;
}

Node LinesOf(const std::string& text) {
  Node program{.kind = NodeKind::Program, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    program.parts.push_back({.kind = NodeKind::Item,
                             .type = Type::None,
                             .text = {text.substr(begin, end - begin)},
                             .parts = {},
                             .cell = {}});
    begin = end + 1;
  }
  return program;
}

}  // namespace fuzz
