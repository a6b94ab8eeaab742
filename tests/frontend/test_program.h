#pragma once
// Short ways from a text to what the frontend makes of it.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "frontend/dump.h"
#include "frontend/lexer.h"
#include "frontend/parser.h"
#include "frontend/program.h"
#include "tests/frontend/test_builtins.h"

namespace frontend {

// The program, which must be without mistakes.
inline std::unique_ptr<Program> Load(std::string text) {
  DiagnosticSink sink;
  SourceFile source("test.gc", text);
  std::unique_ptr<Program> program = LoadProgram("test.gc", std::move(text), kTestBuiltins, sink);
  EXPECT_NE(program, nullptr) << RenderDiagnostics(source, sink.Take(), Color::No);
  return program;
}

// "E0201 E0302" in the order of the text.
inline std::string CodesOf(std::string text) {
  DiagnosticSink sink;
  LoadProgram("test.gc", std::move(text), kTestBuiltins, sink);
  std::string codes;
  for (const Diagnostic& diagnostic : sink.Take()) {
    codes += (codes.empty() ? "" : " ") + std::string(Code(diagnostic.kind));
  }
  return codes;
}

// A tree that is only parsed. Keeps what its nodes point to.
struct Parsed {
  explicit Parsed(std::string text) : source("test.gc", std::move(text)) {
    DiagnosticSink sink;
    tree = Parse(source, Lex(source, sink), arena, sink);
    diagnostics = sink.Take();
  }
  SourceFile source;
  Arena arena;
  SyntaxTree tree;
  std::vector<Diagnostic> diagnostics;
};

// The tree of a text without mistakes, as one S-expression a line.
inline std::string TreeOf(std::string text) {
  Parsed parsed(std::move(text));
  EXPECT_TRUE(parsed.diagnostics.empty())
      << RenderDiagnostics(parsed.source, parsed.diagnostics, Color::No);
  return DumpTree(parsed.tree.items);
}

}  // namespace frontend
