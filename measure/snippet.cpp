// Pieces are never pasted into a line of ours, so that their lines and columns stay what they were;
// what moves from one place to another leaves blanks behind. The statement is first compiled at the
// top level, where `break`, `return` and brackets that do not match are the mistakes that they
// would be in a file of its own. Tests: tests/measure/snippet_test.cpp.

#include "measure/snippet.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "frontend/check.h"
#include "frontend/lexer.h"
#include "infer/infer.h"
#include "measure/discarded.h"
#include "runtime/builtins.h"

namespace measure {

namespace {

// Text under construction, and what its lines are called.
class Assembly {
 public:
  void Add(const SnippetPiece& piece) {
    sections_.push_back({line_, piece.name});
    AddLines(piece.text);
  }
  uint32_t size_bytes() const { return static_cast<uint32_t>(text_.size()); }
  // Lines that nobody has written.
  void Glue(std::string_view text) { Add({"<timeit>", std::string(text)}); }

  // Null: `result` says what is wrong.
  std::unique_ptr<frontend::Program> Load(LoadedSnippet* result) const {
    frontend::DiagnosticSink sink;
    std::unique_ptr<frontend::Program> program =
        frontend::LoadProgram("<timeit>", text_, runtime::BuiltinSignatures(), sink);
    if (program != nullptr) {
      program->source->Divide(sections_);
    } else {
      Refuse(sink.Take(), result);
    }
    return program;
  }
  void Refuse(std::vector<frontend::Diagnostic> diagnostics, LoadedSnippet* result) const {
    result->diagnostics = std::move(diagnostics);
    result->source.emplace("<timeit>", text_);
    result->source->Divide(sections_);
  }

 private:
  void AddLines(std::string_view text) {
    text_ += text;
    text_ += '\n';
    line_ += static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  }

