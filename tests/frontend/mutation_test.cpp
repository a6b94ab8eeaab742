// Programs damaged at random: whatever comes out, the frontend must end in order.
// A text is accepted whole or refused with places inside it; what is accepted
// survives a round trip through the printer. The seed is fixed; LAB_FUZZ_ROUNDS
// asks for more.

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "frontend/print_source.h"
#include "tests/frontend/test_program.h"
#include "tests/support/golden_file.h"

namespace frontend {
namespace {

constexpr std::string_view kPieces[] = {
    "(",    ")",      "[",      "]",    "{",     "}",     "\n",    ";",      ",",      ".",
    ":",    "=",      "=>",     "->",   "+",     "-",     "**",    "<",      "==",     "and",
    "or",   "not",    "if",     "elif", "else",  "while", "for",   "in",     "def",    "let",
    "var",  "yield",  "return", "\"",   "'",     "#",     "\\",    "$",      "\u202e", "x",
    "f",    "1",      "1.5",    "none", "break", "memo",  "bench", "extern", "\r",     "\t",
    "True", "lambda", "++",     "&&",   "0x",    "1e999",
};

class Mutator {
 public:
  explicit Mutator(uint32_t seed) : random_(seed) {
    for (const char* root : {"programs", "tests/golden"}) {
      for (const std::string& path : support::FindGoldenFiles(root)) {
        texts_.push_back(support::LoadGoldenFile(path).text);
      }
    }
  }

  std::string Next() {
    std::string text = texts_[Below(texts_.size())];
    for (size_t changes = 1 + Below(4); changes > 0; --changes) {
      size_t at = Below(text.size() + 1);
      size_t length = std::min(Below(12), text.size() - at);
      switch (Below(4)) {
        case 0:
          text.erase(at, length);
          break;
        case 1:
          text.insert(at, kPieces[Below(std::size(kPieces))]);
          break;
        case 2:
          text.insert(at, text.substr(Below(text.size() + 1), 1 + Below(40)));
          break;
        default:
          if (at < text.size()) {
            text[at] = static_cast<char>(Below(256));
          }
          break;
      }
    }
    return text;
  }

 private:
  size_t Below(size_t limit) {
    return std::uniform_int_distribution<size_t>(0, limit - 1)(random_);
  }

  std::mt19937 random_;
  std::vector<std::string> texts_;
};

TEST(Mutation, DamagedProgramsEndInOrder) {
  const char* wanted = std::getenv("LAB_FUZZ_ROUNDS");
  int rounds = wanted != nullptr ? std::atoi(wanted) : 3000;
  Mutator mutator(20);
  int accepted = 0;
  for (int round = 0; round < rounds; ++round) {
    std::string text = mutator.Next();
    SCOPED_TRACE("round " + std::to_string(round) + ":\n" + text);
    SourceFile source("test.gc", text);
    DiagnosticSink sink;
    std::unique_ptr<Program> program = LoadProgram("test.gc", text, kTestBuiltins, sink);
    std::vector<Diagnostic> diagnostics = sink.Take();
    ASSERT_EQ(program == nullptr, !diagnostics.empty());
    for (const Diagnostic& diagnostic : diagnostics) {
      ASSERT_LE(diagnostic.span.begin, diagnostic.span.end);
      ASSERT_LE(diagnostic.span.end, text.size());
      ASSERT_FALSE(diagnostic.message.empty());
    }
    RenderDiagnostics(source, diagnostics, Color::Yes, 100);
    if (program != nullptr) {
      ++accepted;
      std::string tree = DumpTree(program->items);
      ASSERT_EQ(TreeOf(PrintSource(program->items)), tree);
      DumpResolved(*program);
    }
  }
  // Most small damages are noticed; many are not damages at all.
  EXPECT_GT(accepted, rounds / 50);
}

}  // namespace
}  // namespace frontend
