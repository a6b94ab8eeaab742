#pragma once
// Tokens to a syntax tree.

#include <vector>

#include "frontend/arena.h"
#include "frontend/ast.h"
#include "frontend/diagnostic.h"
#include "frontend/source.h"
#include "frontend/token.h"

namespace frontend {

struct SyntaxTree {
  std::vector<Item> items;
  ExprId expr_count = 0;
  BindingId binding_count = 0;
  // False when code is missing from the tree because it could not be parsed:
  // what the rest says about names is then not to be trusted.
  bool complete = true;
};

SyntaxTree Parse(const SourceFile& source, const TokenBuffer& tokens, Arena& arena,
                 DiagnosticSink& sink);

}  // namespace frontend