  std::string text_;
  std::vector<frontend::Section> sections_;
  uint32_t line_ = 1;
};

// As many columns and lines, and nothing in them.
void AppendBlanks(std::string_view text, std::string* blanks) {
  for (const char c : text) {
    const bool continues = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    if (c == '\n' || c == '\t') {
      *blanks += c;
    } else if (!continues) {
      *blanks += ' ';
    }
  }
}

// A setup, with blanks in each part for what stands in the other.
struct SplitSetup {
  std::vector<SnippetPiece> at_top;
  std::vector<SnippetPiece> in_function;
};

// What a piece holds at its top level, item by item, with the sign or line break that ends each.
// The piece compiles.
std::vector<frontend::TokenBuffer> ItemsOf(const frontend::SourceFile& source) {
  frontend::DiagnosticSink sink;
  const frontend::TokenBuffer all = frontend::Lex(source, sink);
  std::vector<frontend::TokenBuffer> items(1);
  int depth = 0;
  for (const frontend::Token& token : all.tokens) {
    depth += frontend::kOpeners.Contains(token.kind) ? 1 : 0;
    depth -= frontend::kClosers.Contains(token.kind) ? 1 : 0;
    items.back().tokens.push_back(token);
    if (depth == 0 && (token.kind == frontend::TokenKind::Newline ||
                       token.kind == frontend::TokenKind::Semicolon)) {
      items.emplace_back();
    }
  }
  return items;
}

SplitSetup Split(const std::vector<SnippetPiece>& setup) {
  SplitSetup split;
  bool has_var = false;
  for (const SnippetPiece& piece : setup) {
    const frontend::SourceFile source(piece.name, piece.text);
    const std::string_view text = source.text();
    std::string at_top;
    std::string in_function;
    uint32_t done = 0;
    for (const frontend::TokenBuffer& item : ItemsOf(source)) {
      if (item.tokens.empty()) {
        continue;
      }
      const frontend::TokenKind first = item.tokens.front().kind;
      has_var = has_var || first == frontend::TokenKind::Var;
      const bool moves = has_var && !frontend::kDefinitions.Contains(first);
      const std::string_view own = text.substr(done, item.tokens.back().span.end - done);
      done = item.tokens.back().span.end;
      (moves ? in_function : at_top) += own;
      AppendBlanks(own, moves ? &at_top : &in_function);
    }
    at_top += text.substr(done);
    split.at_top.push_back({piece.name, std::move(at_top)});
    split.in_function.push_back({piece.name, std::move(in_function)});
  }
  if (!has_var) {
    split.in_function.clear();
  }
  return split;
}

// A word that begins with `word` and stands nowhere in the snippet.
std::string FreshWord(std::string word, const Snippet& snippet) {
  const auto is_used = [&](const SnippetPiece& piece) {
    return piece.text.find(word) != std::string::npos;
  };
  while (is_used(snippet.statement) ||
         std::any_of(snippet.setup.begin(), snippet.setup.end(), is_used)) {
    word += '_';
  }
  return word;
}

std::string TurnName(const Snippet& snippet) {
  const std::string word(kTurn);
  const bool is_taken = std::any_of(
      snippet.setup.begin(), snippet.setup.end(),
      [&](const SnippetPiece& piece) { return piece.text.find(word) != std::string::npos; });
  return is_taken ? FreshWord(word, snippet) : word;
}

// Whether each part of the snippet would do as a program.
bool CheckPieces(const Snippet& snippet, const std::string& turn, LoadedSnippet* result) {
  Assembly top;
  for (const SnippetPiece& piece : snippet.setup) {
    Assembly alone = top;  // with what stands before it
    alone.Add(piece);
    if (alone.Load(result) == nullptr) {
      return false;
    }
    top = std::move(alone);
  }
  top.Glue(fmt::format("let {} = 0", turn));
  const uint32_t begin = top.size_bytes();
  top.Add(snippet.statement);
  const std::unique_ptr<frontend::Program> program = top.Load(result);
  if (program == nullptr) {
    return false;
  }
  for (const frontend::Item& item : program->items) {
    if (item.function != nullptr && item.function->span.begin >= begin) {
      top.Refuse({{.kind = frontend::DiagnosticKind::NestedDefinition,
                   .span = item.function->span,
                   .message = "A statement that is timed defines no function.",
                   .cause = "it runs many times, and a function is defined once",
                   .fix = "move it into the setup: -s 'def ...'"}},
                 result);
      return false;
    }
  }
  return true;
}

const frontend::Expr& ValueOfStatement(const frontend::Function& function) {
  const auto& body = frontend::Cast<frontend::BlockExpr>(*function.decl->body);
  const auto& loop = frontend::Cast<frontend::ForExpr>(*body.items[body.items.size() - 2]);
  const auto& turn = frontend::Cast<frontend::BlockExpr>(*loop.body);
  return *frontend::Cast<frontend::CallExpr>(*turn.items[0]).args[0].value;
}

}  // namespace

LoadedSnippet LoadSnippet(const Snippet& snippet) {
  LoadedSnippet result;
  const std::string turn = TurnName(snippet);
  if (!CheckPieces(snippet, turn, &result)) {
    return result;
  }
  result.function = FreshWord("timeit", snippet);
  const std::string& name = result.function;
  const SplitSetup setup = Split(snippet.setup);
  Assembly program;
  for (const SnippetPiece& piece : setup.at_top) {
    program.Add(piece);
  }
  program.Glue(fmt::format("def {0}({0}_turns: int) {{", name));
  for (const SnippetPiece& piece : setup.in_function) {
    program.Add(piece);
  }
  program.Glue(
      fmt::format("let {0}_begin = clock()\nfor {1} in range({0}_turns) {{ keep({{", name, turn));
  program.Add(snippet.statement);
  program.Glue(fmt::format("}}) }}\nclock() - {0}_begin\n}}", name));
  result.program = program.Load(&result);
  return result;
}

std::vector<std::string> FindIdleWork(const LoadedSnippet& snippet, runtime::TypeTable& types) {
  const frontend::Program& program = *snippet.program;
  const frontend::Function* function = program.FindFunction(snippet.function);
  LAB_CHECK(function != nullptr);
  const runtime::TypeId args[] = {runtime::kInt};
  const frontend::Expr& statement = ValueOfStatement(*function);
  std::vector<std::string> sentences = FindDiscardedIn(program, *function, statement, args, types);
  infer::Inference inference(program, types, infer::Typing::Inferred);
  const infer::Version& version = inference.Get(inference.Request(program.IdOf(*function), args));
  const runtime::TypeId value = inference.ExprType(version, statement);
  if (types.Get(value).kind == runtime::TypeKind::Seq) {
    sentences.push_back(
        "the statement makes a sequence, and a sequence that nobody consumes does no work: wrap it "
        "in sum(...) or list(...)");
  }
  return sentences;
}

}  // namespace measure
