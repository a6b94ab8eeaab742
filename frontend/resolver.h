#pragma once
// What the names of a tree mean, which functions it has, and what each
// expression may do. Reports everything that is wrong beyond the grammar.

#include "frontend/diagnostic.h"
#include "frontend/parser.h"
#include "frontend/program.h"
#include "frontend/signature.h"

namespace frontend {

// The result is whole only when nothing was reported.
Resolution Resolve(const SyntaxTree& tree, Signatures builtins, DiagnosticSink& sink);

}  // namespace frontend
